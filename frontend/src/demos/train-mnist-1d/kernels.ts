/** The first layer's kernels, and one weight's last step: what each position adds to its gradient. */

import { format } from "../../core/format.ts";
import { firstParameters, LAYERS } from "../../core/networks.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { cursor } from "./cursor.ts";
import { KERNELS, TAPS } from "./protocol.ts";
import type { Runners } from "./race.ts";
import { fine, lastStepLines, weightName } from "./sentences.ts";
import type { State } from "./state.ts";

const SIDE = 24;
const TOP = 20;
const WIDTH = KERNELS * SIDE;
const HEIGHT = TOP + TAPS * SIDE + 2;
const POSITIONS = LAYERS.convolutional[0]!.positions;
const PARTS_HEIGHT = 96;
const PARTS_MIDDLE = 44;

interface Weight {
  column: number;
  tap: number;
  /** From −1 to 1. */
  strength: number;
}

export function kernels(stage: Stage<State>, runners: () => Runners) {
  const cells = svg("g", {});
  const numbers = svg("g", {});
  const chosen = svg("rect", { class: "chosen", width: SIDE, height: SIDE });
  const hit = svg("rect", { class: "hit", x: 0, y: TOP, width: WIDTH, height: TAPS * SIDE });
  const drawing = svg(
    "svg",
    {
      class: "kernels",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: WIDTH,
      height: HEIGHT,
      role: "group",
      "aria-label": "The fifteen kernels of the first layer",
    },
    svg("g", { "aria-hidden": "true" }, numbers, cells, chosen),
    hit,
  );
  const parts = svg("g", {});
  const middle = svg("line", {
    class: "zero",
    x1: 0,
    x2: WIDTH,
    y1: PARTS_MIDDLE,
    y2: PARTS_MIDDLE,
  });
  const gradient = svg(
    "svg",
    {
      class: "parts",
      viewBox: `0 0 ${WIDTH} ${PARTS_HEIGHT}`,
      width: WIDTH,
      height: PARTS_HEIGHT,
      role: "img",
    },
    middle,
    parts,
  );
  const heading = html("p", { class: "course-facts" });
  const lines = html("p", { class: "last-step" });
  const element = html(
    "div",
    { class: "kernels-and-step" },
    html(
      "div",
      {},
      html("p", { class: "course-caption" }, "The first layer’s 15 kernels: choose a weight"),
      drawing,
    ),
    html("div", {}, heading, gradient, lines),
  );
  let state = stage.initial;
  let untrained = { seed: -1, weights: [] as number[] };

  const weights = (): readonly number[] => {
    const told = runners().convolutional.news?.kernels;
    if (told) return told;
    // Before the worker has answered, and where there is none: what the seed gives.
    if (untrained.seed !== state.seed) {
      const all = firstParameters("convolutional", state.seed);
      untrained = { seed: state.seed, weights: [...all.subarray(0, KERNELS * TAPS)] };
    }
    return untrained.weights;
  };
  const choose = (cell: number | null) => {
    if (cell === null) return;
    stage.update({ kernel: cell % KERNELS, tap: Math.floor(cell / KERNELS) });
  };
  const mark = cursor(stage, {
    label: "Choose a weight of the first layer",
    element: hit,
    chosen: true,
    count: () => KERNELS * TAPS,
    move: (from, along, down) => {
      const [column, row] = [from % KERNELS, Math.floor(from / KERNELS)];
      const to = (value: number, most: number) => Math.min(most, Math.max(0, value));
      return to(row + down, TAPS - 1) * KERNELS + to(column + along, KERNELS - 1);
    },
    at(x, y) {
      // The picture shrinks on a narrow screen.
      const scale = drawing.getBoundingClientRect().width / WIDTH || 1;
      const [column, row] = [Math.floor(x / scale / SIDE), Math.floor((y / scale - TOP) / SIDE)];
      const within = column >= 0 && column < KERNELS && row >= 0 && row < TAPS;
      return within ? row * KERNELS + column : null;
    },
    describe: (cell) => {
      const [kernel, tap] = [cell % KERNELS, Math.floor(cell / KERNELS)];
      return `${weightName(kernel, tap)}: ${format(weights()[kernel * TAPS + tap]!, 3)}`;
    },
    go: choose,
  });

  const drawWeights = () => {
    const values = weights();
    const most = Math.max(1e-9, ...values.map(Math.abs).filter(Number.isFinite));
    const items = values.map(
      (value, i): Weight => ({
        column: Math.floor(i / TAPS),
        tap: i % TAPS,
        strength: Math.round((100 * (value || 0)) / most) / 100,
      }),
    );
    list(cells, items, cell, (group, { column, tap, strength }) => {
      const [square, sign] = group.children;
      // The area tells the size, the stroke across it the sign.
      const side = (SIDE - 4) * Math.sqrt(Math.abs(strength));
      const [x, y] = [(column + 0.5) * SIDE, TOP + (tap + 0.5) * SIDE];
      set(square!, {
        x: (x - side / 2).toFixed(1),
        y: (y - side / 2).toFixed(1),
        width: side.toFixed(1),
        height: side.toFixed(1),
        class: strength < 0 ? "negative" : "positive",
      });
      const half = side / 2 - 2;
      const shown = strength < 0 && half > 1;
      set(sign!, { x1: x - half, x2: x + half, y1: y, y2: y, display: shown ? null : "none" });
    });
    list(
      numbers,
      Array.from({ length: KERNELS }, (_, i) => i),
      () => svg("text", { "text-anchor": "middle", y: 13 }),
      (name, i) => {
        set(name, { x: (i + 0.5) * SIDE });
        text(name, String(i + 1));
      },
    );
    set(chosen, { x: state.kernel * SIDE, y: TOP + state.tap * SIDE });
  };

  const drawParts = () => {
    const step = runners().convolutional.news?.lastStep ?? null;
    const index = state.kernel * TAPS + state.tap;
    const values = step?.contributions[index] ?? new Array<number>(POSITIONS).fill(0);
    const most = Math.max(1e-12, ...values.map(Math.abs).filter(Number.isFinite));
    const pitch = WIDTH / POSITIONS;
    const items = values.map((value, position) => {
      const height = Math.round(((PARTS_MIDDLE - 4) * Math.abs(value || 0) * 10) / most) / 10;
      return { position, height, negative: value < 0 };
    });
    list(
      parts,
      items,
      () => svg("g", {}, svg("rect"), svg("text")),
      (group, item) => {
        const [rect, number] = group.children;
        set(rect!, {
          x: (item.position * pitch + 3).toFixed(1),
          y: item.negative ? PARTS_MIDDLE : PARTS_MIDDLE - item.height,
          width: (pitch - 6).toFixed(1),
          height: item.height,
          class: item.negative ? "negative" : "positive",
        });
        set(number!, {
          x: ((item.position + 0.5) * pitch).toFixed(1),
          y: PARTS_HEIGHT - 2,
          "text-anchor": "middle",
        });
        text(number!, item.position % 3 === 0 ? String(item.position + 1) : "");
      },
    );
    const numbers = step ? values.map(fine).join(", ") : "no step taken yet";
    set(gradient, { "aria-label": `What each of 19 positions adds to the gradient: ${numbers}` });
    const name = weightName(state.kernel, state.tap);
    text(heading, `What each position adds to the gradient of ${name}`);
    const said = lastStepLines(step, state);
    list(
      lines,
      said,
      () => html("span"),
      (line, words) => text(line, words || "\u00a0"),
    );
  };

  const draw = (next: State) => {
    state = next;
    drawWeights();
    drawParts();
    mark.show(state.tap * KERNELS + state.kernel);
  };
  return { element, draw };
}

const cell = () => svg("g", {}, svg("rect"), svg("line", { class: "minus" }));
