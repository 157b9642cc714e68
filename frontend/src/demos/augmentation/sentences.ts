/** What a change does to a picture and to its label, in words. */

import { countImages, IMAGE_SIDE, UNCLEAR } from "../../core/augmentation.ts";
import { compact, grouped } from "../../core/format.ts";
import { argmax } from "../../core/network.ts";
import { CLASSES } from "../../data/scenes.ts";
import { output, type Sample, type State, truth } from "./state.ts";

export interface Verdict {
  held: boolean;
  words: string;
}

/** Whether a person would still give the same label. */
export function verdict(state: State): Verdict {
  const { label, visible } = output(state);
  const was = truth(state);
  if (label === was) return { held: true, words: `Still “${label}”: the label holds.` };
  if (label !== UNCLEAR) {
    return {
      held: false,
      words: `Now it is “${label}”, and the training set still says “${was}”.`,
    };
  }
  const percent = `${Math.round(100 * visible)} %`;
  const why = visible < 0.35 ? ` Only ${percent} of it can be seen.` : "";
  return { held: false, words: `Nobody can tell that it was “${was}”.${why}` };
}

/** What the network says, and whether a person would agree; empty where it is not asked. */
export function said(state: State, probabilities: readonly number[] | null): string {
  if (state.picture !== "scene") return "";
  if (probabilities === null) return "The network is on its way.";
  const best = argmax(probabilities);
  const name = CLASSES[best]!;
  const percent = `${(100 * probabilities[best]!).toFixed(0)} %`;
  const { label } = output(state);
  if (name === label) return `✓ The network agrees: “${name}”, with ${percent}.`;
  if (label === UNCLEAR) return `The network names it all the same: “${name}”, with ${percent}.`;
  return `✗ The network says “${name}”, with ${percent}: to it this change breaks the class.`;
}

/** How many of the random changes leave the label as it was. */
export function kept(
  state: State,
  samples: readonly Sample[],
  answers: readonly (readonly number[])[] | null = null,
): string {
  const was = truth(state);
  const count = samples.filter(({ label }) => label === was).length;
  if (answers) {
    const agreed = answers.filter((one) => CLASSES[argmax(one)] === was).length;
    return `A person would still say “${was}” of ${count} of these ${samples.length}; the network does of ${agreed}.`;
  }
  const all = count === samples.length;
  return all
    ? `All ${samples.length} are still “${was}”.`
    : `${count} of ${samples.length} are still “${was}”; the others would teach a wrong label.`;
}

/** The paper's factor, and what the arithmetic gives. */
export function counted({ crop_side }: State): string {
  const room = IMAGE_SIDE - crop_side;
  const { paper, ours } = countImages(crop_side);
  return `Crops of ${crop_side} in ${IMAGE_SIDE} have ${room + 1} · ${room + 1} places; with mirror images ${grouped(ours)}. Counted as in AlexNet’s paper, ${room} · ${room} · 2 = ${grouped(paper)}.`;
}

/** The change in a few words: only what differs from none. */
export function described(state: State): string {
  const { right, down, mirror, scale, rotation, brightness, contrast, colour, cutout } = state;
  const parts = [`crop at ${right}, ${down}`];
  if (mirror) parts.push("mirrored");
  if (scale !== 1) parts.push(`scaled by ${compact(scale)}`);
  if (rotation !== 0) parts.push(`turned by ${compact(rotation)}°`);
  if (brightness !== 0) parts.push(`brightness ${compact(brightness)}`);
  if (contrast !== 1) parts.push(`contrast ${compact(contrast)}`);
  if (colour.some((alpha) => alpha !== 0)) parts.push(`colour ${colour.map(compact).join(", ")}`);
  if (cutout > 0) parts.push(`a square of ${Math.round(100 * cutout)} % cut out`);
  return parts.join(", ");
}
