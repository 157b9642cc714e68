/** A whole number in a small range: − and + beside a field that can be typed in. */

import type { Stage } from "./demo.ts";
import { html, set } from "./dom.ts";
import { parseNumber, type Range } from "./numbers.ts";

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
  const slot = stage.slot(name);
  const field = html("input", {
    id,
    type: "text",
    inputmode: "numeric",
    role: "spinbutton",
    autocomplete: "off",
    "aria-valuemin": min,
    "aria-valuemax": max,
    "aria-describedby": slot.id,
  });
  const less = html("button", { type: "button", "aria-label": `Less: ${label}` }, "−");
  const more = html("button", { type: "button", "aria-label": `More: ${label}` }, "+");
  let shown = min;
  // What is being typed is left alone, whatever is drawn meanwhile.
  let typing = false;

  const step = (by: number) => {
    typing = false;
    const next = Math.min(max, Math.max(min, shown + by));
    if (next !== shown) change(next);
    else show(shown);
  };
  const typed = () => {
    typing = false;
    const { value, problem } = parseNumber(field.value, { min, max, whole: true });
    if (problem !== null) stage.complain({ control: name, message: `${label}: ${problem}` });
    else if (value !== shown) change(value);
    else stage.complain(null);
  };
  const { signal } = stage;
  less.addEventListener("click", () => step(-1), { signal });
  more.addEventListener("click", () => step(1), { signal });
  field.addEventListener("change", typed, { signal });
  field.addEventListener(
    "input",
    () => {
      typing = true;
    },
    { signal },
  );
  field.addEventListener(
    "blur",
    () => {
      typing = false;
    },
    { signal },
  );
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
    if (!typing) field.value = String(value);
    set(field, { "aria-valuenow": value, value });
    less.disabled = value <= min;
    more.disabled = value >= max;
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
