/** The list of the book's files that its build writes, and the cache that keeps them. */

export interface BookFile {
  path: string;
  /** Bytes. */
  size: number;
  /** SHA-256, hexadecimal. */
  hash: string;
}

export interface BookFiles {
  /** Changes with any file of the book. */
  version: string;
  files: BookFile[];
}

export const LIST = "_static/course/files.json";

/** The caches of one book: others may stand on the same host. */
export const cachesOf = (root: URL) => `course:${root.pathname}:`;

export const cacheName = (root: URL, version: string) => cachesOf(root) + version;

/** Ask the server for the list as it is now. Throws where there is none that can be read. */
export async function fetchList(root: URL): Promise<{ list: BookFiles; response: Response }> {
  const response = await fetch(new URL(LIST, root), { cache: "no-store" });
  const kept = response.clone();
  const list = response.ok ? parseList(await response.json()) : null;
  if (!list) throw new Error("The list of the book's files cannot be read.");
  return { list, response: kept };
}

/** Null unless all of it is as the build writes it. */
export function parseList(value: unknown): BookFiles | null {
  const { version, files } = Object(value) as Record<string, unknown>;
  if (typeof version !== "string" || !/^[0-9a-f]{16}$/.test(version)) return null;
  if (!Array.isArray(files) || files.length > 10_000) return null;
  return files.every(isFile) ? { version, files } : null;
}

function isFile(value: unknown): value is BookFile {
  const { path, size, hash } = Object(value) as Record<string, unknown>;
  return (
    typeof path === "string" &&
    /^[^/\\?#:]/.test(path) &&
    !path.split("/").includes("..") &&
    Number.isInteger(size) &&
    typeof hash === "string" &&
    /^[0-9a-f]{64}$/.test(hash)
  );
}

/** Where a file of the book is. */
export const addressOf = ({ path }: BookFile, root: URL) =>
  new URL(path.split("/").map(encodeURIComponent).join("/"), root).href;
