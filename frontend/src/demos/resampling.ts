/** Fewer values and more: three ways down, three ways up, and the transposed convolution. */

import { DRAWINGS, drawingNamed, greyRows } from "../core/drawings.ts";
import { equal } from "../core/equal.ts";
import { PHOTOGRAPHS } from "../data/photographs.ts";
import { actions } from "../ui/actions.ts";
import { checkOwn } from "../ui/checks.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { listField } from "../ui/list-field.ts";
import { ownImage } from "../ui/own-image.ts";
import { drawPieces } from "../ui/pieces.ts";
import { prediction } from "../ui/prediction.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { switchBox } from "../ui/switch-box.ts";
import { watchTheme } from "../ui/theme.ts";
import { transport } from "../ui/transport.ts";
import { outputRows, stamps } from "./resampling/computed.ts";
import { inputView } from "./resampling/input-view.ts";
import { LOOKS, NUMBERS, numbersNamed, PATTERNS } from "./resampling/inputs.ts";
import { matrixView } from "./resampling/matrix-view.ts";
import { legend, outputView } from "./resampling/output-view.ts";
import {
  equation,
  lengthFormula,
  question,
  reading,
  shapeFormula,
  spoken,
  verdict,
} from "./resampling/sentences.ts";
import { SIDES } from "./resampling/shapes.ts";
import { snippet } from "./resampling/snippet.ts";
import { stampsView } from "./resampling/stamps-view.ts";
import {
  check,
  KEYS,
  LIMITS,
  LINKABLE,
  SHOWS,
  SOURCES,
  type State,
  settle,
  VIEWS,
} from "./resampling/state.ts";

const BEAT_MS = 900;

export default defineDemo<State>({
  name: "resampling",
  keys: KEYS,
  linkable: LINKABLE,
  settle,
  check,
  derive: (state) => ({ output: outputRows(state) }),
  build,
});

function build(stage: Stage<State>) {
  const inputs = inputView(stage);
  const outputs = [0, 1, 2].map((index) => outputView(stage, index));
  const scale = legend();
  const sources = html("div", { class: "sources" }, ...inputs.elements);
  const results = html(
    "div",
    { class: "outputs-row" },
    ...outputs.map(({ element }) => element),
    scale.element,
  );
  const stamping = stampsView(stage);
  const matrix = matrixView(stage);
  const bench = html("div", { class: "bench" }, stamping.element, matrix.element);
  const formula = html("p", { class: "course-equation" });
  const read = html("p", { class: "course-reading" });

  const view = choice(stage, {
    name: "view",
    label: "Look at",
    values: VIEWS,
    change: (value) => stage.update({ view: value }),
  });
  const player = transport(stage, {
    name: "position",
    label: "Stamp",
    noun: "stamp",
    beat: BEAT_MS,
    go: (at) => stage.update({ position: at }),
  });
  const guess = prediction(stage, {
    label: "Predict each output before it shows",
    range: LIMITS.guess,
    predict: (on) => stage.update({ predict: on }),
    guess: (value) => stage.update({ guess: value }),
    verdict: () => verdict(stage.state()),
  });
  const looks = VIEWS.map((name) =>
    presets(stage, {
      label: "Try",
      names: Object.keys(LOOKS[name]),
      take: (look) => stage.update({ ...LOOKS[name][look], position: 0, row: 0, column: 0 }),
    }),
  );
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
      label: "Pattern",
      names: PATTERNS,
      take: (name) => stage.update({ pattern: name }),
    }),
    presets(stage, {
      label: "Numbers",
      names: NUMBERS,
      take: (name) => stage.update({ numbers: numbersNamed(name) }),
    }),
    presets(stage, {
      label: "Drawing",
      names: DRAWINGS,
      take: (name) => stage.update({ drawing: drawingNamed(name) }),
    }),
  ];
  const own = ownImage(stage, {
    side: SIDES.own,
    also: ", in grey",
    take: (rgb) => stage.update({ source: "own", own: greyRows(rgb, SIDES.own) }),
  });
  const slots = html("div", {}, stage.slot("numbers"), stage.slot("drawing"), stage.slot("place"));
  const [right, down] = (
    [
      ["shift_right", "Shift right"],
      ["shift_down", "Shift down"],
    ] as const
  ).map(([name, label]) =>
    stepper(stage, {
      ...{ name, label, ...LIMITS.shift },
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const shifts = row(right!.element, down!.element, stage.slot("shift"));
  const size = stepper(stage, {
    ...{ name: "size", label: "Window", ...LIMITS.size },
    change: (value) => stage.update({ size: value }),
  });
  const stride = stepper(stage, {
    ...{ name: "stride", label: "Stride", ...LIMITS.stride },
    change: (value) => stage.update({ stride: value }),
  });
  const padding = stepper(stage, {
    ...{ name: "padding", label: "Padding", ...LIMITS.padding },
    change: (value) => stage.update({ padding: value }),
  });
  const kernel = listField(stage, {
    ...{ name: "kernel", label: "ω =", spoken: "kernel" },
    ...{ range: LIMITS.value, counts: LIMITS.kernel },
    change: (values) => stage.update({ kernel: values }),
  });
  const values = listField(stage, {
    ...{ name: "signal", label: "y =", spoken: "signal" },
    ...{ range: LIMITS.value, counts: LIMITS.signal },
    change: (numbers) => stage.update({ signal: numbers }),
  });
  const there = switchBox(stage, {
    name: "round_trip",
    label: "Convolve first: x to A x, and back to AᵀA x",
    change: (on) => stage.update({ round_trip: on }),
  });
  const show = choice(stage, {
    name: "show",
    label: "Show",
    values: SHOWS,
    change: (value) => stage.update({ show: value }),
  });
  const shape = html("p", { class: "course-facts" });
  const code = codePanel(stage, "The same in PyTorch");

  frame(
    stage,
    controls(view.element),
    html(
      "div",
      { class: "scene" },
      sources,
      bench,
      html("div", { class: "story" }, formula, guess.verdict, read),
      results,
    ),
    controls(
      player.element,
      guess.element,
      ...looks.map(({ element }) => element),
      source.element,
      ...named.map(({ element }) => element),
      own.element,
      slots,
      row(values.element, kernel.element),
      there.element,
      shifts,
      row(size.element, stride.element, padding.element),
      show.element,
      shape,
      actions(stage, "Resampling", LINKABLE, player.stop),
      own.note,
      code.element,
    ),
  );
  for (const each of [...inputs.views, ...outputs.map((output) => output.view)]) {
    watchWidth(each.element, stage.signal, each.resize);
    watchTheme(stage.signal, each.themed);
  }

  const pictures = (state: State) => {
    inputs.draw(state);
    for (const output of outputs) output.draw(state);
    scale.draw(state);
    source.show(state.source);
    named[0]!.show(state.photograph as never);
    named[1]!.show(state.pattern as never);
    named[2]!.show((NUMBERS.find((n) => equal(numbersNamed(n), state.numbers)) ?? null) as never);
    named[3]!.show((DRAWINGS.find((n) => equal(drawingNamed(n), state.drawing)) ?? null) as never);
    right!.show(state.shift_right);
    down!.show(state.shift_down);
    size.show(state.size);
    show.show(state.show);
    text(shape, shapeFormula(state));
  };
  const signal = (state: State) => {
    stamping.draw(state);
    matrix.draw(state);
    player.show(state.position, stamps(state).inputs.length);
    values.show(state.signal);
    there.show(state.round_trip);
    text(values.element.querySelector("label")!, state.round_trip ? "x =" : "y =");
    text(shape, lengthFormula(state));
  };
  let drawn: string | null = null;
  /** Only what belongs to the view stands in the page. */
  const arrange = ({ view: now, source: from }: State) => {
    if (drawn === `${now} ${from}`) return;
    drawn = `${now} ${from}`;
    stage.root.dataset.view = now;
    stage.root.dataset.source = from;
    const images = now !== "stamps";
    sources.hidden = results.hidden = !images;
    bench.hidden = images;
    source.element.hidden = !images;
    for (const [i, { element }] of named.entries()) {
      element.hidden = !images || SOURCES.indexOf(from) !== i;
    }
    for (const [i, { element }] of looks.entries()) element.hidden = VIEWS[i] !== now;
    own.element.hidden = !images;
    own.note.hidden = !images || from !== "own";
    guess.element.hidden = images && (from !== "numbers" || now === "checkerboard");
    for (const one of [player, values, there]) one.element.hidden = images;
    kernel.element.hidden = padding.element.hidden = now === "down" || now === "up";
    kernel.element.parentElement!.hidden = kernel.element.hidden;
    size.element.hidden = shifts.hidden = now !== "down";
    show.element.hidden = now !== "down" && now !== "up";
    stride.element.querySelector("label")!.textContent = now === "up" ? "Factor" : "Stride";
  };

  return (state: State) => {
    arrange(state);
    view.show(state.view);
    if (state.view === "stamps") signal(state);
    else pictures(state);
    const index = VIEWS.indexOf(state.view);
    const all = Object.entries(LOOKS[state.view]);
    const marked = all.find(([, traits]) =>
      Object.entries(traits).every(([key, value]) => equal(state[key as keyof State], value)),
    );
    looks[index]!.show(marked?.[0] ?? null);
    stride.show(state.stride);
    padding.show(state.padding);
    kernel.show(state.kernel);
    drawPieces(formula, equation(state));
    text(read, reading(state));
    guess.draw({
      predict: state.predict,
      open: state.predict && state.guess === null,
      question: question(state),
    });
    code.show(() => snippet(state));
    stage.narrate(spoken(state));
  };
}
