/** A whole number in a small range: − and + beside a field that can be typed in. */

import type { Stage } from "./demo.ts";
import { html, set } from "./dom.ts";
import { parseNumber, type Range } from "./numbers.ts";
import { typed } from "./typed.ts";

export interface StepperOptions extends Range {
  name: string;
  label: string;
  /** Changes the state; what it refuses is said beside the control. */
  change(value: number): void;
}

/** @returns the control, and the function that shows a value in it. */
export function stepper<S>(stage: Stage<S>, options: StepperOptions) {
  const { name, label, min, max, change } = options;
  const id = stage.id(name);
  const field = html("input", {
    id,
    type: "text",
    inputmode: "numeric",
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
    const { value, problem } = parseNumber(field.value, { min, max, whole: true });
    if (problem !== null) stage.complain({ control: name, message: `${label}: ${problem}` });
    else if (value !== shown) change(value);
    else stage.complain(null);
  });
  const step = (by: number) => {
    end();
    const next = Math.min(max, Math.max(min, shown + by));
    if (next !== shown) change(next);
    else show(shown);
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
    write(String(value));
    set(field, { "aria-valuenow": value, value });
    // A disabled button would drop the focus of the reader who has just pressed it.
    set(less, { "aria-disabled": value <= min ? "true" : null });
    set(more, { "aria-disabled": value >= max ? "true" : null });
  };
  const element = html(
    "div",
    { class: "course-field" },
    html("label", { for: id }, label),
    html("div", { class: "course-stepper" }, less, field, more),
    slot,
  );
  return { element, show };
}
