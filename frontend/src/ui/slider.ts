/** A number that is slid, with its value beside it. */

import type { Stage } from "./demo.ts";
import { html, set, text } from "./dom.ts";

export interface SliderOptions {
  name: string;
  label: string;
  min: number;
  max: number;
  step: number;
  /** The value as a reader sees and hears it. */
  spell(value: number): string;
  change(value: number): void;
}

/** @returns the control, and the function that shows a value in it. */
export function slider<S>(stage: Stage<S>, options: SliderOptions) {
  const { name, label, min, max, step, spell, change } = options;
  const field = html("input", { type: "range", id: stage.id(name), min, max, step });
  const number = html("output", { for: field.id, class: "course-slid", "aria-live": "off" });
  field.addEventListener("input", () => change(Number(field.value)), { signal: stage.signal });
  const show = (value: number) => {
    if (field.value !== String(value)) field.value = String(value);
    const words = spell(value);
    set(field, { "aria-valuetext": words });
    text(number, words);
  };
  const element = html(
    "div",
    { class: "course-field course-slider" },
    html("label", { for: field.id }, label),
    field,
    number,
    stage.slot(name, field),
  );
  return { element, show };
}
