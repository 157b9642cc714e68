/** What has been found, in words. */

import { CLASSES } from "../../data/scenes.ts";
import { countOf, upper } from "../scene/sentences.ts";
import { known } from "../scene/state.ts";
import { CELLS, type Finding, type Found, LEAST_IOU, type State, type Thing } from "./state.ts";

export const className = (label: number) => CLASSES[label]!;

export const two = (value: number) => value.toFixed(2);

/** An overlap, cut off and not rounded: what falls short of a half must not read as a half. */
export const twoDown = (value: number) => two(Math.floor(100 * value + 1e-9) / 100);

/** What became of a box. */
export function verdictOf({ verdict, thing }: Finding, things: readonly Thing[]): string {
  const name = thing === null ? "" : className(things[thing]!.label);
  switch (verdict) {
    case "right":
      return "✓ right";
    case "second":
      return `✗ a second box for the ${name}`;
    case "off":
      return `✗ too far off (below ${two(LEAST_IOU)})`;
    case "class":
      return `✗ it is a ${name}`;
    case "nothing":
      return "✗ nothing is there";
    default:
      return "nobody knows";
  }
}

/** How many are found, missed and false. */
export function summary(state: State, found: Found | null): string {
  if (!found) return "The network is being loaded.";
  const { findings, things, hits } = found;
  const boxes = countOf(findings.length, "box", "boxes");
  if (!known(state)) return `${upper(boxes)} in your image. What is right is not known.`;
  const right = hits.filter(Boolean).length;
  const wrong = findings.length - right;
  const wrongs =
    wrong === 0
      ? "no box is false"
      : `${countOf(wrong, "box", "boxes")} ${wrong === 1 ? "is" : "are"} false`;
  if (things.length === 0) {
    return wrong === 0
      ? "There is nothing to find, and nothing is said to be there."
      : `There is nothing to find: ${wrong === 1 ? "the one box is" : `all ${wrong} boxes are`} false.`;
  }
  const missed = things.length - right;
  return `${right} of ${countOf(things.length, "object")} found${missed > 0 ? `, ${missed} missed` : ""}; ${wrongs}.`;
}

const is = (count: number) => (count === 1 ? "is" : "are");

/** Where the boxes that are left come from, and what a threshold at its end means. */
export function origin(state: State, found: Found | null): string {
  if (!found) return "";
  const { all, below, suppressed, findings } = found;
  const steps = `Of ${all.length} boxes ${below} score less than ${two(state.threshold)}, ${suppressed} of the others ${is(suppressed)} suppressed, ${findings.length} ${is(findings.length)} left.`;
  const notes: string[] = [];
  if (state.threshold === 0) notes.push("At 0 every box takes part, however unsure.");
  if (state.threshold === 1) notes.push("No score reaches 1: nothing is said at all.");
  if (state.overlap === 0) notes.push("At 0 a box suppresses all of its class that touch it.");
  if (state.overlap === 1) notes.push("No overlap is more than 1: nothing is suppressed.");
  if (known(state) && found.things.length > 0) notes.push("Dotted frames: where the objects are.");
  return [steps, ...notes].join(" ");
}

/** What the cell that is looked at says. */
export function cellSentence({ cell }: State, found: Found | null): string {
  if (!found) return "";
  const [row, column] = [Math.floor(cell / CELLS), cell % CELLS];
  const own = found.all.filter((one) => one.row === row && one.column === column);
  const { label, probability } = own[0]!;
  const boxes = own.map(
    ({ confidence, score }, i) =>
      `box ${i + 1}: confidence ${two(confidence)}, score ${two(score)}`,
  );
  return `Cell in row ${row + 1}, column ${column + 1}: if anything, a ${className(label)} (${two(probability)}); ${boxes.join("; ")}.`;
}

/** For a screen reader: the summary and each box. */
export function spoken(state: State, found: Found | null): string {
  if (!found) return "";
  const boxes = found.findings
    .slice(0, 6)
    .map((one) => `${className(one.box.label)} ${two(one.box.score)}`);
  return [summary(state, found), ...boxes].join(" ");
}
