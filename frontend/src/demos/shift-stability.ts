/** Move a signal, and see which network keeps its prediction. */

import { actions } from "../ui/actions.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { probabilities } from "../ui/probabilities.ts";
import { stepper } from "../ui/stepper.ts";
import { prediction } from "./mnist-1d/prediction.ts";
import { original } from "./mnist-1d/sample.ts";
import { sampleFields } from "./mnist-1d/sample-fields.ts";
import { picture } from "./shift-stability/picture.ts";
import { guessSentence, NAMES, spoken, stability } from "./shift-stability/sentences.ts";
import { snippet } from "./shift-stability/snippet.ts";
import {
  check,
  digits,
  GUESSES,
  hidden,
  KEYS,
  LIMITS,
  output,
  type State,
  settle,
} from "./shift-stability/state.ts";

export default defineDemo<State>({
  name: "shift-stability",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({ output: output(state), label: original(state).label }),
  build,
});

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const networks = NAMES.map((name) => probabilities(name, "at this shift"));
  const guess = prediction(stage, {
    label: "Right at more shifts",
    guesses: GUESSES,
    hidden,
    answerable: () => true,
    verdict: guessSentence,
  });
  const verdicts = NAMES.map(() => html("span", {}));
  const shift = stepper(stage, {
    name: "shift",
    label: "Shift",
    ...LIMITS.shift,
    change: (value) => stage.update({ shift: value }),
  });
  const fields = sampleFields(stage);
  const code = codePanel(stage, "The same in PyTorch");
  frame(
    stage,
    drawing.element,
    html(
      "p",
      { class: "course-sentence" },
      `${NAMES[0]}: `,
      verdicts[0]!,
      html("br"),
      `${NAMES[1]}: `,
      verdicts[1]!,
    ),
    guess.verdict,
    html("div", { class: "course-networks" }, ...networks.map(({ element }) => element)),
    controls(
      guess.element,
      row(shift.element, ...fields.elements),
      actions(stage, "ShiftStability", KEYS),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);

  return (state: State) => {
    const values = output(state);
    drawing.draw(state);
    guess.draw(state);
    const secret = hidden(state);
    for (const [i, said] of digits(state).entries()) {
      text(verdicts[i]!, secret ? "predict first" : stability(state, said));
      networks[i]!.draw(secret ? null : values[i]!, original(state).label);
    }
    shift.show(state.shift);
    fields.show(state);
    code.show(() => snippet(state));
    stage.narrate(spoken(state));
  };
}
