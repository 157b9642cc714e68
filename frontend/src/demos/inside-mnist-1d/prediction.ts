/** Predict, then reveal: which network reads it right where it stands now? */

import { choice } from "../../ui/choice.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { guessSentence } from "./sentences.ts";
import { GUESSES, type Guess, hidden, label, type State } from "./state.ts";

export function prediction(stage: Stage<State>) {
  const { signal } = stage;
  const box = html("input", { type: "checkbox", id: stage.id("predict") });
  const verdict = html("p", { class: "course-sentence course-verdict", tabindex: -1 });
  box.addEventListener("change", () => stage.update({ predict: box.checked, guess: null }), {
    signal,
  });
  // A radio button that is chosen by arrow key is not a commitment yet: the button is.
  let chosen: Guess = "both";
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
      stage.announce(guessSentence(stage.state()));
      // The form goes away: the reader's place is with the verdict that takes its part.
      verdict.focus({ preventScroll: true });
    },
    { signal },
  );
  const form = html("div", { class: "course-guess" }, options.element, commit);
  const element = html(
    "div",
    { class: "course-field" },
    html(
      "span",
      { class: "course-check" },
      box,
      html("label", { for: box.id }, "Predict before the networks answer"),
    ),
    form,
    stage.slot("predict"),
  );
  const draw = (state: State) => {
    box.checked = state.predict;
    box.disabled = label(state) === null;
    set(form, { hidden: !hidden(state) });
    options.show(chosen);
    const words = guessSentence(state);
    text(verdict, words);
    set(verdict, { hidden: words === "" });
  };
  return { element, verdict, draw };
}
