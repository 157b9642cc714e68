/** The first layer's filters in their colours: what each map of it answers to. */

import { shapesOf, weightCounts } from "../../core/inference/plan.ts";
import { CLASSIFIER } from "../../data/scene-classifier.ts";
import type { Stage } from "../../ui/demo.ts";
import { set, svg } from "../../ui/dom.ts";
import { canvas, fillRect, word } from "./canvas.ts";
import { weightsOf } from "./network.ts";
import { byKeys, byPointer } from "./pick.ts";
import type { State, Weights } from "./state.ts";

const FIRST = CLASSIFIER.plan.layers[0]!;
const [FILTERS] = FIRST.shape;
const SIDE = FIRST.kind === "convolution" ? FIRST.kernel[0] : 1;
const CHANNELS = weightCounts(FIRST, shapesOf(CLASSIFIER.plan))[0] / (FILTERS * SIDE * SIDE);
/** Pixels of a weight on the canvas, and between two filters. */
const CELL = 6;
const GAP = 6;
const PITCH = CELL * SIDE + GAP;

export function filtersView(stage: Stage<State>) {
  const picture = canvas("inside-filters");
  const { marks } = picture;
  const chosen = svg("rect", { class: "chosen", width: PITCH, height: PITCH, rx: 2 });
  marks.append(chosen);
  set(marks, { role: "application", tabindex: 0 });
  let narrow = false;
  let drawn: Weights | null = null;
  const grid = () => (narrow ? { rows: 2, columns: FILTERS / 2 } : { rows: 1, columns: FILTERS });
  const go = (row: number, column: number) => {
    const channel = row * grid().columns + column;
    stage.update({ layer: "conv 1", channel });
  };
  const at = () => {
    const { columns } = grid();
    const { channel, layer } = stage.state();
    if (layer !== "conv 1") return { row: 0, column: -1 };
    return { row: Math.floor(channel / columns), column: channel % columns };
  };
  byPointer(marks, stage.signal, grid, go);
  byKeys(marks, stage.signal, grid, at, go);

  const draw = ({ weights, layer, channel }: State) => {
    const { rows, columns } = grid();
    picture.size(columns * PITCH, rows * PITCH);
    const { row, column } = at();
    set(chosen, {
      x: column * PITCH,
      y: row * PITCH,
      display: layer === "conv 1" ? null : "none",
    });
    const which = layer === "conv 1" ? `filter ${channel + 1} is chosen, ` : "";
    set(marks, { "aria-label": `${FILTERS} filters of conv 1: ${which}the arrow keys choose` });
    if (drawn === weights) return;
    drawn = weights;
    const all = weightsOf(weights);
    picture.draw((words, width) => {
      words.fill(0);
      for (let filter = 0; filter < FILTERS; filter++) {
        const x = (filter % columns) * PITCH + GAP / 2;
        const y = Math.floor(filter / columns) * PITCH + GAP / 2;
        paint(words, width, all.subarray(filter * CHANNELS * SIDE * SIDE), x, y);
      }
    });
  };
  const resize = (width: number) => {
    if (narrow === width < 560) return;
    narrow = width < 560;
    drawn = null;
    stage.redraw();
  };
  return { element: picture.element, draw, resize };
}

/** Grey is no weight; the largest of the filter has full colour. */
function paint(
  words: Uint32Array,
  width: number,
  filter: Float32Array,
  x: number,
  y: number,
): void {
  const area = SIDE * SIDE;
  let top = 1e-12;
  for (let i = 0; i < CHANNELS * area; i++) top = Math.max(top, Math.abs(filter[i]!));
  for (let i = 0; i < area; i++) {
    const level = (c: number) => Math.round(127.5 + (127.5 * filter[c * area + i]!) / top);
    const box = [x + CELL * (i % SIDE), y + CELL * Math.floor(i / SIDE), CELL, CELL] as const;
    fillRect(words, width, box, word(level(0), level(1), level(2)));
  }
}
