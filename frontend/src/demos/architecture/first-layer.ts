/** The first view: what a first layer costs as the image grows, fully connected and convolutional. */

import { actions } from "../../ui/actions.ts";
import { choice } from "../../ui/choice.ts";
import { codePanel } from "../../ui/code.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, text } from "../../ui/dom.ts";
import { watchWidth } from "../../ui/environment.ts";
import { controls, frame, row } from "../../ui/frame.ts";
import { presets } from "../../ui/presets.ts";
import { stepper } from "../../ui/stepper.ts";
import { chart } from "./chart.ts";
import { type Row, rows, sentence, spoken } from "./sentences.ts";
import { snippet } from "./snippet.ts";
import { costs, KEYS, LIMITS, PRECISIONS, QUANTITIES, type State } from "./state.ts";

/** Images that readers know. */
const IMAGES = {
  "digit 28, grey": { size: 28, channels: 1 },
  "thumbnail 32": { size: 32, channels: 3 },
  "lecture 224": { size: 224, channels: 3 },
  "photograph 1024": { size: 1024, channels: 3 },
} as const;

export function buildFirstLayer(stage: Stage<State>) {
  const drawing = chart(stage);
  const result = html("p", { class: "course-sentence" });
  const body = html("tbody", {});
  const table = html(
    "table",
    { class: "course-costs" },
    html(
      "thead",
      {},
      html(
        "tr",
        {},
        html("td", {}),
        html("th", { scope: "col" }, "■\u00a0fully connected"),
        html("th", { scope: "col" }, "●\u00a0convolutional"),
      ),
    ),
    body,
  );
  const names = Object.keys(IMAGES) as (keyof typeof IMAGES)[];
  const images = presets(stage, {
    label: "Image",
    names,
    take: (name) => stage.update(IMAGES[name]),
  });
  const [size, channels, maps] = (
    [
      ["size", "Side, pixels"],
      ["channels", "Channels"],
      ["maps", "Feature maps"],
    ] as const
  ).map(([name, label]) =>
    stepper(stage, {
      name,
      label,
      ...LIMITS[name],
      change: (value) => stage.update({ [name]: value }),
    }),
  );
  const kernelSize = stepper(stage, {
    name: "kernel_size",
    label: "Kernel size",
    ...LIMITS.kernel_size,
    // The buttons go from one odd size to the next; what is typed is taken at its word.
    change: (value) => {
      const now = stage.state().kernel_size;
      stage.update({ kernel_size: Math.abs(value - now) === 1 ? 2 * value - now : value });
    },
  });
  const quantity = choice(stage, {
    name: "quantity",
    label: "The chart shows",
    values: QUANTITIES,
    change: (value) => stage.update({ quantity: value }),
  });
  const precision = choice(stage, {
    name: "precision",
    label: "A number is stored as",
    values: PRECISIONS,
    change: (value) => stage.update({ precision: value }),
  });
  const code = codePanel(stage, "The same in PyTorch");
  const steppers = [size!, channels!, maps!, kernelSize];
  frame(
    stage,
    drawing.element,
    result,
    table,
    controls(
      images.element,
      quantity.element,
      row(...steppers.map(({ element }) => element)),
      precision.element,
      actions(stage, "Architecture", KEYS),
      code.element,
    ),
  );
  watchWidth(drawing.element, stage.signal, drawing.resize);

  return (state: State) => {
    const both = costs(state);
    drawing.draw(state);
    text(result, sentence(state, both));
    list(body, rows(state, both), createRow, updateRow);
    images.show(
      names.find(
        (name) => IMAGES[name].size === state.size && IMAGES[name].channels === state.channels,
      ) ?? null,
    );
    size!.show(state.size);
    channels!.show(state.channels);
    maps!.show(state.maps);
    kernelSize.show(state.kernel_size);
    quantity.show(state.quantity);
    precision.show(state.precision);
    code.show(() => snippet(state));
    stage.narrate(spoken(state, both));
  };
}

function createRow(): HTMLTableRowElement {
  return html("tr", {}, html("th", { scope: "row" }), html("td", {}), html("td", {}));
}

function updateRow(row: HTMLTableRowElement, { name, dense, convolution }: Row): void {
  const [head, first, second] = [...row.children] as [Element, Element, Element];
  text(head, name);
  text(first, dense);
  text(second, convolution);
}
