/** Predict, then reveal: which network still reads it? */

import { choice } from "../../ui/choice.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { tick } from "../../ui/switch-box.ts";
import { original } from "../mnist-1d/sample.ts";
import { guessSentence } from "./sentences.ts";
import { GUESSES, hidden, output, type State } from "./state.ts";

export function prediction(stage: Stage<State>) {
  const { signal } = stage;
  const { box, ...predict } = tick(stage, {
    name: "predict",
    label: "Predict before the networks answer",
    change: (on) => stage.update({ predict: on, guess: null }),
  });
  const verdict = html("p", { class: "course-sentence course-verdict", tabindex: -1 });
  // A radio button that is chosen by arrow key is not a commitment yet: the button is.
  let chosen: (typeof GUESSES)[number] = "both";
  const options = choice(stage, {
    name: "guess",
    label: "Read right by",
    values: GUESSES,
    change: (value) => {
      chosen = value;
      options.show(value);
    },
  });
  const commit = html("button", { type: "button" }, "Reveal");
  commit.addEventListener(
    "click",
    () => {
      if (!stage.update({ guess: chosen })) return;
      stage.announce(guessSentence(stage.state(), output(stage.state())));
      // The form goes away: the reader's place is with the verdict that takes its part.
      verdict.focus({ preventScroll: true });
    },
    { signal },
  );
  const form = html("div", { class: "course-guess" }, options.element, commit);
  const element = html(
    "div",
    { class: "course-field" },
    predict.element,
    form,
    stage.slot("predict"),
  );
  const draw = (state: State, values: readonly (readonly number[])[]) => {
    predict.show(state.predict);
    box.disabled = original(state).label === null;
    set(form, { hidden: !hidden(state) });
    options.show(chosen);
    text(verdict, guessSentence(state, values));
  };
  return { element, verdict, draw };
}
