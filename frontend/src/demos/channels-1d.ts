/** Channels: several signals in, several out, each out of all, and what they still say together. */

import { equal } from "../core/equal.ts";
import { subscript } from "../core/format.ts";
import { KERNELS, kernelName, namedKernel } from "../core/kernels.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { listField } from "../ui/list-field.ts";
import { drawLines } from "../ui/pieces.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { switchBox } from "../ui/switch-box.ts";
import { transport } from "../ui/transport.ts";
import { CASES, caseNamed, withInputs, withOutputs, withSize } from "./channels-1d/cases.ts";
import { filters } from "./channels-1d/filters.ts";
import { keeping } from "./channels-1d/keeping.ts";
import { picture } from "./channels-1d/picture.ts";
import { equation, parameters, rebuiltSentence, spoken } from "./channels-1d/sentences.ts";
import { snippet } from "./channels-1d/snippet.ts";
import {
  check,
  KEYS,
  LIMITS,
  lasts,
  output,
  PADDINGS,
  reconstruction,
  type State,
  settle,
} from "./channels-1d/state.ts";

export default defineDemo<State>({
  name: "channels-1d",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({
    output: output(state),
    reconstruction: reconstruction(state)?.signals ?? [],
  }),
  build,
});

const SLICES = [...KERNELS, "−derivative", "zero"] as const;

/** A slice by its name: the named kernels, the derivative turned about, and nothing. */
function sliceNamed(name: (typeof SLICES)[number], size: number): number[] | null {
  if (name === "zero") return new Array<number>(size).fill(0);
  if (name !== "−derivative") return namedKernel(name, size);
  return namedKernel("derivative", size)?.map((w) => 0 - w) ?? null;
}

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const blocks = filters(stage);
  const lines = html("div", { class: "course-equation" });
  const keep = keeping(stage);
  const rebuilt = html("p", { class: "course-sentence" });
  const player = transport(stage, {
    name: "position",
    label: "Position of the window",
    go: (position) => stage.update({ position }),
  });
  const channel = stepper(stage, {
    name: "channel",
    label: "Output channel",
    ...LIMITS.channels,
    change: (value) => stage.update({ channel: value - 1 }),
  });
  const inputs = stepper(stage, {
    name: "inputs",
    label: "Input channels",
    ...LIMITS.channels,
    change: (count) => stage.update(withInputs(stage.state(), count)),
  });
  const outputs = stepper(stage, {
    name: "outputs",
    label: "Output channels",
    ...LIMITS.channels,
    change: (count) => stage.update(withOutputs(stage.state(), count)),
  });
  const size = stepper(stage, {
    name: "kernel-size",
    label: "Kernel size",
    ...LIMITS.size,
    change: (count) => stage.update(withSize(stage.state(), count)),
  });
  const cases = presets(stage, {
    label: "Layer",
    names: CASES,
    take: (name) =>
      stage.update({ ...caseNamed(name), channel: 0, source: 0, position: 4, muted: [] }),
  });
  const named = presets(stage, {
    label: "becomes",
    names: SLICES,
    take: (name) => {
      const { kernels, channel: o, source } = stage.state();
      const weights = sliceNamed(name, kernels[0]![0]!.length);
      if (weights) stage.update({ kernels: kernels.with(o, kernels[o]!.with(source, weights)) });
    },
  });
  const source = stepper(stage, {
    name: "source",
    label: "Slice of input channel",
    ...LIMITS.channels,
    change: (value) => stage.update({ source: value - 1 }),
  });
  const relu = switchBox(stage, {
    name: "relu",
    label: "ReLU",
    change: (on) => stage.update({ relu: on }),
  });
  const explode = switchBox(stage, {
    name: "explode",
    label: "One filter, slice by slice",
    change: (on) => stage.update({ explode: on }),
  });
  const padding = choice(stage, {
    name: "padding",
    label: "Padding",
    values: PADDINGS,
    change: (value) => stage.update({ padding: value }),
  });
  const values = listField(stage, {
    name: "signals",
    label: "x =",
    spoken: "Values of the input channel",
    range: LIMITS.value,
    counts: LIMITS.length,
    change: (typed) => {
      const { signals, source: c } = stage.state();
      // One channel may have any length; of several all must go on to fit.
      stage.update({ signals: signals.with(c, typed) });
    },
  });
  const own = values.element.querySelector("label")!;
  const count = html("span", { class: "course-number" });
  const meaning = html("span", {});
  const code = codePanel(stage, "The same in PyTorch");

  frame(
    stage,
    drawing.element,
    lines,
    rebuilt,
    controls(
      player.element,
      row(channel.element, relu.element, explode.element),
      keep.element,
      blocks.element,
      source.element,
      named.element,
      cases.element,
      row(inputs.element, outputs.element, size.element),
      padding.element,
      values.element,
      html("p", { class: "course-facts" }, "Parameters ", count, html("br"), meaning),
      actions(stage, "Channels1D", KEYS, player.stop),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);
  watchWidth(blocks.element, stage.signal, blocks.resize);

  return (state: State) => {
    const result = output(state);
    drawing.draw(state, result);
    blocks.draw(state);
    drawLines(lines, equation(state));
    keep.draw(state);
    const found = rebuiltSentence(state, reconstruction(state));
    text(rebuilt, found);
    const most = lasts(state);
    player.show(state.position, most.position + 1);
    channel.show(state.channel + 1);
    inputs.show(state.signals.length);
    outputs.show(state.kernels.length);
    size.show(state.kernels[0]![0]!.length);
    source.show(state.source + 1);
    relu.show(state.relu);
    explode.show(state.explode);
    padding.show(state.padding);
    const { signals, kernels, biases } = state;
    cases.show(CASES.find((name) => equal(caseNamed(name), { signals, kernels, biases })) ?? null);
    const slice = kernels[state.channel]![state.source]!;
    const impossible = SLICES.filter((name) => sliceNamed(name, slice.length) === null);
    const isNamed = SLICES.find((name) => equal(sliceNamed(name, slice.length), slice));
    named.show(kernelName(slice) ?? isNamed ?? null, impossible);
    text(own, `x${subscript(state.source + 1)} =`);
    values.show(signals[state.source]!);
    const facts = parameters(state);
    text(count, facts.formula);
    text(meaning, facts.meaning);
    code.show(() => snippet(state));
    stage.narrate([spoken(state, result), found].filter(Boolean).join(". "));
  };
}
