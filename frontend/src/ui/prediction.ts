/** Predict, then reveal: an answer stays hidden until the reader has committed to a number. */

import type { Stage } from "./demo.ts";
import { html, set, text } from "./dom.ts";
import { parseNumber, type Range } from "./numbers.ts";
import { tick } from "./switch-box.ts";

export interface PredictionOptions {
  /** What the switch says. */
  label: string;
  range: Range;
  predict(on: boolean): void;
  /** @returns whether the guess has been taken. */
  guess(value: number): boolean;
  /** What to make of the guess, in words; empty where there is none. */
  verdict(): string;
}

export interface Asked {
  predict: boolean;
  /** Whether an answer is waited for. */
  open: boolean;
  /** The question, and what it is about: a new one empties the field. */
  question: string;
}

/** @returns the control, the sentence that judges a guess, and the function that draws both. */
export function prediction<S>(stage: Stage<S>, options: PredictionOptions) {
  const { signal } = stage;
  const box = tick(stage, { name: "predict", label: options.label, change: options.predict });
  const field = html("input", {
    type: "text",
    inputmode: "decimal",
    id: stage.id("guess"),
    autocomplete: "off",
  });
  const slot = stage.slot("guess", field);
  const label = html("label", { for: field.id });
  const commit = html("button", { type: "submit" }, "Reveal");
  const form = html("form", { class: "course-guess" }, label, field, commit);
  const said = html("p", { class: "course-sentence course-verdict", tabindex: -1 });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      const { value, problem } = parseNumber(field.value, options.range);
      if (problem !== null) {
        stage.complain({ control: "guess", message: `Your prediction: ${problem}` });
      } else if (options.guess(value)) {
        stage.announce(options.verdict());
        // The form goes away: the reader's place is with the verdict that takes its part.
        said.focus({ preventScroll: true });
      }
    },
    { signal },
  );
  const element = html("div", { class: "course-field" }, box.element, form, slot);
  let asked = "";
  const draw = ({ predict, open, question }: Asked) => {
    box.show(predict);
    set(form, { hidden: !open });
    if (asked !== question) field.value = "";
    asked = question;
    text(label, question);
    text(said, options.verdict());
  };
  return { element, verdict: said, draw };
}
