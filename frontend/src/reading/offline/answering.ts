/** What the worker answers: what it keeps, at once, while it asks for what is new; else the network. */

import { note } from "./note.ts";

export interface Kept {
  root: URL;
  cache: Cache;
}

/** Whether a request is the book's own, and not one that must see the server. */
export function isOurs(request: Request, root: URL): boolean {
  return (
    request.method === "GET" &&
    isWithin(new URL(request.url), root) &&
    !["reload", "no-store"].includes(request.cache) &&
    !request.headers.has("range")
  );
}

export const isWithin = (url: URL, root: URL) =>
  url.origin === root.origin && url.pathname.startsWith(root.pathname);

/** Under which address something is kept: a page has one, whatever is searched for on it. */
export function keyOf(address: string, page: boolean): string {
  const url = new URL(address);
  url.hash = "";
  if (page) url.search = "";
  if (url.pathname.endsWith("/")) url.pathname += "index.html";
  return url.href;
}

export async function answer(
  request: Request,
  { root, cache }: Kept,
  waitUntil: (work: Promise<unknown>) => void,
): Promise<Response> {
  const page = request.mode === "navigate";
  const key = keyOf(request.url, page);
  const kept = await cache.match(key);
  const fresh = fetch(request).then((response) => {
    waitUntil(keep(cache, key, response.clone()));
    return response;
  });
  if (kept) {
    waitUntil(fresh.catch(() => {}));
    return kept;
  }
  try {
    return await fresh;
  } catch {
    // The whole book is kept without the numbers that pages put behind the names of files.
    const other = await cache.match(key, { ignoreSearch: true });
    if (other) return other;
    return page ? note(root) : Response.error();
  }
}

/** Keep what the reader has come by on a first visit, before there was a worker to ask. */
export async function keepAlso(addresses: unknown, { root, cache }: Kept): Promise<void> {
  if (!Array.isArray(addresses)) return;
  for (const address of addresses.slice(0, 500)) {
    if (typeof address !== "string" || !URL.canParse(address)) continue;
    if (!isWithin(new URL(address), root)) continue;
    const key = keyOf(address, false);
    if (await cache.match(key)) continue;
    await fetch(key).then(
      (response) => keep(cache, key, response),
      () => {},
    );
  }
}

async function keep(cache: Cache, key: string, response: Response): Promise<void> {
  // A browser takes no redirected answer for a page that was asked for directly.
  if (response.status !== 200 || response.type !== "basic" || response.redirected) return;
  const { search } = new URL(key);
  // The copy that came with the whole book is the same file.
  if (search !== "" && (await cache.match(key.replace(search, "")))) return;
  // A full disk keeps nothing more: the page is there all the same.
  await cache.put(key, response).catch(() => {});
}
