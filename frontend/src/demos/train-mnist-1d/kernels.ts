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
const pitch = WIDTH / POSITIONS;

export function kernels(stage: Stage<State>, runners: () => Runners) {
  const [positive, negative] = [signed("positive"), signed("negative")];
  const minus = svg("path", { class: "minus" });
  const numbers = Array.from({ length: KERNELS }, (_, i) =>
    svg("text", { x: (i + 0.5) * SIDE, y: 13, "text-anchor": "middle" }, String(i + 1)),
  );
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
    svg("g", { "aria-hidden": "true" }, ...numbers, positive, negative, minus, chosen),
    hit,
  );
  const [up, down] = [signed("positive"), signed("negative")];
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
    ...[middle, up, down, ...places()],
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
    const paths = { positive: "", negative: "", minus: "" };
    for (const [i, value] of values.entries()) {
      // The area tells the size, the stroke across it the sign.
      const side = (SIDE - 4) * Math.sqrt(Math.abs(value || 0) / most);
      const [x, y] = [(Math.floor(i / TAPS) + 0.5) * SIDE, TOP + ((i % TAPS) + 0.5) * SIDE];
      const square = `M${fixed(x - side / 2)},${fixed(y - side / 2)}h${fixed(side)}v${fixed(side)}h${fixed(-side)}z`;
      paths[value < 0 ? "negative" : "positive"] += square;
      const half = side / 2 - 2;
      if (value < 0 && half > 1) paths.minus += `M${fixed(x - half)},${y}h${fixed(2 * half)}`;
    }
    set(positive, { d: paths.positive || null });
    set(negative, { d: paths.negative || null });
    set(minus, { d: paths.minus || null });
    set(chosen, { x: state.kernel * SIDE, y: TOP + state.tap * SIDE });
  };

  const drawParts = () => {
    const step = runners().convolutional.news?.lastStep ?? null;
    const index = state.kernel * TAPS + state.tap;
    const values = step?.contributions[index] ?? new Array<number>(POSITIONS).fill(0);
    const most = Math.max(1e-12, ...values.map(Math.abs).filter(Number.isFinite));
    const paths = { up: "", down: "" };
    for (const [position, value] of values.entries()) {
      const height = ((PARTS_MIDDLE - 4) * (value || 0)) / most;
      const bar = `M${fixed(position * pitch + 3)},${PARTS_MIDDLE}v${fixed(-height)}h${fixed(pitch - 6)}v${fixed(height)}z`;
      paths[value < 0 ? "down" : "up"] += bar;
    }
    set(up, { d: paths.up || null });
    set(down, { d: paths.down || null });
    const added = step ? values.map(fine).join(", ") : "no step taken yet";
    set(gradient, { "aria-label": `What each of 19 positions adds to the gradient: ${added}` });
    const name = weightName(state.kernel, state.tap);
    const scale = step ? `; the longest bar is ${fine(longest(values))}` : "";
    text(heading, `What each position adds to the gradient of ${name}${scale}`);
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

const longest = (values: readonly number[]) =>
  values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
const fixed = (value: number) => value.toFixed(1);
const signed = (sign: "positive" | "negative") => svg("path", { class: sign });

/** Every third position's number, below its bar. */
function places() {
  return Array.from({ length: Math.ceil(POSITIONS / 3) }, (_, i) =>
    svg(
      "text",
      { x: (3 * i + 0.5) * pitch, y: PARTS_HEIGHT - 2, "text-anchor": "middle" },
      String(3 * i + 1),
    ),
  );
}
