/** Wherever the signal is moved: the error of both networks on all test examples, and what they say of this one. */

import { compact } from "../../core/format.ts";
import { DATA_SET } from "../../core/sampler.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { onDrag } from "../../ui/dragging.ts";
import { linear } from "../../ui/scale.ts";
import { answers, expected } from "./computed.ts";
import type { Errors } from "./errors.ts";
import { NAMES } from "./sentences.ts";
import { hidden, movedBy, moves, NETWORKS, type State } from "./state.ts";

const LEFT = 44;
const RIGHT = 8;
const PLOT = { top: 30, bottom: 170, most: 0.65 };
const STRIPS = [206, 258];
const TALL = 24;
const HEIGHT = 310;
/** Narrower than this a square has no room for its digit. */
const ROOM = 9;

interface Cell {
  x: number;
  width: number;
  digit: number | null;
  right: boolean;
  here: boolean;
}

export function chart(stage: Stage<State>, errors: () => Errors) {
  let width = 720;
  const title = svg("text", { x: 0, y: 12 });
  const grid = svg("g", { class: "grid" });
  const unseen = svg("path", { class: "edge" });
  const seen = svg("text", { class: "seen", y: PLOT.top + 4, "text-anchor": "end" });
  const lines = NETWORKS.map((name) => svg("path", { class: `line ${name}` }));
  const marks = NETWORKS.map((name) => svg("path", { class: `marks ${name}` }));
  const waiting = svg(
    "text",
    { "text-anchor": "middle", y: (PLOT.top + PLOT.bottom) / 2 },
    "computed by your browser, from 1,000 test examples",
  );
  const here = svg("line", { class: "marker", y1: PLOT.top - 6, y2: STRIPS[1]! + TALL + 4 });
  const strips = STRIPS.map((y) => svg("g", { class: "strip", transform: `translate(0 ${y})` }));
  const names = STRIPS.map((y, i) =>
    svg("text", { x: 0, y: y - 8 }, `${NAMES[NETWORKS[i]!]} says of this signal`),
  );
  const ticks = svg("g", { class: "ticks" });
  const drawing = svg(
    "svg",
    { class: "chart", role: "img" },
    grid,
    unseen,
    waiting,
    ...lines,
    ...marks,
    here,
    title,
    seen,
    ...names,
    ...strips,
    ticks,
  );
  const key = html(
    "p",
    { class: "course-key" },
    ...NETWORKS.map((name) =>
      html(
        "span",
        {},
        html("span", { class: `sign ${name}`, "aria-hidden": "true" }),
        NAMES[name].toLowerCase(),
      ),
    ),
  );
  const element = html("div", { class: "course-frame" }, key, drawing);
  const step = (count: number) => (width - LEFT - RIGHT) / count;
  onDrag(drawing, stage.signal, (pixel) => {
    const all = moves(stage.state());
    const index = Math.floor((pixel - LEFT) / step(all.length));
    stage.update({ [movedBy(stage.state())]: all[Math.min(all.length - 1, Math.max(0, index))]! });
  });
  const toY = linear([0, PLOT.most], [PLOT.bottom, PLOT.top]);

  const drawCurves = (kind: "place" | "shift", x: (index: number) => number, count: number) => {
    const every = Math.ceil(12 / step(count));
    for (const [i, name] of NETWORKS.entries()) {
      const known = [...errors()[kind][i]!.entries()].filter(([, error]) => error !== null);
      const points = known.map(([at, error]) => [x(at), toY(error!), at] as const);
      set(waiting, { x: width / 2, display: points.length > 0 ? "none" : null });
      const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join("L");
      set(lines[i]!, { d: points.length > 1 ? `M${path}` : null });
      const shapes = points
        .filter(([, , at]) => at % every === 0)
        .map(([px, py]) => sign(name, px, py, 2.5));
      set(marks[i]!, { d: shapes.join("") || null });
    }
  };

  const draw = (state: State) => {
    const kind = movedBy(state);
    const all = moves(state);
    const wide = step(all.length);
    const x = (index: number) => LEFT + (index + 0.5) * wide;
    const at = x(all.indexOf(state[kind]));
    set(here, { x1: at, x2: at });
    const secret = hidden(state);
    for (const [i, said] of answers(state).entries()) {
      const right = expected(state, i);
      const cells = said.map(
        (digit, index): Cell => ({
          x: LEFT + index * wide,
          width: wide,
          digit: secret ? null : digit,
          right: !secret && digit === right,
          here: all[index] === state[kind],
        }),
      );
      list(strips[i]!, cells, createCell, updateCell);
    }
    drawFrame(kind, all, x, wide);
    drawCurves(kind, x, all.length);
  };

  const drawFrame = (
    kind: "place" | "shift",
    all: readonly number[],
    x: (index: number) => number,
    wide: number,
  ) => {
    text(
      title,
      kind === "place"
        ? "test error with every template put at this place"
        : "test error with every example shifted by so much",
    );
    list(
      grid,
      [0, 20, 40, 60].map((percent) => ({ percent, width })),
      () => svg("g", {}, svg("line", {}), svg("text", { "text-anchor": "end" })),
      (group, { percent }) => {
        const y = toY(percent / 100);
        set(group.children[0]!, { x1: LEFT, x2: width - RIGHT, y1: y, y2: y });
        set(group.children[1]!, { x: LEFT - 6, y: y + 4 });
        text(group.children[1]!, `${percent} %`);
      },
    );
    const edge = kind === "place" ? LEFT + (DATA_SET.shift.max + 1) * wide : null;
    set(unseen, {
      d: edge === null ? null : `M${edge.toFixed(1)},${PLOT.top - 8}V${STRIPS[1]! + TALL}`,
    });
    set(seen, { x: edge === null ? 0 : edge - 6 });
    text(seen, edge === null ? "" : "places in the training data: 0 to 47");
    const every = kind === "place" ? 10 : 5;
    list(
      ticks,
      all
        .filter((value) => value % every === 0)
        .map((value) => ({ value, x: x(all.indexOf(value)) })),
      () => svg("text", { y: HEIGHT - 8, "text-anchor": "middle" }),
      (tick, { value, x: px }) => {
        set(tick, { x: px });
        text(tick, kind === "shift" && value === 0 ? "not moved" : compact(value));
      },
    );
    set(drawing, {
      width,
      height: HEIGHT,
      viewBox: `0 0 ${width} ${HEIGHT}`,
      "aria-label":
        kind === "place"
          ? "Error of both networks against the template's place, and what they say of this one at each"
          : "Error of both networks against the shift, and what they say of this signal at each",
    });
  };
  const resize = (measured: number) => {
    if (measured === width) return;
    width = measured;
    stage.redraw();
  };
  return { element, draw, resize };
}

/** A disc, or a square. */
function sign(name: (typeof NETWORKS)[number], x: number, y: number, r: number): string {
  const [px, py] = [x.toFixed(1), y.toFixed(1)];
  if (name === "pool")
    return `M${(x - r).toFixed(1)},${(y - r).toFixed(1)}h${2 * r}v${2 * r}h${-2 * r}z`;
  return `M${px},${py}m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
}

function createCell(): SVGGElement {
  return svg(
    "g",
    {},
    svg("rect", { class: "cell", y: 0, height: TALL }),
    svg("text", { y: TALL / 2 + 5, "text-anchor": "middle" }),
  );
}

function updateCell(group: SVGGElement, { x, width, digit, right, here }: Cell): void {
  const [box, said] = [...group.children] as [Element, Element];
  const gap = Math.min(1.5, width / 8);
  set(group, { class: `${right ? "right" : "wrong"}${here ? " here" : ""}` });
  set(box, { x: x + gap / 2, width: Math.max(1, width - gap) });
  set(said, { x: x + width / 2 });
  text(said, digit === null || width < ROOM ? "" : String(digit));
}
