/** The ring in the picture: which number of the stage it turns, where it stands, how far it goes. */

import { GRID, SMOOTHED } from "../../core/sampler.ts";
import { brief } from "./sentences.ts";
import {
  CORRELATED,
  hidden,
  LIMITS,
  type Made,
  make,
  PAD,
  SCALE,
  SHEAR,
  SHIFT,
  STRETCH,
  type State,
  WHITE,
} from "./state.ts";

export type Handled = "padding" | "scale" | "shift" | "shear" | "correlated_noise" | "white_noise";

export interface Handle {
  name: Handled | "guess";
  label: string;
  /** Where it stands: a place of the grid, from 0, and a value. */
  x: number;
  y: number;
  value: number;
  min: number;
  max: number;
  /** What an arrow key adds. */
  step: number;
  /** Along which of the two it is dragged, and the number for a place or a value reached. */
  axis: "x" | "y";
  at(reached: number): number;
  says: string;
}

/** The present stage's, or none; `mark` is where an uncommitted prediction stands, from 1. */
export function handle(state: State, mark: number): Handle | null {
  const made = make(state);
  if (hidden(state)) return prediction(made, mark);
  return HANDLES[state.stage]?.(made, state) ?? null;
}

const prediction = (made: Made, mark: number): Handle => ({
  name: "guess",
  label: "Your prediction of the peak's position",
  x: mark - 1,
  y: made.stages[SCALE]![made.peak]!,
  value: mark,
  ...LIMITS.guess,
  step: 1,
  axis: "x",
  at: (x) => Math.round(x) + 1,
  says: `position ${mark}`,
});

const HANDLES: Record<number, (made: Made, state: State) => Handle | null> = {
  [PAD]: ({ draws, template }) => ({
    ...padding(draws.padding),
    x: template.length - 1 + draws.padding,
    at: (x) => Math.round(x) - (template.length - 1),
  }),
  [STRETCH]: ({ draws, template }) => {
    const end = template.length - 1;
    return {
      ...padding(draws.padding),
      x: (end * (GRID - 1)) / (end + draws.padding),
      // The farther to the right the digit ends, the fewer zeros there are.
      at: (x) => Math.round((end * (GRID - 1)) / Math.max(1, x)) - end,
    };
  },
  [SCALE]: ({ stages, peak, draws }) => {
    const height = stages[STRETCH]![peak]!;
    if (height === 0) return null;
    return {
      name: "scale",
      label: "Factor",
      x: peak,
      y: draws.scale * height,
      value: draws.scale,
      ...LIMITS.scale,
      step: 0.05,
      axis: "y",
      at: (y) => hundredth(y / height),
      says: `times ${brief(draws.scale)}`,
    };
  },
  [SHIFT]: ({ stages, landing, peak, draws }) => ({
    name: "shift",
    label: "Shift",
    x: landing,
    y: stages[SHIFT]![landing]!,
    value: draws.shift,
    ...LIMITS.shift,
    step: 1,
    axis: "x",
    at: (x) => Math.round(x) - peak,
    says: `${draws.shift} to the right`,
  }),
  [CORRELATED]: (_, { correlated_noise: strength }) => ({
    name: "correlated_noise",
    label: "Correlated noise",
    x: GRID - 1,
    y: strength * SMOOTHED,
    value: strength,
    ...LIMITS.correlated_noise,
    step: 0.05,
    axis: "y",
    at: (y) => hundredth(y / SMOOTHED),
    says: brief(strength),
  }),
  [WHITE]: (_, { white_noise: strength }) => ({
    name: "white_noise",
    label: "White noise",
    x: GRID - 1,
    y: strength,
    value: strength,
    ...LIMITS.white_noise,
    step: 0.01,
    axis: "y",
    at: hundredth,
    says: brief(strength),
  }),
  [SHEAR]: ({ draws }) => ({
    name: "shear",
    label: "Slope",
    x: GRID - 1,
    y: -draws.shear / 2,
    value: draws.shear,
    ...LIMITS.shear,
    step: 0.05,
    axis: "y",
    at: (y) => hundredth(-2 * y),
    says: brief(draws.shear),
  }),
};

const padding = (value: number) =>
  ({
    name: "padding",
    label: "Zeros after the template",
    y: 0,
    value,
    ...LIMITS.padding,
    step: 1,
    axis: "x",
    says: `${value} zeros`,
  }) as const;

/** What a hand can aim at; the keys and the fields are exact. */
const hundredth = (value: number) => Math.round(value * 100) / 100;

/** The number nearest to what is asked for that the handle can take. */
export function clamp({ min, max }: { min: number; max: number }, value: number): number {
  return Math.min(max, Math.max(min, value));
}

/** The next number an arrow key reaches: from between two steps to the next one. */
export function stepped({ value, step, ...limits }: Handle, by: number): number {
  const steps = by > 0 ? Math.floor(value / step + 1e-9) : Math.ceil(value / step - 1e-9);
  return clamp(limits, Number(((steps + by) * step).toFixed(9)));
}

/** How wide the data set's noise is at a stage: a band of one standard deviation either way, or none. */
export function band(state: State): number | null {
  if (state.stage === CORRELATED) return state.correlated_noise * SMOOTHED;
  return state.stage === WHITE ? state.white_noise : null;
}
