/** A new build takes the place of the old one, and what was kept stays kept. */

import {
  addressOf,
  type BookFiles,
  cacheName,
  cachesOf,
  fetchList,
  LIST,
  parseList,
} from "./files.ts";

/**
 * Fill this build's cache with what older ones keep: what is the same is copied, what has changed
 * is fetched, what is gone is dropped. Throws where the server has another build's files.
 */
export async function carryOver(root: URL, build: string): Promise<void> {
  const { list, response } = await fetchList(root);
  if (list.version !== build) throw new Error("The book is being renewed.");
  const cache = await caches.open(cacheName(root, build));
  const files = new Map(list.files.map((file) => [addressOf(file, root), file]));
  for (const name of await olderCaches(root, build)) {
    const old = await caches.open(name);
    const before = await hashes(old, root);
    for (const request of await old.keys()) {
      const plain = request.url.replace(/[?#].*/, "");
      const file = files.get(plain);
      if (!file) continue;
      const same = before.get(plain) === file.hash ? await old.match(request) : undefined;
      if (same) await cache.put(request, same);
      else await renew(cache, plain);
    }
  }
  await cache.put(new URL(LIST, root).href, response);
}

/** Forget the builds before this one. */
export async function forgetOlder(root: URL, build: string): Promise<void> {
  for (const name of await olderCaches(root, build)) await caches.delete(name);
}

async function olderCaches(root: URL, build: string): Promise<string[]> {
  const own = cacheName(root, build);
  return (await caches.keys()).filter((name) => name.startsWith(cachesOf(root)) && name !== own);
}

/** What the files were when an older build was there. */
async function hashes(cache: Cache, root: URL): Promise<Map<string, string>> {
  const kept = await cache.match(new URL(LIST, root).href);
  const list: BookFiles | null = kept ? parseList(await kept.json()) : null;
  return new Map(list?.files.map((file) => [addressOf(file, root), file.hash]));
}

async function renew(cache: Cache, address: string): Promise<void> {
  const response = await fetch(address, { cache: "reload" });
  if (response.ok) await cache.put(address, response);
}
