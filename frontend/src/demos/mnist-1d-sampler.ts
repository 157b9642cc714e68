/** How a sample of MNIST-1D is made: from a template, stage by stage, every random number in reach. */

import { equal } from "../core/equal.ts";
import { publishedDraw } from "../core/mnist1d.ts";
import { once } from "../core/once.ts";
import { DATA_SET, STAGES, TEMPLATE_LENGTH } from "../core/sampler.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { listField } from "../ui/list-field.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { transport } from "../ui/transport.ts";
import { digits } from "./mnist-1d-sampler/digits.ts";
import { exactValues } from "./mnist-1d-sampler/exact.ts";
import { picture } from "./mnist-1d-sampler/picture.ts";
import { prediction } from "./mnist-1d-sampler/prediction.ts";
import { POINT_NAMES, POINTS } from "./mnist-1d-sampler/presets.ts";
import {
  drawSentence,
  publishedNoise,
  spoken,
  stageSentence,
} from "./mnist-1d-sampler/sentences.ts";
import { snippet } from "./mnist-1d-sampler/snippet.ts";
import {
  AS_DRAWN,
  CORRELATED,
  check,
  EDITS,
  edited,
  KEYS,
  LIMITS,
  make,
  output,
  PAD,
  SCALE,
  SHEAR,
  SHIFT,
  STRETCH,
  type State,
  settle,
  WHITE,
} from "./mnist-1d-sampler/state.ts";
import { rounded } from "./mnist-1d-sampler/template.ts";

export default defineDemo<State>({
  name: "mnist-1d-sampler",
  keys: KEYS,
  optional: ["example", ...EDITS],
  settle,
  check,
  derive: (state) => ({ output: output(state), values: [...make(state).stages[state.stage]!] }),
  build,
});

const SOURCES = ["seed", "data set"] as const;

/** The numbers of the stages, with the stages that they belong to. */
const NUMBERS = [
  { name: "padding", label: "Zeros", stages: [PAD, STRETCH], step: 1, digits: 0 },
  { name: "scale", label: "Factor", stages: [SCALE], step: 0.05, digits: 3 },
  { name: "shift", label: "Shift", stages: [SHIFT], step: 1, digits: 0 },
  {
    name: "correlated_noise",
    label: "Correlated noise",
    stages: [CORRELATED],
    step: 0.05,
    digits: 3,
  },
  { name: "white_noise", label: "White noise", stages: [WHITE], step: 0.01, digits: 3 },
  { name: "shear", label: "Slope", stages: [SHEAR], step: 0.05, digits: 3 },
] as const;

const NOISE = {
  correlated_noise: DATA_SET.strengths.correlated,
  white_noise: DATA_SET.strengths.white,
};

const spelt = once(rounded);

function build(stage: Stage<State>) {
  const { signal } = stage;
  const templates = digits(stage);
  const drawing = picture(stage, (position) => guess.mark(position));
  const guess = prediction(stage, drawing.point);
  const exact = exactValues(stage, drawing.element, drawing.placeAt);
  const sentence = html("p", { class: "course-sentence" });
  const origin = html("p", { class: "course-facts" });
  const player = transport(stage, {
    name: "stage",
    label: "Stage",
    noun: "stage",
    beat: 1600,
    go: (to) => stage.update({ stage: to }),
  });
  const names = presets(stage, {
    label: "Stages",
    names: STAGES,
    take: (name) => {
      player.stop();
      stage.update({ stage: STAGES.indexOf(name) });
    },
  });
  const numbers = NUMBERS.map(({ name, label, step, digits: decimals }) =>
    stepper(stage, {
      name,
      label,
      ...LIMITS[name],
      step,
      digits: decimals,
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const take = (example: number) =>
    stage.update({ ...AS_DRAWN, example, digit: publishedDraw(example).label, template: [] });
  const source = choice(stage, {
    name: "source",
    label: "Drawn from",
    values: SOURCES,
    change: (value) => {
      if (value === "seed") stage.update({ ...AS_DRAWN, example: null });
      else take(0);
    },
  });
  const seed = stepper(stage, {
    name: "seed",
    label: "Seed",
    ...LIMITS.seed,
    change: (value) => stage.update({ ...AS_DRAWN, seed: value }),
  });
  const example = stepper(stage, {
    name: "example",
    label: "Example",
    ...LIMITS.example,
    change: take,
  });
  const another = html("button", { type: "button" }, "New draw");
  another.addEventListener(
    "click",
    () => {
      const now = stage.state();
      if (now.example !== null) take((now.example + 1) % (LIMITS.example.max + 1));
      else stage.update({ ...AS_DRAWN, seed: (now.seed + 1) % (LIMITS.seed.max + 1) });
    },
    { signal },
  );
  const back = html("button", { type: "button" }, "As drawn");
  back.addEventListener("click", () => stage.update({ ...AS_DRAWN, ...NOISE }), { signal });
  const points = presets(stage, {
    label: "Look at",
    names: POINT_NAMES,
    take: (name) => {
      player.stop();
      stage.update(POINTS[name]);
    },
  });
  const own = listField(stage, {
    name: "template",
    label: "template =",
    spoken: `Template, ${TEMPLATE_LENGTH} values`,
    range: LIMITS.value,
    counts: { min: TEMPLATE_LENGTH, max: TEMPLATE_LENGTH },
    change: (values) => stage.update({ template: values }),
  });
  const code = codePanel(stage, "The same in Python", "Copy this code");

  frame(
    stage,
    templates.element,
    drawing.element,
    exact.line,
    sentence,
    guess.verdict,
    controls(
      player.element,
      names.element,
      guess.element,
      row(source.element, seed.element, example.element, another, back),
      origin,
      html("div", { class: "course-row numbers" }, ...numbers.map(({ element }) => element)),
      points.element,
      row(own.element),
      actions(stage, "MNIST1DSampler", KEYS, player.stop),
      exact.panel,
      code.element,
    ),
  );
  watchWidth(drawing.element, signal, drawing.resize);

  return (state: State) => {
    const { draws, template } = make(state);
    templates.show(state);
    drawing.draw(state);
    exact.show(state);
    text(sentence, stageSentence(state));
    guess.draw(state);
    player.show(state.stage, STAGES.length);
    names.show(STAGES[state.stage]!);
    const strengths = {
      correlated_noise: state.correlated_noise,
      white_noise: state.white_noise,
    };
    const values = { ...draws, ...strengths };
    for (const [i, { name, stages: at }] of NUMBERS.entries()) {
      numbers[i]!.show(values[name]);
      const here = (at as readonly number[]).includes(state.stage);
      set(numbers[i]!.element, { "data-here": here });
    }
    source.show(state.example === null ? "seed" : "data set");
    seed.show(state.seed);
    example.show(state.example ?? 0);
    set(seed.element, { hidden: state.example !== null });
    set(example.element, { hidden: state.example === null });
    const asDrawn = edited(state).length === 0 && publishedNoise(state);
    set(back, { "aria-disabled": asDrawn ? "true" : null });
    text(origin, drawSentence(state));
    points.show(POINT_NAMES.find((name) => holds(state, POINTS[name])) ?? null);
    own.show(spelt(template));
    code.show(() => snippet(state));
    stage.narrate([spoken(state), drawSentence(state)].join(" "));
  };
}

/** Whether a state is that of a preset, whatever stage it shows. */
function holds(state: State, preset: Partial<State>): boolean {
  const keys = Object.keys(preset) as (keyof State)[];
  return keys.every((key) => key === "stage" || equal(state[key], preset[key]));
}
