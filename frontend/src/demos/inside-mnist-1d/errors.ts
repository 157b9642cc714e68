/** The errors over the test set, computed once a page by a worker, however many demos show them. */

import script from "worker:./errors-worker.ts";
import { interactive } from "../../ui/environment.ts";
import type { News, Order } from "./errors-worker.ts";
import { layersOf } from "./layers.ts";
import { NETWORKS, PLACES, SHIFTS } from "./state.ts";

/** Of each kind of move, one list a network; null where it is not yet known. */
export type Errors = Record<"shift" | "place", (number | null)[][]>;

const unknown = (count: number) => NETWORKS.map(() => new Array<number | null>(count).fill(null));
const errors: Errors = { shift: unknown(SHIFTS.length), place: unknown(PLACES.length) };
let missing = SHIFTS.length + PLACES.length;
const listeners = new Set<() => void>();
let started = false;

export const testErrors = (): Errors => errors;

/** The trait `errors`, once all is known. */
export function allErrors(): Record<string, Record<string, number[]>> | null {
  if (missing > 0) return null;
  const named = (lists: (number | null)[][]) =>
    Object.fromEntries(NETWORKS.map((name, i) => [name, lists[i] as number[]]));
  return { shift: named(errors.shift), place: named(errors.place) };
}

/** Call `changed` whenever more is known, and `broken` where the browser runs no worker. */
export function followErrors(
  signal: AbortSignal,
  changed: () => void,
  broken: (message: string) => void,
): void {
  if (!interactive()) return;
  listeners.add(changed);
  signal.addEventListener("abort", () => listeners.delete(changed), { once: true });
  if (started) return;
  started = true;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.addEventListener("error", (event) => broken(event.message || "no worker starts"));
  worker.addEventListener("message", ({ data }: MessageEvent<News>) => {
    for (const [i, error] of data.errors.entries()) errors[data.kind][i]![data.index] = error;
    missing -= 1;
    if (missing === 0) {
      worker.terminate();
      URL.revokeObjectURL(url);
    }
    for (const listener of listeners) listener();
  });
  const order: Order = { networks: NETWORKS.map(layersOf), shift: SHIFTS, place: PLACES };
  worker.postMessage(order);
}
