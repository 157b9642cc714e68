/** One grid of the diagram: a caption, and a picture that suits what the grid is. */

import { format } from "../../core/format.ts";
import type { Grid } from "../../core/grid.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { raster, type Tone } from "./raster.ts";
import { frame, HEIGHT, stems } from "./stems.ts";

/** What a panel shows; an item that is the same as before costs nothing. */
export interface Shown {
  grid: Grid | null;
  tone: Tone;
  /** The value drawn at full strength. */
  largest: number;
  /** The range of the axis of a signal. */
  range: readonly [number, number];
  /** What the numbers of an answer about the whole are called; null for a signal or an image. */
  names: readonly string[] | null;
  flat: boolean;
  /** The place that is pointed at. */
  place: number | null;
  /** Where the edges of the input have got to: the seam of a ring, or the end of the zeros. */
  seam: { right: number; down: number } | null;
  /** What to say instead of a picture. */
  words: string;
  /** What a screen reader is told. */
  label: string;
}

export function panel(name: string, role: "input" | "output" | "difference") {
  const caption = html("p", { class: "panel-name" });
  const order = html("p", { class: "panel-order" });
  /** The arrow that leads here: the operation above it. */
  const operation = html("span", { class: "panel-arrow", "aria-hidden": "true" });
  const picture = raster();
  const signal = stems(role);
  const seam = svg("path", { class: "seam" });
  const place = svg("rect", { class: "place" });
  const drawing = svg("svg", { class: "panel-picture", role: "img" });
  drawing.append(picture.element, signal.element, seam, place);
  const bars = html("ul", { class: "panel-bars" });
  const said = html("p", { class: "panel-words" });
  const frameElement = html("div", { class: "course-frame" }, operation, drawing, bars, said);
  const element = html(
    "div",
    { class: `panel ${role}`, "data-panel": name },
    caption,
    order,
    frameElement,
  );
  let width = 320;

  const drawGrid = (shown: Shown, grid: Grid) => {
    const { rows, columns } = grid;
    set(picture.element, { display: shown.flat ? "none" : null });
    set(signal.element, { display: shown.flat ? null : "none" });
    const at = frame(width, columns, shown.range);
    set(drawing, {
      viewBox: shown.flat ? `0 0 ${width} ${HEIGHT}` : `0 0 ${columns} ${rows}`,
      "data-flat": shown.flat,
    });
    if (shown.flat) signal.draw(grid.values, at);
    else picture.draw(grid, shown.largest, shown.tone);
    const pitch = shown.flat ? at.x(1) - at.x(0) : 1;
    const x = (column: number) => (shown.flat ? at.x(column - 0.5) : column);
    const height = shown.flat ? HEIGHT : rows;
    set(seam, { d: shown.seam && seamPath(shown.seam, x, columns, rows, height) });
    const pointed = shown.place !== null && shown.place < grid.values.length;
    set(place, { display: pointed ? null : "none" });
    if (!pointed) return;
    const [r, c] = [Math.floor(shown.place! / columns), shown.place! % columns];
    const y = shown.flat ? 0 : r;
    set(place, { x: x(c), y, width: pitch, height: shown.flat ? HEIGHT : 1 });
  };

  const draw = (shown: Shown) => {
    const isPicture = shown.grid !== null && shown.names === null;
    set(drawing, { "aria-label": shown.label, display: isPicture ? null : "none" });
    set(bars, { hidden: shown.names === null || shown.grid === null });
    set(said, { hidden: shown.words === "" });
    text(said, shown.words);
    if (shown.grid === null) return;
    if (isPicture) drawGrid(shown, shown.grid);
    else {
      const items = shown.names!.map((label, i) => ({
        label,
        value: shown.grid!.values[i]!,
        share: shown.grid!.values[i]! / (shown.largest || 1),
      }));
      list(bars, items, bar, drawBar);
    }
  };
  const resize = (to: number) => {
    width = to;
  };
  return { element, caption, order, operation, drawing, frame: frameElement, draw, resize };
}

/** Where the left and the upper edge of the input stand now. */
function seamPath(
  { right, down }: { right: number; down: number },
  x: (column: number) => number,
  columns: number,
  rows: number,
  height: number,
): string {
  const inside = (n: number, count: number) => ((n % count) + count) % count;
  const [c, r] = [inside(right, columns), inside(down, rows)];
  const upright = c === 0 ? "" : `M${x(c)} 0V${height}`;
  return r === 0 ? upright : `${upright}M0 ${r}H${columns}`;
}

interface Bar {
  label: string;
  value: number;
  share: number;
}

function bar(): HTMLLIElement {
  return html(
    "li",
    {},
    html("span", { class: "bar-name" }),
    html("span", { class: "bar-track" }, html("span", { class: "bar" })),
    html("span", { class: "bar-value" }),
  );
}

function drawBar(element: Element, { label, value, share }: Bar): void {
  const [name, track, number] = element.children;
  text(name!, label);
  const width = Math.min(100, Math.abs(share) * 100);
  const filled = track!.firstElementChild!;
  set(filled, { class: value < 0 ? "bar below" : "bar", style: `width: ${width.toFixed(1)}%` });
  text(number!, Math.abs(value) < 1e-9 ? "0.00" : format(value));
}
