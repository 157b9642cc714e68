/** Move a signal, and see which network keeps its prediction. */

import { equal } from "../core/equal.ts";
import { LENGTH, samples } from "../data/mnist1d.ts";
import { resetButton, stateButton } from "../ui/actions.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { listField } from "../ui/list-field.ts";
import { probabilities } from "../ui/probabilities.ts";
import { stepper } from "../ui/stepper.ts";
import { picture } from "./shift-stability/picture.ts";
import { prediction } from "./shift-stability/prediction.ts";
import { NAMES, spoken, stability } from "./shift-stability/sentences.ts";
import { snippet } from "./shift-stability/snippet.ts";
import {
  check,
  digits,
  hidden,
  KEYS,
  LIMITS,
  original,
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
  const guess = prediction(stage);
  const verdicts = NAMES.map(() => html("span", {}));
  const shift = stepper(stage, {
    name: "shift",
    label: "Shift",
    ...LIMITS.shift,
    change: (value) => stage.update({ shift: value }),
  });
  const sample = stepper(stage, {
    name: "sample",
    label: "Sample",
    ...LIMITS.sample,
    change: (value) => stage.update({ sample: value, signal: [] }),
  });
  const signal = listField(stage, {
    name: "signal",
    label: "x =",
    spoken: "Signal x, 40 values",
    range: LIMITS.value,
    counts: { min: LENGTH, max: LENGTH },
    change: (values) =>
      stage.update({
        signal: equal(values, samples()[stage.state().sample]!.values) ? [] : values,
      }),
  });
  const code = codePanel(stage, "The same in PyTorch");
  const heading = {
    id: stage.id("title"),
    class: "course-title",
    role: "heading",
    "aria-level": 3,
  };
  stage.root.prepend(
    html("p", heading, String(stage.model.get("title") ?? "")),
    html("p", { class: "course-hint" }, String(stage.model.get("hint") ?? "")),
    html(
      "div",
      { class: "course-body" },
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
      html(
        "div",
        { class: "course-controls" },
        guess.element,
        html("div", { class: "course-row" }, shift.element, sample.element, signal.element),
        html(
          "div",
          { class: "course-actions" },
          resetButton(stage),
          stateButton(stage, "ShiftStability", KEYS),
          stage.slot("link"),
        ),
        code.element,
      ),
    ),
  );
  set(stage.root, { role: "group", "aria-labelledby": heading.id });
  watchWidth(drawing.element, stage.signal, drawing.resize);

  let last = "";
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
    sample.show(state.sample);
    signal.show(original(state).values);
    code.show(snippet(state));
    const words = spoken(state);
    if (last !== "" && words !== last) stage.announce(words);
    last = words;
  };
}
