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
  const inputs = values.map((value) => {
    const input = html("input", { type: "radio", name: stage.id(name), value });
    input.addEventListener("change", () => change(value), { signal: stage.signal });
    return input;
  });
  const element = html(
    "fieldset",
    { class: "course-field course-choice", role: "radiogroup" },
    html("legend", {}, label),
    html(
      "div",
      { class: "course-segments" },
      ...values.map((value, i) => html("label", {}, inputs[i]!, html("span", {}, value))),
    ),
  );
  element.append(stage.slot(name, element));
  const show = (chosen: T) => {
    for (const input of inputs) input.checked = input.value === chosen;
    // After a refusal the focus goes back with the mark: arrow keys go on from what holds.
    const focused = inputs.find((input) => input === document.activeElement);
    if (focused && !focused.checked) inputs.find((input) => input.checked)?.focus();
  };
  return { element, show };
}
