/** A number in a small range, whole unless said otherwise: − and + beside a field to type in. */

import { format } from "../core/format.ts";
import type { Stage } from "./demo.ts";
import { html, set } from "./dom.ts";
import { parseNumber, type Range } from "./numbers.ts";
import { typed } from "./typed.ts";

export interface StepperOptions extends Range {
  name: string;
  label: string;
  /** How far one press goes, 1 by default. */
  step?: number;
  /** Decimals that are shown; none by default, and the number is whole. What is typed is exact. */
  digits?: number;
  /** Changes the state; what it refuses is said beside the control. */
  change(value: number): void;
}

/** @returns the control, and the function that shows a value in it. */
export function stepper<S>(stage: Stage<S>, options: StepperOptions) {
  const { name, label, min, max, step: size = 1, digits = 0, change } = options;
  const whole = digits === 0;
  const spell = (value: number) => (whole ? String(value) : format(value, digits));
  const id = stage.id(name);
  const field = html("input", {
    id,
    type: "text",
    inputmode: whole ? "numeric" : "decimal",
    role: "spinbutton",
    autocomplete: "off",
    "aria-valuemin": min,
    "aria-valuemax": max,
  });
  const slot = stage.slot(name, field);
  const less = html("button", { type: "button", "aria-label": `Less: ${label}` }, "−");
  const more = html("button", { type: "button", "aria-label": `More: ${label}` }, "+");
  let shown = min;

  const { write, end } = typed(field, stage.signal, () => {
    // A field left as it was must not round the exact value to the decimals shown.
    if (field.value === spell(shown)) return stage.complain(null);
    const { value, problem } = parseNumber(field.value, { min, max, whole });
    if (problem !== null) stage.complain({ control: name, message: `${label}: ${problem}` });
    else if (value !== shown) change(value);
    else stage.complain(null);
  });
  const step = (by: number) => {
    end();
    // From a number between two steps to the next step.
    const from = by > 0 ? Math.floor(shown / size + 1e-9) : Math.ceil(shown / size - 1e-9);
    const to = Number(((from + by) * size).toFixed(9));
    const next = Math.min(max, Math.max(min, to));
    if (next === shown) return show(shown);
    // To write into the field that has the focus makes the browser lay out the page: while nothing
    // else has changed, that costs nothing.
    write(spell(next));
    change(next);
    if (next !== shown) write(spell(shown));
  };
  const { signal } = stage;
  less.addEventListener("click", () => step(-1), { signal });
  more.addEventListener("click", () => step(1), { signal });
  field.addEventListener(
    "keydown",
    (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      step(by);
    },
    { signal },
  );

  const show = (value: number) => {
    shown = value;
    const spelt = spell(value);
    write(spelt);
    set(field, { "aria-valuenow": value, "aria-valuetext": whole ? null : spelt, value: spelt });
    // A disabled button would drop the focus of the reader who has just pressed it.
    set(less, { "aria-disabled": value <= min ? "true" : null });
    set(more, { "aria-disabled": value >= max ? "true" : null });
  };
  const element = html(
    "div",
    { class: "course-field" },
    html("label", { for: id }, label),
    html("div", { class: "course-stepper", "data-wide": !whole || max > 9999 }, less, field, more),
    slot,
  );
  return { element, show };
}
