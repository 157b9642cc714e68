/** One of many: a list that opens. */

import type { Stage } from "./demo.ts";
import { html, set } from "./dom.ts";

export interface MenuOptions {
  name: string;
  label: string;
  /** Each value with the words that stand for it. */
  options: readonly (readonly [value: string, words: string])[];
  change(value: string): void;
}

/** @returns the control, what shows the chosen value, and what gives it other options. */
export function menu<S>(stage: Stage<S>, { name, label, options, change }: MenuOptions) {
  const field = html("select", { id: stage.id(name) });
  field.addEventListener("change", () => change(field.value), { signal: stage.signal });
  let offered = "";
  let chosen = "";
  const offer = (next: MenuOptions["options"]) => {
    const key = JSON.stringify(next);
    if (key === offered) return;
    offered = key;
    field.replaceChildren(...next.map(([value, words]) => html("option", { value }, words)));
    mark(chosen);
  };
  /** The mark stands in the page too: the first frame is drawn where nothing can be chosen. */
  const mark = (value: string) => {
    for (const option of field.children) {
      set(option, { selected: option.getAttribute("value") === value });
    }
  };
  const show = (value: string) => {
    if (chosen !== value) mark(value);
    chosen = value;
    if (field.value !== value) field.value = value;
  };
  offer(options);
  const element = html(
    "div",
    { class: "course-field course-menu" },
    html("label", { for: field.id }, label),
    field,
    stage.slot(name, field),
  );
  return { element, show, offer };
}
