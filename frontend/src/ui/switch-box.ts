/** A trait that is on or off. */

import type { Stage } from "./demo.ts";
import { html } from "./dom.ts";

export interface SwitchOptions {
  name: string;
  label: string;
  change(on: boolean): void;
}

/** @returns a box with its label, alone, and the function that shows whether the trait is on. */
export function tick<S>(stage: Stage<S>, { name, label, change }: SwitchOptions) {
  const box = html("input", { type: "checkbox", id: stage.id(name) });
  box.addEventListener("change", () => change(box.checked), { signal: stage.signal });
  const element = html(
    "span",
    { class: "course-check" },
    box,
    html("label", { for: box.id }, label),
  );
  const show = (on: boolean) => {
    box.checked = on;
  };
  return { element, box, show };
}

/** @returns the control, with a place for what is wrong with it, and the function that shows it. */
export function switchBox<S>(stage: Stage<S>, options: SwitchOptions) {
  const { element, box, show } = tick(stage, options);
  const field = html("div", { class: "course-field" }, element, stage.slot(options.name, box));
  return { element: field, show };
}
