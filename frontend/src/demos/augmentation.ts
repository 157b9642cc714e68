/** Change an image as a training set's images are changed, and see when its label goes wrong. */

import { STRENGTHS, VARIED } from "../core/augmentation.ts";
import { compact } from "../core/format.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, set, text } from "../ui/dom.ts";
import { interactive } from "../ui/environment.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { slider } from "../ui/slider.ts";
import { stepper } from "../ui/stepper.ts";
import { switchBox, tick } from "../ui/switch-box.ts";
import { answerView } from "./augmentation/answer-view.ts";
import { answer, answers, isStarted } from "./augmentation/network.ts";
import { pictures } from "./augmentation/pictures.ts";
import { samples } from "./augmentation/samples.ts";
import { counted, described, kept, said, verdict } from "./augmentation/sentences.ts";
import { snippet } from "./augmentation/snippet.ts";
import { start } from "./augmentation/start.ts";
import {
  centred,
  check,
  KEYS,
  LIMITS,
  output,
  PLAIN,
  type State,
  samplesOf,
  settle,
} from "./augmentation/state.ts";
import { SUBJECTS, subject } from "./augmentation/subject.ts";

export default defineDemo<State>({
  name: "augmentation",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({ output: output(state), answer: [...(answer(state) ?? [])] }),
  build,
});

const percent = (value: number) => `${Math.round(100 * value)} %`;

function build(stage: Stage<State>) {
  const { signal } = stage;
  const both = pictures(stage);
  const grid = samples(stage);
  const guesses = answerView();
  both.element.append(guesses.element);
  const label = html("p", { class: "course-sentence course-verdict" });
  const network = html("p", { class: "course-sentence network-verdict" });
  const change = html("p", { class: "course-facts" });
  const keptWords = html("p", { class: "course-facts" });
  const count = html("p", { class: "course-facts" });
  const picture = choice(stage, {
    name: "picture",
    label: "Picture",
    values: SUBJECTS,
    change: (value) => stage.update({ picture: value }),
  });
  const index = stepper(stage, {
    name: "index",
    label: "Held-out scene",
    ...LIMITS.index,
    change: (value) => stage.update({ index: value }),
  });
  const mirror = switchBox(stage, {
    name: "mirror",
    label: "Mirror",
    change: (on) => stage.update({ mirror: on }),
  });
  const crop = stepper(stage, {
    name: "crop_side",
    label: "Side of the crop",
    ...LIMITS.crop_side,
    change: (value) => stage.update({ crop_side: value }),
  });
  const sliders = {
    scale: slider(stage, {
      name: "scale",
      label: "Scale",
      min: -2,
      max: 2,
      step: 0.05,
      spell: (value) => `× ${compact(2 ** value)}`,
      change: (value) => stage.update({ scale: Number((2 ** value).toFixed(2)) }),
    }),
    rotation: slider(stage, {
      name: "rotation",
      label: "Rotation",
      ...LIMITS.rotation,
      step: 1,
      spell: (value) => `${compact(value)}°`,
      change: (value) => stage.update({ rotation: value }),
    }),
    brightness: slider(stage, {
      name: "brightness",
      label: "Brightness",
      ...LIMITS.brightness,
      step: 1,
      spell: compact,
      change: (value) => stage.update({ brightness: value }),
    }),
    contrast: slider(stage, {
      name: "contrast",
      label: "Contrast",
      ...LIMITS.contrast,
      step: 0.05,
      spell: (value) => `× ${compact(value)}`,
      change: (value) => stage.update({ contrast: value }),
    }),
    cutout: slider(stage, {
      name: "cutout",
      label: "Cutout",
      ...LIMITS.cutout,
      step: 0.05,
      spell: percent,
      change: (value) => stage.update({ cutout: value }),
    }),
  };
  const colours = [0, 1, 2].map((i) =>
    slider(stage, {
      name: i === 0 ? "colour" : `colour-${i}`,
      label: `Colour α${"₁₂₃"[i]}`,
      ...LIMITS.colour,
      step: 0.1,
      spell: compact,
      change: (value) => {
        const colour = [...stage.state().colour];
        colour[i] = value;
        stage.update({ colour });
      },
    }),
  );
  const plain = html("button", { type: "button", class: "course-action" }, "Undo all changes");
  plain.addEventListener(
    "click",
    () => {
      const middle = centred(stage.state().crop_side);
      stage.update({ ...PLAIN, colour: [...PLAIN.colour], right: middle, down: middle });
    },
    { signal },
  );
  const ticks = VARIED.map((name) =>
    tick(stage, {
      name: `vary-${name}`,
      label: name,
      change: (on) => {
        const now = stage.state().vary;
        stage.update({ vary: VARIED.filter((one) => (one === name ? on : now.includes(one))) });
      },
    }),
  );
  const vary = html(
    "fieldset",
    { class: "course-field varied" },
    html("legend", {}, "The twelve vary in"),
    ...ticks.map(({ element }) => element),
    stage.slot("vary"),
  );
  const strength = choice(stage, {
    name: "strength",
    label: "How far",
    values: STRENGTHS,
    change: (value) => stage.update({ strength: value }),
  });
  const others = html("button", { type: "button", class: "course-action" }, "Draw twelve others");
  others.addEventListener(
    "click",
    () => {
      const { seed } = stage.state();
      stage.update({ seed: seed < LIMITS.seed.max ? seed + 1 : 0 });
    },
    { signal },
  );
  const code = codePanel(stage, "The same in PyTorch");
  frame(
    stage,
    both.element,
    label,
    network,
    change,
    grid.element,
    keptWords,
    count,
    controls(
      picture.element,
      index.element,
      row(mirror.element, crop.element, stage.slot("crop"), plain),
      html(
        "div",
        { class: "sliders" },
        ...Object.values(sliders).map(({ element }) => element),
        ...colours.map(({ element }) => element),
      ),
      vary,
      row(strength.element, others),
      actions(stage, "Augmentation", KEYS),
      code.element,
    ),
  );

  let asked = false;
  const begin = async () => {
    asked = true;
    try {
      await start();
    } catch {
      const message = "This browser cannot run the network: it has no vectors in WebAssembly.";
      return stage.complain({ control: "picture", message });
    }
    if (!signal.aborted) stage.update({});
  };

  return (state: State) => {
    const scene = state.picture === "scene";
    if (scene && !asked && interactive()) void begin();
    const probabilities = answer(state);
    const told = said(state, probabilities);
    both.draw(state);
    guesses.draw(probabilities, subject(state).label);
    guesses.element.hidden = network.hidden = index.element.hidden = !scene;
    text(network, told);
    set(network, { "data-right": told.startsWith("✗") ? "false" : "true" });
    set(stage.root, { "data-network": isStarted() ? "ready" : null, "data-scene": scene });
    index.show(state.index);
    grid.draw(state);
    const { held, words } = verdict(state);
    set(label, { "data-right": String(held) });
    text(label, `${held ? "✓" : "✗"} ${words}`);
    text(change, `This change: ${described(state)}.`);
    const samples = samplesOf(state);
    text(keptWords, kept(state, samples, answers(state, samples)));
    text(count, counted(state));
    picture.show(state.picture);
    mirror.show(state.mirror);
    crop.show(state.crop_side);
    sliders.scale.show(Math.log2(state.scale));
    for (const name of ["rotation", "brightness", "contrast", "cutout"] as const) {
      sliders[name].show(state[name]);
    }
    for (const [i, one] of colours.entries()) one.show(state.colour[i]!);
    for (const [i, one] of ticks.entries()) one.show(state.vary.includes(VARIED[i]!));
    strength.show(state.strength);
    code.show(() => snippet(state));
    stage.narrate(`${words} ${told} ${described(state)}`);
  };
}
