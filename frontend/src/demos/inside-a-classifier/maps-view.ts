/** All maps of a layer side by side, on one canvas; the chosen one is marked. */

import type { Stage } from "../../ui/demo.ts";
import { set, svg } from "../../ui/dom.ts";
import { coloursOf } from "../../ui/theme.ts";
import { canvas, largest, shades } from "./canvas.ts";
import { image } from "./image.ts";
import { mapName, shapeOf } from "./layers.ts";
import { engineOf } from "./network.ts";
import { byKeys, byPointer } from "./pick.ts";
import type { State } from "./state.ts";

/** Pixels of a map's side on the canvas, whatever its size, and between two maps. */
const TILE = 48;
const GAP = 2;
const PITCH = TILE + GAP;

/** Maps in a row where the page is wide, four times as wide as high; else they fill a square. */
const COLUMNS: Record<number, number> = { 16: 8, 32: 12 };
const MOST = 16;

export function mapsView(stage: Stage<State>) {
  const picture = canvas("inside-maps");
  const { marks } = picture;
  const chosen = svg("rect", { class: "chosen", width: PITCH, height: PITCH, rx: 2 });
  marks.append(chosen);
  set(marks, { role: "application", tabindex: 0 });
  let narrow = false;

  const columnsOf = (channels: number) =>
    narrow ? Math.ceil(Math.sqrt(channels)) : (COLUMNS[channels] ?? MOST);
  const grid = () => {
    const [channels] = shapeOf(stage.state().layer);
    const columns = columnsOf(channels);
    return { rows: Math.ceil(channels / columns), columns };
  };
  const at = () => {
    const { columns } = grid();
    const { channel } = stage.state();
    return { row: Math.floor(channel / columns), column: channel % columns };
  };
  const go = (row: number, column: number) => {
    const channel = row * grid().columns + column;
    if (channel >= shapeOf(stage.state().layer)[0]) return;
    if (channel !== stage.state().channel) stage.update({ channel });
  };
  byPointer(marks, stage.signal, grid, go);
  byKeys(marks, stage.signal, grid, at, go);

  const draw = (state: State) => {
    const { rows, columns } = grid();
    picture.size(columns * PITCH, rows * PITCH);
    const { row, column } = at();
    set(chosen, { x: column * PITCH - GAP / 2, y: row * PITCH - GAP / 2 });
    set(marks, {
      "aria-label": `${shapeOf(state.layer)[0]} maps of ${state.layer}: map ${state.channel + 1} is chosen, the arrow keys choose`,
    });
    const engine = engineOf(state.weights, image(state).values);
    if (!engine) return;
    const { channels, rows: tall, columns: wide, values } = engine.runner.map(mapName(state.layer));
    const { paper, positive } = coloursOf(stage.root);
    const colours = shades(paper, positive);
    const share = 255 / largest(values);
    const enlarged = TILE / wide;
    picture.draw((words, width) => {
      words.fill(0);
      for (let channel = 0; channel < channels; channel++) {
        const x = (channel % columns) * PITCH + GAP / 2;
        const y = Math.floor(channel / columns) * PITCH + GAP / 2;
        for (let r = 0; r < tall; r++) {
          const line = (y + r * enlarged) * width + x;
          const from = (channel * tall + r) * wide;
          for (let c = 0; c < wide; c++) {
            const colour = colours[Math.max(0, Math.round(values[from + c]! * share))]!;
            words.fill(colour, line + c * enlarged, line + (c + 1) * enlarged);
          }
          for (let n = 1; n < enlarged; n++) {
            words.copyWithin(line + n * width, line, line + TILE);
          }
        }
      }
    });
  };
  const resize = (width: number) => {
    if (narrow === width < 560) return;
    narrow = width < 560;
    stage.redraw();
  };
  return { element: picture.element, draw, resize };
}
