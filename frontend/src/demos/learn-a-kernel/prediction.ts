/** Predict, then reveal: the gradient stays hidden until the reader has said which way to go. */

import { subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { tick } from "../../ui/switch-box.ts";
import { verdict } from "./sentences.ts";
import { type Moment, moment, type State } from "./state.ts";

export function prediction(stage: Stage<State>) {
  const { signal } = stage;
  const box = tick(stage, {
    name: "predict",
    label: "Predict each step before it shows",
    change: (on) => stage.update({ predict: on }),
  });
  const question = html("span", {});
  const said = html("p", { class: "course-sentence course-verdict", tabindex: -1 });
  const buttons = (["raise", "lower"] as const).map((guess) => {
    const button = html("button", { type: "button" }, guess === "raise" ? "raise it" : "lower it");
    button.addEventListener(
      "click",
      () => {
        stage.update({ guess });
        stage.announce(verdict(stage.state(), moment(stage.state())));
        // The buttons go away: the reader's place is with the verdict that takes their part.
        said.focus({ preventScroll: true });
      },
      { signal },
    );
    return button;
  });
  const form = html(
    "div",
    { class: "course-guess", role: "group", "aria-label": "Your prediction" },
    question,
    ...buttons,
  );
  const element = html("div", { class: "course-field" }, box.element, form, stage.slot("guess"));
  const draw = (state: State, now: Moment) => {
    box.show(state.predict);
    set(form, { hidden: !state.predict || state.guess !== "" });
    text(question, `Will the next step raise or lower ω${subscript(state.weight + 1)}?`);
    text(said, verdict(state, now));
  };
  return { element, verdict: said, draw };
}
