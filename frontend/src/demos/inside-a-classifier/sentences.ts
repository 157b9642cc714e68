/** What is seen, in words. */

import { CLASSES } from "../../data/scenes.ts";
import type { Evidence, Said } from "./evidence.ts";
import { fieldSize, sees } from "./layers.ts";
import type { State } from "./state.ts";

const MINUS = "−";

/** With two decimals, and a sign in any case. */
export function signed(value: number): string {
  const words = Math.abs(value).toFixed(2);
  if (words === "0.00") return "0.00";
  return `${value < 0 ? MINUS : "+"}${words}`;
}

/** "+ 0.07": a further term of a sum. */
const added = (value: number) => `${value < 0 ? MINUS : "+"} ${Math.abs(value).toFixed(2)}`;

export const plain = (value: number) => value.toFixed(2).replace("-", MINUS);

export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What the network says, and how far off it is. */
export function verdict(said: Said | null): string {
  if (!said) return "The network is being started …";
  const { best, label, probabilities } = said;
  const says = `It says ${CLASSES[best]} (${percent(probabilities[best]!)})`;
  if (label === null) {
    return `${says}. What your image shows nobody has told it: it must name one of its ten classes.`;
  }
  if (label === best) return `${says}: right.`;
  return `${says}: wrong. The scene shows a ${CLASSES[label]}, to which it gives ${percent(probabilities[label]!)}.`;
}

/** What the picture of the explanation shows. */
export function caption({ explanation }: State): string {
  switch (explanation) {
    case "class map":
      return "What each position of the last map adds to the score";
    case "pixels":
      return "How much each pixel adds to the score, or takes from it";
    default:
      return "How far the score falls with a grey square there";
  }
}

/** How to read the picture, where nothing of it is pointed at. */
export function legend({ explanation }: State): string {
  const point = "Point at it, or use the arrow keys, to read it.";
  switch (explanation) {
    case "class map":
      return `Amber adds, violet takes away. ${point}`;
    case "pixels":
      return `The stronger, the more a pixel adds or takes away. ${point}`;
    default:
      return `Amber: the score falls. Violet, with a bar: it rises. ${point}`;
  }
}

/** Where a score comes from, in numbers. */
export function account(said: Said | null, evidence: Evidence | null): string {
  if (!said || !evidence) return "";
  const { kind, score, sum, values, known } = evidence;
  const name = CLASSES[said.target];
  if (kind === "covering") {
    if (known < values.length) return `Covered ${known} of ${values.length} places …`;
    const most = values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
    const place = `row ${Math.floor(most / evidence.count) + 1}, column ${(most % evidence.count) + 1}`;
    return `Score of ${name}: ${plain(score)}. It falls most, by ${plain(values[most]!)}, with the square at ${place}.`;
  }
  const parts = kind === "class map" ? "36 positions" : "9,216 pixels";
  return `Score of ${name}: ${plain(score)} = ${plain(sum)} from the ${parts} ${added(score - sum)} from the biases.`;
}

/** How alike the control's picture is. */
export function comparison({ weights }: State, alike: number | null): string {
  if (weights === "trained") {
    return "The control: shuffle the weights, and what was learnt is gone. See what is left of the picture.";
  }
  if (alike === null) return "Comparing with the trained network’s picture …";
  const words = `Rank correlation with the trained network’s picture: ${plain(alike)}.`;
  if (alike > 0.35) {
    const who = weights === "all shuffled" ? "This network has" : "The layers that decide have";
    return `${words} ${who} learnt nothing, so what the two share tells of the image, not of what was learnt.`;
  }
  if (alike > 0.15) return `${words} A little of the picture owes nothing to what was learnt.`;
  return `${words} Hardly anything is left: this picture depends on what was learnt.`;
}

/** One cell of the explanation. */
export function cellWords(evidence: Evidence, row: number, column: number): string {
  const value = evidence.values[row * evidence.count + column]!;
  const what = evidence.kind === "pixels" ? "Pixel" : "Cell";
  const number = Number.isNaN(value) ? "not known yet" : signed(value);
  return `${what} in row ${row + 1}, column ${column + 1}: ${number}`;
}

/** What a unit gives, and what it sees. */
export function unitWords(state: State, value: number | null): string {
  const { layer, channel, row, column } = state;
  const number = value === null ? "" : ` ${plain(value)}`;
  const size = fieldSize(layer);
  const [top, bottom] = sees(layer, row);
  const [left, right] = sees(layer, column);
  return `Unit in row ${row + 1}, column ${column + 1} of map ${channel + 1}:${number}. It sees ${size} × ${size} pixels, of the image rows ${top + 1}–${bottom + 1} and columns ${left + 1}–${right + 1} (dashed above).`;
}

export function spoken(state: State, said: Said | null, alike: number | null): string {
  if (!said) return "";
  const where = state.weights === "trained" ? "" : `Weights: ${state.weights}. `;
  return `${where}${verdict(said)} ${alike === null ? "" : comparison(state, alike)}`.trim();
}
