/** A layer of hidden units, fully connected or a convolution, and the matrix of its weights. */

import { actions } from "../ui/actions.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, list, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame } from "../ui/frame.ts";
import { drawPieces } from "../ui/pieces.ts";
import { activationPlot } from "./weight-matrix/activation-plot.ts";
import { controlsOf } from "./weight-matrix/controls.ts";
import { picture } from "./weight-matrix/picture.ts";
import { copiesSentence, countRows, formula, numbers, spoken } from "./weight-matrix/sentences.ts";
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
  const settings = controlsOf(stage);
  const code = codePanel(stage, "The same in PyTorch");
  const side = html("div", { class: "course-side" }, plot.element, table);
  const scene = html("div", { class: "course-scene" }, drawing.element, side);
  frame(
    stage,
    scene,
    places,
    general,
    worked,
    controls(
      ...settings.elements,
      actions(stage, "WeightMatrix", KEYS, settings.stop),
      code.element,
    ),
  );
  watchWidth(stage.root, stage.signal, drawing.resize);

  return (state: State) => {
    const layer = layerOf(state);
    drawing.draw(state, layer);
    plot.draw(state, layer);
    text(places, copiesSentence(state, layer, pointed));
    drawPieces(general, formula(state, layer));
    drawPieces(worked, numbers(state, layer));
    list(
      counts,
      countRows(state).map((row) => ({ ...row, here: row.kind === state.kind })),
      () => html("tr", {}, html("th", { scope: "row" }), html("td"), html("td")),
      (row, { kind, counts: made, total, here }) => {
        for (const [i, words] of [kind, made, total].entries()) text(row.children[i]!, words);
        set(row, { class: here ? "here" : null });
      },
    );
    settings.show(state, layer.output.length);
    code.show(() => snippet(state));
    stage.narrate(spoken(state, layer));
  };
}
