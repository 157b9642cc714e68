/** Boxes: how well two agree, which survive, and how good the survivors are. */

import { format } from "../core/format.ts";
import { CLASSES, SCENES } from "../data/detection-scenes.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { controls, frame } from "../ui/frame.ts";
import { presets } from "../ui/presets.ts";
import { slider } from "../ui/slider.ts";
import { switchBox } from "../ui/switch-box.ts";
import { transport } from "../ui/transport.ts";
import { picture, removeBox } from "./boxes/picture.ts";
import { CASE_NAMES, caseNamed } from "./boxes/presets.ts";
import {
  curveSentence,
  extremes,
  overlapSentence,
  spoken,
  stepSentence,
  verdict,
} from "./boxes/sentences.ts";
import { snippet } from "./boxes/snippet.ts";
import {
  asked,
  check,
  computed,
  derived,
  hidden,
  KEYS,
  LIMITS,
  letterOf,
  type State,
  settle,
  VIEWS,
} from "./boxes/state.ts";
import { curvePanel, overlapPanel, suppressionPanel } from "./boxes/tables.ts";

export default defineDemo<State>({
  name: "boxes",
  keys: KEYS,
  settle,
  check,
  derive: derived,
  build,
});

function build(stage: Stage<State>) {
  const note = html("p", { class: "box-note", role: "note" });
  const said = (words: string) => {
    if (words !== "") stage.announce(words);
    text(note, words);
  };
  const ask = (change: Partial<State>) => stage.update(asked(stage.state(), change));
  const drawing = picture(stage, said);
  const overlapped = overlapPanel();
  const suppressed = suppressionPanel(stage);
  const measured = curvePanel(stage);
  const sentence = html("p", { class: "course-sentence" });
  const judged = html("p", { class: "course-sentence course-verdict", tabindex: -1 });

  const view = choice(stage, {
    name: "view",
    label: "Look at",
    values: VIEWS,
    change: (value) => stage.update({ view: value }),
  });
  const player = transport(stage, {
    name: "step",
    label: "Step of the suppression",
    noun: "step",
    first: 0,
    beat: 1600,
    go: (step) => stage.update({ step }),
  });
  const unit = (name: "threshold" | "overlap" | "least", label: string) =>
    slider(stage, {
      name,
      label,
      ...(name === "least" ? LIMITS.least : LIMITS.unit),
      step: name === "least" ? 0.05 : 0.01,
      spell: (value) => format(value),
      change: (value) => ask({ [name]: value }),
    });
  const threshold = unit("threshold", "Threshold of the score");
  const overlap = unit("overlap", "Suppress above IoU");
  const least = unit("least", "Found from IoU");
  const score = slider(stage, {
    name: "score",
    label: "Score of the box",
    ...LIMITS.unit,
    step: 0.01,
    spell: (value) => `${letterOf(stage.state().selected)}: ${format(value)}`,
    change: (value) => {
      const { scores, selected } = stage.state();
      ask({ scores: scores.with(selected, value) });
    },
  });
  const byClass = switchBox(stage, {
    name: "by_class",
    label: "Within each class only",
    change: (on) => ask({ by_class: on }),
  });
  const predict = switchBox(stage, {
    name: "predict",
    label: "Name the survivors before they show",
    change: (on) => ask({ predict: on, step: 0 }),
  });
  const reveal = html("button", { type: "button" }, "Reveal");
  const again = html("button", { type: "button" }, "Again");
  const { signal } = stage;
  reveal.addEventListener(
    "click",
    () => {
      stage.update({ revealed: true, step: LIMITS.boxes.max });
      stage.announce(verdict(stage.state()));
      judged.focus({ preventScroll: true });
    },
    { signal },
  );
  again.addEventListener("click", () => ask({ step: 0 }), { signal });
  const classes = presets(stage, {
    label: "Class of the box",
    names: CLASSES,
    take: (name) => {
      const { labels, selected } = stage.state();
      ask({ labels: labels.with(selected, CLASSES.indexOf(name)) });
    },
  });
  const cases = presets(stage, {
    label: "Show",
    names: CASE_NAMES,
    take: (n) => stage.update(caseNamed(n)),
  });
  const scenes = presets(stage, {
    label: "Picture",
    names: SCENES,
    take: (name) => ask({ scene: name }),
  });
  const add = html("button", { type: "button" }, "Add a box");
  add.addEventListener(
    "click",
    () => {
      const { boxes, scores, labels, selected } = stage.state();
      if (boxes.length >= LIMITS.boxes.max) {
        return stage.complain({
          control: "boxes",
          message: `There are ${boxes.length} boxes: there is room for no more.`,
        });
      }
      return ask({
        boxes: [...boxes, [36, 36, 60, 60]],
        scores: [...scores, 0.5],
        labels: [...labels, labels[selected]!],
        selected: boxes.length,
        partner: selected,
      });
    },
    { signal },
  );
  const remove = html("button", { type: "button" }, "Remove it");
  remove.addEventListener("click", () => removeBox(stage, stage.state().selected), { signal });
  const count = html("div", { class: "course-field" }, add, remove, stage.slot("boxes"));
  const predicting = html("div", { class: "course-field" }, predict.element, reveal, again);
  const extreme = html("p", { class: "course-facts" });
  const code = codePanel(stage, "The same in PyTorch");

  frame(
    stage,
    html(
      "div",
      { class: "course-scene" },
      drawing.element,
      html("div", { class: "panels" }, overlapped.element, suppressed.element, measured.element),
    ),
    sentence,
    judged,
    note,
    controls(
      view.element,
      predicting,
      player.element,
      threshold.element,
      overlap.element,
      byClass.element,
      extreme,
      least.element,
      score.element,
      classes.element,
      count,
      cases.element,
      scenes.element,
      actions(stage, "Boxes", KEYS, () => {
        player.stop();
        said("");
      }),
      code.element,
    ),
  );

  return (state: State) => {
    const { suppression } = computed(state);
    const overlapping = state.view === "overlap";
    const curve = state.view === "precision and recall";
    const stepping = !overlapping && !curve;
    drawing.draw(state);
    for (const [panel, on] of [
      [overlapped, overlapping],
      [suppressed, stepping],
      [measured, curve],
    ] as const) {
      panel.element.hidden = !on;
      if (on) panel.draw(state);
    }
    const secret = hidden(state);
    predicting.hidden = !stepping;
    player.element.hidden = !stepping || secret;
    for (const { element } of [threshold, overlap, byClass]) element.hidden = overlapping;
    least.element.hidden = !curve;
    reveal.hidden = !secret;
    again.hidden = !state.predict || secret;
    player.show(state.step, suppression.steps.length + 1);
    text(
      sentence,
      overlapping ? overlapSentence(state) : curve ? curveSentence(state) : stepSentence(state),
    );
    text(judged, verdict(state));
    set(judged, { hidden: !stepping || !state.predict });
    text(extreme, overlapping ? "" : extremes(state));
    view.show(state.view);
    threshold.show(state.threshold);
    overlap.show(state.overlap);
    least.show(state.least);
    score.show(state.scores[state.selected]!);
    byClass.show(state.by_class);
    predict.show(state.predict);
    classes.show(CLASSES[state.labels[state.selected]!]!);
    scenes.show(state.scene);
    // The snippet would give the answer away.
    code.element.hidden = hidden(state);
    code.show(() => snippet(state));
    stage.narrate(spoken(state));
  };
}
