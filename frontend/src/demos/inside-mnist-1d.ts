/** Inside a classifier of MNIST-1D: every layer, every unit, and what a shift does to them. */

import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { presets } from "../ui/presets.ts";
import { probabilities } from "../ui/probabilities.ts";
import { afterPaint } from "./inside-mnist-1d/after-paint.ts";
import { chart } from "./inside-mnist-1d/chart.ts";
import { activationOf, answered, gradientOf, output } from "./inside-mnist-1d/computed.ts";
import { setting } from "./inside-mnist-1d/controls.ts";
import { allErrors, followErrors, testErrors } from "./inside-mnist-1d/errors.ts";
import { picture } from "./inside-mnist-1d/picture.ts";
import { PRESETS, presetOf } from "./inside-mnist-1d/presets.ts";
import {
  errorSentence,
  guessSentence,
  NAMES,
  resultSentence,
  stability,
} from "./inside-mnist-1d/sentences.ts";
import { snippet } from "./inside-mnist-1d/snippet.ts";
import {
  check,
  GUESSES,
  hidden,
  KEYS,
  label,
  movedBy,
  NETWORKS,
  type State,
  settle,
} from "./inside-mnist-1d/state.ts";
import { takenApart } from "./inside-mnist-1d/taken-apart.ts";
import { prediction } from "./mnist-1d/prediction.ts";

export default defineDemo<State>({
  name: "inside-mnist-1d",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({
    output: output(state),
    label: label(state),
    value: activationOf(state, state.unit),
    gradient: gradientOf(state),
  }),
  build,
});

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const unit = takenApart(stage);
  const guess = prediction(stage, {
    label: "Read right by",
    guesses: GUESSES,
    hidden,
    answerable: (state) => label(state) !== null,
    verdict: guessSentence,
  });
  const setUp = setting(stage);
  const curves = chart(stage, testErrors);
  const networks = NETWORKS.map((name) => probabilities(NAMES[name], "says"));
  const result = html("p", { class: "course-sentence result" });
  const held = NETWORKS.map(() => html("span", {}));
  const erring = html("p", { class: "course-sentence" });
  const worth = presets(stage, {
    label: "Worth a look",
    names: Object.keys(PRESETS) as (keyof typeof PRESETS)[],
    take: (name) => stage.update(PRESETS[name]),
  });
  const network = choice(stage, {
    name: "network",
    label: "After the convolutions",
    values: NETWORKS,
    change: (value) => stage.update({ network: value }),
  });
  const code = codePanel(stage, "The same in PyTorch");
  frame(
    stage,
    html("div", { class: "course-controls start" }, worth.element, setUp.element, guess.element),
    result,
    guess.verdict,
    controls(network.element),
    drawing.element,
    stage.slot("unit"),
    unit.element,
    html("div", { class: "course-networks" }, ...networks.map(({ element }) => element)),
    curves.element,
    erring,
    html("p", { class: "course-facts" }, held[0]!, html("br"), held[1]!),
    controls(row(setUp.signal), actions(stage, "InsideMNIST1D", KEYS), code.element),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);
  watchWidth(curves.element, stage.signal, curves.resize);
  let failed = "";
  followErrors(
    stage.signal,
    () => {
      const errors = allErrors();
      if (errors) {
        stage.model.set("errors", errors);
        stage.model.save_changes();
      }
      stage.redraw();
    },
    (message) => {
      failed = `The error over the test examples cannot be computed here: ${message}.`;
      stage.redraw();
    },
  );

  /** What may be seen a moment later: it waits until the signal and the layers are painted. */
  const drawRest = (state: State) => {
    const secret = hidden(state);
    const said = output(state);
    unit.draw(state);
    for (const [i, one] of networks.entries()) one.draw(secret ? null : said[i]!, label(state));
    setUp.showValues(state);
    code.show(() => snippet(state));
  };
  const drawCurves = (state: State) => {
    curves.draw(state);
    text(erring, failed || errorSentence(state, testErrors()[movedBy(state)]));
    const secret = hidden(state);
    for (const [i, line] of held.entries()) text(line, secret ? "" : stability(state, i));
  };
  const soon = afterPaint(stage, drawRest);
  // What is said at every place takes long to find out, but for a signal that has only moved.
  const later = afterPaint(stage, drawCurves, (state) => !answered(state));

  return (state: State) => {
    drawing.draw(state);
    guess.draw(state);
    setUp.show(state);
    network.show(state.network);
    worth.show(presetOf(state));
    const words = resultSentence(state);
    text(result, words);
    soon();
    later();
    stage.narrate(words);
  };
}
