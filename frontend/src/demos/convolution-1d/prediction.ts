/** Predict, then reveal: the next output stays hidden until the reader has committed to a number. */

import { subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { prediction as predicting } from "../../ui/prediction.ts";
import { verdict } from "./sentences.ts";
import { LIMITS, type State } from "./state.ts";

export function prediction(stage: Stage<State>) {
  const {
    element,
    verdict: said,
    draw: drawAsked,
  } = predicting(stage, {
    label: "Predict each output before it shows",
    range: LIMITS.guess,
    predict: (on) => stage.update({ predict: on }),
    guess: (value) => stage.update({ guess: value }),
    verdict: () => verdict(stage.state(), stage.model.get("output") as number[]),
  });
  const draw = ({ predict, guess, position }: State) =>
    drawAsked({
      predict,
      open: predict && guess === null,
      question: `Your prediction for z${subscript(position + 1)}`,
    });
  return { element, verdict: said, draw };
}
