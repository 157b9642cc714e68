/** Move and compute, or compute and move: both orders side by side, and how far they differ. */

import { equal } from "../core/equal.ts";
import { FUNCTIONS, HEADS } from "../core/equivariance.ts";
import { BORDERS } from "../core/grid.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { listField } from "../ui/list-field.ts";
import { drawPieces } from "../ui/pieces.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { compare } from "./equivariance/comparison.ts";
import { diagram } from "./equivariance/diagram.ts";
import { drawingPen, moving, pointing } from "./equivariance/gestures.ts";
import { handles } from "./equivariance/handles.ts";
import { kernelControl } from "./equivariance/kernel.ts";
import { IMAGES, imageNamed, SIGNALS, signalNamed } from "./equivariance/pictures.ts";
import { definition, equation, reading, seamSentence, verdict } from "./equivariance/sentences.ts";
import { snippet } from "./equivariance/snippet.ts";
import { check, KEYS, LIMITS, type State, TRANSFORMS, unavailable } from "./equivariance/state.ts";

export default defineDemo<State>({
  name: "equivariance",
  keys: KEYS,
  check,
  derive: (state) => {
    const { output, expected, largest } = compare(state);
    return { output: output.values, expected: expected?.values ?? [], difference: largest };
  },
  build,
});

/** The parameters of the transformations, each with a name and the transformation it belongs to. */
const STEPPERS = [
  ["shift", "Right", "translate"],
  ["down", "Down", "translate"],
  ["angle", "Degrees", "rotate"],
  ["scale", "Per cent", "scale"],
  ["permutation", "Permutation", "permute"],
] as const;

function build(stage: Stage<State>) {
  const scene = diagram();
  const { panels } = scene;
  const held = handles(stage, panels.x);
  const gestures = [
    drawingPen(stage, panels.x),
    moving(stage, panels.moved),
    pointing(stage, [panels.output, panels.expected, panels.difference], panels.difference),
  ];
  const seam = html("p", { class: "course-caption" });
  const formula = html("p", { class: "course-equation" });
  const said = html("p", { class: "course-sentence" });
  const read = html("p", { class: "course-reading" });
  const meaning = html("p", { class: "course-facts" });

  const transform = choice(stage, {
    name: "transform",
    label: "Transformation t",
    values: TRANSFORMS,
    change: (value) => stage.update({ transform: value }),
  });
  const steppers = STEPPERS.map(([name, label, of]) => ({
    name,
    of,
    ...stepper(stage, {
      name,
      label,
      ...LIMITS[name],
      change: (value) => stage.update({ [name]: value }),
    }),
  }));
  const functions = presets(stage, {
    label: "Function f",
    names: FUNCTIONS,
    take: (name) => stage.update({ function: name }),
  });
  for (const button of functions.element.querySelectorAll("button")) {
    button.textContent = button.textContent!.replace("-", " ");
  }
  functions.element.append(stage.slot("function"));
  const kernel = kernelControl(stage);
  const head = choice(stage, {
    name: "head",
    label: "Before the decision",
    values: HEADS,
    change: (value) => stage.update({ head: value }),
  });
  const border = choice(stage, {
    name: "border",
    label: "Beyond the edge",
    values: BORDERS,
    change: (value) => stage.update({ border: value }),
  });
  let seed = 0;
  const signals = presets(stage, {
    label: "Signal x",
    names: SIGNALS,
    take: (name) => stage.update({ signal: signalNamed(name, ++seed) }),
  });
  const images = presets(stage, {
    label: "Image x",
    names: IMAGES,
    take: (name) => stage.update({ image: imageNamed(name) }),
  });
  images.element.append(stage.slot("image"));
  const values = listField(stage, {
    name: "signal",
    label: "x =",
    spoken: "Signal x",
    range: LIMITS.value,
    counts: LIMITS.length,
    change: (signal) => stage.update({ signal }),
  });
  const code = codePanel(stage, "The same in PyTorch");

  frame(
    stage,
    scene.element,
    seam,
    formula,
    said,
    read,
    controls(
      transform.element,
      row(...steppers.map(({ element }) => element)),
      functions.element,
      kernel.element,
      head.element,
      meaning,
      border.element,
      signals.element,
      images.element,
      values.element,
      actions(stage, "Equivariance", KEYS),
      code.element,
    ),
  );
  let width = 0;
  watchWidth(panels.x.frame, stage.signal, (to) => {
    if (to === width) return;
    width = to;
    held.resize(to);
    for (const each of Object.values(panels)) each.resize(to);
    stage.redraw();
  });

  /** The input whose preset is marked: to find it again means to compare with all of them. */
  let marked: readonly number[] | null = null;
  const markPreset = (state: State) => {
    const flat = state.dimensions === 1;
    const input = flat ? state.signal : state.image;
    // The field shows what holds, also after something else has been refused.
    if (flat) values.show(state.signal);
    if (input === marked) return;
    marked = input;
    if (flat) signals.show(SIGNALS.find((name) => equal(signalNamed(name), input)) ?? null);
    else images.show(IMAGES.find((name) => equal(imageNamed(name), input)) ?? null);
  };

  return (state: State) => {
    const comparison = compare(state);
    const flat = state.dimensions === 1;
    scene.draw(state, comparison);
    held.draw(state);
    for (const gesture of gestures) gesture();
    drawPieces(formula, equation(state, comparison));
    const words = verdict(state, comparison);
    const numbers = reading(state, comparison);
    text(seam, seamSentence(state));
    text(said, words);
    text(read, numbers);
    text(meaning, definition(state));
    transform.show(state.transform);
    for (const input of transform.element.querySelectorAll("input")) {
      input.disabled = unavailable(state).some((name) => name === input.value);
    }
    for (const { name, of, element, show } of steppers) {
      element.hidden = of !== state.transform || (name === "down" && flat);
      show(state[name]);
    }
    functions.show(state.function);
    kernel.element.hidden = !["convolution", "stride-2"].includes(state.function);
    kernel.show(state);
    head.element.hidden = state.function !== "classifier";
    head.show(state.head);
    border.show(state.border);
    signals.element.hidden = !flat;
    values.element.hidden = !flat;
    images.element.hidden = flat;
    markPreset(state);
    code.show(() => snippet(state));
    stage.narrate([words, numbers].filter(Boolean).join(" "));
  };
}
