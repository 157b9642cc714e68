/** One kernel against two stages: what they compose to, and where the equality fails. */

import { equal } from "../core/equal.ts";
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
import { switchBox } from "../ui/switch-box.ts";
import { transport } from "../ui/transport.ts";
import { picture } from "./compose-kernels/picture.ts";
import { PAIRS, pairNamed, SIGNALS, signalNamed } from "./compose-kernels/presets.ts";
import {
  outputSentence,
  summary,
  tapEquation,
  weightSentence,
} from "./compose-kernels/sentences.ts";
import { snippet } from "./compose-kernels/snippet.ts";
import {
  check,
  derived,
  KEYS,
  LIMITS,
  outputLength,
  STAGE_PADDINGS,
  STAGES,
  type State,
  settle,
} from "./compose-kernels/state.ts";

export default defineDemo<State>({
  name: "compose-kernels",
  keys: KEYS,
  settle,
  check,
  derive: derived,
  build,
});

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const equation = html("p", { class: "course-equation" });
  const whole = html("p", { class: "course-sentence" });
  const here = html("p", { class: "course-sentence here" });
  const facts = html("p", { class: "course-facts" });
  const code = codePanel(stage, "The same in PyTorch");
  const player = transport(stage, {
    name: "position",
    label: "Output looked at",
    go: (position) => stage.update({ position }),
  });
  const relu = switchBox(stage, {
    name: "relu",
    label: "ReLU between the stages",
    change: (on) => stage.update({ relu: on }),
  });
  const padding = choice(stage, {
    name: "padding",
    label: "Padding",
    values: STAGE_PADDINGS,
    change: (value) => stage.update({ padding: value }),
  });
  const sizes = STAGES.map((name) =>
    stepper(stage, {
      name: `${name}-size`,
      label: `${name[0]!.toUpperCase()}${name.slice(1)} size`,
      ...LIMITS[name],
      change: (value) => stage.update({ [name]: resize(stage.state()[name], value) }),
    }),
  );
  let seed = 0;
  const kernels = presets(stage, {
    label: "Kernels",
    names: PAIRS,
    take: (name) => stage.update(pairNamed(name, ++seed)),
  });
  const signals = presets(stage, {
    label: "Signal",
    names: SIGNALS,
    take: (name) => stage.update({ signal: signalNamed(name, ++seed) }),
  });
  const fields = (["signal", ...STAGES] as const).map((name) =>
    listField(stage, {
      name,
      label: name === "signal" ? "x =" : `${name} =`,
      spoken: name === "signal" ? "Signal x" : `Weights of the ${name} kernel`,
      range: LIMITS.value,
      counts: LIMITS[name],
      change: (values) => stage.update({ [name]: values }),
    }),
  );

  frame(
    stage,
    equation,
    drawing.element,
    whole,
    here,
    controls(
      player.element,
      row(relu.element, padding.element),
      kernels.element,
      signals.element,
      row(...sizes.map(({ element }) => element)),
      row(...fields.map(({ element }) => element)),
      facts,
      actions(stage, "ComposeKernels", KEYS, player.stop),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);

  return (state: State) => {
    drawing.draw(state);
    drawPieces(equation, tapEquation(state));
    text(whole, summary(state));
    text(here, outputSentence(state));
    player.show(state.position, outputLength(state));
    relu.show(state.relu);
    padding.show(state.padding);
    for (const [i, name] of STAGES.entries()) sizes[i]!.show(state[name].length);
    for (const [i, name] of (["signal", ...STAGES] as const).entries())
      fields[i]!.show(state[name]);
    kernels.show(pairName(state));
    signals.show(SIGNALS.find((name) => equal(signalNamed(name), state.signal)) ?? null);
    text(facts, weightSentence(state));
    code.show(() => snippet(state));
    stage.narrate(`${outputSentence(state)} ${summary(state)}`);
  };
}

/** Which preset these kernels are. */
function pairName({ first, second, third }: State) {
  return PAIRS.find((name) => equal(pairNamed(name), { first, second, third })) ?? null;
}

/** A kernel of another size: ones are added at its end or taken from there. */
function resize(kernel: readonly number[], count: number): number[] {
  const resized = kernel.slice(0, count);
  while (resized.length < count) resized.push(1);
  return resized;
}
