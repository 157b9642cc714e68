/** Slide a kernel along a signal: every product, every option, exactly. */

import { equal } from "../core/equal.ts";
import { KERNELS, kernelName, namedKernel, randomKernel, resizeKernel } from "../core/kernels.ts";
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
import { matrixView } from "./convolution-1d/matrix-view.ts";
import { picture } from "./convolution-1d/picture.ts";
import { prediction } from "./convolution-1d/prediction.ts";
import {
  equation,
  lengthFormula,
  type Piece,
  shiftSentence,
  spoken,
} from "./convolution-1d/sentences.ts";
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

  const title = String(stage.model.get("title") ?? "");
  const heading = {
    id: stage.id("title"),
    class: "course-title",
    role: "heading",
    "aria-level": 3,
  };
  const settings = [size, stride!, dilation!, shift!].map(({ element }) => element);
  stage.root.prepend(
    html("p", heading, title),
    html("p", { class: "course-hint" }, String(stage.model.get("hint") ?? "")),
    html(
      "div",
      { class: "course-body" },
      html("div", { class: "course-scene" }, drawing.element, matrix.element),
      formula,
      guess.verdict,
      moved,
      html(
        "div",
        { class: "course-controls" },
        player.element,
        guess.element,
        html("div", { class: "course-row" }, ...settings),
        padding.element,
        kernels.element,
        signals.element,
        html("div", { class: "course-row" }, ...lists.map(({ element }) => element)),
        html("p", { class: "course-facts" }, "Output length ", length, html("br"), meaning),
        html(
          "div",
          { class: "course-actions" },
          resetButton(stage, player.stop),
          stateButton(stage, "Convolution1D", KEYS),
          stage.slot("link"),
        ),
        code.element,
      ),
    ),
  );
  set(stage.root, { role: "group", "aria-labelledby": heading.id });
  watchWidth(drawing.element, stage.signal, drawing.resize);
  watchWidth(stage.root, stage.signal, matrix.resize);

  let last = "";
  return (state: State) => {
    const values = output(state);
    drawing.draw(state, values);
    matrix.draw(state);
    list(formula, equation(state, values), () => html("span"), drawPiece);
    guess.draw(state, values);
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
    code.show(snippet(state));
    const words = [spoken(state, values), shiftSentence(state, values)].filter(Boolean).join(". ");
    if (last !== "" && words !== last) stage.announce(words);
    last = words;
  };
}

function drawPiece(element: Element, { words, role }: Piece): void {
  text(element, words);
  set(element, { class: role ? `role-${role}` : null });
}

const tooSmallFor = (count: number) => KERNELS.filter((name) => namedKernel(name, count) === null);
