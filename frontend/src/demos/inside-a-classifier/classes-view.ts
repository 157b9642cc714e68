/** The ten classes with their probabilities: press one to have its score explained. */

import { CLASSES } from "../../data/scenes.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, text } from "../../ui/dom.ts";
import type { Said } from "./evidence.ts";
import { percent } from "./sentences.ts";
import type { State } from "./state.ts";

interface Row {
  name: string;
  /** Null while the network is not started. */
  share: number | null;
  best: boolean;
  right: boolean;
  chosen: boolean;
}

export function classesView(stage: Stage<State>) {
  const rows = html("div", {
    class: "inside-classes",
    role: "group",
    "aria-label": "Classes: press one to have its score explained",
  });
  const draw = ({ target }: State, said: Said | null) => {
    const items = CLASSES.map(
      (name, i): Row => ({
        name,
        share: said ? Math.round(1000 * said.probabilities[i]!) / 1000 : null,
        best: said?.best === i,
        right: said?.label === i,
        chosen: target === i || (target < 0 && said?.best === i),
      }),
    );
    list(rows, items, create, update);
  };
  const create = (index: number) => {
    const row = html(
      "button",
      { type: "button", class: "inside-class" },
      html("span", { class: "mark" }),
      html("span", { class: "name" }),
      html("span", { class: "bar", "aria-hidden": "true" }, html("span", {})),
      html("span", { class: "share" }),
    );
    row.addEventListener("click", () => stage.update({ target: index }), { signal: stage.signal });
    return row;
  };
  return { element: rows, draw };
}

function update(row: HTMLButtonElement, { name, share, best, right, chosen }: Row): void {
  const [mark, label, bar, number] = [...row.children] as [Element, Element, Element, Element];
  text(mark, right ? "▸" : "");
  set(mark, { role: right ? "img" : null, "aria-label": right ? "the true class:" : null });
  text(label, name);
  set(bar.firstElementChild!, { style: `width: ${100 * (share ?? 0)}%` });
  text(number, share === null ? "" : percent(share));
  set(row, {
    "aria-pressed": chosen ? "true" : "false",
    "data-best": best,
    "data-right": right,
  });
}
