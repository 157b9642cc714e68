/** One of a few: radio buttons that look like one segmented control. */

import type { Stage } from "./demo.ts";
import { html } from "./dom.ts";

export interface ChoiceOptions<T extends string> {
  name: string;
  label: string;
  values: readonly T[];
  change(value: T): void;
}

/** @returns the control, and the function that shows which value is chosen. */
export function choice<S, T extends string>(stage: Stage<S>, options: ChoiceOptions<T>) {
  const { name, label, values, change } = options;
  const slot = stage.slot(name);
  const inputs = values.map((value) => {
    const input = html("input", { type: "radio", name: stage.id(name), value });
    input.addEventListener("change", () => change(value), { signal: stage.signal });
    return input;
  });
  const element = html(
    "fieldset",
    { class: "course-field course-choice", "aria-describedby": slot.id },
    html("legend", {}, label),
    html(
      "div",
      { class: "course-segments" },
      ...values.map((value, i) => html("label", {}, inputs[i]!, html("span", {}, value))),
    ),
    slot,
  );
  const show = (chosen: T) => {
    for (const input of inputs) input.checked = input.value === chosen;
  };
  return { element, show };
}
