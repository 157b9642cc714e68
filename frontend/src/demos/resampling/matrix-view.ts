/** Aᵀ: one column an input, and in it the kernel where that input stamps it. */

import { short, subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { stamps } from "./computed.ts";
import type { State } from "./state.ts";

const WIDE = 40;
const TALL = 28;
const TOP = 22;
const LEFT = 34;

interface Entry {
  x: number;
  y: number;
  label: string;
  negative: boolean;
  strength: number;
  stamp: number;
  faint: boolean;
}

export function matrixView(stage: Stage<State>) {
  const grid = svg("path", { class: "matrix-grid" });
  const entries = svg("g", { class: "entries" });
  const column = svg("rect", { class: "column", rx: 2 });
  const names = svg("g", { class: "names" });
  const drawing = svg("svg", { class: "matrix", role: "img", preserveAspectRatio: "xMinYMin" });
  drawing.append(grid, entries, column, names);
  const title = html("p", { class: "matrix-name" });
  const element = html("div", { class: "matrix-panel" }, title, drawing);
  drawing.addEventListener(
    "click",
    (event) => {
      const box = drawing.getBoundingClientRect();
      const { width, height } = drawing.viewBox.baseVal;
      // A tall matrix is scaled to its height, and stands at the left.
      const unit = Math.max(width / box.width, height / box.height);
      const pressed = Math.floor(((event.clientX - box.left) * unit - LEFT) / WIDE);
      const { length } = stamps(stage.state()).inputs;
      if (pressed >= 0 && pressed < length) stage.update({ position: pressed });
    },
    { signal: stage.signal },
  );

  const draw = (state: State) => {
    const { matrix, output } = stamps(state);
    const [rows, columns] = [output.length, matrix.length];
    const [width, height] = [LEFT + columns * WIDE + 2, TOP + rows * TALL + 2];
    set(drawing, { viewBox: `0 0 ${width} ${height}`, style: `max-width: ${width}px` });
    const lines = [
      ...Array.from({ length: rows + 1 }, (_, n) => `M${LEFT} ${TOP + n * TALL}h${columns * WIDE}`),
      ...Array.from({ length: columns + 1 }, (_, i) => `M${LEFT + i * WIDE} ${TOP}v${rows * TALL}`),
    ];
    set(grid, { d: lines.join("") });
    const most = Math.max(1e-9, ...state.kernel.map(Math.abs));
    const items = matrix.flatMap((row, i) =>
      row.flatMap((weight, n): Entry[] =>
        weight === 0
          ? []
          : [
              {
                ...{ x: LEFT + i * WIDE, y: TOP + n * TALL, label: short(weight), stamp: i },
                ...{ negative: weight < 0, strength: (0.45 * Math.abs(weight)) / most },
                faint: i > state.position,
              },
            ],
      ),
    );
    list(entries, items, entry, drawEntry);
    set(column, {
      ...{ x: LEFT + state.position * WIDE, y: TOP, width: WIDE, height: rows * TALL },
    });
    const words = [
      ...matrix.map((_, i) => ({
        x: LEFT + (i + 0.5) * WIDE,
        y: 15,
        label: `y${subscript(i + 1)}`,
        role: "input",
      })),
      ...output.map((_, n) => ({
        x: 12,
        y: TOP + (n + 0.5) * TALL + 5,
        label: `z${subscript(n + 1)}`,
        role: "output",
      })),
    ];
    list(
      names,
      words,
      () => svg("text", { "text-anchor": "middle" }),
      (element, { x, y, label, role }) => {
        text(element, label);
        set(element, { x, y, class: `role-${role}` });
      },
    );
    text(title, `Aᵀ, ${rows} × ${columns}`);
    set(drawing, {
      "aria-label": `The matrix Aᵀ, ${rows} by ${columns}. Column ${state.position + 1} holds the kernel where stamp ${state.position + 1} puts it.`,
    });
  };
  return { element, draw };
}

function entry(): SVGGElement {
  return svg(
    "g",
    {},
    svg("rect", { width: WIDE - 2, height: TALL - 2 }),
    svg("text", { x: WIDE / 2 - 1, y: TALL / 2 + 4, "text-anchor": "middle" }),
  );
}

function drawEntry(element: Element, { x, y, label, negative, strength, faint }: Entry): void {
  const [fill, number] = element.children;
  set(element, {
    transform: `translate(${x + 1} ${y + 1})`,
    class: `entry${negative ? " negative" : ""}${faint ? " faint" : ""}`,
  });
  set(fill!, { "fill-opacity": strength.toFixed(3) });
  text(number!, label);
  set(number!, { "data-long": label.length > 4 });
}
