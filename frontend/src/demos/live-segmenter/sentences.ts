/** What the map says, in words. */

import { countOf, upper } from "../scene/sentences.ts";
import { rendered, SIDE } from "../scene/state.ts";
import { NAMES } from "./colours.ts";
import type { Prediction } from "./networks.ts";
import { atPixel, type Judged, pixelOf, type State } from "./state.ts";

const two = (value: number) => value.toFixed(2);

/** Mean IoU beside pixel accuracy, which the background flatters. */
export function summary(
  state: State,
  prediction: Prediction | null,
  scores: Judged | null,
): string {
  if (!prediction) return "The network is being loaded.";
  if (!scores) {
    const names = seen(prediction.classes);
    return names.length > 0
      ? `In your image: ${names.join(", ")}. What is right is not known.`
      : "Your image is called background throughout. What is right is not known.";
  }
  const count = scores.iou.filter((value) => value !== null).length;
  const share = Math.round((100 * scores.truth[0]!) / (SIDE * SIDE));
  const mean = `Mean IoU ${two(scores.meanIou)} over ${countOf(count, "class", "classes")}; pixel accuracy ${two(scores.accuracy)}.`;
  if (rendered(state).labels.length === 0) return `${mean} There is nothing but background.`;
  return `${mean} Background alone is ${share} % of the pixels.`;
}

/** Names of what is predicted anywhere, the background left out. */
function seen(classes: Uint8Array): string[] {
  const there = new Set(classes);
  return NAMES.filter((_, label) => label > 0 && there.has(label));
}

/** How the errors are made up, with their patterns. */
export function errors(scores: Judged | null): string {
  if (!scores) return "";
  const { missed, invented, mixed } = scores;
  if (missed + invented + mixed === 0) return "Errors: none. Every pixel is right.";
  return `Errors: ${missed} px missed (solid), ${invented} invented (dotted), ${mixed} called another class (striped).`;
}

/** What is said of the pixel at the cross. */
export function pixelSentence(state: State, scores: Judged | null): string {
  const probabilities = atPixel(state);
  if (!probabilities) return "";
  const said = probabilities.indexOf(Math.max(...probabilities));
  const words = `Row ${state.row}, column ${state.column}: ${NAMES[said]} (${two(probabilities[said]!)})`;
  if (!scores) return `${words}.`;
  const truth = rendered(state).mask[pixelOf(state)]!;
  return said === truth ? `${words} ✓ right.` : `${words} ✗ it is ${NAMES[truth]}.`;
}

/** What is worst, for the search; null where every object is mostly right. */
export function failure(state: State, scores: Judged | null, least: number): string | null {
  if (!scores) return null;
  let worst: number | null = null;
  for (const [label, iou] of scores.iou.entries()) {
    if (label === 0 || iou === null || iou >= least) continue;
    if (scores.truth[label] === 0 && scores.predicted[label]! < 40) continue;
    if (worst === null || iou < scores.iou[worst]!) worst = label;
  }
  if (worst === null) return null;
  const there = rendered(state).labels.includes(worst - 1);
  const name = NAMES[worst]!;
  return there
    ? `the ${name} has an IoU of ${two(scores.iou[worst]!)}`
    : `${upper(name)} is seen where there is none`;
}

/** For a screen reader. */
export function spoken(state: State, prediction: Prediction | null, scores: Judged | null): string {
  if (!prediction) return "";
  return `${pixelSentence(state, scores)} ${summary(state, prediction, scores)}`;
}
