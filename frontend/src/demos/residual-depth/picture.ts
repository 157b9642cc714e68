/** The stack as a row of blocks, and below it the size of activations and gradients at each layer. */

import { powerOfTen } from "../../core/format.ts";
import type { Sizes } from "../../core/residual-stack.ts";
import { onArrows } from "../../ui/arrows.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { onDrag } from "../../ui/dragging.ts";
import { type Across, across, decades, HEIGHT, height, PLOTS, STRIP, ticks } from "./layout.ts";
import { kind, layerSentence } from "./sentences.ts";
import { hidden, LIMITS, type State, sizesOf, stackOf, switched } from "./state.ts";

const TITLES = ["size of the activations", "size of the gradients"] as const;
const MEASURES = ["activations", "gradients"] as const;
/** Marks nearer than this would hide the line. */
const APART = 12;
const RADIUS = 3.5;
/** How far a press may miss the first or last layer. */
const EDGE = 12;
/** Blocks nearer than this are drawn with thinner lines. */
const DENSE = 10;

interface Shown {
  skip: boolean;
  sizes: Sizes;
}

export function picture(stage: Stage<State>) {
  let width = 720;
  const wire = svg("path", { class: "wire" });
  const arcs = svg("path", { class: "arcs" });
  const blocks = svg("path", { class: "blocks" });
  const out = svg("path", { class: "out" });
  const pointer = svg("line", { class: "pointer", y1: 8, y2: PLOTS[1].bottom });
  const plots = PLOTS.map((_, i) => plot(i));
  const numbers = svg("g", { class: "ticks", "aria-hidden": "true" });
  const name = svg("text", { class: "ticks", y: HEIGHT - 14, x: 0 }, "layer");
  const hit = svg("rect", {
    class: "hit",
    y: 4,
    height: PLOTS[1].bottom - 4,
    rx: 4,
    tabindex: 0,
    role: "slider",
    "aria-label": "Layer that is read: drag, or use the arrow keys",
    "aria-valuemin": 0,
  });
  const drawing = svg(
    "svg",
    {
      class: "picture",
      role: "group",
      "aria-label": "The layers, and the size of activations and gradients at each",
    },
    ...[wire, arcs, blocks, out, pointer],
    ...plots.map(({ element }) => element),
    ...[numbers, name, hit],
  );
  const marks = [true, false].map((skip) =>
    html(
      "span",
      {},
      html("span", { class: `sign ${className(skip)}`, "aria-hidden": "true" }),
      kind(skip),
    ),
  );
  const key = html("p", { class: "course-key" }, ...marks);
  const element = html("div", { class: "course-frame" }, key, drawing);

  const { signal } = stage;
  const go = (layer: number) => {
    const { depth } = stage.state();
    stage.update({ layer: Math.min(depth, Math.max(0, layer)) });
  };
  onDrag(hit, signal, (pixel) => {
    go(Math.round((pixel - EDGE) / across(width, stage.state().depth).pitch));
  });
  onArrows(hit, signal, {
    range: { min: 0, max: LIMITS.depth.max },
    value: () => stage.state().layer,
    go,
  });

  const drawStrip = ({ depth, skip, removed }: State, x: Across) => {
    const half = Math.min(9, x.pitch * 0.28);
    const tall = 9;
    let boxes = "";
    let bows = "";
    for (let l = 1; l <= depth; l++) {
      const middle = x(l - 0.5);
      if (l !== removed) {
        boxes += `M${(middle - half).toFixed(1)},${STRIP - tall}h${(2 * half).toFixed(1)}v${2 * tall}h${(-2 * half).toFixed(1)}z`;
      }
      if (!skip) continue;
      const [from, to] = [x(l - 1).toFixed(1), x(l).toFixed(1)];
      bows += `M${from},${STRIP}C${from},${STRIP - 28} ${to},${STRIP - 28} ${to},${STRIP}`;
    }
    set(blocks, { d: boxes || null });
    set(arcs, { d: bows || null });
    const at = x(removed - 0.5);
    const gone = `M${(at - half).toFixed(1)},${STRIP - tall}h${(2 * half).toFixed(1)}v${2 * tall}h${(-2 * half).toFixed(1)}z`;
    set(out, { d: removed > 0 ? gone : null });
    set(wire, { d: `M${x(0).toFixed(1)},${STRIP}H${x(depth).toFixed(1)}` });
  };

  let framed = "";
  const draw = (state: State) => {
    const { depth, skip, removed, layer, compare } = state;
    const x = across(width, depth);
    const stack = stackOf(state);
    const shown: Shown[] = [{ skip, sizes: sizesOf(stack) }];
    if (compare) shown.push({ skip: !skip, sizes: sizesOf(switched(stack)) });
    const frame = `${width} ${depth} ${skip} ${removed}`;
    if (frame !== framed) {
      framed = frame;
      drawStrip(state, x);
      list(
        numbers,
        ticks(depth, x.pitch).map((at) => ({ at, x: x(at) })),
        () => svg("text", { y: HEIGHT - 14, "text-anchor": "middle" }),
        (tick, { at, x: px }) => {
          set(tick, { x: px.toFixed(1) });
          text(tick, String(at));
        },
      );
      set(drawing, {
        class: x.pitch < DENSE ? "picture dense" : "picture",
        width,
        height: HEIGHT,
        viewBox: `0 0 ${width} ${HEIGHT}`,
      });
      set(hit, { x: x.left - EDGE, width: x.right - x.left + 2 * EDGE, "aria-valuemax": depth });
    }
    for (const [i, one] of plots.entries()) {
      one.draw(shown, x, layer, i === 1 && hidden(state));
    }
    const at = x(layer).toFixed(1);
    set(pointer, { x1: at, x2: at });
    set(hit, { "aria-valuenow": layer, "aria-valuetext": layerSentence(state) });
    for (const [i, mark] of marks.entries()) {
      set(mark, { class: compare || (i === 0) === skip ? null : "away" });
    }
  };
  const resize = (measured: number) => {
    if (measured === width) return;
    width = measured;
    stage.redraw();
  };
  return { element, draw, resize };
}

const className = (skip: boolean) => (skip ? "residual" : "plain");

/** One of the two plots. */
function plot(index: number) {
  const { top, bottom } = PLOTS[index]!;
  const grid = svg("g", { class: "grid", "aria-hidden": "true" });
  const title = svg("text", { class: "title", x: 0, y: top - 16 }, TITLES[index]!);
  const lines = [svg("path"), svg("path")];
  const dots = [svg("path"), svg("path")];
  const here = [svg("path"), svg("path")];
  const waits = svg(
    "text",
    { class: "waits", "text-anchor": "middle", y: (top + bottom) / 2 + 5 },
    "predict first",
  );
  const element = svg("g", {}, grid, title, ...lines.reverse(), ...dots, ...here, waits);
  lines.reverse();
  let drawn: unknown[] = [];

  const draw = (shown: readonly Shown[], x: Across, layer: number, secret: boolean) => {
    const measured = shown.map(({ sizes }) => sizes[MEASURES[index]!]);
    const scale = decades(secret ? [] : measured.flat());
    const now = [...measured, x.pitch, x.right, secret];
    if (now.length !== drawn.length || now.some((value, i) => value !== drawn[i])) {
      drawn = now;
      list(
        grid,
        scale.lines.map((power) => ({ power, ...scale, left: x.left, right: x.right, secret })),
        () => svg("g", {}, svg("line"), svg("text", { "text-anchor": "end" })),
        (group, { power, left, right }) => {
          const y = height(scale, index, 10 ** power).toFixed(1);
          set(group.children[0]!, { x1: left - 6, x2: right, y1: y, y2: y });
          set(group.children[1]!, { x: left - 12, y: Number(y) + 4 });
          text(group.children[1]!, secret ? "" : powerOfTen(power));
        },
      );
      for (const [i, line] of lines.entries()) {
        const sizes = secret ? undefined : measured[i];
        const points = (sizes ?? []).map((size, l) => [x(l), height(scale, index, size)] as const);
        const role = i < shown.length ? className(shown[i]!.skip) : "";
        const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join("L");
        set(line, { class: `line ${role}${i > 0 ? " other" : ""}`, d: path ? `M${path}` : null });
        const every = Math.ceil(APART / x.pitch);
        const signs = points.filter((_, l) => l % every === 0);
        const d = signs.map(([px, py]) => sign(role, px, py, RADIUS - i)).join("");
        set(dots[i]!, { class: `dots ${role}${i > 0 ? " other" : ""}`, d: d || null });
      }
      set(waits, { x: (x.left + x.right) / 2, display: secret ? null : "none" });
    }
    for (const [i, mark] of here.entries()) {
      const size = secret ? undefined : measured[i]?.[layer];
      const role = i < shown.length ? className(shown[i]!.skip) : "";
      const d =
        size === undefined ? null : sign(role, x(layer), height(scale, index, size), RADIUS + 2);
      set(mark, { class: `here ${role}`, d });
    }
  };
  return { element, draw };
}

/** A disc with skips, a square without. */
function sign(role: string, x: number, y: number, r: number): string {
  if (role === "plain") {
    return `M${(x - r).toFixed(1)},${(y - r).toFixed(1)}h${2 * r}v${2 * r}h${-2 * r}z`;
  }
  return `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
}
