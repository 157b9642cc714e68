/** YOLO's grid: a box becomes the numbers of a cell and back, and a prediction costs its loss. */

import { format } from "../core/format.ts";
import { decode } from "../core/yolo-grid.ts";
import { CLASSES, SCENES } from "../data/detection-scenes.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { numberField } from "../ui/number-field.ts";
import { presets } from "../ui/presets.ts";
import { slider } from "../ui/slider.ts";
import { stepper } from "../ui/stepper.ts";
import { encodingPanel, lossPanel } from "./yolo-grid/numbers.ts";
import { picture } from "./yolo-grid/picture.ts";
import {
  CASE_NAMES,
  caseNamed,
  objectsOf,
  PREDICTION_NAMES,
  predictionNamed,
} from "./yolo-grid/presets.ts";
import { answer, counts, judgement, spoken } from "./yolo-grid/sentences.ts";
import { snippet } from "./yolo-grid/snippet.ts";
import {
  check,
  computed,
  derived,
  KEYS,
  LIMITS,
  SIDE,
  type State,
  settle,
  VIEWS,
} from "./yolo-grid/state.ts";

export default defineDemo<State>({
  name: "yolo-grid",
  keys: KEYS,
  settle,
  check,
  derive: derived,
  build,
});

/** What the four fields of a box may hold. */
const FIELDS = [
  { key: "x", label: "x", min: 0, max: 0.9999 },
  { key: "y", label: "y", min: 0, max: 0.9999 },
  { key: "w", label: "w", min: 0.01, max: 1 },
  { key: "h", label: "h", min: 0.01, max: 1 },
] as const;

function build(stage: Stage<State>) {
  const note = html("p", { class: "course-problem-note", role: "note" });
  const said = (words: string) => {
    if (words !== "") stage.announce(words);
    text(note, words);
  };
  const drawing = picture(stage, said);
  const cellNumbers = encodingPanel();
  const lossNumbers = lossPanel();
  const sentence = html("p", { class: "course-sentence" });

  const view = choice(stage, {
    name: "view",
    label: "Look at",
    values: VIEWS,
    change: (value) => stage.update({ view: value, grabbed: value === "loss" ? 0 : -1 }),
  });
  const fields = FIELDS.map(({ key, label, min, max }) =>
    numberField(stage, {
      name: key,
      label,
      min,
      max,
      change: (value) => {
        const { boxes, selected, cells } = stage.state();
        const told = computed(stage.state()).encoding.told[selected]!;
        const box = decode({ ...told, [key]: value }, SIDE, cells).map((n) => Number(n.toFixed(6)));
        // Where the numbers lead beyond the image's edge the box ends there.
        if (box.some((n) => n < 0 || n > SIDE)) {
          return stage.complain({
            control: key,
            message: `${label} = ${value}: with it the box would reach beyond the image. Make it smaller first.`,
          });
        }
        return stage.update({ boxes: boxes.with(selected, box) });
      },
    }),
  );
  const classes = presets(stage, {
    label: "Class",
    names: CLASSES,
    take: (name) => {
      const { labels, selected } = stage.state();
      stage.update({ labels: labels.with(selected, CLASSES.indexOf(name)) });
    },
  });
  const add = html("button", { type: "button" }, "Add an object");
  add.addEventListener(
    "click",
    () => {
      const { boxes, labels } = stage.state();
      if (boxes.length >= LIMITS.objects.max) {
        return stage.complain({
          control: "boxes",
          message: `There are ${boxes.length} objects: there is room for no more.`,
        });
      }
      return stage.update({
        boxes: [...boxes, [184, 184, 264, 264]],
        labels: [...labels, labels.at(-1)!],
        selected: boxes.length,
        grabbed: -1,
      });
    },
    { signal: stage.signal },
  );
  const remove = html("button", { type: "button" }, "Remove it");
  remove.addEventListener(
    "click",
    () => {
      const { boxes, labels, selected } = stage.state();
      if (boxes.length === 1) {
        return stage.complain({ control: "boxes", message: "The last object stays." });
      }
      return stage.update({
        boxes: boxes.toSpliced(selected, 1),
        labels: labels.toSpliced(selected, 1),
      });
    },
    { signal: stage.signal },
  );
  const objects = html("div", { class: "course-field" }, add, remove, stage.slot("boxes"));
  const cases = presets(stage, {
    label: "Show",
    names: CASE_NAMES,
    take: (name) => stage.update({ ...caseNamed(name, stage.state()), grabbed: -1 }),
  });
  const predictions = presets(stage, {
    label: "Prediction",
    names: PREDICTION_NAMES,
    take: (name) => stage.update(predictionNamed(name, stage.state())),
  });
  const scenes = presets(stage, {
    label: "Picture",
    names: SCENES,
    take: (name) => stage.update({ ...objectsOf(name), selected: 0 }),
  });
  const cells = stepper(stage, {
    name: "cells",
    label: "Cells a side S",
    ...LIMITS.cells,
    change: (value) => stage.update({ cells: value }),
  });
  const perCell = stepper(stage, {
    name: "boxes_per_cell",
    label: "Boxes a cell B",
    ...LIMITS.boxesPerCell,
    change: (value) => stage.update({ boxes_per_cell: value }),
  });
  const classCount = stepper(stage, {
    name: "class_count",
    label: "Classes C",
    ...LIMITS.classCount,
    change: (value) => stage.update({ class_count: value }),
  });
  const share = (value: number) => format(value, 2);
  const confidences = [0, 1, 2].map((j) =>
    slider(stage, {
      name: j === 0 ? "confidences" : `confidence-${j + 1}`,
      label: `Confidence of box ${j + 1}`,
      ...LIMITS.unit,
      step: 0.01,
      spell: share,
      change: (value) =>
        stage.update({ confidences: stage.state().confidences.with(j, value), grabbed: j }),
    }),
  );
  const probability = slider(stage, {
    name: "probability",
    label: "Probability of the right class",
    ...LIMITS.unit,
    step: 0.01,
    spell: share,
    change: (value) => stage.update({ probability: value }),
  });
  const background = slider(stage, {
    name: "background",
    label: "Confidence of every other box",
    ...LIMITS.unit,
    step: 0.01,
    spell: share,
    change: (value) => stage.update({ background: value }),
  });
  const facts = html("p", { class: "course-facts" });
  const code = codePanel(stage, "The same in PyTorch");
  const encodeOnly = html("div", { class: "view-controls" });
  encodeOnly.append(
    row(...fields.map(({ element }) => element)),
    classes.element,
    objects,
    cases.element,
  );
  const lossOnly = html("div", { class: "view-controls" });
  lossOnly.append(
    predictions.element,
    ...confidences.map(({ element }) => element),
    probability.element,
    background.element,
  );

  frame(
    stage,
    html(
      "div",
      { class: "course-scene" },
      drawing.element,
      html("div", { class: "panels" }, cellNumbers.element, lossNumbers.element),
    ),
    sentence,
    note,
    controls(
      view.element,
      encodeOnly,
      lossOnly,
      row(cells.element, perCell.element, classCount.element),
      scenes.element,
      facts,
      actions(stage, "YoloGrid", KEYS, () => said("")),
      code.element,
    ),
  );

  return (state: State) => {
    const loss = state.view === "loss";
    drawing.draw(state);
    cellNumbers.element.hidden = loss;
    lossNumbers.element.hidden = !loss;
    encodeOnly.hidden = loss;
    lossOnly.hidden = !loss;
    if (loss) {
      lossNumbers.draw(state);
      for (const [j, { element, show }] of confidences.entries()) {
        element.hidden = j >= state.boxes_per_cell;
        show(state.confidences[j]!);
      }
      probability.show(state.probability);
      background.show(state.background);
    } else {
      cellNumbers.draw(state);
      const told = computed(state).encoding.told[state.selected]!;
      for (const [i, { key }] of FIELDS.entries()) {
        fields[i]!.show(Number(told[key].toFixed(4)));
      }
      classes.show(CLASSES[state.labels[state.selected]!]!);
    }
    text(sentence, loss ? judgement(state) : answer(state));
    view.show(state.view);
    scenes.show(state.scene);
    cells.show(state.cells);
    perCell.show(state.boxes_per_cell);
    classCount.show(state.class_count);
    text(facts, counts(state));
    code.show(() => snippet(state));
    stage.narrate(spoken(state));
  };
}
