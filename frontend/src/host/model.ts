/** A widget model without a kernel: the part of anywidget's interface that a demo may use. */

import { equal } from "../core/equal.ts";

type Handler = (...values: unknown[]) => void;

export class StaticModel {
  readonly #state: Map<string, unknown>;
  readonly #handlers = new Map<string, Set<Handler>>();

  constructor(state: Record<string, unknown>) {
    this.#state = new Map(Object.entries(state));
  }

  get(key: string): unknown {
    return this.#state.get(key);
  }

  set(key: string, value: unknown): void {
    this.setAll({ [key]: value });
  }

  /** Several at once: whoever hears of the first finds the others in place. */
  setAll(values: Record<string, unknown>): void {
    const changed = Object.keys(values).filter((key) => !equal(this.#state.get(key), values[key]));
    for (const key of changed) this.#state.set(key, values[key]);
    for (const key of changed) this.#tell(`change:${key}`);
    if (changed.length > 0) this.#tell("change");
  }

  /** Nobody else holds this state, so there is nothing to save. */
  save_changes(): void {}

  send(): void {}

  on(name: string, handler: Handler): void {
    const known = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, known.add(handler));
  }

  off(name?: string | null, handler?: Handler | null): void {
    if (!name) this.#handlers.clear();
    else if (!handler) this.#handlers.delete(name);
    else this.#handlers.get(name)?.delete(handler);
  }

  #tell(name: string): void {
    // A handler may take itself or another off: those that stood at the start are called.
    for (const handler of [...(this.#handlers.get(name) ?? [])]) handler();
  }
}
