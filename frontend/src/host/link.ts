/** A link to a state: page.html#demo=ID&stride=2&dilation=2. Parsed as data, never as code. */

export interface Link {
  id: string;
  state: Record<string, unknown>;
  /** What cannot be read, in words for a reader; null where all can. */
  problem: string | null;
}

/**
 * Read a page's fragment; null where it links to no demo's state. `known` are the author's values;
 * those of `optional` may be null whatever the author gave.
 */
export function parseLink(
  hash: string,
  known: Record<string, unknown>,
  optional: readonly string[] = [],
): Link | null {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const id = query.get("demo");
  if (id === null) return null;
  const state: Record<string, unknown> = {};
  for (const [key, written] of query) {
    if (key === "demo") continue;
    if (!Object.hasOwn(known, key)) return { id, state: {}, problem: unreadable(key) };
    const cleared = written === "null" && optional.includes(key);
    const value = cleared ? null : read(written, known[key], optional.includes(key));
    if (value === undefined) return { id, state: {}, problem: unreadable(key) };
    state[key] = value;
  }
  return { id, state, problem: null };
}

/** Letters of a value: a scene of a dozen objects has half as many. */
const LONGEST = 8000;

/** JSON, or a plain word or plain list of numbers as an author would type it; undefined if neither fits. */
function read(written: string, example: unknown, optional: boolean): unknown {
  if (written.length > LONGEST) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(
      Array.isArray(example) && !written.startsWith("[") ? `[${written}]` : written,
    );
  } catch {
    value = written;
  }
  // What is null may be a number; what a link may set to null may also be a description.
  const other = optional ? "object" : "null";
  const kinds = example === null ? ["null", "number", other] : [kind(example)];
  return kinds.includes(kind(value)) ? value : undefined;
}

function kind(value: unknown): string {
  if (Array.isArray(value)) return value.every((v) => typeof v === "number") ? "numbers" : "list";
  return value === null ? "null" : typeof value;
}

const unreadable = (key: string) =>
  `This link cannot be read (its “${key.slice(0, 20)}” is not understood), so the demo stays as it was.`;
