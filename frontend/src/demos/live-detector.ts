/** A detector at work on a scene that the reader changes: every box, and what is true. */

import { DETECTORS } from "../data/scene-detectors.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { slider } from "../ui/slider.ts";
import { stepper } from "../ui/stepper.ts";
import { switchBox } from "../ui/switch-box.ts";
import { keyOf, NETWORKS } from "./live-detector/networks.ts";
import { picture } from "./live-detector/picture.ts";
import { results } from "./live-detector/results.ts";
import {
  cellSentence,
  className,
  origin,
  spoken,
  summary,
  two,
} from "./live-detector/sentences.ts";
import { snippet } from "./live-detector/snippet.ts";
import {
  CELLS,
  check,
  derived,
  found,
  KEYS,
  LINKABLE,
  type State,
  settle,
} from "./live-detector/state.ts";
import { sceneControls } from "./scene/editing.ts";
import { sceneEditor } from "./scene/editor.ts";
import { imageControls } from "./scene/image.ts";
import { isStarted } from "./scene/runners.ts";
import { search } from "./scene/search.ts";
import { note } from "./scene/sentences.ts";
import { starter } from "./scene/start.ts";

export default defineDemo<State>({
  name: "live-detector",
  keys: KEYS,
  linkable: LINKABLE,
  optional: ["scene"],
  settle,
  check,
  derive: derived,
  build,
});

function build(stage: Stage<State>) {
  const editor = sceneEditor(stage, "The scene: Tab goes from object to object");
  const boxes = picture(stage, editor);
  const table = results(stage);
  const start = starter(stage, DETECTORS, keyOf);
  const verdict = html("p", { class: "course-sentence scene-verdict" });
  const reading = html("p", { class: "course-facts scene-reading" });
  const about = html("p", { class: "course-facts scene-note" });
  const network = choice(stage, {
    name: "network",
    label: "Network",
    values: NETWORKS,
    change: (value) => stage.update({ network: value }),
  });
  const [threshold, overlap] = (
    [
      ["threshold", "Lowest score"],
      ["overlap", "Largest overlap (IoU)"],
    ] as const
  ).map(([name, label]) =>
    slider(stage, {
      ...{ name, label, min: 0, max: 1, step: 0.01, spell: two },
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const grid = switchBox(stage, {
    name: "grid",
    label: "Cells of the grid",
    change: (on) => stage.update({ grid: on }),
  });
  const cell = stepper(stage, {
    name: "cell",
    label: "Cell",
    min: 1,
    max: CELLS * CELLS,
    change: (value) => stage.update({ cell: value - 1, grid: true }),
  });
  const failure = search<State>(stage, {
    label: "Find the next failure",
    ready: (state) => isStarted(keyOf(state.network)),
    failure: (state) => {
      const here = found(state);
      if (!here) return null;
      const missed = here.things.find((_, i) => !here.hits[i]);
      if (missed) return `the ${className(missed.label)} is missed`;
      const wrong = here.findings.find((one) => one.verdict !== "right");
      return wrong ? `a ${className(wrong.box.label)} that is not there` : null;
    },
  });
  const scene = sceneControls(stage);
  const image = imageControls(stage);
  const code = codePanel(stage, "The same in PyTorch");
  frame(
    stage,
    html("div", { class: "course-scene" }, editor.element, html("div", {}, verdict, table.element)),
    reading,
    about,
    controls(
      row(threshold!.element, overlap!.element),
      network.element,
      row(grid.element, cell.element),
      failure.element,
      scene.element,
      image.element,
      actions(stage, "LiveDetector", LINKABLE),
      code.element,
    ),
  );

  return (state: State) => {
    start(state);
    const here = found(state);
    editor.draw(state);
    boxes(state, here);
    table.draw(state, here);
    text(verdict, summary(state, here));
    text(reading, state.grid ? cellSentence(state, here) : origin(state, here));
    text(about, note(state));
    threshold!.show(state.threshold);
    overlap!.show(state.overlap);
    network.show(state.network);
    grid.show(state.grid);
    cell.show(state.cell + 1);
    scene.show(state);
    image.show(state);
    set(stage.root, { "data-grid": state.grid });
    code.show(() => snippet(state));
    stage.narrate(spoken(state, here));
  };
}
