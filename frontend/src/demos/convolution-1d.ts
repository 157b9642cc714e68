/** Slide a kernel along a signal: every product, every option, exactly. */

import { equal } from "../core/equal.ts";
import { KERNELS, kernelName, namedKernel, randomKernel, resizeKernel } from "../core/kernels.ts";
import { PADDINGS } from "../core/padding.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { listField } from "../ui/list-field.ts";
import { drawPieces } from "../ui/pieces.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { transport } from "../ui/transport.ts";
import { matrixView } from "./convolution-1d/matrix-view.ts";
import { picture } from "./convolution-1d/picture.ts";
import { prediction } from "./convolution-1d/prediction.ts";
import { equation, lengthFormula, shiftSentence, spoken } from "./convolution-1d/sentences.ts";
import { SIGNALS, signalNamed } from "./convolution-1d/signals.ts";
import { snippet } from "./convolution-1d/snippet.ts";
import { check, KEYS, LIMITS, output, type State, settle } from "./convolution-1d/state.ts";

export default defineDemo<State>({
  name: "convolution-1d",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({ output: output(state) }),
  build,
});

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const matrix = matrixView(stage);
  const formula = html("p", { class: "course-equation" });
  const guess = prediction(stage);
  const player = transport(stage, {
    name: "position",
    label: "Position of the window",
    go: (position) => stage.update({ position }),
  });
  const size = stepper(stage, {
    name: "kernel-size",
    label: "Kernel size",
    ...LIMITS.kernel,
    change: (value) => stage.update({ kernel: resizeKernel(stage.state().kernel, value) }),
  });
  const [stride, dilation, shift] = (["stride", "dilation", "shift"] as const).map((name) =>
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
  let seed = 0;
  const kernels = presets(stage, {
    label: "Kernel",
    names: [...KERNELS, "random"],
    take: (name) => {
      const count = stage.state().kernel.length;
      const kernel = name === "random" ? randomKernel(count, ++seed) : namedKernel(name, count);
      if (kernel) stage.update({ kernel });
    },
  });
  const signals = presets(stage, {
    label: "Signal",
    names: SIGNALS,
    take: (name) => stage.update({ signal: signalNamed(name, ++seed) }),
  });
  const lists = (["signal", "kernel"] as const).map((name) =>
    listField(stage, {
      name,
      label: name === "signal" ? "x =" : "ω =",
      spoken: name === "signal" ? "Signal x" : "Weights ω",
      range: LIMITS.value,
      counts: LIMITS[name],
      change: (values) => stage.update({ [name]: values }),
    }),
  );
  const moved = html("p", { class: "course-sentence" });
  const length = html("span", { class: "course-number" });
  const meaning = html("span", {});
  const code = codePanel(stage, "The same in PyTorch");

  const settings = [size, stride!, dilation!, shift!].map(({ element }) => element);
  frame(
    stage,
    html("div", { class: "course-scene" }, drawing.element, matrix.element),
    formula,
    guess.verdict,
    moved,
    controls(
      player.element,
      guess.element,
      row(...settings),
      padding.element,
      kernels.element,
      signals.element,
      row(...lists.map(({ element }) => element)),
      html("p", { class: "course-facts" }, "Output length ", length, html("br"), meaning),
      actions(stage, "Convolution1D", KEYS, player.stop),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);
  watchWidth(stage.root, stage.signal, matrix.resize);

  return (state: State) => {
    const values = output(state);
    drawing.draw(state, values);
    matrix.draw(state);
    drawPieces(formula, equation(state, values));
    guess.draw(state);
    text(moved, shiftSentence(state, values));
    player.show(state.position, values.length);
    size.show(state.kernel.length);
    stride!.show(state.stride);
    dilation!.show(state.dilation);
    shift!.show(state.shift);
    padding.show(state.padding);
    kernels.show(kernelName(state.kernel), tooSmallFor(state.kernel.length));
    signals.show(SIGNALS.find((name) => equal(signalNamed(name), state.signal)) ?? null);
    lists[0]!.show(state.signal);
    lists[1]!.show(state.kernel);
    const facts = lengthFormula(state);
    text(length, facts.formula);
    text(meaning, facts.meaning);
    code.show(() => snippet(state));
    stage.narrate([spoken(state, values), shiftSentence(state, values)].filter(Boolean).join(". "));
  };
}

const tooSmallFor = (count: number) => KERNELS.filter((name) => namedKernel(name, count) === null);
