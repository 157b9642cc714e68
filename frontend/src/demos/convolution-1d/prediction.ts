/** Predict, then reveal: the next output stays hidden until the reader has committed to a number. */

import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { parseNumber } from "../../ui/numbers.ts";
import { outputName } from "./picture.ts";
import { verdict } from "./sentences.ts";
import { LIMITS, type State } from "./state.ts";

/** A weighted sum of many values can exceed each of them. */
const RANGE = { min: LIMITS.value.min * 1e4, max: LIMITS.value.max * 1e4 };

export function prediction(stage: Stage<State>) {
  const { signal } = stage;
  const slot = stage.slot("guess");
  const box = html("input", { type: "checkbox", id: stage.id("predict") });
  const field = html("input", {
    type: "text",
    inputmode: "decimal",
    id: stage.id("guess"),
    autocomplete: "off",
    "aria-describedby": slot.id,
  });
  const question = html("label", { for: field.id });
  const commit = html("button", { type: "submit" }, "Reveal");
  const form = html("form", { class: "course-guess" }, question, field, commit);
  const said = html("p", { class: "course-sentence course-verdict" });

  box.addEventListener("change", () => stage.update({ predict: box.checked }), { signal });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      const { value, problem } = parseNumber(field.value, RANGE);
      if (problem === null && stage.update({ guess: value })) {
        stage.announce(judged(stage.state()));
      } else if (problem !== null) {
        stage.complain({ control: "guess", message: `Your prediction: ${problem}` });
      }
    },
    { signal },
  );
  const judged = (state: State) => verdict(state, stage.model.get("output") as number[]);

  const element = html(
    "div",
    { class: "course-field" },
    html(
      "span",
      { class: "course-check" },
      box,
      html("label", { for: box.id }, "Predict each output before it shows"),
    ),
    form,
    slot,
  );
  let asked = -1;
  const draw = (state: State, values: readonly number[]) => {
    box.checked = state.predict;
    set(form, { hidden: !state.predict || state.guess !== null });
    if (asked !== state.position) field.value = "";
    asked = state.position;
    text(question, `Your prediction for ${outputName(state.position)}`);
    text(said, verdict(state, values));
  };
  return { element, verdict: said, draw };
}
