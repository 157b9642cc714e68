/** Learn a hidden kernel by gradient descent, and see the gradient add up position by position. */

import { equal } from "../core/equal.ts";
import { KERNELS, kernelName, namedKernel, randomKernel, resizeKernel } from "../core/kernels.ts";
import { actions } from "../ui/actions.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { listField } from "../ui/list-field.ts";
import { drawPieces } from "../ui/pieces.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { switchBox } from "../ui/switch-box.ts";
import { transport } from "../ui/transport.ts";
import { lossView } from "./learn-a-kernel/loss-view.ts";
import { picture } from "./learn-a-kernel/picture.ts";
import { prediction } from "./learn-a-kernel/prediction.ts";
import { equation, rateSentence, spoken, standing } from "./learn-a-kernel/sentences.ts";
import { SIGNALS, signalNamed } from "./learn-a-kernel/signals.ts";
import { snippet } from "./learn-a-kernel/snippet.ts";
import { check, KEYS, LIMITS, lesson, moment, type State, settle } from "./learn-a-kernel/state.ts";
import { weightsView } from "./learn-a-kernel/weights-view.ts";

export default defineDemo<State>({
  name: "learn-a-kernel",
  keys: KEYS,
  settle,
  check,
  derive: (state) => {
    const { kernel, gradient, output, loss } = moment(state);
    return { kernel, gradient, output, loss };
  },
  build,
});

const RATES = ["0.01", "0.1", "0.3", "0.5", "1"] as const;
const STARTS = ["zeros", "random"] as const;
const BEAT_MS = 180;

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const weights = weightsView(stage);
  const losses = lossView(stage);
  const formula = html("p", { class: "course-equation" });
  const guess = prediction(stage);
  const where = html("p", { class: "course-sentence" });
  const player = transport(stage, {
    name: "step",
    label: "Step of the descent",
    noun: "step",
    first: 0,
    beat: BEAT_MS,
    go: (step) => stage.update({ step }),
  });
  const weight = stepper(stage, {
    name: "weight",
    label: "Look at weight",
    ...LIMITS.size,
    change: (value) => stage.update({ weight: value - 1 }),
  });
  const rates = presets(stage, {
    label: "Learning rate",
    names: RATES,
    take: (name) => stage.update({ rate: Number(name), step: 0 }),
  });
  const rate = listField(stage, {
    name: "rate",
    label: "η =",
    spoken: "Learning rate η",
    range: LIMITS.rate,
    counts: { min: 1, max: 1 },
    change: ([value]) => stage.update({ rate: value!, step: 0 }),
  });
  const size = stepper(stage, {
    name: "kernel-size",
    label: "Kernel size",
    ...LIMITS.size,
    change: (count) => {
      const { hidden, start } = stage.state();
      const [goal, from] = [hidden, start].map((kernel) => resizeKernel(kernel, count));
      const zeros = start.every((w) => w === 0);
      stage.update({ hidden: goal!, start: zeros ? goal!.map(() => 0) : from!, step: 0 });
    },
  });
  const hidden = presets(stage, {
    label: "Hidden kernel",
    names: KERNELS,
    take: (name) => {
      const kernel = namedKernel(name, stage.state().hidden.length);
      if (kernel) stage.update({ hidden: kernel, step: 0 });
    },
  });
  let seed = 0;
  const starts = presets(stage, {
    label: "Start from",
    names: STARTS,
    take: (name) => {
      const count = stage.state().hidden.length;
      const start = name === "zeros" ? new Array(count).fill(0) : randomKernel(count, ++seed);
      stage.update({ start, step: 0 });
    },
  });
  const signals = presets(stage, {
    label: "Input",
    names: SIGNALS,
    take: (name) => stage.update({ signal: signalNamed(name), step: 0 }),
  });
  const noise = switchBox(stage, {
    name: "noise",
    label: "Noise on the target",
    change: (on) => stage.update({ noise: on, step: 0 }),
  });
  const another = stepper(stage, {
    name: "seed",
    label: "its seed",
    ...LIMITS.seed,
    change: (value) => stage.update({ seed: value, step: 0 }),
  });
  const lists = (["signal", "hidden"] as const).map((name) =>
    listField(stage, {
      name,
      label: name === "signal" ? "x =" : "hidden ω =",
      spoken: name === "signal" ? "Input x" : "Hidden weights",
      range: LIMITS.value,
      counts: name === "signal" ? LIMITS.length : LIMITS.size,
      change: (values) => {
        const { start } = stage.state();
        if (name === "signal") stage.update({ signal: values, step: 0 });
        else stage.update({ hidden: values, start: values.map((_, k) => start[k] ?? 0), step: 0 });
      },
    }),
  );
  const limit = html("p", { class: "course-facts" });
  const code = codePanel(stage, "The same in PyTorch");

  frame(
    stage,
    drawing.element,
    html("div", { class: "course-panels" }, weights.element, losses.element),
    formula,
    guess.verdict,
    where,
    controls(
      player.element,
      guess.element,
      row(weight.element, size.element),
      row(rates.element, rate.element),
      limit,
      hidden.element,
      starts.element,
      signals.element,
      row(noise.element, another.element),
      row(...lists.map(({ element }) => element)),
      actions(stage, "LearnAKernel", KEYS, player.stop),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);
  watchWidth(weights.element, stage.signal, weights.resize);
  watchWidth(losses.element, stage.signal, losses.resize);

  return (state: State) => {
    const all = lesson(state);
    const now = moment(state);
    drawing.draw(state, now);
    weights.draw(state, now);
    losses.draw(state);
    drawPieces(formula, equation(state, now));
    guess.draw(state, now);
    text(where, standing(state, all, now));
    player.show(state.step, all.path.length);
    weight.show(state.weight + 1);
    size.show(state.hidden.length);
    rates.show(RATES.find((name) => Number(name) === state.rate) ?? null);
    rate.show([state.rate]);
    text(limit, rateSentence(state, all.limit));
    const count = state.hidden.length;
    const impossible = KERNELS.filter((name) => namedKernel(name, count) === null);
    hidden.show(kernelName(state.hidden), impossible);
    starts.show(state.start.every((w) => w === 0) ? "zeros" : null);
    signals.show(SIGNALS.find((name) => equal(signalNamed(name), state.signal)) ?? null);
    noise.show(state.noise);
    another.show(state.seed);
    lists[0]!.show(state.signal);
    lists[1]!.show(state.hidden);
    code.show(() => snippet(state));
    stage.narrate(spoken(state, now));
  };
}
