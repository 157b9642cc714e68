/** A transposed convolution, stamp by stamp, above its sums; every value and weight can be dragged. */

import { compact, short } from "../../core/format.ts";
import { type Cell, cell, drawCell } from "../../ui/cells.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { CELL } from "../../ui/raster.ts";
import { draggableValues } from "../../ui/values.ts";
import { stamps } from "./computed.ts";
import { onStamp } from "./sentences.ts";
import { LIMITS, type State, waiting } from "./state.ts";

const LABELS = 80;
const ROW = 44;
const GAP = 12;

interface Label {
  y: number;
  words: string;
  role: string;
}

export function stampsView(stage: Stage<State>) {
  const [values, weights, rest, labels] = ["values", "weights", "rest", "labels"].map((name) =>
    svg("g", { class: name }),
  ) as [SVGGElement, SVGGElement, SVGGElement, SVGGElement];
  const drawing = svg("svg", { class: "stamps", role: "group", preserveAspectRatio: "xMinYMin" });
  drawing.append(labels, rest, values, weights);
  const frame = html("div", { class: "course-frame" }, drawing);
  const element = html("div", { class: "stamps-scroll" }, frame);

  const place = (group: SVGGElement) => (index: number) => {
    const item = group.querySelector(`[data-index="${index}"]`)!.getBoundingClientRect();
    const box = frame.getBoundingClientRect();
    return { x: item.left - box.left + item.width / 2, y: item.top - box.top + item.height / 2 };
  };
  const signal = draggableValues(stage, {
    name: "signal-value",
    group: values,
    frame,
    label: (index) => `input ${index + 1}`,
    range: LIMITS.value,
    step: 1,
    values: () => stage.state().signal,
    perPixel: () => 0.1,
    change: (index, value) => stage.update({ signal: stage.state().signal.with(index, value) }),
    place: place(values),
  });
  const kernel = draggableValues(stage, {
    name: "kernel-value",
    group: weights,
    frame,
    label: (index) => `weight ${index + 1}`,
    range: LIMITS.value,
    step: 0.5,
    values: () => stage.state().kernel,
    perPixel: () => 0.02,
    change: (index, value) => stage.update({ kernel: stage.state().kernel.with(index, value) }),
    place: place(weights),
  });
  // A press on a stamp or beside it goes to that stamp.
  drawing.addEventListener(
    "click",
    (event) => {
      const row = (event.target as Element).closest("[data-stamp]");
      if (row) stage.update({ position: Number(row.getAttribute("data-stamp")) });
    },
    { signal: stage.signal },
  );

  const draw = (state: State) => {
    const { before, inputs, matrix, sums, coverage, output } = stamps(state);
    const { position, stride, padding } = state;
    const columns = sums.length;
    const last = position + 1 === inputs.length;
    // Until the reader has said what it makes, the newest stamp is down but not to be read.
    const asked = waiting(state);
    const written: Label[] = [];
    const items: (Cell & { top: number; stamp: number | null })[] = [];
    let top = 0;
    const line = (words: string, role: string, height = ROW) => {
      written.push({ y: top + CELL / 2 + 5, words, role });
      const at = top;
      top += height;
      return at;
    };
    const plain = { row: 0, strength: 0, here: false, index: null, stamp: null } as const;

    const first: Cell[] = [];
    const middle = (state.kernel.length - 1) / 2;
    const columnOf = (i: number) => i * stride - padding + middle;
    if (before !== null) {
      const y = line("x", "input");
      for (const [n, value] of before.entries()) {
        first.push({ ...plain, ...at(n, y), label: short(value), kind: "input", index: n });
      }
    }
    const inputRow = line(before === null ? "y" : "y = A x", before === null ? "input" : "output");
    for (const [i, value] of inputs.entries()) {
      const item: Cell = {
        ...{ ...plain, ...at(columnOf(i), inputRow) },
        label: short(value),
        kind: before === null ? "input" : "output",
        here: i === position,
        index: before === null ? i : null,
      };
      if (before === null) first.push(item);
      else items.push({ ...item, top: inputRow, stamp: i });
    }
    const kernelRow = line("kernel ω", "kernel-text", ROW + GAP);
    const lying: Cell[] = state.kernel.map((weight, k) => ({
      ...{ ...plain, ...at(k + Math.max(0, position * stride - padding), kernelRow) },
      label: short(weight),
      kind: "kernel",
      index: k,
    }));
    const strongest = Math.max(
      1e-9,
      ...matrix.flatMap((row, i) => row.map((w) => Math.abs(w * inputs[i]!))),
    );
    for (const [i, row] of matrix.entries()) {
      const y = line(i === 0 ? "stamps" : "", "kernel-text");
      for (let n = 0; n < columns; n++) {
        if (!onStamp({ ...state, position: i }, n)) continue;
        const down = i < position || (i === position && !asked);
        const value = row[n]! * inputs[i]! || 0;
        items.push({
          ...{ ...plain, ...at(n, y) },
          label: down ? short(value) : "",
          kind: down ? "product" : "waiting",
          strength: down ? (0.4 * value) / strongest : 0,
          here: i === position,
          ...{ top: y, stamp: i },
        });
      }
    }
    top += GAP;
    const sumRow = line(
      last ? (before === null ? "z = Aᵀ y" : "z = Aᵀ A x") : "sum so far",
      "output",
    );
    const most = Math.max(1e-9, ...output.map(Math.abs));
    for (const [n, value] of sums.entries()) {
      const secret = asked && onStamp(state, n);
      items.push({
        ...{ ...plain, ...at(n, sumRow) },
        label: secret ? "?" : short(value),
        kind: secret ? "waiting" : "output",
        strength: secret ? 0 : (0.45 * value) / most,
        here: onStamp(state, n),
        top: sumRow,
      });
    }
    const countRow = line(before === null ? "covered" : "z − x", "");
    for (const [n, value] of sums.entries()) {
      const told =
        before === null ? `${coverage[n]}×` : last && !asked ? compact(value - before[n]!) : "";
      items.push({
        ...{ ...plain, ...at(n, countRow) },
        label: told,
        kind: "padding",
        top: countRow,
      });
    }

    const width = LABELS + columns * CELL;
    set(drawing, {
      viewBox: `0 0 ${width} ${top}`,
      style: `--tall: ${top}px; max-width: ${width}px; min-width: ${Math.min(width, LABELS + columns * 27)}px`,
      "aria-label": `${inputs.length} stamps of ${state.kernel.length} weights at stride ${stride}, and their sums`,
    });
    list(labels, written, () => svg("text", {}), drawLabel);
    list(values, first, cell, drawCell);
    list(weights, lying, cell, drawCell);
    list(rest, items, cell, (element, item) => {
      drawCell(element, item);
      set(element, { "data-stamp": item.stamp });
    });
    signal.show();
    kernel.show();
  };
  return { element, draw };
}

/** Rows are not of one height: a cell's row is its top, in cells. */
const at = (column: number, top: number) => ({ column: column + LABELS / CELL, row: top / CELL });

function drawLabel(element: Element, { y, words, role }: Label): void {
  text(element, words);
  set(element, { x: 0, y, class: role === "" ? "row-label" : `row-label role-${role}` });
}
