/** One map, enlarged, with one unit of it, and the numbers around that unit. */

import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { coloursOf } from "../../ui/theme.ts";
import { canvas, largest, shades } from "./canvas.ts";
import { image } from "./image.ts";
import { mapName, shapeOf } from "./layers.ts";
import { engineOf } from "./network.ts";
import { byKeys, byPointer } from "./pick.ts";
import type { State } from "./state.ts";

/** Numbers on each side of the unit's own. */
const AROUND = 2;
const ACROSS = 2 * AROUND + 1;

export function unitView(stage: Stage<State>) {
  const picture = canvas("inside-unit");
  const { marks } = picture;
  const cursor = svg("rect", { class: "chosen", width: 1, height: 1 });
  marks.append(cursor);
  set(marks, { role: "application", tabindex: 0 });
  const numbers = html("div", { class: "inside-numbers", "aria-hidden": "true" });
  const element = html("div", { class: "inside-enlarged" }, picture.element, numbers);

  const grid = () => {
    const [, rows, columns] = shapeOf(stage.state().layer);
    return { rows, columns };
  };
  const go = (row: number, column: number) => {
    const state = stage.state();
    if (row !== state.row || column !== state.column) stage.update({ row, column });
  };
  byPointer(marks, stage.signal, grid, go);
  byKeys(marks, stage.signal, grid, () => stage.state(), go);

  const draw = (state: State) => {
    const { rows, columns } = grid();
    const { row, column, channel } = state;
    picture.size(columns, rows);
    set(cursor, { x: column, y: row });
    set(marks, {
      "aria-label": `Map ${channel + 1} of ${state.layer}, ${rows} by ${columns}: the arrow keys go from unit to unit`,
    });
    const engine = engineOf(state.weights, image(state).values);
    if (!engine) return;
    const { values } = engine.runner.map(mapName(state.layer), channel);
    const { paper, positive } = coloursOf(stage.root);
    const colours = shades(paper, positive);
    const share = 255 / largest(values);
    picture.draw((words) => {
      for (let i = 0; i < values.length; i++) {
        words[i] = colours[Math.max(0, Math.round(values[i]! * share))]!;
      }
    });
    const cells = Array.from({ length: ACROSS ** 2 }, (_, i) => {
      const r = row - AROUND + Math.floor(i / ACROSS);
      const c = column - AROUND + (i % ACROSS);
      const inside = r >= 0 && r < rows && c >= 0 && c < columns;
      return inside ? values[r * columns + c]!.toFixed(2) : "";
    });
    list(
      numbers,
      cells,
      (i) => html("span", { "data-own": i === (ACROSS ** 2 - 1) / 2 }),
      (cell, value) => {
        text(cell, value);
        set(cell, { "data-none": value === "" });
      },
    );
  };
  return { element, draw };
}

/** What a unit gives; null while the network is not started. */
export function unitValue(state: State): number | null {
  const engine = engineOf(state.weights, image(state).values);
  if (!engine) return null;
  const { columns, values } = engine.runner.map(mapName(state.layer), state.channel);
  return values[state.row * columns + state.column]!;
}
