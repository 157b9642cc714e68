/** Stands in for the browser's storage. */

export function withStorage(storage: unknown): void {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, value: storage });
}

/** What it keeps are its own properties, as a browser's are. */
export class Storage {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? (this[key] as string) : null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}
