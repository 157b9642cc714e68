/** States that each show one thing. */

import { toldFrom } from "../../core/yolo-grid.ts";
import { SIDE as SCENE_SIDE, SCENES, type SceneName, truths } from "../../data/detection-scenes.ts";
import { boxOf, SIDE, type State } from "./state.ts";

/** The objects of a scene as the image of 448 pixels has them, to whole pixels. */
export function objectsOf(scene: SceneName): Pick<State, "scene" | "boxes" | "labels"> {
  const objects = truths(scene);
  return {
    scene,
    boxes: objects.map(({ box }) => box.map((n) => Math.round((n * SIDE) / SCENE_SIDE))),
    labels: objects.map(({ label }) => label),
  };
}

const CASES: Record<string, (state: State) => Partial<State>> = {
  "the scene's objects": ({ scene }) => ({ ...objectsOf(scene), selected: 0 }),
  "two centres in one cell": ({ boxes, labels, cells }) => {
    const cell = SIDE / cells;
    const [left, top] = [Math.floor(3 * cell), Math.floor(3 * cell)];
    const first = [left - 60, top - 20, left + 80, top + 60];
    const second = [left + 10, top - 50, left + 70, top + 100];
    return {
      boxes: [first, second, ...boxes.slice(2)],
      labels: [labels[0]!, labels[1] ?? 0, ...labels.slice(2)],
      selected: 1,
    };
  },
  "larger than its cell": ({ boxes, selected }) => ({
    boxes: boxes.with(selected, [40, 56, 400, 344]),
  }),
  "centre on a line": ({ boxes, selected, cells }) => {
    const line = Math.round((3 * SIDE) / cells);
    return { boxes: boxes.with(selected, [line - 50, line - 40, line + 50, line + 40]) };
  },
};

const PREDICTIONS: Record<string, (state: State) => Partial<State>> = {
  "one close, one far": ({ boxes, selected, predicted }) => ({
    predicted: [shifted(boxes[selected]!, 10, -6), around(boxes[selected]!, 1.9), predicted[2]!],
    confidences: [0.6, 0.3, 0.1],
    probability: 0.7,
    background: 0.05,
    grabbed: 0,
  }),
  "no fault": ({ boxes, selected }) => ({
    predicted: [boxes[selected]!, boxes[selected]!, boxes[selected]!],
    confidences: [1, 0, 0],
    probability: 1,
    background: 0,
    grabbed: 0,
  }),
  "both say the same": ({ boxes, selected }) => ({
    predicted: [0, 1, 2].map(() => shifted(boxes[selected]!, 12, 12)),
    confidences: [0.7, 0.7, 0.7],
    grabbed: 0,
  }),
  "all cells shout": () => ({ background: 0.5 }),
  silence: ({ confidences }) => ({ background: 0, confidences: confidences.map(() => 0) }),
};

export const CASE_NAMES = Object.keys(CASES);
export const PREDICTION_NAMES = Object.keys(PREDICTIONS);

export const caseNamed = (name: string, state: State): Partial<State> => CASES[name]!(state);
export const predictionNamed = (name: string, state: State) => PREDICTIONS[name]!(state);

export { SCENES };

const within = (box: readonly number[]) =>
  box.map((n) => Math.min(SIDE, Math.max(0, Math.round(n))));

/** The box moved: as far as the image goes. */
const shifted = ([x1, y1, x2, y2]: readonly number[], dx: number, dy: number) =>
  within([x1! + dx, y1! + dy, x2! + dx, y2! + dy]);

/** A box with the same middle and other extents. */
function around(box: readonly number[], factor: number): number[] {
  const { w, h } = toldFrom({ row: 0, column: 0 }, boxOf(box), SIDE, 1);
  const [cx, cy] = [(box[0]! + box[2]!) / 2, (box[1]! + box[3]!) / 2];
  const [wide, high] = [(w * SIDE * factor) / 2, (h * SIDE * factor) / 2];
  return within([cx - wide, cy - high, cx + wide, cy + high]);
}
