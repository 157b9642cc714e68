/** One filter taken apart: the channels, its slices, what each makes, and their sum. */

import { outputSize, window2d } from "../../core/convolution2d.ts";
import { compact, short, subscript } from "../../core/format.ts";
import { type Cell, cell, drawCell } from "../../ui/cells.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { interactive, watchWidth } from "../../ui/environment.ts";
import { CELL, raster } from "../../ui/raster.ts";
import { enclose } from "../../ui/scale.ts";
import { watchTheme } from "../../ui/theme.ts";
import { draggableValues } from "../../ui/values.ts";
import { spoken } from "./sentences.ts";
import {
  COLOURS,
  colourImage,
  featureMap,
  geometry,
  inputs,
  LIMITS,
  type State,
  sizeOf,
  sliceMap,
} from "./state.ts";

const NONE = { top: 0, bottom: 0, left: 0, right: 0 };

const MOVES: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-8, 0],
  PageDown: [8, 0],
};

/** A raster with its name, and a frame for the pixel or the window that is pointed at. */
function panel(stage: Stage<State>, area: string, role: "input" | "output") {
  const view = raster(role);
  const halo = svg("path", { class: "mark-halo" });
  const mark = svg("path", { class: role === "input" ? "mark window" : "mark" });
  view.overlay.append(halo, mark);
  const title = html("p", { class: "panel-name" });
  const element = html("div", { class: `panel ${role}`, style: `grid-area: ${area}` }, title);
  element.append(view.element);
  watchWidth(view.element, stage.signal, view.resize);
  watchTheme(stage.signal, view.themed);
  const point = (d: string) => {
    set(halo, { d });
    set(mark, { d });
  };
  return { view, title, element, point };
}

export function picture(stage: Stage<State>) {
  const channels = COLOURS.map((_, c) => panel(stage, `channel${c}`, "input"));
  const maps = COLOURS.map((_, c) => panel(stage, `map${c}`, "output"));
  const photograph = panel(stage, "photo", "input");
  const result = panel(stage, "sum", "output");
  result.element.classList.add("result");
  const { signal } = stage;

  const slices = COLOURS.map((name, c) => {
    const cells = svg("g", { class: "cells" });
    const drawing = svg("svg", { class: "slice-picture", role: "group" }, cells);
    const frame = html("div", { class: "course-frame" }, drawing);
    const said = html("p", { class: "panel-name" });
    const element = html("div", { class: "slice", style: `grid-area: slice${c}` }, said, frame);
    const size = () => sizeOf(stage.state());
    const values = draggableValues(stage, {
      name: `slice-${name}`,
      group: cells,
      frame,
      label: (index) =>
        `${name} slice, row ${Math.floor(index / size()) + 1}, column ${(index % size()) + 1}`,
      range: LIMITS.value,
      step: 0.1,
      values: () => stage.state().filters[stage.state().channel]![c]!.flat(),
      perPixel: () => 0.02,
      change: (index, value) => {
        const { filters, channel } = stage.state();
        const slice = filters[channel]![c]!;
        const row = Math.floor(index / size());
        const changed = slice.with(row, slice[row]!.with(index % size(), value));
        const filter = filters[channel]!.with(c, changed);
        stage.update({ filters: filters.with(channel, filter) });
      },
      place: (index) => {
        const wide = drawing.getBoundingClientRect().width / size();
        return { x: ((index % size()) + 0.5) * wide, y: (Math.floor(index / size()) + 0.5) * wide };
      },
    });
    const draw = (state: State) => {
      const rows = state.filters[state.channel]![c]!;
      const off = state.muted.includes(c);
      set(drawing, {
        viewBox: `0 0 ${rows.length * CELL} ${rows.length * CELL}`,
        "data-size": rows.length,
        "aria-label": `Slice of filter ${state.channel + 1} for ${name}`,
      });
      const items = rows.flat().map(
        (weight, index): Cell => ({
          row: Math.floor(index / rows.length),
          column: index % rows.length,
          label: short(weight),
          kind: "kernel",
          strength: 0,
          here: false,
          index,
        }),
      );
      list(cells, items, cell, drawCell);
      text(said, off ? `slice for ${name}, muted` : `slice for ${name}`);
      values.show();
    };
    return { element, draw };
  });

  const go = (row: number, column: number) => {
    const state = stage.state();
    const { rows, columns } = outputSize(geometry(state));
    const within = (n: number, count: number) => Math.min(count - 1, Math.max(0, n));
    const to = { row: within(row, rows), column: within(column, columns) };
    if (to.row !== state.row || to.column !== state.column) stage.update(to);
  };
  for (const { view } of [result, ...maps]) {
    const point = (event: PointerEvent) => {
      const { row, column } = view.cellAt(event);
      go(row, column);
    };
    view.overlay.addEventListener("pointermove", point, { signal });
    view.overlay.addEventListener("pointerdown", point, { signal });
  }
  result.view.overlay.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { row, column } = stage.state();
      const move = MOVES[event.key];
      if (!move) return;
      event.preventDefault();
      go(row + move[0], column + move[1]);
    },
    { signal },
  );
  const slot = html("div", { class: "bias-area", style: "grid-area: bias" });
  const legend = html(
    "div",
    { class: "legend" },
    html("span", { class: "legend-low" }),
    html("span", { class: "legend-bar", "aria-hidden": "true" }),
    html("span", { class: "legend-high" }),
  );
  const element = html(
    "div",
    { class: "course-scene" },
    ...channels.map((one) => one.element),
    photograph.element,
    ...slices.map((one) => one.element),
    slot,
    ...maps.map((one) => one.element),
    result.element,
  );

  const draw = (state: State) => {
    const image = colourImage(state);
    const size = outputSize(geometry(state));
    const map = featureMap(state, state.channel);
    const largest = enclose([map.largest])[1];
    const from = window2d(geometry(state), state.row, state.column)[0]!;
    const count = sizeOf(state) * CELL;
    const frame = `M${from.column * CELL} ${from.row * CELL}h${count}v${count}h${-count}z`;
    const place = `M${state.column * CELL} ${state.row * CELL}h${CELL}v${CELL}h${-CELL}z`;
    const grey = { tone: "grey", largest: 255, margin: NONE, padding: "valid" } as const;
    const signed = { tone: "signed", largest, margin: NONE, padding: "valid" } as const;
    photograph.view.size(image.rows, image.columns, NONE);
    photograph.view.draw({ ...grey, volume: image });
    photograph.point(frame);
    text(photograph.title, "photograph");
    set(photograph.view.overlay, { "aria-label": `The photograph in colour, ${state.photograph}` });
    for (const [c, name] of COLOURS.entries()) {
      const off = state.muted.includes(c);
      const { view, title, point, element: box } = channels[c]!;
      view.size(image.rows, image.columns, NONE);
      view.draw({ ...grey, volume: inputs(state)[c]! });
      point(frame);
      text(title, `x${subscript(c + 1)}, ${name}`);
      set(view.overlay, { "aria-label": `Input channel ${c + 1}: how much ${name} there is` });
      set(box, { "data-muted": off });
      slices[c]!.draw(state);
      const made = maps[c]!;
      made.view.size(size.rows, size.columns, NONE);
      made.view.draw({ ...signed, volume: sliceMap(state, state.channel, c) });
      made.point(place);
      text(made.title, c === 0 ? "its map" : "+");
      set(made.element, { "data-muted": off });
      set(made.view.overlay, { "aria-label": `What the slice for ${name} makes of its channel` });
    }
    result.view.size(size.rows, size.columns, NONE);
    result.view.draw({ ...signed, volume: map.output });
    result.point(place);
    text(result.title, `= h${subscript(state.channel + 1)}${state.relu ? ", after ReLU" : ""}`);
    set(result.view.overlay, {
      "aria-label": `Output channel ${state.channel + 1}, ${size.rows} by ${size.columns}; arrow keys move. ${spoken(state)}`,
    });
    if (interactive()) set(result.view.overlay, { tabindex: 0, role: "application" });
    text(legend.children[0]!, compact(-largest));
    text(legend.children[2]!, compact(largest));
  };
  return { element, legend, bias: slot, draw };
}
