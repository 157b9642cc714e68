/** One output in numbers: what stands under the window, times the kernel, is the products. */

import { compact, short } from "../../core/format.ts";
import { type Cell, cell, drawCell } from "../../ui/cells.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { CELL } from "../../ui/raster.ts";
import { draggableValues } from "../../ui/values.ts";
import { products } from "./sentences.ts";
import { hidden, LIMITS, type State } from "./state.ts";

const TITLES = { patch: "under the window", kernel: "kernel ω", products: "products" } as const;

export function arithmetic(stage: Stage<State>) {
  const blocks = (Object.keys(TITLES) as (keyof typeof TITLES)[]).map((name) => {
    const cells = svg("g", { class: "cells" });
    const drawing = svg("svg", {
      class: "block-picture",
      role: name === "kernel" ? "group" : "img",
    });
    drawing.append(cells);
    const frame = html("div", { class: "course-frame" }, drawing);
    const element = html(
      "div",
      { class: `block ${name}` },
      html("p", { class: "block-name" }, TITLES[name]),
      frame,
    );
    return { name, cells, drawing, frame, element };
  });
  const [patch, kernel, result] = blocks as [Block, Block, Block];
  type Block = (typeof blocks)[number];
  const sign = (words: string) =>
    html("span", { class: "block-sign", "aria-hidden": "true" }, words);
  const total = html("p", { class: "block-total" });
  const element = html(
    "div",
    { class: "arithmetic" },
    patch.element,
    sign("×"),
    kernel.element,
    sign("="),
    result.element,
    total,
  );
  const size = () => stage.state().kernel.length;
  const weights = draggableValues(stage, {
    name: "kernel",
    group: kernel.cells,
    frame: kernel.frame,
    label: (index) =>
      `weight row ${Math.floor(index / size()) + 1}, column ${(index % size()) + 1}`,
    range: { min: LIMITS.kernel.low, max: LIMITS.kernel.high },
    step: 0.1,
    values: () => stage.state().kernel.flat(),
    perPixel: () => 0.02,
    change: (index, value) => {
      const { kernel: rows } = stage.state();
      const row = Math.floor(index / rows.length);
      const changed = rows.with(row, rows[row]!.with(index % rows.length, value));
      stage.update({ kernel: changed });
    },
    place: (index) => {
      const wide = kernel.drawing.getBoundingClientRect().width / size();
      return { x: ((index % size()) + 0.5) * wide, y: (Math.floor(index / size()) + 0.5) * wide };
    },
  });

  const draw = (state: State) => {
    const count = state.kernel.length;
    const parts = products(state);
    const secret = hidden(state, state.row, state.column);
    const largest = Math.max(1e-9, ...parts.map(({ product }) => Math.abs(product)));
    set(element, { "data-size": count });
    for (const { drawing } of blocks) {
      set(drawing, { viewBox: `0 0 ${count * CELL} ${count * CELL}` });
    }
    const place = (k: number) => ({ row: Math.floor(k / count), column: k % count });
    const plain = { strength: 0, here: false, index: null };
    list(
      patch.cells,
      parts.map(
        ({ value, padded }, k): Cell => ({
          ...place(k),
          ...plain,
          label: short(value),
          kind: padded ? "padding" : "input",
        }),
      ),
      cell,
      drawCell,
    );
    list(
      kernel.cells,
      parts.map(
        ({ weight }, k): Cell => ({
          ...place(k),
          ...plain,
          label: short(weight),
          kind: "kernel",
          index: k,
        }),
      ),
      cell,
      drawCell,
    );
    list(
      result.cells,
      parts.map(
        ({ product }, k): Cell => ({
          ...place(k),
          ...plain,
          label: secret ? "?" : short(product),
          kind: secret ? "waiting" : "product",
          strength: secret ? 0 : (0.4 * product) / largest,
        }),
      ),
      cell,
      drawCell,
    );
    weights.show();
    const sum = parts.reduce((all, { product }) => all + product, 0);
    text(total, secret ? "added up: ?" : `added up: ${compact(sum)}`);
    const rows = (numbers: number[]) => numbers.map(short).join(", ");
    set(patch.drawing, { "aria-label": `Under the window: ${rows(parts.map((p) => p.value))}` });
    set(kernel.drawing, { "aria-label": `Kernel, ${count} by ${count} weights` });
    set(result.drawing, {
      "aria-label": secret
        ? "Products: hidden until you have predicted their sum"
        : `Products: ${rows(parts.map((p) => p.product))}`,
    });
  };
  return { element, draw };
}
