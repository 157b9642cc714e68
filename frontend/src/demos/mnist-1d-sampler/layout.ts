/** What the picture points out: what changed, and the words below it. */

import { GRID, LENGTH } from "../../core/sampler.ts";
import { brief } from "./sentences.ts";
import {
  CORRELATED,
  hidden,
  holdsDigit,
  type Made,
  make,
  PAD,
  RESAMPLE,
  SCALE,
  SHEAR,
  SHIFT,
  STRETCH,
  type State,
  TEMPLATE,
  WHITE,
} from "./state.ts";

/** The values that a stage changed in their places: position, before, after. */
export function changes(made: Made, stage: number): [number, number, number][] {
  if (![SCALE, CORRELATED, WHITE, SHEAR].includes(stage as never)) return [];
  const before = made.stages[stage - 1]!;
  const rows = Array.from(made.stages[stage]!, (to, i): [number, number, number] => [
    i,
    before[i]!,
    to,
  ]);
  return rows.filter(([, from, to]) => from !== to);
}

/** The largest value that the picture must hold, rounded up; at least 0.4. */
export function limit(state: State): number {
  const all = make(state).stages;
  let most = 0.4;
  for (const values of all) for (const value of values) most = Math.max(most, Math.abs(value));
  return Math.ceil(most * 10 - 1e-9) / 10;
}

export interface Annotation {
  /** From position to position of the grid, from 0. */
  spans: [number, number][];
  words: string;
  arrow: boolean;
}

/** What a stage did where. */
export function annotation(state: State): Annotation {
  const made = make(state);
  const { template, draws, span, peak, landing } = made;
  const plain = (spans: [number, number][], words: string) => ({ spans, words, arrow: false });
  const end = template.length - 1;
  if (hidden(state)) {
    return { spans: [[peak, peak]], words: `peak at ${peak + 1}`, arrow: false };
  }
  switch (state.stage) {
    case TEMPLATE:
      return plain([[0, GRID - 1]], `${template.length} values`);
    case PAD:
      return draws.padding === 0
        ? plain([], "no zeros")
        : plain([[end + 1, end + draws.padding]], `${draws.padding} zeros`);
    case STRETCH:
      return plain([[0, span - 1]], `${template.length} values → ${span} positions`);
    case SCALE:
      return plain([[0, span - 1]], `× ${brief(draws.scale)}`);
    case SHIFT:
      return {
        spans:
          landing < peak
            ? [
                [peak, GRID - 0.5],
                [-0.5, landing],
              ]
            : [[peak, landing]],
        words: `${draws.shift} to the right`,
        arrow: true,
      };
    case CORRELATED: {
      const spans = emptySpans(made);
      return plain(spans, spans.length > 0 ? "noise where it is empty" : "nowhere empty");
    }
    case WHITE:
      return plain([[0, GRID - 1]], "noise everywhere");
    case SHEAR:
      return plain([[0, GRID - 1]], `a slope of ${brief(draws.shear)}`);
    case RESAMPLE:
      return plain([[0, GRID - 1]], `${GRID} positions → ${LENGTH} values`);
    default:
      return plain([], "");
  }
}

/** The runs of positions that do not hold the digit. */
export function emptySpans(made: Made): [number, number][] {
  const spans: [number, number][] = [];
  for (let i = 0; i < GRID; i++) {
    if (holdsDigit(made, i)) continue;
    const run = spans.at(-1);
    if (run?.[1] === i - 1) run[1] = i;
    else spans.push([i, i]);
  }
  return spans;
}
