/** A filter is as deep as its input: take one apart, slice by slice, on a photograph in colour. */

import { equal } from "../core/equal.ts";
import { PADDINGS } from "../core/padding.ts";
import { about, PHOTOGRAPHS } from "../data/photographs.ts";
import { actions } from "../ui/actions.ts";
import { choice } from "../ui/choice.ts";
import { codePanel } from "../ui/code.ts";
import { defineDemo, type Stage } from "../ui/demo.ts";
import { html, text } from "../ui/dom.ts";
import { controls, frame, row } from "../ui/frame.ts";
import { numberField } from "../ui/number-field.ts";
import { drawLines } from "../ui/pieces.ts";
import { presets } from "../ui/presets.ts";
import { stepper } from "../ui/stepper.ts";
import { switchBox, tick } from "../ui/switch-box.ts";
import { BANKS, bank, counted, resized } from "./channels-2d/banks.ts";
import { outputs } from "./channels-2d/outputs.ts";
import { picture } from "./channels-2d/picture.ts";
import { equation, parameters, spoken } from "./channels-2d/sentences.ts";
import { snippet } from "./channels-2d/snippet.ts";
import {
  COLOURS,
  check,
  KEYS,
  LIMITS,
  output,
  type State,
  settle,
  sizeOf,
} from "./channels-2d/state.ts";

const SIZES = ["1×1", "3×3"] as const;

export default defineDemo<State>({
  name: "channels-2d",
  keys: KEYS,
  settle,
  check,
  derive: (state) => ({ output: output(state) }),
  build,
});

function build(stage: Stage<State>) {
  const drawing = picture(stage);
  const maps = outputs(stage);
  const lines = html("div", { class: "course-equation" });
  const says = html("p", { class: "course-sentence" });
  const bias = numberField(stage, {
    name: "bias",
    label: "Bias β",
    ...LIMITS.bias,
    change: (value) => {
      const { biases, channel } = stage.state();
      stage.update({ biases: biases.with(channel, value) });
    },
  });
  const relu = switchBox(stage, {
    name: "relu",
    label: "ReLU",
    change: (on) => stage.update({ relu: on }),
  });
  drawing.bias.append(bias.element, relu.element);
  const banks = presets(stage, {
    label: "Filters",
    names: BANKS,
    take: (name) => {
      const { filters, biases } = bank(name);
      stage.update({ filters, biases, channel: 0 });
    },
  });
  banks.element.append(stage.slot("filters"));
  const photographs = presets(stage, {
    label: "Photograph",
    names: PHOTOGRAPHS,
    take: (name) => stage.update({ photograph: name }),
  });
  const size = choice(stage, {
    name: "size",
    label: "Kernel size",
    values: SIZES,
    change: (value) => stage.update({ filters: resized(stage.state(), Number(value[0])) }),
  });
  const count = stepper(stage, {
    name: "count",
    label: "Output channels",
    ...LIMITS.channels,
    change: (value) => stage.update(counted(stage.state(), value)),
  });
  const heard = COLOURS.map((name, c) =>
    tick(stage, {
      name: `hear-${name}`,
      label: name,
      change: (on) => {
        const rest = stage.state().muted.filter((one) => one !== c);
        stage.update({ muted: on ? rest : [...rest, c].sort() });
      },
    }),
  );
  const hearing = html(
    "div",
    { class: "course-field", role: "group", "aria-label": "Input channels that count" },
    html("span", { class: "course-label", "aria-hidden": "true" }, "Input channels that count"),
    ...heard.map(({ element }) => element),
    stage.slot("muted"),
  );
  const padding = choice(stage, {
    name: "padding",
    label: "Padding",
    values: PADDINGS,
    change: (value) => stage.update({ padding: value }),
  });
  const facts = html("p", { class: "course-facts" });
  const credit = html("p", { class: "course-facts" });
  const code = codePanel(stage, "The same in PyTorch");

  frame(
    stage,
    drawing.element,
    drawing.legend,
    lines,
    says,
    controls(
      maps.element,
      banks.element,
      hearing,
      row(size.element, count.element),
      padding.element,
      photographs.element,
      facts,
      credit,
      actions(stage, "Channels2D", KEYS),
      code.element,
    ),
  );
  /** Which bank holds, looked for only where the filters have changed. */
  let marked: unknown = null;
  const mark = ({ filters, biases }: State) => {
    if (filters === marked) return;
    marked = filters;
    const found = BANKS.find((name) => equal(bank(name).filters, filters)) ?? null;
    banks.show(found && equal(bank(found).biases, biases) ? found : null);
    text(says, found ? bank(found).says : "");
  };

  return (state: State) => {
    drawing.draw(state);
    maps.draw(state);
    drawLines(lines, equation(state));
    bias.show(state.biases[state.channel]!);
    relu.show(state.relu);
    mark(state);
    photographs.show(state.photograph);
    size.show(sizeOf(state) === 1 ? "1×1" : "3×3");
    count.show(state.filters.length);
    for (const [c, { show }] of heard.entries()) show(!state.muted.includes(c));
    padding.show(state.padding);
    text(facts, parameters(state));
    text(credit, about(state.photograph));
    code.show(() => snippet(state));
    stage.narrate(spoken(state));
  };
}
