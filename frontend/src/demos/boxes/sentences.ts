/** The result in words and numbers. */

import { boxArea } from "../../core/boxes.ts";
import { compact, format } from "../../core/format.ts";
import { CLASSES } from "../../data/detection-scenes.ts";
import type { Piece } from "../../ui/pieces.ts";
import { computed, hidden, letterOf, pairOf, type State } from "./state.ts";

export const classOf = (state: State, index: number) => CLASSES[state.labels[index]!]!;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
const letters = (indices: readonly number[]) => listed(indices.map(letterOf));

/** How a box is called for who does not see it. */
export function nameOf(state: State, index: number): string {
  const [x1, y1, x2, y2] = state.boxes[index]! as [number, number, number, number];
  return `Box ${letterOf(index)}, ${classOf(state, index)}, score ${format(state.scores[index]!)}, from ${x1}, ${y1} to ${x2}, ${y2}`;
}

/** The two areas, what they share, what they cover, and the ratio. */
export function areas(state: State): Piece[][] {
  const { detections } = computed(state);
  const { intersection, union, iou } = pairOf(state);
  const area = (index: number): Piece[] => {
    const [x1, y1, x2, y2] = detections[index]!.box;
    return [
      { words: letterOf(index), role: index === state.selected ? "output" : "input" },
      {
        words: ` = ${compact(x2 - x1)} × ${compact(y2 - y1)} = ${compact(boxArea(detections[index]!.box))}`,
      },
    ];
  };
  const [a, b] = [state.selected, state.partner].map((i) => compact(boxArea(detections[i]!.box)));
  return [
    area(state.selected),
    area(state.partner),
    [
      { words: "shared", role: "kernel-text" },
      { words: ` = ${sharedSides(state)}${compact(intersection)}` },
    ],
    [{ words: `covered = ${a} + ${b} − ${compact(intersection)} = ${compact(union)}` }],
    [
      { words: "IoU = " },
      { words: compact(intersection), role: "kernel-text" },
      { words: ` / ${compact(union)} = ${format(iou, 3)}` },
    ],
  ];
}

function sharedSides(state: State): string {
  const { detections } = computed(state);
  const [a, b] = [detections[state.selected]!.box, detections[state.partner]!.box];
  const wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const high = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return wide > 0 && high > 0 ? `${compact(wide)} × ${compact(high)} = ` : "";
}

/** What to make of the overlap. */
export function overlapSentence(state: State): string {
  const { detections } = computed(state);
  const { intersection, union, iou } = pairOf(state);
  const [a, b] = [detections[state.selected]!.box, detections[state.partner]!.box];
  const [A, B] = [letterOf(state.selected), letterOf(state.partner)];
  if (union === 0) return "Neither box has an area: the ratio would be 0 / 0, and counts as 0.";
  const flat = boxArea(a) === 0 ? A : boxArea(b) === 0 ? B : null;
  if (flat)
    return `${flat} is pulled flat: it has no area, so it overlaps nothing, and the IoU is 0.`;
  if (intersection === 0) {
    return "They share nothing, so the IoU is 0, however near or far they are: no number says which way to move.";
  }
  if (iou === 1) return "The same box twice: the intersection is the union.";
  if (intersection === boxArea(a) || intersection === boxArea(b)) {
    const [inner, outer] = boxArea(a) < boxArea(b) ? [A, B] : [B, A];
    return `${inner} lies within ${outer}: all of it is shared, and yet the IoU is only the ratio of the two areas, ${format(iou, 2)}.`;
  }
  const share = (box: typeof a) => Math.round((100 * intersection) / boxArea(box));
  return `They share ${share(a)} % of ${A} and ${share(b)} % of ${B}; the IoU is ${format(iou, 2)}, less than either.`;
}

/** The outcome of each box, for the table. */
export function outcomes(state: State): string[] {
  const { suppression } = computed(state);
  const secret = hidden(state);
  const out: string[] = state.boxes.map(() => (secret ? "?" : "waits"));
  if (secret) {
    for (const [n, i] of state.guess.entries()) out[i] = `you: ${ordinal(n)}`;
    return out;
  }
  for (const i of suppression.below) out[i] = "below the threshold";
  for (const [n, { keeper, rivals }] of suppression.steps.slice(0, state.step).entries()) {
    out[keeper] = `survives, ${ordinal(n)}`;
    for (const { index, iou, gone } of rivals) {
      if (gone) out[index] = `gone: ${letterOf(keeper)}, IoU ${format(iou)}`;
    }
  }
  return out;
}

const ordinal = (n: number) => `${n + 1}${["st", "nd", "rd"][n] ?? "th"}`;

/** What happens in the present step. */
export function stepSentence(state: State): string {
  const { suppression, survivors } = computed(state);
  const { threshold, overlap, step } = state;
  const count = state.boxes.length;
  const { below, steps } = suppression;
  if (hidden(state)) {
    if (steps.length === 0) return nothingLeft(state);
    return state.guess.length === 0
      ? "Which boxes survive, and in which order? Press them in that order, in the picture or in the table, then reveal."
      : `You say: ${letters(state.guess)}. Press a box again to take it back.`;
  }
  if (steps.length === 0) return nothingLeft(state);
  if (step === 0) {
    const kept = count - below.length;
    const all =
      threshold === 0
        ? "A threshold of 0 lets every box in, however unsure."
        : `${below.length === 0 ? "No box scores" : below.length === 1 ? "1 box scores" : `${below.length} boxes score`} less than ${format(threshold)}; ${kept} of ${count} take part.`;
    return `${all} Step on: the surest goes first.`;
  }
  const { keeper, rivals } = steps[step - 1]!;
  const gone = rivals.filter((rival) => rival.gone);
  const spared = rivals.filter((rival) => !rival.gone && rival.iou > 0);
  const name = letterOf(keeper);
  const first = `${name} (${classOf(state, keeper)}, ${format(state.scores[keeper]!)}) is the surest that is left, so it survives.`;
  const second =
    gone.length > 0
      ? ` It suppresses ${listed(gone.map((r) => `${letterOf(r.index)} (IoU ${format(r.iou)})`))}, above ${format(overlap)}.`
      : rivals.length === 0
        ? " Nothing is left that it could suppress."
        : ` It suppresses nothing: no IoU is above ${format(overlap)}.`;
  const third =
    spared.length > 0
      ? ` It spares ${listed(spared.map((r) => `${letterOf(r.index)} (${format(r.iou)})`))}.`
      : "";
  const last = step === steps.length ? ` Done: ${letters(survivors)}.` : "";
  return `${first}${second}${third}${last}`;
}

function nothingLeft({ threshold, boxes }: State): string {
  return threshold === 1
    ? "A threshold of 1 lets in only what is beyond doubt, and no score is: nothing is left, and every object is missed."
    : `All ${boxes.length} boxes score less than ${format(threshold)}: nothing is left.`;
}

/** What two extreme overlaps do. */
export function extremes({ overlap, by_class }: State): string {
  if (overlap === 1) return "No IoU is above 1: with an overlap of 1 nothing is ever suppressed.";
  if (overlap === 0) return "With an overlap of 0 a survivor suppresses whatever it touches.";
  return by_class ? "" : "Classes do not count: a box suppresses boxes of any class.";
}

/** How the reader's order compares. */
export function verdict(state: State): string {
  if (state.view !== "suppression" || !state.predict || !state.revealed) return "";
  const { survivors, suppression } = computed(state);
  const { guess } = state;
  const said = guess.length === 0 ? "You named no box" : `You said ${letters(guess)}`;
  const truth =
    survivors.length === 0 ? "nothing survives" : `${letters(survivors)} survive, in this order`;
  if (guess.length === survivors.length && guess.every((g, i) => g === survivors[i])) {
    return `${said}: exactly right.`;
  }
  const same = new Set(guess);
  if (guess.length === survivors.length && survivors.every((s) => same.has(s))) {
    return `${said}. These do survive, but in the order of their scores: ${letters(survivors)}.`;
  }
  const wrong = guess.find((g) => !survivors.includes(g));
  if (wrong !== undefined) {
    const killer = suppression.steps.find(({ rivals }) =>
      rivals.some((r) => r.index === wrong && r.gone),
    );
    const why = killer
      ? `${letterOf(wrong)} is suppressed by ${letterOf(killer.keeper)}`
      : `${letterOf(wrong)} scores too little`;
    return `${said}; ${truth}. ${why}.`;
  }
  const missed = survivors.filter((s) => !same.has(s));
  return `${said}; ${truth}. You left out ${letters(missed)}: nothing that survives overlaps ${missed.length === 1 ? "it" : "them"} enough.`;
}

/** The curve in words. */
export function curveSentence(state: State): string {
  const { curve, label, averages, mean, matches, truths } = computed(state);
  const name = CLASSES[label]!;
  if (curve.objects === 0) {
    return `The scene has no ${name}, so there is nothing to find: every ${name} is a false alarm, and average precision is not defined. Select a box of another class.`;
  }
  const average = averages[label]!;
  const hits = matches.filter((m) => state.labels[m.index] === label && m.right).length;
  const shown = curve.precision.length;
  const objects = `${curve.objects} ${curve.objects === 1 ? name : pluralOf(name)}`;
  const found =
    shown === 0
      ? `No ${name} passes the threshold: recall stays 0, and average precision is 0.`
      : `${hits} of ${objects} found by ${shown} ${shown === 1 ? "box" : "boxes"}: precision ${format(curve.precision.at(-1)!)}, recall ${format(curve.recall.at(-1)!)}. Average precision ${format(average, 3)}.`;
  const classes = new Set(truths.map((t) => t.label)).size;
  return `${found} Mean over the ${classes} classes of the scene: ${format(mean, 3)}.`;
}

const pluralOf = (name: string) =>
  name === "fish"
    ? "fish"
    : name === "leaf"
      ? "leaves"
      : name.endsWith("y")
        ? `${name.slice(0, -1)}ies`
        : `${name}s`;

/** For a screen reader. */
export function spoken(state: State): string {
  if (state.view === "overlap") {
    return `IoU of ${letterOf(state.selected)} and ${letterOf(state.partner)}: ${format(pairOf(state).iou, 3)}. ${overlapSentence(state)}`;
  }
  if (state.view === "suppression") return verdict(state) || stepSentence(state);
  return curveSentence(state);
}
