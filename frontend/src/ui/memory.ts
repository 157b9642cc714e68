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
