/** The drawing: a row of inputs, a row of units for each layer, and who reads whom. */

import { equal } from "../../core/equal.ts";
import { positionsRead } from "../../core/receptive-field.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { reachedPath, readPath, ringPath } from "./cones.ts";
import { type Layout, layout } from "./layout.ts";
import * as marks from "./marks.ts";
import { nameCursors, pointing } from "./pointing.ts";
import { inputSentence, unitSentence } from "./sentences.ts";
import { analysis, type State } from "./state.ts";
import { gradientStrips, pathStrip } from "./strips.ts";

type Line = [number, number, number, number];

export interface Gradients {
  squared: readonly number[];
  signed: readonly number[];
}

export function picture(stage: Stage<State>) {
  const all = svg("path", { class: "all" });
  const forward = svg("path", { class: "forward" });
  const back = svg("path", { class: "back" });
  const pads = svg("g", { class: "pads" });
  const dots = svg("g", { class: "dots" });
  const rings = svg("path", { class: "ring" });
  const bracket = svg("path", { class: "bracket" });
  const span = svg("text", { class: "span", "text-anchor": "middle" });
  const labels = svg("g", { class: "labels" });
  const numbers = svg("g", { class: "numbers" });
  const bars = svg("g", { class: "bars" });
  const barLabels = svg("g", { class: "labels" });
  const zero = svg("path", { class: "zero" });
  const unitCursor = svg("rect", { class: "cursor unit-cursor", rx: 4 });
  const inputCursor = svg("rect", { class: "cursor input-cursor", rx: 4 });
  const drawn = svg(
    "g",
    { "aria-hidden": "true" },
    all,
    forward,
    back,
    pads,
    dots,
    rings,
    zero,
    bars,
    bracket,
    span,
    labels,
    numbers,
    barLabels,
  );
  const drawing = svg("svg", { class: "picture", role: "group" }, drawn, inputCursor, unitCursor);
  const frame = html("div", { class: "course-frame" }, drawing);

  let width = 640;
  let now: Layout;
  let laidOut: unknown = null;
  /** What each unit was last drawn as. */
  let kinds: string[] = [];
  pointing(stage, { drawing, unitCursor, inputCursor, layout: () => now });

  const layOut = (state: State) => {
    now = layout(state, width);
    set(drawing, {
      viewBox: `0 0 ${now.width} ${now.height}`,
      width: now.width,
      height: now.height,
    });
    const { layers } = analysis(state);
    const lines: Line[] = [];
    const padded: marks.Dot[] = [];
    for (const [l, layer] of layers.entries()) {
      const seen = new Set<number>();
      for (let u = 0; u < now.lengths[l + 1]!; u++) {
        for (const p of positionsRead(layer, u)) {
          lines.push([now.unit(l, p), now.y(l), now.unit(l + 1, u), now.y(l + 1)]);
          if (p < 0 || p >= now.lengths[l]!) seen.add(p);
        }
      }
      for (const p of seen) {
        const at = { x: now.unit(l, p), y: now.y(l), radius: Math.max(1.5, now.radius - 1) };
        padded.push({ ...at, round: true, kind: "pad" });
      }
    }
    set(all, { d: marks.strokes(lines) });
    const items = now.lengths.flatMap((count, r) =>
      Array.from({ length: count }, (_, u): marks.Dot => {
        const at = { x: now.unit(r, u), y: now.y(r), radius: now.radius };
        return { ...at, round: r === 0, kind: r === 0 ? "input" : "unit" };
      }),
    );
    list(dots, items, marks.dot, marks.drawDot);
    kinds = [];
    list(pads, padded, marks.dot, marks.drawDot);
    const small = now.gutter < 60 ? "small" : "";
    const names = now.lengths.flatMap((_, row): marks.Words[] => {
      const y = now.y(row) + 4;
      const name = row === 0 ? "input" : `layer ${row}`;
      const own = { x: 0, anchor: "start", kind: small } as const;
      if (row === 0 || state.channels === 1) return [{ ...own, y, words: name }];
      return [
        { ...own, y: y - 8, words: name },
        { ...own, y: y + 8, words: `× ${state.channels}` },
      ];
    });
    list(labels, names, marks.words, marks.drawWords);
    const every = now.pitch >= 20 ? 1 : 5;
    const shown = Array.from({ length: state.length }, (_, i) => i + 1).filter(
      (n) => n === 1 || n % every === 0 || (n === state.length && n % every > 2),
    );
    const y = now.y(0) - now.radius - 8;
    list(
      numbers,
      shown.map((n): marks.Words => ({ x: now.x(n - 1), y, words: String(n) })),
      marks.words,
      marks.drawWords,
    );
    const ends = [now.x(0) - now.pitch / 2, now.x(state.length - 1) + now.pitch / 2] as const;
    set(zero, { d: marks.strokes(now.bases.map((base): Line => [ends[0], base, ends[1], base])) });
  };

  const drawUnits = (state: State) => {
    const found = analysis(state);
    set(back, { d: readPath(now, found) });
    set(forward, { d: reachedPath(now, found) });
    set(rings, { d: ringPath(now, found) });
    const [row, index] = state.unit;
    let place = 0;
    for (const [r, count] of now.lengths.entries()) {
      const reads = new Set(found.read[r]);
      const name = r === 0 ? "input" : "unit";
      for (let u = 0; u < count; u++, place++) {
        const here = r === row && u === index;
        const kind = here ? `${name} now` : reads.has(u) ? `${name} read` : name;
        // Most units stay as they are: what has not changed costs nothing.
        if (kinds[place] === kind) continue;
        kinds[place] = kind;
        set(dots.children[place]!, { class: kind });
      }
    }
  };

  const drawBracket = (state: State) => {
    const [row, index] = state.unit;
    set(bracket, { display: row === undefined ? "none" : null });
    set(span, { display: row === undefined ? "none" : null });
    if (row === undefined) return;
    const { start, jump, size } = now.fields[row]!;
    const first = start + index! * jump;
    const left = now.x(first) - 0.42 * now.pitch;
    const right = now.x(first + size - 1) + 0.42 * now.pitch;
    const y = now.bracket;
    set(bracket, { d: `M${left} ${y + 6}V${y}H${right}V${y + 6}` });
    set(span, { x: Math.min(now.width - 48, Math.max(48, (left + right) / 2)), y: y - 7 });
    text(span, `field of ${size}`);
  };

  const drawStrips = (state: State, gradients: Gradients) => {
    const none = { bars: [], labels: [] };
    const strips =
      state.unit.length === 0 || state.view === "field"
        ? none
        : state.view === "paths"
          ? pathStrip(now, analysis(state).paths)
          : gradientStrips(now, gradients.squared, gradients.signed);
    list(bars, strips.bars, marks.bar, marks.drawBar);
    list(barLabels, strips.labels, marks.words, marks.drawWords);
  };

  const drawCursors = (state: State) => {
    const side = Math.max(24, 2 * now.radius + 12);
    const place = (element: Element, row: number, index: number) =>
      set(element, {
        x: now.unit(row, index) - side / 2,
        y: now.y(row) - side / 2,
        width: side,
        height: side,
      });
    const [row, index] = state.unit;
    const last = now.lengths.length - 1;
    place(unitCursor, row ?? last, index ?? Math.floor((now.lengths[last]! - 1) / 2));
    place(inputCursor, 0, state.input[0] ?? Math.floor((state.length - 1) / 2));
    nameCursors(state, unitCursor, inputCursor, now.lengths);
  };

  const draw = (state: State, gradients: Gradients) => {
    const { length, layers, channels, view } = state;
    const made = [length, layers, channels, view, width];
    if (!equal(made, laidOut)) layOut(state);
    laidOut = made;
    drawUnits(state);
    drawBracket(state);
    drawStrips(state, gradients);
    drawCursors(state);
    const said = [unitSentence(state), inputSentence(state)].filter(Boolean).join(" ");
    const count = state.layers.length;
    set(drawing, {
      "aria-label": `${length} inputs and ${count} ${count === 1 ? "layer" : "layers"}. ${said || "Nothing is pointed at."}`,
    });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element: frame, draw, drawStrips, resize };
}
