/** One kernel against two stages: what they compose to, and where the equality fails. */

import { equal } from "../core/equal.ts";
import { resetButton, stateButton } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, list, set, text } from "../ui/dom.ts";
import { watchWidth } from "../ui/environment.ts";
import { listField } from "../ui/list-field.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { transport } from "../ui/transport.ts";
import { picture } from "./compose-kernels/picture.ts";
import { PAIRS, pairNamed, SIGNALS, signalNamed } from "./compose-kernels/presets.ts";
import {
  outputSentence,
  type Piece,
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
  const relu = html("input", { type: "checkbox", id: stage.id("relu") });
  const reluSlot = stage.slot("relu", relu);
  relu.addEventListener("change", () => stage.update({ relu: relu.checked }), {
    signal: stage.signal,
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

  const title = String(stage.model.get("title") ?? "");
  const heading = {
    id: stage.id("title"),
    class: "course-title",
    role: "heading",
    "aria-level": 3,
  };
  stage.root.prepend(
    html("p", heading, title),
    html("p", { class: "course-hint" }, String(stage.model.get("hint") ?? "")),
    html(
      "div",
      { class: "course-body" },
      equation,
      drawing.element,
      whole,
      here,
      html(
        "div",
        { class: "course-controls" },
        player.element,
        html(
          "div",
          { class: "course-row" },
          html(
            "span",
            { class: "course-check" },
            relu,
            html("label", { for: relu.id }, "ReLU between the stages"),
            reluSlot,
          ),
          padding.element,
        ),
        kernels.element,
        signals.element,
        html("div", { class: "course-row" }, ...sizes.map(({ element }) => element)),
        html("div", { class: "course-row fields" }, ...fields.map(({ element }) => element)),
        facts,
        html(
          "div",
          { class: "course-actions" },
          resetButton(stage, player.stop),
          stateButton(stage, "ComposeKernels", KEYS),
          stage.slot("link"),
        ),
        code.element,
      ),
    ),
  );
  set(stage.root, { role: "group", "aria-labelledby": heading.id });
  watchWidth(drawing.element, stage.signal, drawing.resize);

  let last = "";
  return (state: State) => {
    drawing.draw(state);
    list(equation, tapEquation(state), () => html("span"), drawPiece);
    text(whole, summary(state));
    text(here, outputSentence(state));
    player.show(state.position, outputLength(state));
    relu.checked = state.relu;
    padding.show(state.padding);
    for (const [i, name] of STAGES.entries()) sizes[i]!.show(state[name].length);
    for (const [i, name] of (["signal", ...STAGES] as const).entries())
      fields[i]!.show(state[name]);
    kernels.show(pairName(state));
    signals.show(SIGNALS.find((name) => equal(signalNamed(name), state.signal)) ?? null);
    text(facts, weightSentence(state));
    code.show(snippet(state));
    const words = `${outputSentence(state)} ${summary(state)}`;
    if (last !== "" && words !== last) stage.announce(words);
    last = words;
  };
}

function drawPiece(element: Element, { words, role }: Piece): void {
  text(element, words);
  set(element, { class: role ? `role-${role}` : null });
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
