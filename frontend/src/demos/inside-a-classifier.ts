/** What a trained classifier sees in an image: its maps, and what a score comes from. */

import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { interactive, watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { ownImage } from "../ui/own-image.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { watchTheme } from "../ui/theme.ts";
import { comparer } from "./inside-a-classifier/alike.ts";
import { classesView } from "./inside-a-classifier/classes-view.ts";
import { coverer } from "./inside-a-classifier/covering.ts";
import { evidenceOf, evidenceRows, saidOf } from "./inside-a-classifier/evidence.ts";
import { evidenceView } from "./inside-a-classifier/evidence-view.ts";
import { filtersView } from "./inside-a-classifier/filters-view.ts";
import { image } from "./inside-a-classifier/image.ts";
import { inputView } from "./inside-a-classifier/input-view.ts";
import { LAYERS } from "./inside-a-classifier/layers.ts";
import { mapsView } from "./inside-a-classifier/maps-view.ts";
import { isStarted, start } from "./inside-a-classifier/network.ts";
import {
  account,
  caption,
  comparison,
  spoken,
  unitWords,
  verdict,
} from "./inside-a-classifier/sentences.ts";
import { snippet } from "./inside-a-classifier/snippet.ts";
import {
  check,
  EXPLANATIONS,
  HANDS,
  KEYS,
  LIMITS,
  LINKABLE,
  SOURCES,
  type State,
  settle,
  WEIGHTS,
} from "./inside-a-classifier/state.ts";
import { SIDE, TONES } from "./inside-a-classifier/tones.ts";
import { unitValue, unitView } from "./inside-a-classifier/unit-view.ts";

const TONE_NAMES = TONES.map(({ name }) => name);

export default defineDemo<State>({
  name: "inside-a-classifier",
  keys: KEYS,
  linkable: LINKABLE,
  settle,
  check,
  derive: (state) => ({
    output: saidOf(state)?.probabilities ?? [],
    evidence: evidenceRows(state),
  }),
  build,
});

function build(stage: Stage<State>) {
  let tone = 2;
  const before = inputView(stage, () => tone);
  const pointed = html("p", { class: "course-facts inside-pointed" });
  const why = evidenceView(stage, (words) => text(pointed, words));
  const classes = classesView(stage);
  const filters = filtersView(stage);
  const maps = mapsView(stage);
  const unit = unitView(stage);
  const said = html("p", { class: "course-sentence inside-verdict" });
  const captions = [html("p", { class: "course-caption" }), html("p", { class: "course-caption" })];
  const parts = html("p", { class: "course-facts inside-account" });
  const alikeness = html("p", { class: "course-facts inside-comparison" });
  const reading = html("p", { class: "course-facts inside-reading" });
  const pick = pickers(stage, (name) => {
    tone = TONE_NAMES.indexOf(name);
    stage.redraw();
  });
  const code = codePanel(stage, "The same in PyTorch");
  const compare = comparer(stage);
  const cover = coverer(stage.signal, (complete) => {
    // Only a whole map is a trait.
    if (complete) stage.update({});
    else stage.redraw();
  });

  frame(
    stage,
    html(
      "div",
      { class: "inside-pictures" },
      html("div", {}, captions[0]!, before.element),
      html("div", {}, captions[1]!, why.element),
    ),
    said,
    parts,
    pointed,
    classes.element,
    controls(pick.explanation.element, pick.weights.element),
    alikeness,
    html("p", { class: "inside-heading" }, "The filters of the first layer"),
    filters.element,
    html("p", { class: "inside-heading" }, "The maps of a layer, after its ReLU, all on one scale"),
    pick.layer.element,
    html("div", { class: "inside-room" }, maps.element),
    row(pick.channel.element),
    unit.element,
    reading,
    controls(
      row(pick.index.element, pick.right.element, pick.down.element),
      row(pick.hand.element, pick.clear),
      pick.tones.element,
      pick.source.element,
      pick.own.element,
      actions(stage, "InsideAClassifier", LINKABLE),
      code.element,
    ),
  );
  watchWidth(maps.element, stage.signal, maps.resize);
  watchWidth(filters.element, stage.signal, filters.resize);
  watchTheme(stage.signal, () => stage.redraw());
  if (interactive()) void begin(stage);

  return (state: State) => {
    const answer = isStarted() ? saidOf(state) : null;
    if (answer && state.explanation === "covering") {
      const both =
        state.weights === "trained" ? (["trained"] as const) : [state.weights, "trained" as const];
      cover(image(state).values, answer.target, both);
    }
    const evidence = answer && evidenceOf(state, answer);
    const alike = answer && evidence ? compare(state, answer, evidence) : null;
    before.draw(state);
    why.draw(state, evidence);
    classes.draw(state, answer);
    if (interactive()) {
      filters.draw(state);
      maps.draw(state);
      unit.draw(state);
    }
    text(captions[0]!, "The image");
    text(captions[1]!, caption(state));
    text(said, verdict(answer));
    text(parts, account(answer, evidence));
    text(alikeness, comparison(state, alike));
    text(reading, unitWords(state, answer && unitValue(state)));
    pick.show(state, TONE_NAMES[tone]!);
    set(stage.root, { "data-network": answer ? "ready" : null });
    code.show(() => snippet(state));
    stage.narrate(spoken(state, answer, alike));
  };
}

async function begin(stage: Stage<State>): Promise<void> {
  try {
    await start();
  } catch {
    const message = "This browser cannot run the network: it has no vectors in WebAssembly.";
    return stage.complain({ control: "weights", message });
  }
  if (!stage.signal.aborted) stage.update({});
}

/** The controls, and the function that shows a state in them. */
function pickers(stage: Stage<State>, take: (tone: (typeof TONE_NAMES)[number]) => void) {
  const explanation = choice(stage, {
    ...{ name: "explanation", label: "Explain a score by", values: EXPLANATIONS },
    change: (value) => stage.update({ explanation: value }),
  });
  const weights = choice(stage, {
    ...{ name: "weights", label: "Weights", values: WEIGHTS },
    change: (value) => stage.update({ weights: value }),
  });
  const layer = choice(stage, {
    ...{ name: "layer", label: "Layer", values: LAYERS },
    change: (value) => stage.update({ layer: value }),
  });
  const [channel, index, right, down] = (
    [
      ["channel", "Map", { min: 1, max: 64 }],
      ["index", "Held-out scene", LIMITS.index],
      ["right", "Moved right", LIMITS.shift],
      ["down", "Moved down", LIMITS.shift],
    ] as const
  ).map(([name, label, range]) =>
    stepper(stage, {
      ...{ name, label, ...range },
      change: (value) => {
        if (name === "channel") stage.update({ channel: value - 1 });
        else if (name === "index") stage.update({ index: value, source: "scene" });
        else stage.update({ [name]: value });
      },
    }),
  );
  const hand = choice(stage, {
    ...{ name: "hand", label: "Dragging", values: HANDS },
    change: (value) => stage.update({ hand: value }),
  });
  const tones = presets(stage, { label: "Pen", names: TONE_NAMES, take });
  const clear = html("button", { type: "button", class: "course-action" }, "Rub out");
  clear.addEventListener("click", () => stage.update({ dots: [] }), { signal: stage.signal });
  const source = choice(stage, {
    ...{ name: "source", label: "Image", values: SOURCES },
    change: (value) => {
      if (value !== "own" || stage.state().own !== "") return stage.update({ source: value });
      const message = "There is no image yet: choose one from your disk.";
      stage.complain({ control: "own", message });
      return stage.redraw();
    },
  });
  const own = ownImage(stage, {
    side: SIDE,
    also: "",
    take(rgb) {
      const letters = Array.from(rgb, (byte) => String.fromCharCode(byte)).join("");
      return stage.update({ source: "own", own: btoa(letters) });
    },
  });
  const show = (state: State, tone: (typeof TONE_NAMES)[number]) => {
    explanation.show(state.explanation);
    weights.show(state.weights);
    layer.show(state.layer);
    channel!.show(state.channel + 1);
    index!.show(state.index);
    right!.show(state.right);
    down!.show(state.down);
    hand.show(state.hand);
    tones.show(tone);
    clear.disabled = state.dots.length === 0;
    source.show(state.source);
  };
  return {
    ...{ explanation, weights, layer, hand, tones, clear, source, own, show },
    ...{ channel: channel!, index: index!, right: right!, down: down! },
  };
}
