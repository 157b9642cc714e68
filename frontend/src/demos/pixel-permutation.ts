/** Permute, retrain, un-permute: which network minds that neighbours are torn apart? */

import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { presets } from "../ui/presets.ts";
import { probabilities } from "../ui/probabilities.ts";
import { prediction } from "./mnist-1d/prediction.ts";
import { original } from "./mnist-1d/sample.ts";
import { sampleFields } from "./mnist-1d/sample-fields.ts";
import { picture } from "./pixel-permutation/picture.ts";
import {
  guessSentence,
  settingSentence,
  spoken,
  windowSentence,
} from "./pixel-permutation/sentences.ts";
import { snippet } from "./pixel-permutation/snippet.ts";
import {
  check,
  GUESSES,
  hidden,
  KEYS,
  output,
  type State,
  settle,
  TRAININGS,
  VIEWS,
} from "./pixel-permutation/state.ts";

export default defineDemo<State>({
  name: "pixel-permutation",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({ output: output(state), label: original(state).label }),
  build,
});

/** Settings that each make one point. */
const POINTS = {
  "1 plain": { view: "plain", training: "plain" },
  "2 permuted": { view: "permuted", training: "plain" },
  "3 retrained": { view: "permuted", training: "permuted" },
  "4 un-permuted": { view: "un-permuted", training: "plain" },
} as const;

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const dense = probabilities("Fully connected", "59,065 parameters");
  const convolutional = probabilities("Convolutional", "2,050 parameters");
  const guess = prediction(stage, {
    label: "Read right by",
    guesses: GUESSES,
    hidden,
    answerable: (state) => original(state).label !== null,
    verdict: (state) => guessSentence(state, output(state)),
  });
  const setting = html("p", { class: "course-sentence" });
  const read = html("p", { class: "course-facts" });
  const names = Object.keys(POINTS) as (keyof typeof POINTS)[];
  const points = presets(stage, {
    label: "Steps",
    names,
    take: (name) => stage.update(POINTS[name]),
  });
  const view = choice(stage, {
    name: "view",
    label: "The values are",
    values: VIEWS,
    change: (value) => stage.update({ view: value }),
  });
  const training = choice(stage, {
    name: "training",
    label: "The networks were trained on values",
    values: TRAININGS,
    change: (value) => stage.update({ training: value }),
  });
  const fields = sampleFields(stage);
  const code = codePanel(stage, "The same in PyTorch");
  frame(
    stage,
    drawing.element,
    read,
    html("div", { class: "course-networks" }, dense.element, convolutional.element),
    setting,
    guess.verdict,
    controls(
      points.element,
      view.element,
      training.element,
      guess.element,
      row(...fields.elements),
      actions(stage, "PixelPermutation", KEYS),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);

  return (state: State) => {
    const values = output(state);
    const { label } = original(state);
    drawing.draw(state);
    text(read, windowSentence(state));
    const secret = hidden(state);
    dense.draw(secret ? null : values[0]!, label);
    convolutional.draw(secret ? null : values[1]!, label);
    text(setting, settingSentence(state));
    guess.draw(state);
    points.show(
      names.find(
        (name) => POINTS[name].view === state.view && POINTS[name].training === state.training,
      ) ?? null,
    );
    view.show(state.view);
    training.show(state.training);
    fields.show(state);
    code.show(() => snippet(state));
    stage.narrate(spoken(state, values));
  };
}
