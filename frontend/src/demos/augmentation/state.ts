/** The state of the demo: a picture, one change of it, and how twelve others are drawn. */

import {
  type Augmentation,
  augment,
  draws,
  IMAGE_SIDE,
  labelOf,
  STRENGTHS,
  type Strength,
  VARIED,
  visibleShare,
} from "../../core/augmentation.ts";
import { once } from "../../core/once.ts";
import { COMPONENTS } from "../../data/augmentation.ts";
import { checkFlag, checkNumber, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import { SUBJECTS, subject } from "./subject.ts";

export interface State extends Augmentation {
  picture: (typeof SUBJECTS)[number];
  /** Which scene of the held-out split, where the picture is one. */
  index: number;
  vary: readonly string[];
  strength: Strength;
  seed: number;
}

export const CHANGE_KEYS = [
  "crop_side",
  "right",
  "down",
  "mirror",
  "scale",
  "rotation",
  "brightness",
  "contrast",
  "colour",
  "cutout",
  "cutout_x",
  "cutout_y",
] as const satisfies readonly (keyof Augmentation)[];

export const KEYS = [
  "picture",
  "index",
  ...CHANGE_KEYS,
  "vary",
  "strength",
  "seed",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  index: { min: 0, max: 9999 },
  crop_side: { min: 64, max: IMAGE_SIDE },
  scale: { min: 0.25, max: 4 },
  rotation: { min: -180, max: 180 },
  brightness: { min: -255, max: 255 },
  contrast: { min: 0, max: 4 },
  colour: { min: -8, max: 8 },
  cutout: { min: 0, max: 1 },
  cutout_x: { min: 0, max: 1 },
  cutout_y: { min: 0, max: 1 },
  seed: { min: 0, max: 9999 },
} as const;

export const COUNT = 12;
/** Pixels along a side of the trait `output`. */
export const VIEW = 16;

/** No change at all but the crop in the middle. */
export const PLAIN = {
  mirror: false,
  scale: 1,
  rotation: 0,
  brightness: 0,
  contrast: 1,
  colour: [0, 0, 0],
  cutout: 0,
  cutout_x: 0.5,
  cutout_y: 0.5,
} as const;

export const centred = (crop_side: number) => Math.round((IMAGE_SIDE - crop_side) / 2);

/** The label of the picture as it is. */
export function truth(state: Pick<State, "picture" | "index">): string {
  const { name, image } = subject(state);
  return labelOf(name, image, { crop_side: IMAGE_SIDE, right: 0, down: 0, ...PLAIN });
}

/** The trait `output`. */
export const output = once((state: State) => {
  const { name, image } = subject(state);
  return {
    label: labelOf(name, image, state),
    visible: visibleShare(image, state),
    pixels: [...augment(image, state, COMPONENTS, VIEW)],
  };
});

export interface Sample {
  change: Augmentation;
  label: string;
}

let last: { key: string; samples: readonly Sample[] } | null = null;

/** Twelve random changes, each with the label that it leaves; kept while nothing of them changes. */
export function samplesOf(state: State): readonly Sample[] {
  const { picture, index, crop_side, vary, strength, seed } = state;
  const key = JSON.stringify([picture, index, crop_side, vary, strength, seed]);
  if (last?.key === key) return last.samples;
  const { name, image } = subject(state);
  const samples = draws(crop_side, vary, strength, seed, COUNT).map((change) => ({
    change,
    label: labelOf(name, image, change),
  }));
  last = { key, samples };
  return samples;
}

export function check(state: State): Problem | null {
  const size = checkWhole("crop_side", "The crop’s side", state.crop_side, LIMITS.crop_side);
  if (size) return size;
  const room = { min: 0, max: IMAGE_SIDE - state.crop_side };
  const number = (control: keyof typeof LIMITS, name: string) =>
    checkNumber(control, name, state[control], LIMITS[control]);
  return (
    checkWord("picture", "The picture", state.picture, SUBJECTS) ??
    checkWhole("index", "The held-out scene", state.index, LIMITS.index) ??
    checkWhole("crop", "The crop’s offset from the left", state.right, room) ??
    checkWhole("crop", "The crop’s offset from the top", state.down, room) ??
    checkFlag("mirror", "Mirror", state.mirror) ??
    number("scale", "The scale") ??
    number("rotation", "The rotation") ??
    number("brightness", "The brightness") ??
    number("contrast", "The contrast") ??
    checkNumbers("colour", "The colour", state.colour, { min: 3, max: 3 }, LIMITS.colour) ??
    number("cutout", "The side of the cutout") ??
    number("cutout_x", "The cutout’s place") ??
    number("cutout_y", "The cutout’s place") ??
    checkVaried(state.vary) ??
    checkWord("strength", "The strength", state.strength, STRENGTHS) ??
    checkWhole("seed", "The seed", state.seed, LIMITS.seed)
  );
}

function checkVaried(vary: unknown): Problem | null {
  const words: unknown[] | null = Array.isArray(vary) ? vary : null;
  if (words === null) return { control: "vary", message: "What varies is a list of words." };
  const bad = words.find((word) => !(VARIED as readonly unknown[]).includes(word));
  return bad === undefined ? null : checkWord("vary", "What varies", bad, VARIED);
}

/** A larger crop has less room: it stays within the image. */
export function settle(candidate: State): State {
  const room = IMAGE_SIDE - candidate.crop_side;
  const within = (offset: number) => (offset > room && room >= 0 ? room : offset);
  const [right, down] = [within(candidate.right), within(candidate.down)];
  return right === candidate.right && down === candidate.down
    ? candidate
    : { ...candidate, right, down };
}
