/** The controls below the picture: each changes one thing, and shows what holds. */

import { ACTIVATIONS } from "../../core/activation.ts";
import { equal } from "../../core/equal.ts";
import { PADDINGS } from "../../core/padding.ts";
import { choice } from "../../ui/choice.ts";
import type { Stage } from "../../ui/demo.ts";
import { html } from "../../ui/dom.ts";
import { row } from "../../ui/frame.ts";
import { listField } from "../../ui/list-field.ts";
import { presets } from "../../ui/presets.ts";
import { stepper } from "../../ui/stepper.ts";
import { transport } from "../../ui/transport.ts";
import { PRESET_NAMES, PRESETS, takePreset } from "./presets.ts";
import { allBiases, isDense, KINDS, LIMITS, type State } from "./state.ts";

/** @returns the rows of controls, the function that shows a state in them, and `stop`. */
export function controlsOf(stage: Stage<State>) {
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
    row(size.element, stride!.element, dilation!.element),
    padding.element,
  );
  return {
    elements: [
      player.element,
      kind.element,
      show.element,
      ofConvolution,
      row(inputs.element, activation.element),
      row(signal.element, kernel.element, bias.element),
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

function presetOf(state: State) {
  const holds = (name: (typeof PRESET_NAMES)[number]) =>
    Object.entries(PRESETS[name]).every(([key, value]) => equal(state[key as keyof State], value));
  return PRESET_NAMES.find(holds) ?? null;
}

/** A list of another length: cut at its end, or with more of what was there. */
function resize(values: readonly number[], count: number, fresh: number): number[] {
  return Array.from({ length: count }, (_, i) => values[i] ?? fresh);
}
