/** Predict, then reveal: the shift stays hidden until the reader has said where the peak lands. */

import { GRID } from "../../core/sampler.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { parseNumber } from "../../ui/numbers.ts";
import { verdict } from "./sentences.ts";
import { hidden, LIMITS, SHIFT, type State } from "./state.ts";

/** `point` moves the mark in the picture to what is typed. */
export function prediction(stage: Stage<State>, point: (position: number) => void) {
  const { signal } = stage;
  const box = html("input", { type: "checkbox", id: stage.id("predict") });
  const field = html("input", {
    type: "text",
    inputmode: "numeric",
    id: stage.id("guess"),
    autocomplete: "off",
    value: GRID / 2,
  });
  field.value = String(GRID / 2);
  const slot = stage.slot("guess", field);
  const commit = html("button", { type: "submit" }, "Reveal");
  const form = html(
    "form",
    { class: "course-guess" },
    html("label", { for: field.id }, "The peak lands at position"),
    field,
    commit,
  );
  const said = html("p", { class: "course-sentence course-verdict", tabindex: -1 });
  const read = () => parseNumber(field.value, { ...LIMITS.guess, whole: true });

  box.addEventListener(
    "change",
    () => stage.update({ predict: box.checked, guess: null, ...(box.checked && { stage: SHIFT }) }),
    { signal },
  );
  field.addEventListener(
    "change",
    () => {
      const { value } = read();
      if (value !== null) point(value);
    },
    { signal },
  );
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      const { value, problem } = read();
      if (problem !== null) {
        stage.complain({ control: "guess", message: `Your prediction: ${problem}` });
      } else if (stage.update({ guess: value })) {
        stage.announce(verdict(stage.state()));
        // The form goes away: the reader's place is with the verdict that takes its part.
        said.focus({ preventScroll: true });
      }
    },
    { signal },
  );
  const element = html(
    "div",
    { class: "course-field" },
    html(
      "span",
      { class: "course-check" },
      box,
      html("label", { for: box.id }, "Predict where the shift takes the peak"),
    ),
    form,
    slot,
    stage.slot("predict", box),
  );
  const draw = (state: State) => {
    box.checked = state.predict;
    set(form, { hidden: !hidden(state) });
    text(said, verdict(state));
  };
  /** The mark in the picture has been moved. */
  const mark = (position: number) => {
    field.value = String(position);
  };
  return { element, verdict: said, draw, mark };
}
