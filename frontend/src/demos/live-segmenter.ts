/** A network that names the class of every pixel of a scene that the reader changes. */

import { once } from "../core/once.ts";
import { SEGMENTERS } from "../data/scene-segmenters.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { stepper } from "../ui/stepper.ts";
import { classPicture, errorPicture, type Rgb } from "./live-segmenter/colours.ts";
import { mapView, type Shown } from "./live-segmenter/map-view.ts";
import { keyOf, NETWORKS, predictionOf } from "./live-segmenter/networks.ts";
import { errors, failure, pixelSentence, spoken, summary } from "./live-segmenter/sentences.ts";
import { snippet } from "./live-segmenter/snippet.ts";
import {
  atPixel,
  check,
  derived,
  judged,
  KEYS,
  LIMITS,
  LINKABLE,
  pixelOf,
  type State,
  settle,
  VIEWS,
} from "./live-segmenter/state.ts";
import { classTable } from "./live-segmenter/table.ts";
import { sceneControls } from "./scene/editing.ts";
import { sceneEditor } from "./scene/editor.ts";
import { imageControls } from "./scene/image.ts";
import { isStarted } from "./scene/runners.ts";
import { search } from "./scene/search.ts";
import { note } from "./scene/sentences.ts";
import { starter } from "./scene/start.ts";
import { imageOf, known, rendered } from "./scene/state.ts";

/** The colour of errors, the same on both papers: it lies on the grey of the image. */
const WRONG: Rgb = [190, 30, 24];
/** Below it a class counts as a failure. */
const LEAST_IOU = 0.5;

export default defineDemo<State>({
  name: "live-segmenter",
  keys: KEYS,
  linkable: LINKABLE,
  optional: ["scene"],
  settle,
  check,
  derive: derived,
  build,
});

/** Both maps, drawn once for a prediction: moving the cross changes neither. */
const maps = { classes: remembered(classPicture), errors: remembered(errorPicture) };

function build(stage: Stage<State>) {
  const editor = sceneEditor(stage, "The scene: Tab goes from object to object");
  const [classes, wrong] = [mapView(stage, "classes"), mapView(stage, "errors")];
  const table = classTable(`Every class: ${stage.model.get("title") ?? ""}`);
  const start = starter(stage, SEGMENTERS, keyOf);
  const verdict = html("p", { class: "course-sentence scene-verdict" });
  const reading = html("p", { class: "course-facts scene-reading" });
  const about = html("p", { class: "course-facts scene-note" });
  const network = choice(stage, {
    name: "network",
    label: "Network",
    values: NETWORKS,
    change: (value) => stage.update({ network: value }),
  });
  const view = choice(stage, {
    name: "view",
    label: "Classes",
    values: VIEWS,
    change: (value) => stage.update({ view: value }),
  });
  const places = (["row", "column"] as const).map((name) =>
    stepper(stage, {
      name,
      label: name[0]!.toUpperCase() + name.slice(1),
      ...LIMITS.pixel,
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const hunt = search<State>(stage, {
    label: "Find the next failure",
    ready: (state) => isStarted(keyOf(state.network)),
    failure: (state) => failure(state, judged(state), LEAST_IOU),
  });
  const scene = sceneControls(stage);
  const image = imageControls(stage);
  const code = codePanel(stage, "The same in PyTorch");
  frame(
    stage,
    html(
      "div",
      { class: "course-scene" },
      html("div", { class: "panel" }, html("p", { class: "panel-name" }, "Scene"), editor.element),
      classes.element,
      wrong.element,
    ),
    verdict,
    reading,
    table.element,
    about,
    controls(
      row(network.element, view.element),
      row(...places.map(({ element }) => element)),
      hunt.element,
      scene.element,
      image.element,
      actions(stage, "LiveSegmenter", LINKABLE),
      code.element,
    ),
  );

  return (state: State) => {
    start(state);
    const prediction = predictionOf(state);
    const scores = judged(state);
    editor.draw(state);
    classes.draw(state, shownClasses(state));
    wrong.draw(state, shownErrors(state));
    table.draw(
      state,
      atPixel(state),
      scores,
      known(state) ? rendered(state).mask[pixelOf(state)]! : null,
    );
    text(verdict, summary(state, prediction, scores));
    text(reading, [pixelSentence(state, scores), errors(scores)].filter(Boolean).join(" "));
    text(about, note(state));
    network.show(state.network);
    view.show(state.view);
    for (const [i, name] of (["row", "column"] as const).entries()) places[i]!.show(state[name]);
    scene.show(state);
    image.show(state);
    code.show(() => snippet(state));
    stage.narrate(spoken(state, prediction, scores));
  };
}

/** The map of classes that is chosen; of an own image only what is predicted. */
const shownClasses = once((state: State): Shown | null => {
  const prediction = predictionOf(state);
  const truth = known(state) ? rendered(state).mask : null;
  const shown = state.view === "true" ? truth : (prediction?.classes ?? null);
  if (!shown) return null;
  const title = state.view === "true" ? "True classes" : "Predicted classes";
  return { title, rgba: maps.classes(imageOf(state), shown), classes: shown, said: title };
});

const shownErrors = once((state: State): Shown | null => {
  const prediction = predictionOf(state);
  if (!prediction || !known(state)) return null;
  const rgba = maps.errors(imageOf(state), prediction.classes, rendered(state).mask, WRONG);
  return { title: "Errors", rgba, classes: null, said: "Errors" };
});

/** The same result for the same arguments as last time. */
function remembered<A extends unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | null = null;
  return (...args) => {
    if (!last || args.some((arg, i) => arg !== last!.args[i]))
      last = { args, result: compute(...args) };
    return last.result;
  };
}
