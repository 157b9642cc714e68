/** Slide a kernel over an image: every product, every option, exactly, with its sign. */

import { DRAWINGS, drawingNamed, greyRows } from "../core/drawings.ts";
import { equal } from "../core/equal.ts";
import {
  KERNELS_2D,
  kernelName2d,
  namedKernel2d,
  randomKernel2d,
  resizeKernel2d,
} from "../core/kernels2d.ts";
import { PADDINGS } from "../core/padding.ts";
import { PHOTOGRAPHS } from "../data/photographs.ts";
import { actions } from "../ui/actions.ts";
import { checkOwn } from "../ui/checks.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { numberField } from "../ui/number-field.ts";
import { ownImage } from "../ui/own-image.ts";
import { drawPieces } from "../ui/pieces.ts";
import { prediction } from "../ui/prediction.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { watchTheme } from "../ui/theme.ts";
import { transport } from "../ui/transport.ts";
import { arithmetic } from "./convolution-2d/arithmetic.ts";
import { inputView, reach } from "./convolution-2d/input-view.ts";
import { NUMBERS, numbersNamed } from "./convolution-2d/inputs.ts";
import { outputView } from "./convolution-2d/output-view.ts";
import {
  costs,
  equation,
  nameOf,
  reading,
  shapeFormula,
  spoken,
  verdict,
} from "./convolution-2d/sentences.ts";
import { snippet } from "./convolution-2d/snippet.ts";
import {
  ACTIVATIONS,
  check,
  computed,
  input,
  KEYS,
  LIMITS,
  LINKABLE,
  SOURCES,
  type State,
  settle,
  VIEWS,
} from "./convolution-2d/state.ts";

/** Milliseconds for an output while it plays: numbers are read, pixels are only watched. */
const BEATS = { numbers: 700, picture: 40 };

const SIZES = ["1×1", "3×3", "5×5", "7×7"] as const;

export default defineDemo<State>({
  name: "convolution-2d",
  keys: KEYS,
  linkable: LINKABLE,
  settle,
  check,
  derive: (state) => ({ output: computed(state).rows }),
  build,
});

function build(stage: Stage<State>) {
  const before = inputView(stage);
  const after = outputView(stage);
  const sum = arithmetic(stage);
  const formula = html("p", { class: "course-equation" });
  const read = html("p", { class: "course-reading" });
  const columns = () => computed(stage.state()).output.columns;
  const player = transport(stage, {
    name: "place",
    label: "Position of the window",
    beat: () => (stage.state().source === "numbers" ? BEATS.numbers : BEATS.picture),
    go: (at) => stage.update({ row: Math.floor(at / columns()), column: at % columns() }),
  });
  const guess = prediction(stage, {
    label: "Predict each output before it shows",
    range: LIMITS.guess,
    predict: (on) => stage.update({ predict: on }),
    guess: (value) => stage.update({ guess: value }),
    verdict: () => verdict(stage.state()),
  });
  const source = choice(stage, {
    name: "source",
    label: "Input",
    values: SOURCES,
    change: (value) => {
      if (value !== "own" || stage.state().own.length > 0) return stage.update({ source: value });
      stage.complain(checkOwn(true, []));
      return stage.redraw();
    },
  });
  const named = [
    presets(stage, {
      label: "Photograph",
      names: PHOTOGRAPHS,
      take: (name) => stage.update({ photograph: name }),
    }),
    presets(stage, {
      label: "Drawing",
      names: DRAWINGS,
      take: (name) => stage.update({ drawing: drawingNamed(name) }),
    }),
    presets(stage, {
      label: "Numbers",
      names: NUMBERS,
      take: (name) => stage.update({ numbers: numbersNamed(name) }),
    }),
  ];
  const own = ownImage(stage, {
    side: LIMITS.own.most,
    also: ", in grey",
    take: (rgb) => stage.update({ source: "own", own: greyRows(rgb, LIMITS.own.most) }),
  });
  let seed = 0;
  const kernels = presets(stage, {
    label: "Kernel",
    names: [...KERNELS_2D, "random"],
    take: (name) => {
      const size = stage.state().kernel.length;
      const kernel =
        name === "random"
          ? randomKernel2d(size, ++seed)
          : (namedKernel2d(name, size) ?? namedKernel2d(name, 3)!);
      stage.update({ kernel });
    },
  });
  kernels.element.append(stage.slot("kernel"));
  const size = choice(stage, {
    name: "size",
    label: "Kernel size",
    values: SIZES,
    change: (value) =>
      stage.update({ kernel: resizeKernel2d(stage.state().kernel, Number(value[0])) }),
  });
  const [stride, dilation] = (["stride", "dilation"] as const).map((name) =>
    stepper(stage, {
      name,
      label: name[0]!.toUpperCase() + name.slice(1),
      ...LIMITS[name],
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const bias = numberField(stage, {
    name: "bias",
    label: "Bias β",
    ...LIMITS.bias,
    change: (value) => stage.update({ bias: value }),
  });
  const activation = choice(stage, {
    name: "activation",
    label: "Activation",
    values: ACTIVATIONS,
    change: (value) => stage.update({ activation: value }),
  });
  const padding = choice(stage, {
    name: "padding",
    label: "Padding",
    values: PADDINGS,
    change: (value) => stage.update({ padding: value }),
  });
  const view = choice(stage, {
    name: "view",
    label: "Show the output as",
    values: VIEWS,
    change: (value) => stage.update({ view: value }),
  });
  const shape = html("span", { class: "course-number" });
  const cost = html("span", {});
  const code = codePanel(stage, "The same in PyTorch");

  frame(
    stage,
    html("div", { class: "course-scene" }, before.element, after.element),
    sum.element,
    formula,
    guess.verdict,
    read,
    controls(
      player.element,
      guess.element,
      source.element,
      ...named.map(({ element }) => element),
      own.element,
      kernels.element,
      size.element,
      row(stride!.element, dilation!.element, bias.element),
      activation.element,
      padding.element,
      view.element,
      html("p", { class: "course-facts" }, shape, html("br"), cost),
      actions(stage, "Convolution2D", LINKABLE, player.stop),
      own.note,
      code.element,
    ),
  );
  for (const { view: each } of [before, after]) {
    watchWidth(each.element, stage.signal, each.resize);
    watchTheme(stage.signal, each.themed);
  }
  /** The input whose preset is marked: to find it again means to compare with all of them. */
  let marked: unknown = null;
  const mark = (state: State) => {
    const shown = ["photograph", "drawing", "numbers"].indexOf(state.source);
    for (const [i, { element }] of named.entries()) element.hidden = i !== shown;
    const image = state.source === "photograph" ? state.photograph : state[state.source];
    if (image === marked) return;
    marked = image;
    named[0]!.show(state.photograph as never);
    named[1]!.show((DRAWINGS.find((n) => equal(drawingNamed(n), state.drawing)) ?? null) as never);
    named[2]!.show((NUMBERS.find((n) => equal(numbersNamed(n), state.numbers)) ?? null) as never);
  };

  return (state: State) => {
    const { output } = computed(state);
    const margin = reach(state);
    before.draw(state);
    after.draw(state, input(state).columns + margin.left + margin.right);
    sum.draw(state);
    drawPieces(formula, equation(state));
    text(read, reading(state));
    player.show(state.row * output.columns + state.column, output.rows * output.columns);
    guess.element.hidden = state.source !== "numbers";
    guess.draw({
      predict: state.predict,
      open: state.predict && state.guess === null,
      question: `Your prediction for ${nameOf(state)}`,
    });
    source.show(state.source);
    mark(state);
    kernels.show(kernelName2d(state.kernel));
    size.show(SIZES[(state.kernel.length - 1) / 2]!);
    stride!.show(state.stride);
    dilation!.show(state.dilation);
    bias.show(state.bias);
    activation.show(state.activation);
    padding.show(state.padding);
    view.show(state.view);
    view.element.hidden = state.source === "numbers";
    text(shape, shapeFormula(state));
    text(cost, costs(state));
    own.note.hidden = state.source !== "own";
    code.show(() => snippet(state));
    stage.narrate(spoken(state));
  };
}
