/** The output: a map of its signs or its grey levels, or its numbers; point at a pixel to stand on it. */

import { compact, short } from "../../core/format.ts";
import { type Cell, cell, drawCell } from "../../ui/cells.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { CELL, raster } from "../../ui/raster.ts";
import { enclose } from "../../ui/scale.ts";
import { nameOf, spoken } from "./sentences.ts";
import { computed, hidden, predicting, type State, white } from "./state.ts";

const NO_MARGIN = { top: 0, bottom: 0, left: 0, right: 0 };

const MOVES: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-8, 0],
  PageDown: [8, 0],
};

/** The value at full strength: a round one that no output exceeds, with its sign or without. */
export function fullStrength(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return enclose([most])[1];
}

export function outputView(stage: Stage<State>) {
  const { signal } = stage;
  const view = raster("output");
  const { overlay } = view;
  const cells = svg("g", { class: "outputs", "aria-hidden": "true" });
  const veil = svg("path", { class: "veil" });
  const halo = svg("rect", { class: "place-halo", width: CELL, height: CELL });
  const place = svg("rect", { class: "place", width: CELL, height: CELL });
  overlay.append(cells, veil, halo, place);
  const title = html("p", { class: "panel-name" });
  const legend = html(
    "div",
    { class: "legend" },
    html("span", { class: "legend-low" }),
    html("span", { class: "legend-bar", "aria-hidden": "true" }),
    html("span", { class: "legend-high" }),
  );
  const element = html("div", { class: "panel output" }, title, view.element, legend);

  const size = () => computed(stage.state()).output;
  const go = (row: number, column: number) => {
    const { rows, columns } = size();
    const within = (n: number, count: number) => Math.min(count - 1, Math.max(0, n));
    const to = { row: within(row, rows), column: within(column, columns) };
    const state = stage.state();
    if (to.row !== state.row || to.column !== state.column) stage.update(to);
  };
  const point = (event: PointerEvent) => {
    const { row, column } = view.cellAt(event);
    go(row, column);
  };
  overlay.addEventListener(
    "pointermove",
    (event) => {
      // What is hidden is not to be found out by passing over it.
      if (!predicting(stage.state()) && stage.root.dataset.playing === undefined) point(event);
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
      else if (event.key === "End") go(row, size().columns - 1);
      else return;
      event.preventDefault();
    },
    { signal },
  );

  const draw = (state: State, inputColumns: number) => {
    const { output } = computed(state);
    const { rows, columns, values } = output;
    const written = state.source === "numbers";
    const signed = state.view === "signed" || written;
    const largest = signed ? fullStrength(values) : white(state);
    view.size(rows, columns, NO_MARGIN);
    // A cell is as large as one of the input, but for outputs too small to point at.
    set(view.element, { "data-source": state.source });
    view.element.style.setProperty("--share", String(columns / inputColumns));
    view.draw(
      written
        ? null
        : {
            ...{ volume: output, margin: NO_MARGIN, padding: "valid" },
            tone: signed ? "signed" : "grey",
            largest,
          },
    );
    const items = written
      ? Array.from(values, (value, at): Cell => {
          const [row, column] = [Math.floor(at / columns), at % columns];
          const secret = hidden(state, row, column);
          return {
            ...{ row, column, index: null },
            label: secret ? "" : short(value),
            kind: secret ? "waiting" : "output",
            strength: secret ? 0 : (0.45 * value) / largest,
            here: row === state.row && column === state.column,
          };
        })
      : [];
    list(cells, items, cell, drawCell);
    const [x, y] = [state.column * CELL, state.row * CELL];
    set(place, { x, y });
    set(halo, { x, y, display: written ? "none" : null });
    const [wide, tall] = [columns * CELL, rows * CELL];
    set(veil, {
      d: written ? null : `M${x + CELL} ${y}H${wide}V${tall}H0V${y + CELL}H${x + CELL}z`,
    });
    text(title, `Output ${state.activation === "ReLU" ? "h" : "z"}, ${rows} × ${columns}`);
    const [low, , high] = legend.children;
    text(low!, signed ? compact(-largest) : "0");
    text(high!, compact(largest));
    set(legend, { "data-tone": signed ? "signed" : "grey" });
    set(overlay, {
      "aria-label": `Output, ${rows} by ${columns}; arrow keys move. ${nameOf(state)}: ${spoken(state)}`,
    });
    if (interactive()) set(overlay, { tabindex: 0, role: "application" });
  };
  return { element, view, draw };
}
