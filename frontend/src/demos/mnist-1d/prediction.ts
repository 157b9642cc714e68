/** Predict, then reveal: which of the two networks? */

import { choice } from "../../ui/choice.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { tick } from "../../ui/switch-box.ts";

interface Predicting<G extends string> {
  predict: boolean;
  guess: G | null;
}

export interface PredictionOptions<G extends string, S extends Predicting<G>> {
  /** What the switch says, where it is not of networks that answer. */
  ask?: string;
  /** What is asked, for which the guesses are the answers. */
  label: string;
  guesses: readonly G[];
  /** Whether the answers wait for a guess. */
  hidden(state: S): boolean;
  /** Whether there is an answer: nobody knows the class of a reader's own signal. */
  answerable(state: S): boolean;
  /** What came of the guess; nothing before there is one. */
  verdict(state: S): string;
}

/** @returns the control, the line of the verdict, and the function that draws a state into both. */
export function prediction<G extends string, S extends Predicting<G>>(
  stage: Stage<S>,
  options: PredictionOptions<G, S>,
) {
  const { label, guesses, hidden, answerable } = options;
  const change = (to: Predicting<G>) => stage.update(to as Partial<S>);
  const { box, ...predict } = tick(stage, {
    name: "predict",
    label: options.ask ?? "Predict before the networks answer",
    change: (on) => change({ predict: on, guess: null }),
  });
  const verdict = html("p", { class: "course-sentence course-verdict", tabindex: -1 });
  // A radio button that is chosen by arrow key is not a commitment yet: the button is.
  let chosen = guesses[0]!;
  const answers = choice(stage, {
    name: "guess",
    label,
    values: guesses,
    change: (value) => {
      chosen = value;
      answers.show(value);
    },
  });
  const commit = html("button", { type: "button" }, "Reveal");
  commit.addEventListener(
    "click",
    () => {
      if (!change({ predict: true, guess: chosen })) return;
      stage.announce(options.verdict(stage.state()));
      // The form goes away: the reader's place is with the verdict that takes its part.
      verdict.focus({ preventScroll: true });
    },
    { signal: stage.signal },
  );
  const form = html("div", { class: "course-guess" }, answers.element, commit);
  const element = html(
    "div",
    { class: "course-field" },
    predict.element,
    form,
    stage.slot("predict"),
  );
  const draw = (state: S) => {
    predict.show(state.predict);
    box.disabled = !answerable(state);
    set(form, { hidden: !hidden(state) });
    answers.show(chosen);
    const words = options.verdict(state);
    text(verdict, words);
    set(verdict, { hidden: words === "" });
  };
  return { element, verdict, draw };
}
