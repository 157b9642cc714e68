/** Build a stack of layers; point at a unit and see its inputs, at an input and see its reach. */

import { equal } from "../core/equal.ts";
import { once } from "../core/once.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { drawLines } from "../ui/pieces.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { type Drawn, randomDraws } from "./receptive-field/draws.ts";
import { picture } from "./receptive-field/picture.ts";
import { STACKS, stackNamed } from "./receptive-field/presets.ts";
import {
  channelSentence,
  formulas,
  inputSentence,
  unitSentence,
  viewSentence,
} from "./receptive-field/sentences.ts";
import { snippet } from "./receptive-field/snippet.ts";
import {
  check,
  derived,
  KEYS,
  LIMITS,
  middleUnit,
  SETTING_NAMES,
  SETTINGS,
  type State,
  settle,
  VIEWS,
} from "./receptive-field/state.ts";
import { stackTable } from "./receptive-field/table.ts";

export default defineDemo<State>({
  name: "receptive-field",
  keys: KEYS,
  settle,
  check,
  derive: derived,
  build,
});

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const table = stackTable(stage);
  const said = html("p", { class: "course-sentence" });
  const reached = html("p", { class: "course-sentence reach" });
  const counted = html("p", { class: "course-facts" });
  const formula = html("div", { class: "formulas" });
  const channelFacts = html("p", { class: "course-facts" });
  const code = codePanel(stage, "The same in PyTorch");

  const stacks = presets(stage, {
    label: "Stack",
    names: STACKS,
    take: (name) => {
      const { layer } = stage.state();
      const taken = stackNamed(name);
      stage.update({ ...taken, layer: Math.min(layer, taken.layers.length) });
    },
  });
  const settings = SETTINGS.map((name, i) =>
    stepper(stage, {
      name,
      label: SETTING_NAMES[name],
      ...LIMITS[name],
      change: (value) => {
        const { layers, layer } = stage.state();
        const changed = layers[layer - 1]!.with(i, value);
        stage.update({ layers: layers.with(layer - 1, changed) });
      },
    }),
  );
  const length = stepper(stage, {
    name: "length",
    label: "Inputs",
    ...LIMITS.length,
    change: (value) => stage.update({ length: value }),
  });
  const channels = stepper(stage, {
    name: "channels",
    label: "Channels",
    ...LIMITS.channels,
    change: (value) => stage.update({ channels: value }),
  });
  const add = action("Add a layer", () => {
    const { layers, unit } = stage.state();
    if (layers.length >= LIMITS.layers.max) return;
    const stack = { layers: [...layers, layers.at(-1)!], layer: layers.length + 1 };
    // Whoever points at the last layer goes on to the new one, at the nearest unit there is.
    const bare = { ...stage.state(), ...stack, unit: [] };
    const follows = unit[0] === layers.length && check(bare) === null;
    const most = follows ? derived(bare).lengths.at(-1)! - 1 : 0;
    const followed = follows ? { unit: [layers.length + 1, Math.min(unit[1]!, most)] } : {};
    stage.update({ ...stack, ...followed });
  });
  const remove = action("Remove", () => {
    const { layers, layer, unit } = stage.state();
    if (layers.length <= LIMITS.layers.min) return;
    const left = layers.filter((_, i) => i !== layer - 1);
    const row = unit[0] === undefined ? [] : [Math.min(unit[0], left.length), unit[1]!];
    stage.update({ layers: left, layer: Math.min(layer, left.length), unit: row });
  });
  const view = choice(stage, {
    name: "view",
    label: "Above the inputs",
    values: VIEWS,
    change: (value) => {
      const { unit } = stage.state();
      const needed = value !== "field" && unit.length === 0;
      stage.update({ view: value, ...(needed ? { unit: middleUnit(stage.state()) } : {}) });
    },
  });
  const draws = choice(stage, {
    name: "draws",
    label: "Random draws",
    values: ["1", "10", "100", "1000"],
    change: (value) => stage.update({ draws: Number(value) }),
  });
  const again = action("Draw others", () => {
    stage.update({ seed: (stage.state().seed + 1) % (LIMITS.seed.max + 1) });
  });
  const drawControls = row(draws.element, again);

  function action(label: string, act: () => void) {
    const button = html("button", { type: "button" }, label);
    button.addEventListener("click", act, { signal: stage.signal });
    return button;
  }

  const chosen = html("span", { class: "course-label chosen-layer" });
  frame(
    stage,
    drawing.element,
    said,
    reached,
    counted,
    controls(
      view.element,
      drawControls,
      stacks.element,
      html(
        "div",
        { class: "stack" },
        table.element,
        row(chosen, ...settings.map(({ element }) => element), remove, add),
        formula,
      ),
      row(length.element, channels.element),
      channelFacts,
      actions(stage, "ReceptiveField", KEYS),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);

  const drawn = randomDraws(stage.signal, (now) => {
    const state = stage.state();
    drawing.drawStrips(state, now);
    text(counted, viewSentence(state, now.squared, now.drawn));
    if (now.done) publish(now);
  });
  /** The gradients as traits, once all draws have been made. */
  const publish = ({ squared, signed }: Drawn) => {
    stage.model.set("squared", squared);
    stage.model.set("signed", signed);
    stage.model.save_changes();
    stage.announce(viewSentence(stage.state(), squared, stage.state().draws));
  };

  return (state: State) => {
    const now = drawn(state);
    drawing.draw(state, now);
    table.draw(state);
    text(said, unitSentence(state));
    text(reached, inputSentence(state));
    text(counted, viewSentence(state, now.squared, now.drawn));
    drawLines(formula, formulas(state));
    text(chosen, `Layer ${state.layer}`);
    for (const [i, { show }] of settings.entries()) show(state.layers[state.layer - 1]![i]!);
    set(remove, { "aria-disabled": state.layers.length <= LIMITS.layers.min ? "true" : null });
    set(add, { "aria-disabled": state.layers.length >= LIMITS.layers.max ? "true" : null });
    length.show(state.length);
    channels.show(state.channels);
    view.show(state.view);
    draws.show(String(state.draws) as "1");
    drawControls.hidden = state.view !== "gradients";
    stacks.show(stackName(state));
    text(channelFacts, channelSentence(state));
    code.show(() => snippet(state));
    const words = [unitSentence(state), inputSentence(state)].filter(Boolean).join(" ");
    stage.narrate(words || "Nothing is pointed at.");
  };
}

/** Which preset this stack is, wherever it is pointed at. */
const stackName = once(({ length, layers, channels }: State) => {
  const same = (name: (typeof STACKS)[number]) => {
    const preset = stackNamed(name);
    return equal([length, layers, channels], [preset.length, preset.layers, preset.channels]);
  };
  return STACKS.find(same) ?? null;
});
