/** Settings that each make one point. */

import { DATA_SET } from "../../core/sampler.ts";
import { AS_DRAWN, type State } from "./state.ts";

const { correlated, white } = DATA_SET.strengths;
const PLAIN = { ...AS_DRAWN, correlated_noise: correlated, white_noise: white };

export const POINTS = {
  "largest shift": { ...PLAIN, padding: 36, shift: 47, stage: 4 },
  "round the edge": { ...PLAIN, shift: 66, stage: 4 },
  "turned over": { ...PLAIN, digit: 3, template: [], scale: -1, stage: 3 },
  "no padding": { ...PLAIN, padding: 0, stage: 5 },
  "no noise": { ...PLAIN, correlated_noise: 0, white_noise: 0, stage: 8 },
  "drowned in noise": { ...PLAIN, correlated_noise: 1, stage: 8 },
} satisfies Record<string, Partial<State>>;

export const POINT_NAMES = Object.keys(POINTS) as (keyof typeof POINTS)[];
