/** A stack of layers, with and without skips: how large activations and gradients are in each. */

import { INITIALISATIONS, STACK_ACTIVATIONS } from "../core/residual-stack.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { switchBox } from "../ui/switch-box.ts";
import { prediction } from "./mnist-1d/prediction.ts";
import { picture } from "./residual-depth/picture.ts";
import { PRESET_NAMES, presetNamed, presetOf } from "./residual-depth/presets.ts";
import {
  guessSentence,
  layerSentence,
  removedSentence,
  resultSentence,
} from "./residual-depth/sentences.ts";
import { snippet } from "./residual-depth/snippet.ts";
import {
  change,
  check,
  GUESSES,
  hidden,
  KEYS,
  LIMITS,
  type State,
  settle,
  sizesOf,
  stackOf,
} from "./residual-depth/state.ts";
import { numbers } from "./residual-depth/table.ts";

export default defineDemo<State>({
  name: "residual-depth",
  keys: KEYS,
  settle,
  check,
  derive: (state) => {
    const { activations, gradients, loss } = sizesOf(stackOf(state));
    return { activations, gradients, loss, change: change(state) };
  },
  build,
});

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const result = html("p", { class: "course-sentence result" });
  const read = html("p", { class: "course-facts reading" });
  const gone = html("p", { class: "course-sentence removed" });
  const guess = prediction(stage, {
    ask: "Predict the gradient before it shows",
    label: "Back to the stem the gradient",
    guesses: GUESSES,
    hidden,
    answerable: () => true,
    verdict: guessSentence,
  });
  const worth = presets(stage, {
    label: "Worth a look",
    names: PRESET_NAMES,
    take: (name) => stage.update(presetNamed(name)),
  });
  const switches = (
    [
      ["skip", "Skips: h + f[h]"],
      ["batch_norm", "Batch normalisation"],
      ["compare", "Compare with the skips switched"],
    ] as const
  ).map(([name, label]) => ({
    name,
    ...switchBox(stage, { name, label, change: (on) => stage.update({ [name]: on }) }),
  }));
  const steppers = (
    [
      ["depth", "Layers"],
      ["width", "Channels"],
      ["seed", "Seed"],
    ] as const
  ).map(([name, label]) => ({
    name,
    ...stepper(stage, {
      name,
      label,
      ...LIMITS[name],
      change: (value) => stage.update({ [name]: value }),
    }),
  }));
  const initialisation = choice(stage, {
    name: "initialisation",
    label: "Initialisation",
    values: INITIALISATIONS,
    change: (value) => stage.update({ initialisation: value }),
  });
  const activation = choice(stage, {
    name: "activation",
    label: "Activation",
    values: STACK_ACTIVATIONS,
    change: (value) => stage.update({ activation: value }),
  });
  const take = html("button", { type: "button" });
  take.addEventListener(
    "click",
    () => {
      const { layer, removed } = stage.state();
      if (layer > 0) stage.update({ removed: removed === layer ? 0 : layer });
    },
    { signal: stage.signal },
  );
  const all = numbers(stage);
  const code = codePanel(stage, "The same in PyTorch");
  frame(
    stage,
    html(
      "div",
      { class: "course-controls start" },
      worth.element,
      row(...switches.map(({ element }) => element)),
      guess.element,
    ),
    result,
    guess.verdict,
    drawing.element,
    read,
    html(
      "div",
      { class: "course-field taken" },
      take,
      gone,
      stage.slot("layer", take),
      stage.slot("removed"),
    ),
    controls(
      row(...steppers.map(({ element }) => element)),
      row(initialisation.element, activation.element),
      all.element,
      actions(stage, "ResidualDepth", KEYS),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);

  return (state: State) => {
    const { layer, removed } = state;
    drawing.draw(state);
    guess.draw(state);
    worth.show(presetOf(state));
    for (const { name, show } of switches) show(state[name]);
    for (const { name, show } of steppers) show(state[name]);
    initialisation.show(state.initialisation);
    activation.show(state.activation);
    text(take, layer > 0 && layer === removed ? "Put it back" : `Take layer ${layer || "…"} out`);
    set(take, { "aria-disabled": layer === 0 ? "true" : null });
    const words = resultSentence(state);
    text(result, words);
    text(read, layerSentence(state));
    text(gone, removedSentence(state));
    all.draw(state);
    code.show(() => snippet(state));
    stage.narrate(removed > 0 ? `${words} ${removedSentence(state)}` : words);
  };
}
