/** A layer of hidden units, fully connected or a convolution, and the matrix of its weights. */

import { ACTIVATIONS } from "../core/activation.ts";
import { equal } from "../core/equal.ts";
import { PADDINGS } from "../core/padding.ts";
import { resetButton, stateButton } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, list, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { listField } from "../ui/list-field.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { transport } from "../ui/transport.ts";
import { activationPlot } from "./weight-matrix/activation-plot.ts";
import { picture } from "./weight-matrix/picture.ts";
import { PRESET_NAMES, PRESETS, takePreset } from "./weight-matrix/presets.ts";
import {
  copiesSentence,
  countRows,
  formula,
  numbers,
  type Piece,
  spoken,
} from "./weight-matrix/sentences.ts";
import { snippet } from "./weight-matrix/snippet.ts";
import {
  allBiases,
  check,
  isDense,
  KEYS,
  KINDS,
  LIMITS,
  layerOf,
  type State,
  settle,
} from "./weight-matrix/state.ts";

export default defineDemo<State>({
  name: "weight-matrix",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({ output: layerOf(state).output }),
  build,
});

function build(stage: Stage<State>) {
  let pointed: number | null = null;
  const drawing = picture(stage, (weight) => {
    pointed = weight;
  });
  const plot = activationPlot();
  const general = html("p", { class: "course-equation" });
  const worked = html("p", { class: "course-equation" });
  const places = html("p", { class: "course-sentence course-places" });
  const counts = html("tbody", {});
  const table = html("table", { class: "course-counts" }, html("caption", {}, "To learn"), counts);
  const controls = controlsOf(stage);
  const code = codePanel(stage, "The same in PyTorch");
  const heading = {
    id: stage.id("title"),
    class: "course-title",
    role: "heading",
    "aria-level": 3,
  };
  const side = html("div", { class: "course-side" }, plot.element, table);
  const scene = html("div", { class: "course-scene" }, drawing.element, side);
  stage.root.prepend(
    html("p", heading, String(stage.model.get("title") ?? "")),
    html("p", { class: "course-hint" }, String(stage.model.get("hint") ?? "")),
    html(
      "div",
      { class: "course-body" },
      scene,
      places,
      general,
      worked,
      html(
        "div",
        { class: "course-controls" },
        ...controls.elements,
        html(
          "div",
          { class: "course-actions" },
          resetButton(stage, controls.stop),
          stateButton(stage, "WeightMatrix", KEYS),
          stage.slot("link"),
        ),
        code.element,
      ),
    ),
  );
  set(stage.root, { role: "group", "aria-labelledby": heading.id });
  watchWidth(stage.root, stage.signal, drawing.resize);

  let last = "";
  return (state: State) => {
    const layer = layerOf(state);
    drawing.draw(state, layer);
    plot.draw(state, layer);
    text(places, copiesSentence(state, layer, pointed));
    list(general, formula(state, layer), () => html("span"), drawPiece);
    list(worked, numbers(state, layer), () => html("span"), drawPiece);
    list(
      counts,
      countRows(state).map((row) => ({ ...row, here: row.kind === state.kind })),
      () => html("tr", {}, html("th", { scope: "row" }), html("td"), html("td")),
      (row, { kind, counts: made, total, here }) => {
        for (const [i, words] of [kind, made, total].entries()) text(row.children[i]!, words);
        set(row, { class: here ? "here" : null });
      },
    );
    controls.show(state, layer.output.length);
    code.show(snippet(state));
    const words = spoken(state, layer);
    if (last !== "" && words !== last) stage.announce(words);
    last = words;
  };
}

function controlsOf(stage: Stage<State>) {
  const kind = choice(stage, {
    name: "kind",
    label: "Layer",
    values: KINDS,
    change: (value) => stage.update({ kind: value }),
  });
  const show = presets(stage, {
    label: "Show",
    names: PRESET_NAMES,
    take: (name) => stage.update(takePreset(name)),
  });
  const player = transport(stage, {
    name: "unit",
    label: "Unit",
    go: (unit) => stage.update({ unit }),
  });
  const inputs = stepper(stage, {
    name: "inputs",
    label: "Inputs",
    ...LIMITS.signal,
    change: (count) => stage.update({ signal: resize(stage.state().signal, count, 1) }),
  });
  const size = stepper(stage, {
    name: "kernel-size",
    label: "Kernel size",
    ...LIMITS.kernel,
    change: (count) => stage.update({ kernel: resize(stage.state().kernel, count, 0.3) }),
  });
  const [stride, dilation] = (["stride", "dilation"] as const).map((name) =>
    stepper(stage, {
      name,
      label: name[0]!.toUpperCase() + name.slice(1),
      ...LIMITS[name],
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const padding = choice(stage, {
    name: "padding",
    label: "Padding",
    values: PADDINGS,
    change: (value) => stage.update({ padding: value }),
  });
  const activation = choice(stage, {
    name: "activation",
    label: "Activation",
    values: ACTIVATIONS,
    change: (value) => stage.update({ activation: value }),
  });
  const signal = listField(stage, {
    name: "signal",
    label: "x =",
    spoken: "Input x",
    range: LIMITS.value,
    counts: LIMITS.signal,
    change: (values) => stage.update({ signal: values }),
  });
  const kernel = listField(stage, {
    name: "kernel",
    label: "ω =",
    spoken: "Weights ω",
    range: LIMITS.weight,
    counts: LIMITS.kernel,
    change: (values) => stage.update({ kernel: values }),
  });
  const bias = listField(stage, {
    name: "bias",
    label: "β =",
    spoken: "Bias β",
    range: LIMITS.value,
    counts: { min: 1, max: LIMITS.signal.max },
    change: (values) => {
      const state = stage.state();
      if (isDense(state)) return stage.update({ biases: values });
      if (values.length === 1) return stage.update({ bias: values[0]! });
      const message = "Bias β: a convolution has one, the same for every unit.";
      return stage.complain({ control: "bias", message });
    },
  });
  const ofConvolution = html(
    "div",
    { class: "course-group" },
    html("div", { class: "course-row" }, size.element, stride!.element, dilation!.element),
    padding.element,
  );
  return {
    elements: [
      player.element,
      kind.element,
      show.element,
      ofConvolution,
      html("div", { class: "course-row" }, inputs.element, activation.element),
      html("div", { class: "course-row" }, signal.element, kernel.element, bias.element),
    ],
    stop: player.stop,
    show(state: State, units: number) {
      const dense = isDense(state);
      player.show(state.unit, units);
      kind.show(state.kind);
      show.show(presetOf(state));
      inputs.show(state.signal.length);
      size.show(state.kernel.length);
      stride!.show(state.stride);
      dilation!.show(state.dilation);
      padding.show(state.padding);
      activation.show(state.activation);
      signal.show(state.signal);
      kernel.show(state.kernel);
      bias.show(dense ? allBiases(state) : [state.bias]);
      // What a fully connected layer does not have cannot be set.
      ofConvolution.hidden = dense;
      kernel.element.hidden = dense;
    },
  };
}

function drawPiece(element: Element, { words, role }: Piece): void {
  text(element, words);
  set(element, { class: role ? `role-${role}` : null });
}

function presetOf(state: State) {
  const holds = (name: (typeof PRESET_NAMES)[number]) =>
    Object.entries(PRESETS[name]).every(([key, value]) => equal(state[key as keyof State], value));
  return PRESET_NAMES.find(holds) ?? null;
}

/** A list of another length: cut at its end, or with more of what was there. */
function resize(values: readonly number[], count: number, fresh: number): number[] {
  return Array.from({ length: count }, (_, i) => values[i] ?? fresh);
}
