/** A number that is typed: refused in words where it is none, or out of range. */

import { exact } from "../core/format.ts";
import type { Stage } from "./demo.ts";
import { html } from "./dom.ts";
import { parseNumber, type Range } from "./numbers.ts";
import { typed } from "./typed.ts";

export interface NumberFieldOptions extends Range {
  name: string;
  label: string;
  whole?: boolean;
  change(value: number): void;
}

/** @returns the control, and the function that shows a value in it. */
export function numberField<S>(stage: Stage<S>, options: NumberFieldOptions) {
  const { name, label, min, max, whole = false, change } = options;
  const field = html("input", {
    id: stage.id(name),
    type: "text",
    inputmode: whole ? "numeric" : "decimal",
    class: "course-number-field",
    autocomplete: "off",
  });
  const slot = stage.slot(name, field);
  let shown = "";
  const { write } = typed(field, stage.signal, () => {
    const { value, problem } = parseNumber(field.value, { min, max, whole });
    if (problem !== null) stage.complain({ control: name, message: `${label}: ${problem}` });
    else if (field.value !== shown) change(value);
    else stage.complain(null);
  });
  const show = (value: number) => {
    shown = exact(value);
    write(shown);
  };
  const element = html(
    "div",
    { class: "course-field" },
    html("label", { for: field.id }, label),
    field,
    slot,
  );
  return { element, show };
}
