/** The state of the demo: what is possible, and what follows from it. */

import { equal } from "../../core/equal.ts";
import { RandomState } from "../../core/mersenne.ts";
import { publishedDraw, templates } from "../../core/mnist1d.ts";
import { once } from "../../core/once.ts";
import { type Draws, draw, GRID, STAGES, stages, TEMPLATE_LENGTH } from "../../core/sampler.ts";
import { checkNumber, checkNumbers, checkWhole } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export interface State {
  digit: number;
  /** The reader's own template, or nothing. */
  template: number[];
  seed: number;
  /** The published sample whose draw it is, in place of the seed's. */
  example: number | null;
  /** Set by hand, or as drawn. */
  padding: number | null;
  scale: number | null;
  shift: number | null;
  shear: number | null;
  correlated_noise: number;
  white_noise: number;
  /** The stage shown, from 0. */
  stage: number;
  predict: boolean;
  /** Where the reader expects the peak after the shift, from 1. */
  guess: number | null;
}

export const EDITS = ["padding", "scale", "shift", "shear"] as const;
export const STRENGTHS = ["correlated_noise", "white_noise"] as const;

export type Edit = (typeof EDITS)[number];
export type Strength = (typeof STRENGTHS)[number];

export const KEYS = [
  "digit",
  "template",
  "seed",
  "example",
  ...EDITS,
  ...STRENGTHS,
  "stage",
  "predict",
  "guess",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  digit: { min: 0, max: 9 },
  value: { min: -2, max: 2 },
  seed: { min: 0, max: 2 ** 32 - 1 },
  example: { min: 0, max: 4999 },
  padding: { min: 0, max: 60 },
  scale: { min: -2, max: 2 },
  shift: { min: 0, max: GRID - 1 },
  shear: { min: -2, max: 2 },
  correlated_noise: { min: 0, max: 1 },
  white_noise: { min: 0, max: 1 },
  stage: { min: 0, max: STAGES.length - 1 },
  guess: { min: 1, max: GRID },
} as const;

/** The stages by number. */
export const [TEMPLATE, PAD, STRETCH, SCALE, SHIFT, CORRELATED, WHITE, SHEAR, RESAMPLE] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
] as const;

/** What is changed together to return to the draw itself. */
export const AS_DRAWN = { padding: null, scale: null, shift: null, shear: null } as const;

export const DIGITS: readonly (readonly number[])[] = templates();

/** What follows from a state. */
export interface Made {
  template: readonly number[];
  /** As the seed or the example has it, and with what is set by hand. */
  drawn: Draws;
  draws: Draws;
  /** The class of the example whose draw it is. */
  label: number | null;
  /** The signal after each stage. */
  stages: readonly Float64Array[];
  /** How many positions the digit holds once it is stretched, from the first. */
  span: number;
  /** The position of its largest value, from 0: before the shift, and after it. */
  peak: number;
  landing: number;
}

let last: { seed: number; example: number | null; drawn: Draws; label: number | null } | null =
  null;

/** The draw, kept while only other things change. */
function drawnFor({ seed, example }: State) {
  if (last?.seed !== seed || last.example !== example) {
    const drawn =
      example === null
        ? { draws: draw(new RandomState(seed)), label: null }
        : publishedDraw(example);
    last = { seed, example, drawn: drawn.draws, label: drawn.label };
  }
  return last;
}

export const make = once((state: State): Made => {
  const { drawn, label } = drawnFor(state);
  const template = state.template.length > 0 ? state.template : DIGITS[state.digit]!;
  const draws = { ...drawn };
  for (const name of EDITS) draws[name] = state[name] ?? drawn[name];
  const all = stages(template, draws, {
    correlated: state.correlated_noise,
    white: state.white_noise,
  });
  const stretched = all[STRETCH]!;
  const peak = largest(stretched);
  return {
    template,
    drawn,
    draws,
    label,
    stages: all,
    span: stretched.filter((value) => value !== 0).length,
    peak,
    landing: (peak + draws.shift) % GRID,
  };
});

/** The first place of the value farthest from zero. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (Math.abs(values[i]!) > Math.abs(values[best]!) + 1e-12) best = i;
  }
  return best;
}

/** Whether a position of the grid holds the digit once it is shifted; times 0 nothing is left of it. */
export function holdsDigit({ span, draws }: Made, at: number): boolean {
  return draws.scale !== 0 && (at - draws.shift + GRID) % GRID < span;
}

/** Whether the shift has torn the digit apart: some of it left on the right. */
export function torn({ span, draws }: Made): boolean {
  return span < GRID && draws.shift % GRID > 0 && draws.shift + span > GRID;
}

/** The trait `output`. */
export function output(state: State): number[] {
  return [...make(state).stages[RESAMPLE]!];
}

/** Whether the shift, and all that follows from it, waits for a guess. */
const waiting = ({ predict, guess }: State) => predict && guess === null;

/** Whether the picture hides the shift that it stands at. */
export function hidden(state: State): boolean {
  return waiting(state) && state.stage >= SHIFT;
}

/** Whether a number set by hand differs from the one drawn. */
export function edited(state: State): Edit[] {
  const { drawn } = make(state);
  return EDITS.filter((name) => state[name] !== null && state[name] !== drawn[name]);
}

/** The digit that the negative of a digit is: three pairs of templates are each other's. */
export function negative(digit: number): number | null {
  const partner = DIGITS.findIndex((other) =>
    other.every((value, i) => Math.abs(value + DIGITS[digit]![i]!) < 1e-9),
  );
  return partner < 0 ? null : partner;
}

const QUESTION = ["digit", "template", "seed", "example", "padding", "shift", "predict"] as const;

/**
 * A guess is of one question: another draw or another digit asks another. Where a question has just
 * been asked, the stage goes back to it.
 */
export function settle(candidate: State, before: { last: State } | null): State {
  const known = before?.last;
  const same =
    known === undefined ||
    candidate.guess !== known.guess ||
    QUESTION.every((key) => equal(candidate[key], known[key]));
  const settled = same ? candidate : { ...candidate, guess: null };
  if (settled.stage <= SHIFT || !waiting(settled)) return settled;
  return known && waiting(known) ? settled : { ...settled, stage: SHIFT };
}

export function check(state: State): Problem | null {
  return (
    checkWhole("digit", "The digit", state.digit, LIMITS.digit) ??
    checkTemplate(state.template) ??
    checkWhole("seed", "The seed", state.seed, LIMITS.seed) ??
    optional(state.example, () =>
      checkWhole("example", "The example", state.example, LIMITS.example),
    ) ??
    optional(state.padding, () =>
      checkWhole("padding", "The padding", state.padding, LIMITS.padding),
    ) ??
    optional(state.scale, () => checkNumber("scale", "The factor", state.scale, LIMITS.scale)) ??
    optional(state.shift, () => checkWhole("shift", "The shift", state.shift, LIMITS.shift)) ??
    optional(state.shear, () => checkNumber("shear", "The slope", state.shear, LIMITS.shear)) ??
    checkNumber(
      "correlated_noise",
      "The correlated noise",
      state.correlated_noise,
      LIMITS.correlated_noise,
    ) ??
    checkNumber("white_noise", "The white noise", state.white_noise, LIMITS.white_noise) ??
    checkWhole("stage", "The stage", state.stage, LIMITS.stage) ??
    checkPrediction(state) ??
    checkWaiting(state)
  );
}

const optional = (value: unknown, check: () => Problem | null) => (value === null ? null : check());

export function checkTemplate(template: unknown): Problem | null {
  if (Array.isArray(template) && template.length === 0) return null;
  const exactly = { min: TEMPLATE_LENGTH, max: TEMPLATE_LENGTH };
  return (
    checkNumbers("template", "The template", template, exactly, LIMITS.value) && {
      control: "template",
      message: `The template takes ${TEMPLATE_LENGTH} numbers from ${LIMITS.value.min} to ${LIMITS.value.max}, or none for the digit's own.`,
    }
  );
}

function checkPrediction({ predict, guess }: State): Problem | null {
  if (typeof predict !== "boolean") {
    return { control: "predict", message: `“Predict” is ${predict}; it is true or false.` };
  }
  return guess === null ? null : checkWhole("guess", "The prediction", guess, LIMITS.guess);
}

function checkWaiting(state: State): Problem | null {
  if (!waiting(state) || state.stage <= SHIFT) return null;
  const message = "First say where the peak lands: the stages after the shift wait for it.";
  return { control: "stage", message };
}
