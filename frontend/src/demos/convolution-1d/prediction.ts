/** Predict, then reveal: the next output stays hidden until the reader has committed to a number. */

import { subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { parseNumber } from "../../ui/numbers.ts";
import { tick } from "../../ui/switch-box.ts";
import { verdict } from "./sentences.ts";
import { LIMITS, type State } from "./state.ts";

export function prediction(stage: Stage<State>) {
  const { signal } = stage;
  const box = tick(stage, {
    name: "predict",
    label: "Predict each output before it shows",
    change: (on) => stage.update({ predict: on }),
  });
  const field = html("input", {
    type: "text",
    inputmode: "decimal",
    id: stage.id("guess"),
    autocomplete: "off",
  });
  const slot = stage.slot("guess", field);
  const question = html("label", { for: field.id });
  const commit = html("button", { type: "submit" }, "Reveal");
  const form = html("form", { class: "course-guess" }, question, field, commit);
  const said = html("p", { class: "course-sentence course-verdict", tabindex: -1 });

  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      const { value, problem } = parseNumber(field.value, LIMITS.guess);
      if (problem === null && stage.update({ guess: value })) {
        stage.announce(judged(stage.state()));
        // The form goes away: the reader's place is with the verdict that takes its part.
        said.focus({ preventScroll: true });
      } else if (problem !== null) {
        stage.complain({ control: "guess", message: `Your prediction: ${problem}` });
      }
    },
    { signal },
  );
  const judged = (state: State) => verdict(state, stage.model.get("output") as number[]);

  const element = html("div", { class: "course-field" }, box.element, form, slot);
  let asked = -1;
  const draw = (state: State, values: readonly number[]) => {
    box.show(state.predict);
    set(form, { hidden: !state.predict || state.guess !== null });
    if (asked !== state.position) field.value = "";
    asked = state.position;
    text(question, `Your prediction for z${subscript(state.position + 1)}`);
    text(said, verdict(state, values));
  };
  return { element, verdict: said, draw };
}
