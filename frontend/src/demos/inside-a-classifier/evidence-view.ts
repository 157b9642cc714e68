/** The explanation, laid over the image in grey. */

import type { Stage } from "../../ui/demo.ts";
import { list, set, svg, text } from "../../ui/dom.ts";
import { type Colours, coloursOf, type Rgb } from "../../ui/theme.ts";
import { canvas, fillRect, largest, shades, word } from "./canvas.ts";
import { cellOf, type Evidence } from "./evidence.ts";
import { image } from "./image.ts";
import { byKeys } from "./pick.ts";
import { cellWords, legend, signed } from "./sentences.ts";
import type { State } from "./state.ts";
import { SIDE } from "./tones.ts";

const AREA = SIDE * SIDE;
/** How much of the image shows where the explanation says nothing. */
const GHOST = 0.42;
/** From this share of the largest on a negative cell carries a bar. */
const BARRED = 0.12;

/** @param pointed called with the words for the cell that is pointed at. */
export function evidenceView(stage: Stage<State>, pointed: (words: string) => void) {
  const picture = canvas("inside-evidence");
  const { marks } = picture;
  picture.size(SIDE, SIDE);
  const numbers = svg("g", { class: "numbers" });
  const cursor = svg("rect", { class: "cursor" });
  marks.append(numbers, cursor);
  set(marks, { role: "application", tabindex: 0 });
  let here: Evidence | null = null;
  const at = { row: 0, column: 0 };
  let pointing = false;

  /** Which cell stands at a pixel of the picture, along one side. */
  const cellAt = (pixel: number) => {
    if (!here) return 0;
    const [first, size] = cellOf(here, 0);
    return Math.min(here.count - 1, Math.max(0, Math.floor((pixel - first) / size)));
  };
  const point = () => {
    if (!here) return;
    at.row = Math.min(at.row, here.count - 1);
    at.column = Math.min(at.column, here.count - 1);
    const [x, size] = cellOf(here, at.column);
    set(cursor, { x, y: cellOf(here, at.row)[0], width: size, height: size });
    const words = cellWords(here, at.row, at.column);
    pointed(words);
    return words;
  };
  const go = (row: number, column: number) => {
    Object.assign(at, { row, column });
    pointing = true;
    set(cursor, { display: null });
    const words = point();
    if (words) stage.announce(words);
  };
  // The pointer moves over pixels, the keys over cells.
  marks.addEventListener(
    "pointermove",
    (event) => {
      const box = marks.getBoundingClientRect();
      const pixel = (part: number, whole: number) => (part / whole) * SIDE;
      const row = cellAt(pixel(event.clientY - box.top, box.height));
      const column = cellAt(pixel(event.clientX - box.left, box.width));
      Object.assign(at, { row, column });
      pointing = true;
      set(cursor, { display: null });
      point();
    },
    { signal: stage.signal },
  );
  const grid = () => ({ rows: here?.count ?? 1, columns: here?.count ?? 1 });
  byKeys(marks, stage.signal, grid, () => at, go);

  const draw = (state: State, evidence: Evidence | null) => {
    if (here?.kind !== evidence?.kind) pointing = false;
    here = evidence;
    const colours = coloursOf(stage.root);
    const grey = greys(image(state).planes);
    picture.draw((words) => paint(words, grey, evidence, colours));
    const cells = evidence?.kind === "class map" ? evidence : null;
    const top = cells ? largest(cells.values.map(Math.abs)) : 1;
    list(
      numbers,
      cells
        ? [...cells.values].map((value) => ({ value, strong: Math.abs(value) > 0.6 * top }))
        : [],
      (i) => {
        const x = 16 * (i % 6) + 8;
        return svg("text", { x, y: 16 * Math.floor(i / 6) + 10, "text-anchor": "middle" });
      },
      (label, { value, strong }) => {
        text(label, signed(value));
        set(label, { "data-strong": strong });
      },
    );
    set(cursor, { display: pointing ? null : "none" });
    set(marks, {
      "aria-label": `The explanation (${state.explanation}): arrow keys read its cells`,
    });
    if (pointing) point();
    else pointed(legend(state));
  };
  return { element: picture.element, draw };
}

/** How bright each pixel is, from 0 to 255. */
function greys(planes: Uint8Array): Uint8Array {
  const result = new Uint8Array(AREA);
  for (let i = 0; i < AREA; i++) {
    result[i] = (299 * planes[i]! + 587 * planes[AREA + i]! + 114 * planes[2 * AREA + i]!) / 1000;
  }
  return result;
}

function paint(
  words: Uint32Array,
  grey: Uint8Array,
  evidence: Evidence | null,
  { paper, positive, negative }: Colours,
): void {
  ghost(words, grey, paper);
  if (!evidence) return;
  const { drawn, count, kind } = evidence;
  let top = 1e-12;
  for (const value of drawn) if (Math.abs(value) > top) top = Math.abs(value);
  for (let row = 0; row < count; row++) {
    const [y, tall] = cellOf(evidence, row);
    for (let column = 0; column < count; column++) {
      const value = drawn[row * count + column]!;
      if (Number.isNaN(value)) continue;
      const share = 0.9 * Math.sqrt(Math.abs(value) / top);
      const colour = value < 0 ? negative : positive;
      if (kind === "pixels") {
        blend(words, y * SIDE + column, colour, share);
        continue;
      }
      const [x, wide] = cellOf(evidence, column);
      for (let line = y; line < y + tall; line++) {
        for (let at = line * SIDE + x; at < line * SIDE + x + wide; at++) {
          blend(words, at, colour, share);
        }
      }
      // A sign that needs no colour; the class map has its numbers.
      if (kind === "covering" && value < -BARRED * top) {
        fillRect(words, SIDE, [x + wide / 4, y + tall / 2 - 1, wide / 2, 1], word(...paper));
      }
    }
  }
}

/** A ghost of the image, from the paper towards its opposite, so that both themes have one. */
function ghost(words: Uint32Array, grey: Uint8Array, paper: Rgb): void {
  const light = paper[0] > 127;
  const ink = light ? 0 : 255;
  const weak = paper.map((c) => Math.round(c + (ink - c) * GHOST)) as unknown as Rgb;
  const colours = light ? shades(weak, paper) : shades(paper, weak);
  for (let i = 0; i < AREA; i++) words[i] = colours[grey[i]!]!;
}

/** Lay a colour over a pixel, `share` of it opaque. */
function blend(words: Uint32Array, at: number, colour: Rgb, share: number): void {
  const under = words[at]!;
  const rest = 1 - share;
  words[at] = word(
    (under & 255) * rest + colour[0] * share,
    ((under >> 8) & 255) * rest + colour[1] * share,
    ((under >> 16) & 255) * rest + colour[2] * share,
  );
}
