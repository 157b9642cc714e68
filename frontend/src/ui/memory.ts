/** What the browser remembers between visits; where it refuses, nothing is remembered and nothing breaks. */

const PREFIX = "course:";

export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
  } catch {
    return null;
  }
}

/** Remember a JSON value; null forgets. */
export function remember(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Storage may be full or forbidden: the answer then lasts as long as the page.
  }
}

/** Whether the browser remembers at all: tried, since it may refuse only when asked to write. */
export function remembers(): boolean {
  const key = `${PREFIX}trial`;
  try {
    localStorage.setItem(key, "1");
    localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** What is remembered under keys that begin so. */
export function remembered(beginning: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + beginning))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

/** A few letters that change with the text: an answer must not outlive its question. */
export function fingerprint(text: string): string {
  // FNV-1a, which spreads a small change over all 32 bits.
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
