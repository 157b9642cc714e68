/** A layer of hidden units, fully connected or a convolution, and the matrix of its weights. */

import { resetButton, stateButton } from "../ui/actions.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, list, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { activationPlot } from "./weight-matrix/activation-plot.ts";
import { controlsOf } from "./weight-matrix/controls.ts";
import { picture } from "./weight-matrix/picture.ts";
import {
  copiesSentence,
  countRows,
  formula,
  numbers,
  type Piece,
  spoken,
} from "./weight-matrix/sentences.ts";
import { snippet } from "./weight-matrix/snippet.ts";
import { check, KEYS, layerOf, type State, settle } from "./weight-matrix/state.ts";

export default defineDemo<State>({
  name: "weight-matrix",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({ output: layerOf(state).output }),
  build,
});

function build(stage: Stage<State>) {
  let pointed: number | null = null;
  const drawing = picture(stage, (weight) => {
    pointed = weight;
  });
  const plot = activationPlot();
  const general = html("p", { class: "course-equation" });
  const worked = html("p", { class: "course-equation" });
  const places = html("p", { class: "course-sentence course-places" });
  const counts = html("tbody", {});
  const table = html("table", { class: "course-counts" }, html("caption", {}, "To learn"), counts);
  const controls = controlsOf(stage);
  const code = codePanel(stage, "The same in PyTorch");
  const heading = {
    id: stage.id("title"),
    class: "course-title",
    role: "heading",
    "aria-level": 3,
  };
  const side = html("div", { class: "course-side" }, plot.element, table);
  const scene = html("div", { class: "course-scene" }, drawing.element, side);
  stage.root.prepend(
    html("p", heading, String(stage.model.get("title") ?? "")),
    html("p", { class: "course-hint" }, String(stage.model.get("hint") ?? "")),
    html(
      "div",
      { class: "course-body" },
      scene,
      places,
      general,
      worked,
      html(
        "div",
        { class: "course-controls" },
        ...controls.elements,
        html(
          "div",
          { class: "course-actions" },
          resetButton(stage, controls.stop),
          stateButton(stage, "WeightMatrix", KEYS),
          stage.slot("link"),
        ),
        code.element,
      ),
    ),
  );
  set(stage.root, { role: "group", "aria-labelledby": heading.id });
  watchWidth(stage.root, stage.signal, drawing.resize);

  let last = "";
  return (state: State) => {
    const layer = layerOf(state);
    drawing.draw(state, layer);
    plot.draw(state, layer);
    text(places, copiesSentence(state, layer, pointed));
    list(general, formula(state, layer), () => html("span"), drawPiece);
    list(worked, numbers(state, layer), () => html("span"), drawPiece);
    list(
      counts,
      countRows(state).map((row) => ({ ...row, here: row.kind === state.kind })),
      () => html("tr", {}, html("th", { scope: "row" }), html("td"), html("td")),
      (row, { kind, counts: made, total, here }) => {
        for (const [i, words] of [kind, made, total].entries()) text(row.children[i]!, words);
        set(row, { class: here ? "here" : null });
      },
    );
    controls.show(state, layer.output.length);
    code.show(snippet(state));
    const words = spoken(state, layer);
    if (last !== "" && words !== last) stage.announce(words);
    last = words;
  };
}

function drawPiece(element: Element, { words, role }: Piece): void {
  text(element, words);
  set(element, { class: role ? `role-${role}` : null });
}
