/** All values of a list in one line of text: to read exactly, to type, to paste one's own. */

import { exact } from "../core/format.ts";
import type { Stage } from "./demo.ts";
import { html } from "./dom.ts";
import { parseNumbers, type Range } from "./numbers.ts";
import { typed } from "./typed.ts";

export interface ListFieldOptions {
  name: string;
  label: string;
  /** The label in words, where it is a sign such as "x =". */
  spoken?: string;
  range: Range;
  counts: Range;
  change(values: number[]): void;
}

/** @returns the control, and the function that shows a list in it. */
export function listField<S>(stage: Stage<S>, options: ListFieldOptions) {
  const { name, label, spoken = label, range, counts, change } = options;
  const id = stage.id(name);
  const field = html("input", {
    id,
    type: "text",
    class: "course-list",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 4000,
    "aria-label": spoken === label ? null : spoken,
  });
  const slot = stage.slot(name, field);
  let shown: readonly number[] = [];
  let spelt = "";
  const { write } = typed(field, stage.signal, () => {
    // A field left as it was must not round the exact values to the decimals shown.
    if (field.value === spelt) return stage.complain(null);
    const { value, problem } = parseNumbers(field.value, range, counts);
    if (problem === null) change(value);
    else stage.complain({ control: name, message: `${spoken}: ${problem}` });
  });
  const show = (values: readonly number[]) => {
    // Spelling many numbers takes longer than drawing them.
    if (values !== shown) spelt = spell(values);
    shown = values;
    write(spelt);
  };
  const element = html(
    "div",
    { class: "course-field course-field-wide" },
    html("label", { for: id }, label),
    field,
    slot,
  );
  return { element, show };
}

const spell = (values: readonly number[]) => values.map(exact).join(", ");
