/** The skips of a U-Net switched off one by one, beside a network that was trained without. */

import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { watchTheme } from "../ui/theme.ts";
import { type Answers, answersOf, computed, derived, sceneOf } from "./skips/answers.ts";
import { diagram } from "./skips/diagram.ts";
import { mapView } from "./skips/map-view.ts";
import { STORED } from "./skips/networks.ts";
import { pixelSentences, resultSentence, switchedName, WITHOUT } from "./skips/sentences.ts";
import { snippet } from "./skips/snippet.ts";
import { start } from "./skips/start.ts";
import { check, KEYS, LEVELS, LIMITS, MAPS, type State } from "./skips/state.ts";
import { table } from "./skips/table.ts";

const PRESETS: Record<string, boolean[]> = {
  "all on": LEVELS.map(() => true),
  ...Object.fromEntries(
    LEVELS.map((side, n) => [`without ${side}`, LEVELS.map((_, level) => level !== n)]),
  ),
  "all off": LEVELS.map(() => false),
};

export default defineDemo<State>({
  name: "skips",
  keys: KEYS,
  check,
  derive: derived,
  build,
});

function build(stage: Stage<State>) {
  const drawing = diagram(stage);
  const views = {
    scene: mapView("the scene", "The scene"),
    truth: mapView("the truth", "The truth"),
    switched: mapView("as switched", "The U-Net as it is switched"),
    without: mapView(WITHOUT, "The network trained without skips"),
  };
  const measures = table();
  const result = html("p", { class: "course-sentence result" });
  const pixel = [0, 1, 2].map(() => html("p", { class: "course-facts" }));
  const index = stepper(stage, {
    name: "index",
    label: "Held-out scene",
    ...LIMITS.index,
    change: (value) => stage.update({ index: value }),
  });
  const worth = presets(stage, {
    label: "Skips",
    names: Object.keys(PRESETS),
    take: (name) => stage.update({ skips: PRESETS[name]! }),
  });
  const map = choice(stage, {
    name: "map",
    label: "Show",
    values: MAPS,
    change: (value) => stage.update({ map: value }),
  });
  const places = (["Row", "Column"] as const).map((label, axis) =>
    stepper(stage, {
      name: label.toLowerCase(),
      label,
      ...LIMITS.pixel,
      change: (value) => stage.update({ pixel: stage.state().pixel.with(axis, value) }),
    }),
  );
  const code = codePanel(stage, "The same in PyTorch");
  const all = Object.values(views).filter((view) => view !== views.without || STORED.without);
  frame(
    stage,
    html(
      "div",
      { class: "overview" },
      drawing.element,
      html("div", { class: "scores" }, measures.element, result),
    ),
    html("div", { class: "maps" }, ...all.map(({ element }) => element)),
    html("div", { class: "pixel" }, ...pixel),
    controls(
      row(worth.element),
      row(index.element, map.element),
      row(...places.map(({ element }) => element), stage.slot("pixel")),
      actions(stage, "Skips", KEYS),
      code.element,
    ),
  );
  for (const view of all) follow(stage, view);
  let painted = "";
  watchTheme(stage.signal, () => {
    painted = "";
    stage.redraw();
  });
  start(stage);

  let before: { index: number; answers: Answers | null; map: string } | null = null;
  const paintMaps = (state: State, answers: Answers | null) => {
    const { image, mask } = sceneOf(state);
    const fresh = painted === "" || before?.index !== state.index;
    if (fresh) {
      views.scene.drawImage(image);
      views.truth.drawMap({ classes: mask, truth: mask, errors: false });
    }
    const errors = state.map === "errors";
    if (answers) {
      const again = fresh || before?.map !== state.map;
      for (const [n, view] of [null, views.switched, views.without].entries()) {
        const one = answers[n];
        if (!view || !one || (!again && before?.answers?.[n] === one)) continue;
        view.drawMap({ classes: one.classes, truth: mask, errors });
      }
    }
    painted = "yes";
    before = { index: state.index, answers, map: state.map };
  };

  const first = computed(stage.model.get("output"), stage.state());
  const begun = stage.state();
  return (state: State) => {
    // Until the networks have started, what Python has computed stands for the first state.
    const answers = answersOf(state) ?? (state === begun ? first : null);
    drawing.draw(state);
    paintMaps(state, answers);
    for (const view of all) view.mark(state.pixel);
    text(views.switched.caption, switchedName(state.skips));
    measures.draw(state, answers);
    const words = resultSentence(state, answers);
    text(result, words);
    for (const [n, line] of pixelSentences(state, answers).entries()) text(pixel[n]!, line);
    index.show(state.index);
    worth.show(presetOf(state.skips));
    map.show(state.map);
    for (const [axis, place] of places.entries()) place.show(state.pixel[axis]!);
    code.show(() => snippet(state));
    stage.narrate(words);
  };
}

/** The preset that holds, if one does. */
function presetOf(skips: readonly boolean[]): string | null {
  const same = ([, on]: [string, boolean[]]) => on.every((value, n) => value === skips[n]);
  return Object.entries(PRESETS).find(same)?.[0] ?? null;
}

/** A press on a picture, or a drag over it, asks about the pixel there. */
function follow(stage: Stage<State>, view: ReturnType<typeof mapView>): void {
  const { signal } = stage;
  const ask = (event: PointerEvent) => stage.update({ pixel: view.pixelAt(event) });
  view.overlay.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      view.overlay.setPointerCapture(event.pointerId);
      ask(event);
    },
    { signal },
  );
  view.overlay.addEventListener(
    "pointermove",
    (event) => {
      if (view.overlay.hasPointerCapture(event.pointerId)) ask(event);
    },
    { signal },
  );
}
