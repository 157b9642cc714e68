/** One of three outputs side by side: a picture or numbers; point at a value to see what it is made of. */

import { compact } from "../../core/format.ts";
import { cell, drawCell } from "../../ui/cells.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { CELL, raster } from "../../ui/raster.ts";
import { enclose } from "../../ui/scale.ts";
import { images, type Made, pointAt } from "./computed.ts";
import { cellsOf, NO_MARGIN, ROOM } from "./grid-cells.ts";
import { note, spoken, TITLES } from "./sentences.ts";
import { hidden, operationOf, predicting, type State } from "./state.ts";

const MOVES: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-8, 0],
  PageDown: [8, 0],
};

/** What is drawn, in which colours, and the value at full strength. */
export function shown(state: State, index: number) {
  const { made } = images(state);
  const one = made[index]!;
  const differing = state.show === "difference" && state.view !== "checkerboard";
  if (differing) {
    // All three share one scale, so that their strengths can be compared.
    const most = Math.max(...made.map(({ off }) => off?.most ?? 0), 1e-9);
    const volume = one.change ?? {
      ...one.output,
      values: new Float64Array(one.output.values.length),
    };
    return { volume, tone: "signed", largest: enclose([most])[1] } as const;
  }
  const { output, operation } = one;
  if (operation === "stamps")
    return { volume: output, tone: "signed", largest: most(output.values) } as const;
  const signed = output.values.some((value) => value < 0);
  const bright = state.view === "checkerboard" || state.source === "numbers";
  const largest = bright ? most(output.values) : 255;
  return { volume: output, tone: signed ? "signed" : "grey", largest } as const;
}

function most(values: Float64Array): number {
  let found = 1e-9;
  for (const value of values) found = Math.max(found, Math.abs(value));
  return found;
}

const lasting = new Map<number, { made: Made; show: string; result: ReturnType<typeof shown> }>();

/** The same, looked for only where the output has changed. */
function remembered(state: State, index: number) {
  const made = images(state).made[index]!;
  const known = lasting.get(index);
  if (known?.made === made && known.show === state.show) return known.result;
  const result = shown(state, index);
  lasting.set(index, { made, show: state.show, result });
  return result;
}

export function outputView(stage: Stage<State>, index: number) {
  const { signal } = stage;
  const view = raster("output");
  const { overlay } = view;
  const cells = svg("g", { class: "outputs", "aria-hidden": "true" });
  const halo = svg("rect", { class: "place-halo", width: CELL, height: CELL });
  const place = svg("rect", { class: "place", width: CELL, height: CELL });
  overlay.append(cells, halo, place);
  const title = html("p", { class: "panel-name" });
  const below = html("p", { class: "panel-note" });
  const element = html("div", { class: "panel output" }, title, view.element, below);

  const mine = () => images(stage.state()).made[index]!;
  const go = (row: number, column: number) => {
    const { operation, output } = mine();
    const within = (n: number, count: number) => Math.min(count - 1, Math.max(0, n));
    const to = [within(row, output.rows), within(column, output.columns)] as const;
    const state = stage.state();
    if (to[0] === state.row && to[1] === state.column && operationOf(state) === operation) return;
    stage.update(pointAt(state, operation, ...to));
  };
  const point = (event: PointerEvent) => {
    const { row, column } = view.cellAt(event);
    go(row, column);
  };
  overlay.addEventListener(
    "pointermove",
    (event) => {
      // What is hidden is not to be found out by passing over it.
      if (!predicting(stage.state()) && event.pointerType === "mouse") point(event);
    },
    { signal },
  );
  overlay.addEventListener("pointerdown", point, { signal });
  overlay.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { row, column } = stage.state();
      const move = MOVES[event.key];
      if (move) go(row + move[0], column + move[1]);
      else if (event.key === "Home") go(row, 0);
      else if (event.key === "End") go(row, mine().output.columns - 1);
      else if (event.key === "Enter" || event.key === " ") go(row, column);
      else return;
      event.preventDefault();
    },
    { signal },
  );

  const draw = (state: State) => {
    const made = images(state).made[index]!;
    const { operation, output } = made;
    const { rows, columns } = output;
    const here = operationOf(state) === operation;
    const { volume, tone, largest } = remembered(state, index);
    const written = state.source === "numbers" && columns <= ROOM;
    view.size(rows, columns, NO_MARGIN);
    view.draw(written ? null : { volume, tone, largest, margin: NO_MARGIN, padding: "valid" });
    const asked = here && predicting(state);
    const items = written
      ? cellsOf(volume, {
          ...{ kind: "output", largest, strength: 0.45, editable: false },
          here: (row, column) => here && row === state.row && column === state.column,
          // Of an operation that is asked about, and of its neighbours, nothing is given away.
          secret: (row, column) => predicting(state) && (asked ? hidden(state, row, column) : true),
        })
      : [];
    list(cells, items, cell, drawCell);
    const display = here ? null : "none";
    const at = { x: state.column * CELL, y: state.row * CELL };
    set(place, { ...at, display });
    set(halo, { ...at, display: written ? "none" : display });
    set(element, { "data-here": here });
    text(title, TITLES[operation]);
    text(below, note(state, made));
    set(overlay, {
      "data-dense": written && columns > 6,
      "aria-label": `${TITLES[operation]}, ${rows} by ${columns}; arrow keys move.${here ? ` ${spoken(state)}` : ""}`,
    });
    if (interactive()) set(overlay, { tabindex: 0, role: "application" });
  };
  return { element, view, draw };
}

/** What the colours of a difference stand for. */
export function legend() {
  const [low, high] = [html("span", {}), html("span", {})];
  const bar = html("span", { class: "legend-bar", "aria-hidden": "true" });
  const element = html("div", { class: "legend" }, low, bar, high);
  const draw = (state: State) => {
    const differing = state.show === "difference" && state.view !== "checkerboard";
    set(element, { "data-shown": differing });
    if (!differing) return;
    const { largest } = remembered(state, 0);
    text(low, compact(-largest));
    text(high, compact(largest));
  };
  return { element, draw };
}
