/** The whole book, kept on request: every file is checked against the build's list. */

import { addressOf, type BookFile, type BookFiles, cacheName, cachesOf } from "./files.ts";

const TOGETHER = 4; // files on their way at the same time

/** Bytes of what is kept and whole, file by file; fetches the rest unless cancelled. */
export async function keepWholeBook(
  list: BookFiles,
  root: URL,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<void> {
  const cache = await caches.open(cacheName(root, list.version));
  const waiting = [...list.files];
  let bytes = 0;
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      signal.throwIfAborted();
      if (!(await isKept(cache, file, root))) await fetchInto(cache, file, root, signal);
      bytes += file.size;
      progress(bytes);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
}

/** Bytes of the files that are kept: without a look into them. */
export async function keptBytes(list: BookFiles, root: URL): Promise<number> {
  const cache = await caches.open(cacheName(root, list.version));
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  return list.files
    .filter((file) => kept.has(addressOf(file, root)))
    .reduce((sum, { size }) => sum + size, 0);
}

export async function dropKept(root: URL): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(cachesOf(root))) await caches.delete(name);
  }
}

async function isKept(cache: Cache, file: BookFile, root: URL): Promise<boolean> {
  const kept = await cache.match(addressOf(file, root));
  return kept !== undefined && (await hashOf(await kept.arrayBuffer())) === file.hash;
}

async function fetchInto(cache: Cache, file: BookFile, root: URL, signal: AbortSignal) {
  const address = addressOf(file, root);
  const response = await fetch(address, { cache: "reload", signal });
  if (!response.ok) throw new Error(`${file.path} is not there (${response.status}).`);
  const copy = response.clone();
  if ((await hashOf(await copy.arrayBuffer())) !== file.hash) {
    throw new Error(`${file.path} has changed: the book has been renewed meanwhile.`);
  }
  await cache.put(address, response);
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
