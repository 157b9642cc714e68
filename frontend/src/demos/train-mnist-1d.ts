/** Two networks learn MNIST-1D in the reader's own browser: who errs less, and what is in them. */

import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { interactive, watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { stepper } from "../ui/stepper.ts";
import { switchBox } from "../ui/switch-box.ts";
import { curves, key } from "./train-mnist-1d/curves.ts";
import { inside } from "./train-mnist-1d/inside.ts";
import { kernels } from "./train-mnist-1d/kernels.ts";
import { pace } from "./train-mnist-1d/pace.ts";
import { status } from "./train-mnist-1d/sentences.ts";
import { settings } from "./train-mnist-1d/settings.ts";
import { snippet } from "./train-mnist-1d/snippet.ts";
import { standings } from "./train-mnist-1d/standings.ts";
import {
  CURVES,
  check,
  GUESSES,
  KEYS,
  LIMITS,
  LINKABLE,
  type State,
} from "./train-mnist-1d/state.ts";
import { training } from "./train-mnist-1d/training.ts";
import { whenSeen } from "./train-mnist-1d/when-seen.ts";

export default defineDemo<State>({
  name: "train-mnist-1d",
  keys: KEYS,
  linkable: LINKABLE,
  check,
  build,
});

const SNIPPET_STEPS = 50;

function build(stage: Stage<State>) {
  const { signal } = stage;
  const pictures = pace(stage);
  const runs = training(stage, pictures.told);
  const runners = () => runs.runners;
  const chart = curves(stage, runners);
  const maps = inside(stage, runners);
  const filters = kernels(stage, runners);
  const table = standings();

  const guess = choice(stage, {
    name: "guess",
    label: "Which will err less on new samples?",
    values: GUESSES,
    change: (value) => stage.update({ guess: value }),
  });
  const train = html("button", { type: "button", class: "course-play" }, "Train");
  const one = html("button", { type: "button" }, "One step");
  train.addEventListener("click", runs.toggle, { signal });
  one.addEventListener("click", runs.oneStep, { signal });
  const background = switchBox(stage, {
    name: "background",
    label: "Go on out of sight",
    change: (on) => stage.update({ background: on }),
  });
  const said = html("p", { class: "course-sentence" });
  const sample = stepper(stage, {
    name: "sample",
    label: "Test sample",
    ...LIMITS.sample,
    change: (value) => stage.update({ sample: value }),
  });
  const curve = choice(stage, {
    name: "curve",
    label: "Curves",
    values: CURVES,
    change: (value) => stage.update({ curve: value }),
  });
  const recipe = settings(stage);
  const code = codePanel(stage, "The same in PyTorch");

  frame(
    stage,
    html(
      "div",
      { class: "course-controls start" },
      guess.element,
      row(html("div", { class: "course-buttons" }, train, one), background.element),
      stage.slot("train", train),
    ),
    chart.element,
    html("p", { class: "course-key" }, ...key()),
    said,
    html("div", { class: "columns" }, table.element, filters.element),
    maps.element,
    controls(
      row(sample.element, curve.element),
      ...recipe.elements,
      actions(stage, "TrainMNIST1D", LINKABLE, runs.reset),
      code.element,
    ),
  );

  const parts = {
    chart: pictures.part(chart.draw, 0, ({ curve, steps }) => [curve, steps, runs.run()]),
    maps: pictures.part(maps.draw, 1, (state) => [state.sample, runs.run()]),
    filters: pictures.part(filters.draw, 1, ({ kernel, tap, seed }) => [
      kernel,
      tap,
      seed,
      runs.run(),
    ]),
  };
  watchWidth(chart.element, signal, (width) => {
    parts.chart.forget();
    chart.resize(width);
  });
  watchWidth(maps.drawing.parentElement!, signal, (width) => {
    parts.maps.forget();
    maps.resize(width);
  });
  whenSeen(stage.root, signal, (now) => {
    runs.see(now);
    stage.redraw();
  });

  return (state: State) => {
    runs.follow();
    for (const part of Object.values(parts)) part.draw(state);
    const going = state.training;
    text(train, going ? "Pause" : runs.done(state) && interactive() ? "Train anew" : "Train");
    text(said, status(state, runs.runners, runs.waits(state)));
    table.draw(runs.runners);
    background.show(state.background);
    sample.show(state.sample);
    curve.show(state.curve);
    guess.show(state.guess as (typeof GUESSES)[number]);
    recipe.show(state);
    const made = runs.runners.convolutional.news?.step || SNIPPET_STEPS;
    code.show(() => snippet(state, going ? state.steps : made));
  };
}
