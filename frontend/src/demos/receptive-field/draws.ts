/** Draws random weights a few at a time, so that the picture settles while the page stays awake. */

import { equal } from "../../core/equal.ts";
import { type Influence, influence } from "../../core/influence.ts";
import { interactive } from "../../ui/environment.ts";
import { layersOf, type State } from "./state.ts";

const BUDGET_MS = 6;

export interface Drawn {
  squared: number[];
  signed: number[];
  drawn: number;
  /** Whether all draws have been made. */
  done: boolean;
}

const NONE: Drawn = { squared: [], signed: [], drawn: 0, done: true };

/** @returns the function that gives what has been drawn so far; `changed` hears of more. */
export function randomDraws(signal: AbortSignal, changed: (now: Drawn) => void) {
  let made: unknown = null;
  let running: Influence | null = null;
  let wanted = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });

  const now = (): Drawn =>
    running === null
      ? NONE
      : {
          squared: running.squared(),
          signed: running.signed(),
          drawn: running.count(),
          done: running.count() >= wanted,
        };
  const go = () => {
    if (running === null) return;
    const from = performance.now();
    while (running.count() < wanted && performance.now() - from < BUDGET_MS) running.draw();
    if (running.count() < wanted) timer = setTimeout(go);
    changed(now());
  };
  return (state: State): Drawn => {
    const { view, unit, layers, length, channels, seed, draws } = state;
    const [row, index] = unit;
    const asked = view === "gradients" && row !== undefined;
    const options = asked ? { layers, length, row, unit: index!, channels, seed, draws } : null;
    if (equal(options, made)) return now();
    made = options;
    wanted = draws;
    clearTimeout(timer);
    running = options && influence({ ...options, layers: layersOf(state) });
    if (running === null) return NONE;
    // Where nothing is ever painted twice, all at once.
    if (!interactive()) while (running.count() < wanted) running.draw();
    else {
      running.draw();
      timer = setTimeout(go);
    }
    return now();
  };
}
