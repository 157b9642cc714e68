/** Where the signal comes from, and what is done to it. */

import { exact } from "../../core/format.ts";
import { choice } from "../../ui/choice.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set } from "../../ui/dom.ts";
import { listField } from "../../ui/list-field.ts";
import { slider } from "../../ui/slider.ts";
import { stepper } from "../../ui/stepper.ts";
import { fromTemplate, LIMITS, type State, values } from "./state.ts";

const SOURCES = ["template", "test sample", "own signal"] as const;

/** The numbers of the sampler, each by what it does. */
const DEFORMATIONS = [
  { name: "place", label: "Place", step: 1 },
  { name: "padding", label: "Zeros padded", step: 1 },
  { name: "scale", label: "Scale", step: 0.05 },
  { name: "shear", label: "Shear", step: 0.05 },
  { name: "noise", label: "Noise", step: 0.05 },
] as const;

export function controls(stage: Stage<State>) {
  const source = choice(stage, {
    name: "source",
    label: "Signal",
    values: SOURCES,
    change: (value) => {
      if (value !== "own signal") {
        return stage.update({ source: value === "template" ? "template" : "sample", signal: [] });
      }
      // What is seen becomes the reader's own, unshifted.
      const signal = values(stage.state()).map((v) => Number(v.toFixed(2)));
      return stage.update({ signal, shift: 0 });
    },
  });
  const [digit, sample, shift, seed] = (
    [
      ["digit", "Digit"],
      ["sample", "Sample"],
      ["shift", "Shift"],
      ["seed", "Noise seed"],
    ] as const
  ).map(([name, label]) =>
    stepper(stage, {
      name,
      label,
      ...LIMITS[name],
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const sliders = DEFORMATIONS.map(({ name, label, step }) =>
    slider(stage, {
      name,
      label,
      step,
      ...LIMITS[name],
      spell: exact,
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const deformations = html("div", { class: "sliders" }, ...sliders.map((one) => one.element));
  const element = html(
    "div",
    { class: "course-controls" },
    html(
      "div",
      { class: "course-row" },
      source.element,
      digit!.element,
      sample!.element,
      shift!.element,
      seed!.element,
    ),
    deformations,
  );
  const signal = listField(stage, {
    name: "signal",
    label: "x =",
    spoken: "Signal x, 40 values",
    range: LIMITS.value,
    counts: { min: 40, max: 40 },
    change: (list) => stage.update({ signal: list, shift: 0 }),
  });
  let shown: { key: readonly number[]; values: number[] } | null = null;
  const show = (state: State) => {
    const template = fromTemplate(state);
    const own = state.signal.length > 0;
    source.show(own ? "own signal" : template ? "template" : "test sample");
    for (const [one, seen] of [
      [digit!, template],
      [seed!, template],
      [sample!, !template && !own],
      [shift!, !template],
    ] as const) {
      set(one.element, { hidden: !seen });
    }
    set(deformations, { hidden: !template });
    digit!.show(state.digit);
    seed!.show(state.seed);
    sample!.show(state.sample);
    shift!.show(state.shift);
    for (const [i, { name }] of DEFORMATIONS.entries()) sliders[i]!.show(state[name]);
  };
  const showValues = (state: State) => {
    const key = values(state);
    if (shown?.key !== key) {
      shown = { key, values: key.map((value) => Number(value.toFixed(3))) };
    }
    signal.show(shown.values);
  };
  return { element, signal: signal.element, show, showValues };
}
