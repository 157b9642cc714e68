/** Layers in a table, twelve at a time: sorted by a column, the chosen one marked. */

import type { Layer, Sort, Totals } from "../../core/architecture.ts";
import { grouped } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, text } from "../../ui/dom.ts";
import { brief, kindOf } from "./network-sentences.ts";
import { type NetworkState, PAGE, positionOf, rowsOf, shown } from "./network-state.ts";

const COLUMNS: readonly (readonly [name: string, sort: Sort | null])[] = [
  ["layer", "order"],
  ["output", null],
  ["parameters", "parameters"],
  ["multiply-adds", "multiply-adds"],
  ["activations", "activations"],
  ["reads", "receptive field"],
];

interface Line {
  order: number;
  kind: string;
  shape: string;
  parameters: number;
  multiplyAdds: number;
  activations: number;
  reads: number | null;
  shares: readonly [number, number];
  dense: boolean;
  current: boolean;
}

export function layerTable(stage: Stage<NetworkState>) {
  const { signal } = stage;
  const heads = COLUMNS.map(([name, sort]) => {
    if (sort === null) return html("th", { scope: "col", class: "output" }, name);
    const button = html("button", { type: "button" }, name);
    button.addEventListener("click", () => stage.update({ sort }), { signal });
    return html("th", { scope: "col", class: name }, button);
  });
  const body = html("tbody", {});
  const before = html("button", { type: "button", class: "course-action" }, "← earlier rows");
  const after = html("button", { type: "button", class: "course-action" }, "later rows →");
  const count = html("span", { class: "course-counter" });
  const table = html(
    "table",
    { class: "layers" },
    html("thead", {}, html("tr", {}, ...heads)),
    body,
  );
  const pager = html("div", { class: "layers-pager" }, before, count, after);
  const element = html("div", { class: "course-layers" }, table, pager);

  /** Go to a row, counted from the first of all; the focus stays with the chosen one. */
  const go = (to: number, focus: boolean) => {
    const rows = rowsOf(stage.state());
    const layer = rows[Math.min(rows.length - 1, Math.max(0, to))]?.order;
    if (layer === undefined) return;
    stage.update({ layer });
    if (focus) body.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
  };
  const here = () => positionOf(stage.state());
  const page = () => Math.floor(here() / PAGE);
  before.addEventListener("click", () => go((page() - 1) * PAGE, false), { signal });
  after.addEventListener(
    "click",
    () => {
      const last = Math.floor((rowsOf(stage.state()).length - 1) / PAGE);
      if (page() < last) go((page() + 1) * PAGE, false);
    },
    { signal },
  );
  body.addEventListener(
    "click",
    ({ target }) => {
      const order = (target as Element).closest("tr")?.getAttribute("data-order");
      if (order) stage.update({ layer: Number(order) });
    },
    { signal },
  );
  body.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const to = {
        ArrowDown: () => here() + 1,
        ArrowUp: () => here() - 1,
        PageDown: () => here() + PAGE,
        PageUp: () => here() - PAGE,
        Home: () => 0,
        End: () => Number.POSITIVE_INFINITY,
      }[event.key];
      if (!to) return;
      event.preventDefault();
      go(to(), true);
    },
    { signal },
  );

  const draw = (state: NetworkState) => {
    const { totals } = shown(state);
    const rows = rowsOf(state);
    const first = Math.floor(positionOf(state, rows) / PAGE) * PAGE;
    const lines = rows.slice(first, first + PAGE).map((layer) => line(layer, totals, state.layer));
    list(body, lines, createRow, updateRow);
    for (const [i, [, sort]] of COLUMNS.entries()) {
      const down = sort === "order" ? "ascending" : "descending";
      set(heads[i]!, { "aria-sort": sort !== null && sort === state.sort ? down : null });
    }
    const last = Math.min(rows.length, first + PAGE);
    const paged = rows.length > PAGE;
    set(element, { "data-paged": paged });
    set(pager, { hidden: !paged });
    text(count, `${first + 1}–${last} of ${rows.length}`);
    set(before, { "aria-disabled": first === 0 ? "true" : null });
    set(after, { "aria-disabled": last === rows.length ? "true" : null });
  };
  return { element, draw };
}

function line(layer: Layer, totals: Totals, chosen: number): Line {
  const { order, shape, parameters, multiplyAdds, activations, reads } = layer;
  return {
    order,
    kind: kindOf(layer, shape.length === 2 ? 1 : 2)
      .replace("convolution", "conv")
      .replace("fully connected", "dense"),
    shape: shape.join("×"),
    parameters,
    multiplyAdds,
    activations,
    reads,
    shares: [parameters / totals.parameters, multiplyAdds / totals.multiplyAdds],
    dense: layer.kind === "dense",
    current: order === chosen,
  };
}

function createRow(): HTMLTableRowElement {
  const button = html("button", { type: "button", class: "layer-name" });
  const cells = COLUMNS.slice(1).map(([name]) => html("td", { class: name }));
  return html("tr", {}, html("th", { scope: "row" }, button), ...cells);
}

function updateRow(row: HTMLTableRowElement, line: Line): void {
  const [head, ...cells] = [...row.children] as [Element, ...Element[]];
  const button = head.firstElementChild!;
  set(row, { "data-order": line.order, "data-kind": line.dense ? "dense" : "convolution" });
  set(button, {
    "aria-pressed": line.current ? "true" : "false",
    tabindex: line.current || row.rowIndex === 1 ? 0 : -1,
  });
  text(button, `${line.order + 1} ${line.kind}`);
  const words = [
    line.shape,
    brief(line.parameters),
    brief(line.multiplyAdds),
    brief(line.activations),
    line.reads === null ? "–" : grouped(line.reads),
  ];
  for (const [i, cell] of cells.entries()) text(cell, words[i]!);
  for (const [i, share] of line.shares.entries()) {
    set(cells[1 + i]!, { style: `--share: ${(100 * share).toFixed(1)}%` });
  }
}
