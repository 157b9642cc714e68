/** The state of the demo: an image, which layer and unit is looked at, and which explanation. */

import { checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import { LAYERS, type LayerName, shapeOf } from "./layers.ts";
import { SIDE, TONES } from "./tones.ts";

export const SOURCES = ["scene", "own"] as const;
export const HANDS = ["move", "draw"] as const;
export const EXPLANATIONS = ["class map", "pixels", "covering"] as const;
export const WEIGHTS = ["trained", "dense layers shuffled", "all shuffled"] as const;

export type Explanation = (typeof EXPLANATIONS)[number];
export type Weights = (typeof WEIGHTS)[number];

export interface State {
  /** Which scene of the held-out split. */
  index: number;
  source: (typeof SOURCES)[number];
  /** The reader's own image: red, green and blue of each pixel in base64, or nothing. */
  own: string;
  /** How far the image is moved; its border is repeated where nothing comes in. */
  right: number;
  down: number;
  /** Column, row and tone of each dot that has been drawn, one after the other. */
  dots: readonly number[];
  /** What dragging does. */
  hand: (typeof HANDS)[number];
  /** The class whose score is explained; −1 for the one with the largest. */
  target: number;
  explanation: Explanation;
  weights: Weights;
  layer: LayerName;
  /** The map of that layer, and the unit of it, that are looked at. */
  channel: number;
  row: number;
  column: number;
}

export const KEYS = [
  ...["index", "source", "own", "right", "down", "dots", "hand", "target", "explanation"],
  ...["weights", "layer", "channel", "row", "column"],
] as (keyof State)[];

/** An own image is too long for a link. */
export const LINKABLE = KEYS.filter((key) => key !== "source" && key !== "own" && key !== "hand");

const MOST_DOTS = 300;

export const LIMITS = {
  index: { min: 0, max: 9999 },
  shift: { min: -48, max: 48 },
  dots: { min: 0, max: 3 * MOST_DOTS },
  target: { min: -1, max: 9 },
} as const;

export function check(state: State): Problem | null {
  return (
    checkWhole("index", "Held-out scene", state.index, LIMITS.index) ??
    checkWord("source", "Image", state.source, SOURCES) ??
    checkOwn(state) ??
    checkWhole("right", "Moved right", state.right, LIMITS.shift) ??
    checkWhole("down", "Moved down", state.down, LIMITS.shift) ??
    checkDots(state.dots) ??
    checkWord("hand", "Dragging", state.hand, HANDS) ??
    checkWhole("target", "The class", state.target, LIMITS.target) ??
    checkWord("explanation", "Explanation", state.explanation, EXPLANATIONS) ??
    checkWord("weights", "Weights", state.weights, WEIGHTS) ??
    checkWord("layer", "Layer", state.layer, LAYERS) ??
    checkUnit(state)
  );
}

function checkOwn({ own, source }: State): Problem | null {
  const problem = (message: string) => ({ control: "own", message });
  if (typeof own !== "string") return problem("Your image is no text of base64.");
  if (own === "") {
    return source === "own" ? problem("There is no image yet: choose one from your disk.") : null;
  }
  if (own.length === 4 * SIDE * SIDE && /^[A-Za-z0-9+/]*$/.test(own)) return null;
  return problem(`Your image is not ${SIDE} × ${SIDE} pixels of three bytes in base64.`);
}

function checkDots(dots: unknown): Problem | null {
  const range = { min: 0, max: SIDE - 1 };
  const numbers = checkNumbers("hand", "The drawing", dots, LIMITS.dots, range);
  if (numbers) return numbers;
  const all = dots as readonly number[];
  const fits = all.every((v, i) => Number.isInteger(v) && (i % 3 < 2 || v < TONES.length));
  if (all.length % 3 === 0 && fits) return null;
  const message = `The drawing holds column, row and colour (0 to ${TONES.length - 1}) of each dot, whole numbers.`;
  return { control: "hand", message };
}

function checkUnit({ layer, channel, row, column }: State): Problem | null {
  const [channels, rows, columns] = shapeOf(layer);
  return (
    checkWhole("channel", "Map", channel, { min: 0, max: channels - 1 }) ??
    checkWhole("row", "Row", row, { min: 0, max: rows - 1 }) ??
    checkWhole("column", "Column", column, { min: 0, max: columns - 1 })
  );
}

/** In another layer the unit is the one that looks at the same part of the image. */
export function settle(candidate: State, before: { last: State } | null): State {
  const last = before?.last;
  if (!last || candidate.layer === last.layer || !LAYERS.includes(candidate.layer))
    return candidate;
  const [channels, rows, columns] = shapeOf(candidate.layer);
  const [, oldRows, oldColumns] = shapeOf(last.layer);
  const place = (key: "row" | "column", from: number, to: number) => {
    if (candidate[key] === last[key]) return Math.floor(((last[key] + 0.5) * to) / from);
    // One that the layer has not got gives way to one in the middle.
    return candidate[key] >= to ? Math.floor(to / 2) : candidate[key];
  };
  return {
    ...candidate,
    channel: Math.min(candidate.channel, channels - 1),
    row: place("row", oldRows, rows),
    column: place("column", oldColumns, columns),
  };
}

/** As many dots as there is room for. */
export const hasRoom = ({ dots }: State) => dots.length + 3 <= LIMITS.dots.max;
