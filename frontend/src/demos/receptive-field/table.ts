/** The stack as a table: settings and field of each layer; a press on a row chooses the layer. */

import { format } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, text } from "../../ui/dom.ts";
import { analysis, type State } from "./state.ts";

const COLUMNS = [
  ["layer", ""],
  ["K", "kernel-text"],
  ["s", "kernel-text"],
  ["d", "kernel-text"],
  ["P", "kernel-text"],
  ["units", ""],
  ["size", ""],
  ["jump", ""],
  ["start", ""],
] as const;

const MEANING: Record<string, string> = {
  K: "kernel size K",
  s: "stride s",
  d: "dilation d",
  P: "padding P",
};

interface Row {
  layer: number;
  chosen: boolean;
  cells: string[];
}

export function stackTable(stage: Stage<State>) {
  const headings = COLUMNS.map(([name, role]) => {
    const meaning = MEANING[name];
    const shown = html("span", { class: role ? `role-${role}` : null }, name);
    if (!meaning) return html("th", { scope: "col" }, shown);
    set(shown, { "aria-hidden": "true" });
    const hidden = html("span", { class: "for-readers" }, meaning);
    return html("th", { scope: "col", title: meaning }, shown, hidden);
  });
  const body = html("tbody", {});
  const caption = html("caption", {}, "The stack, layer by layer: choose one to change it");
  const table = html("table", {}, caption, html("thead", {}, html("tr", {}, ...headings)), body);
  const slot = stage.slot("layers");
  const element = html("div", { class: "stack-table" }, table, slot);
  body.addEventListener(
    "change",
    ({ target }) => stage.update({ layer: Number((target as HTMLInputElement).value) }),
    { signal: stage.signal },
  );
  body.addEventListener(
    "click",
    ({ target }) => {
      const row = (target as Element).closest("tr");
      const layer = Number(row?.getAttribute("data-layer"));
      if (layer > 0 && !(target as Element).closest("label")) stage.update({ layer });
    },
    { signal: stage.signal },
  );

  const make = () => {
    const radio = html("input", { type: "radio", name: stage.id("layer") });
    const label = html("label", {}, radio, html("span", {}));
    const cells = COLUMNS.slice(1).map(() => html("td", {}));
    return html("tr", {}, html("th", { scope: "row" }, label), ...cells);
  };
  const update = (row: Element, { layer, chosen, cells }: Row) => {
    const [head, ...rest] = row.children;
    const label = head!.firstElementChild!;
    const radio = label.firstElementChild as HTMLInputElement;
    set(row, { "data-layer": layer > 0 ? layer : null, class: chosen ? "chosen" : null });
    set(radio, { value: layer, hidden: layer === 0, "aria-label": `Layer ${layer}` });
    radio.checked = chosen;
    text(label.lastElementChild!, layer === 0 ? "input" : String(layer));
    for (const [i, cell] of rest.entries()) text(cell, cells[i]!);
  };

  let drawnFrom: unknown[] = [];
  const draw = (state: State) => {
    const made = [state.layers, state.length, state.layer];
    // Pointing alone changes nothing here.
    if (made.every((value, i) => value === drawnFrom[i])) return;
    drawnFrom = made;
    const { fields, lengths } = analysis(state);
    const rows = fields.map(({ size, jump, start }, layer): Row => {
      const settings = layer === 0 ? ["", "", "", ""] : state.layers[layer - 1]!.map(String);
      const found = [lengths[layer]!, size, jump, start + 1].map((n) => format(n, 0));
      return { layer, chosen: layer === state.layer, cells: [...settings, ...found] };
    });
    list(body, rows, make, update);
    for (const row of body.children) {
      // What the browser has checked is not in the attributes that `list` compares.
      const radio = row.querySelector("input") as HTMLInputElement;
      radio.checked = Number(radio.value) === state.layer;
    }
  };
  return { element, draw };
}
