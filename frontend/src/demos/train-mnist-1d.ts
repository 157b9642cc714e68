/** Two networks learn MNIST-1D in the reader's own browser: who errs less, and what is in them. */

import { equal } from "../core/equal.ts";
import { NETWORKS, parameterCount } from "../core/networks.ts";
import { resetButton, stateButton } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, list, set, text } from "../ui/dom.ts";
import { interactive, watchWidth } from "../ui/environment.ts";
import { numberField } from "../ui/number-field.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { curves } from "./train-mnist-1d/curves.ts";
import { inside } from "./train-mnist-1d/inside.ts";
import { kernels } from "./train-mnist-1d/kernels.ts";
import { race } from "./train-mnist-1d/race.ts";
import { grouped, row, status, verdict } from "./train-mnist-1d/sentences.ts";
import { snippet } from "./train-mnist-1d/snippet.ts";
import {
  BATCH_SIZES,
  CURVES,
  check,
  GUESSES,
  KEYS,
  LIMITS,
  LINKABLE,
  RECIPES,
  type State,
} from "./train-mnist-1d/state.ts";
import { switchBox } from "./train-mnist-1d/switch-box.ts";
import { whenSeen } from "./train-mnist-1d/when-seen.ts";

export default defineDemo<State>({
  name: "train-mnist-1d",
  keys: KEYS,
  linkable: LINKABLE,
  check,
  build,
});

const ROWS = ["parameters", "step", "steps a second", "batch loss", "training error", "test error"];
const SNIPPET_STEPS = 50;
const PICTURE_MS = 120;

function build(stage: Stage<State>) {
  const { signal } = stage;
  let seen = false;
  const runs = race(signal, heard, (why) => {
    stage.update({ training: false });
    stage.complain({ control: "train", message: `This browser cannot train here: ${why}.` });
  });
  const runners = () => runs.runners;
  const chart = curves(stage, runners);
  const maps = inside(stage, runners);
  const filters = kernels(stage, runners);

  const guess = choice(stage, {
    name: "guess",
    label: "Which will err less on new samples?",
    values: GUESSES,
    change: (value) => stage.update({ guess: value }),
  });
  const train = html("button", { type: "button", class: "course-play" }, "Train");
  const one = html("button", { type: "button" }, "One step");
  const said = html("p", { class: "course-sentence" });
  train.addEventListener("click", toggle, { signal });
  one.addEventListener("click", oneStep, { signal });
  const body = html("tbody", {});
  const table = html(
    "table",
    { class: "standings" },
    html(
      "thead",
      {},
      html(
        "tr",
        {},
        html("td", {}),
        html("th", { scope: "col", class: "convolutional" }, NETWORKS[0]),
        html("th", { scope: "col", class: "dense" }, NETWORKS[1]),
      ),
    ),
    body,
  );

  const fields = (
    [
      ["learning_rate", "Learning rate η"],
      ["momentum", "Momentum μ"],
      ["halve_every", "Halve η every … steps (0: never)"],
      ["steps", "Steps"],
    ] as const
  ).map(([name, label]) => ({
    name,
    ...numberField(stage, {
      name,
      label,
      ...LIMITS[name],
      whole: name === "halve_every" || name === "steps",
      change: (value) => stage.update({ [name]: value }),
    }),
  }));
  const batch = choice(stage, {
    name: "batch_size",
    label: "Samples a step",
    values: BATCH_SIZES.map(String),
    change: (value) => stage.update({ batch_size: Number(value) }),
  });
  const [seed, sample] = (["seed", "sample"] as const).map((name) =>
    stepper(stage, {
      name,
      label: name === "seed" ? "Seed" : "Test sample",
      ...LIMITS[name],
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const permuted = switchBox(
    stage,
    "permuted",
    "Permute the 40 values, the same way in all samples",
  );
  const background = switchBox(stage, "background", "Go on out of sight");
  const curve = choice(stage, {
    name: "curve",
    label: "Curves",
    values: CURVES,
    change: (value) => stage.update({ curve: value }),
  });
  const names = Object.keys(RECIPES) as (keyof typeof RECIPES)[];
  const recipes = presets(stage, {
    label: "Recipe",
    names,
    take: (name) => stage.update(RECIPES[name]),
  });
  const code = codePanel(stage, "The same in PyTorch");

  const heading = {
    id: stage.id("title"),
    class: "course-title",
    role: "heading",
    "aria-level": 3,
  };
  stage.root.prepend(
    html("p", heading, String(stage.model.get("title") ?? "")),
    html("p", { class: "course-hint" }, String(stage.model.get("hint") ?? "")),
    html(
      "div",
      { class: "course-body" },
      html(
        "div",
        { class: "course-controls start" },
        guess.element,
        html(
          "div",
          { class: "course-row" },
          html("div", { class: "course-buttons" }, train, one),
          background.element,
        ),
        stage.slot("train", train),
      ),
      chart.element,
      html("p", { class: "course-key" }, ...key()),
      said,
      html("div", { class: "columns" }, table, filters.element),
      maps.element,
      html(
        "div",
        { class: "course-controls" },
        html("div", { class: "course-row" }, sample!.element, curve.element),
        permuted.element,
        recipes.element,
        html("div", { class: "course-row" }, ...fields.map(({ element }) => element)),
        html("div", { class: "course-row" }, batch.element, seed!.element),
        html(
          "div",
          { class: "course-actions" },
          resetButton(stage, () => {
            anew();
            runs.forget();
          }),
          stateButton(stage, "TrainMNIST1D", LINKABLE),
          stage.slot("link"),
        ),
        code.element,
      ),
    ),
  );
  set(stage.root, { role: "group", "aria-labelledby": heading.id });
  const parts = [
    part(chart.draw, 0, ({ curve, steps }) => [curve, steps, runs.run()]),
    part(maps.draw, 1, (state) => [state.sample, runs.run()]),
    part(filters.draw, 1, ({ kernel, tap, seed }) => [kernel, tap, seed, runs.run()]),
  ];
  watchWidth(chart.element, signal, (width) => {
    parts[0]!.forget();
    chart.resize(width);
  });
  watchWidth(maps.drawing.parentElement!, signal, (width) => {
    parts[1]!.forget();
    maps.resize(width);
  });
  whenSeen(stage.root, signal, (now) => {
    seen = now;
    follow();
    stage.redraw();
  });

  const done = (state: State) =>
    NETWORKS.every((name) => (runners()[name].news?.step ?? 0) >= state.steps);

  function toggle(): void {
    const state = stage.state();
    if (!state.training && state.guess === "") {
      const message = "Say first which network you think will err less.";
      stage.complain({ control: "guess", message });
      return;
    }
    if (!state.training && done(state)) anew();
    stage.update({ training: !state.training });
  }

  function oneStep(): void {
    stage.update({ training: false });
    follow();
    runs.step();
  }

  function anew(): void {
    runs.prepare(stage.state(), true);
    ordered = "";
  }

  /** What the workers were told last. */
  let ordered = "";

  /** Let the workers do what the state says. */
  function follow(): void {
    if (!interactive() || (!seen && ordered === "")) return;
    const state = stage.state();
    runs.prepare(state);
    runs.tell(state);
    const going = state.training && (seen || state.background);
    const order = JSON.stringify([going, state.steps, runs.run()]);
    if (order === ordered) return;
    ordered = order;
    if (going) runs.train(state.steps);
    else runs.pause();
  }

  /** How often a worker has told something, and how many pictures that made. */
  let news = 0;
  let pictures = 0;

  /**
   * A part of the picture that is drawn when what it shows has changed: of news, while networks
   * train, in every second picture only, so that no frame is long.
   */
  function part(draw: (state: State) => void, turn: number, shows: (state: State) => unknown) {
    let drawn = "";
    let told = -1;
    return {
      forget() {
        drawn = "";
      },
      draw(state: State) {
        const wanted = JSON.stringify(shows(state));
        const due = told !== news && (!state.training || pictures % 2 === turn);
        if (wanted === drawn && !due) return;
        drawn = wanted;
        told = news;
        draw(state);
      },
    };
  }

  /** A worker has told something. */
  function heard(): void {
    news += 1;
    const output = Object.fromEntries(
      NETWORKS.flatMap((name) => {
        const { news: told, points } = runners()[name];
        const last = points.at(-1);
        if (!told || !last) return [];
        const { step, loss } = told;
        const { testError, trainError } = last;
        return [[name, { step, loss, train_error: trainError, test_error: testError }]];
      }),
    );
    if (!equal(stage.model.get("output"), output)) {
      stage.model.set("output", output);
      stage.model.save_changes();
    }
    const state = stage.state();
    const resting = NETWORKS.every((name) => runners()[name].news?.training === false);
    if (state.training && resting && done(state)) {
      stage.update({ training: false });
      stage.announce(verdict(state, runners()) ?? "");
    } else later();
  }

  /** News come from two sides, often: one picture for all of a while leaves the reader room. */
  let coming = false;
  function later(): void {
    if (!stage.state().training) stage.redraw();
    else if (!coming) setTimeout(show, PICTURE_MS);
    coming = stage.state().training;
  }
  function show(): void {
    coming = false;
    pictures += 1;
    if (!signal.aborted) stage.redraw();
  }

  return (state: State) => {
    follow();
    for (const one of parts) one.draw(state);
    const going = state.training;
    text(train, going ? "Pause" : done(state) && interactive() ? "Train anew" : "Train");
    text(said, status(state, runners(), going && !seen && !state.background));
    const columns = NETWORKS.map((name) => [
      grouped(parameterCount(name)),
      ...row(runners()[name]),
    ]);
    const rows = ROWS.map((name, i) => [name, ...columns.map((column) => column[i]!)]);
    list(body, rows, tableRow, (line, cells) => {
      for (const [i, words] of cells.entries()) text(line.children[i]!, words);
    });
    for (const field of fields) field.show(state[field.name]);
    batch.show(String(state.batch_size));
    seed!.show(state.seed);
    sample!.show(state.sample);
    permuted.show(state.permuted);
    background.show(state.background);
    curve.show(state.curve);
    guess.show(state.guess as (typeof GUESSES)[number]);
    const { learning_rate, momentum, batch_size, halve_every, steps } = state;
    const present = { learning_rate, momentum, batch_size, halve_every, steps };
    recipes.show(names.find((name) => equal(RECIPES[name], present)) ?? null);
    const made = runners().convolutional.news?.step || SNIPPET_STEPS;
    code.show(snippet(state, going ? state.steps : made));
  };
}

const tableRow = () => html("tr", {}, html("th", { scope: "row" }), html("td"), html("td"));

/** What the lines of the curves mean. */
function key() {
  return (["test", "train", "before"] as const).map((kind) => {
    const words = { test: "test", train: "training", before: "test, the run before" }[kind];
    return html(
      "span",
      {},
      html("span", { class: `stroke ${kind}`, "aria-hidden": "true" }),
      words,
    );
  });
}
