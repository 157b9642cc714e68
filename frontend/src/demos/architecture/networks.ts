/** The second view: a network's layers and what each costs, perhaps with another beside it. */

import { grouped } from "../../core/format.ts";
import { ARCHITECTURES, NETWORK_NAMES, sizesOf } from "../../data/architectures.ts";
import { actions } from "../../ui/actions.ts";
import { onArrows } from "../../ui/arrows.ts";
import { choice } from "../../ui/choice.ts";
import { codePanel } from "../../ui/code.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { watchWidth } from "../../ui/environment.ts";
import { controls, frame, row } from "../../ui/frame.ts";
import { menu } from "../../ui/menu.ts";
import { presets } from "../../ui/presets.ts";
import { layerTable } from "./layer-table.ts";
import {
  kindOf,
  layerLines,
  networkName,
  ratioSentence,
  shareSentence,
} from "./network-sentences.ts";
import { networkSnippet } from "./network-snippet.ts";
import {
  described,
  LISTED,
  NETWORK_KEYS,
  type NetworkState,
  shown,
  sizeFor,
} from "./network-state.ts";
import { ribbons } from "./ribbons.ts";

/** Pairs worth seeing. */
const PAIRS = {
  AlexNet: { network: "alexnet", other: null, layer: 0 },
  "AlexNet and VGG-19": { network: "alexnet", other: "vgg-19", layer: 8 },
  "VGG-16 and ResNet-50": { network: "vgg-16", other: "resnet-50", layer: 18 },
  "a phone's network": { network: "efficientnet-lite0", other: "resnet-50", layer: 0 },
  "YOLO and U-Net": { network: "yolo", other: "u-net", layer: 0 },
} as const satisfies Record<string, Partial<NetworkState>>;

export function buildNetworks(stage: Stage<NetworkState>) {
  const { signal } = stage;
  const first = ribbons();
  const second = ribbons();
  const grip = svg("rect", {
    class: "grip",
    y: 20,
    height: 120,
    rx: 4,
    tabindex: 0,
    role: "slider",
    "aria-label": "Layer",
    "aria-valuemin": 1,
  });
  first.drawing.append(grip);
  set(first.drawing, { role: "group", "aria-label": "Shares of the layers" });
  set(second.drawing, { role: "img" });
  const pictures = html("div", { class: "network-pictures" }, first.element, second.element);
  const legend = html(
    "p",
    { class: "network-legend" },
    html("span", { class: "convolution" }, "■\u00a0convolution"),
    html("span", { class: "dense" }, "▨\u00a0fully connected"),
  );
  const said = html("p", { class: "course-sentence" });
  const details = html("div", { class: "layer-lines" });
  const table = layerTable(stage);
  const names = Object.keys(PAIRS) as (keyof typeof PAIRS)[];
  const pairs = presets(stage, {
    label: "See",
    names,
    take: (name) => stage.update({ ...PAIRS[name], image_size: null, sort: "order" }),
  });
  const titles = NETWORK_NAMES.map((name) => [name, ARCHITECTURES[name]!.title] as const);
  const network = menu(stage, {
    name: "network",
    label: "Network",
    options: titles,
    change: (value) => stage.update({ network: value, image_size: null, layer: 0 }),
  });
  const other = menu(stage, {
    name: "other",
    label: "beside it",
    options: [["", "none"], ...titles],
    change: (value) => stage.update({ other: value === "" ? null : value }),
  });
  const sizes = menu(stage, {
    name: "image_size",
    label: "Side of the image",
    options: [],
    change: (value) => stage.update({ image_size: Number(value) }),
  });
  const listed = choice(stage, {
    name: "listed",
    label: "Layers",
    values: LISTED,
    change: (value) => stage.update({ listed: value }),
  });
  const swap = html("button", { type: "button", class: "course-action" }, "Swap the two");
  swap.addEventListener(
    "click",
    () => {
      const { network: one, other: two } = stage.state();
      if (two !== null) stage.update({ network: two, other: one, image_size: null, layer: 0 });
    },
    { signal },
  );
  const code = codePanel(stage, "The same in PyTorch");
  frame(
    stage,
    pictures,
    legend,
    said,
    details,
    table.element,
    controls(
      pairs.element,
      row(network.element, other.element, swap, sizes.element),
      listed.element,
      actions(stage, "Architecture", ["view", ...NETWORK_KEYS] as (keyof NetworkState & string)[]),
      code.element,
    ),
  );
  watchWidth(first.element, signal, (width) => first.resize(width) && stage.redraw());
  watchWidth(second.element, signal, (width) => second.resize(width) && stage.redraw());
  pick(stage, first, grip);

  return (state: NetworkState) => {
    const size = sizeFor(state.network, state.image_size);
    const found = shown(state);
    const layer = found.layers[state.layer]!;
    const { axes, home } = ARCHITECTURES[state.network]!;
    const name = networkName(state.network, size);
    first.draw(found, name, state.layer);
    const otherSize = state.other === null ? 0 : sizeFor(state.other, state.image_size);
    const beside = state.other === null ? null : described(state.other, otherSize);
    set(second.element, { hidden: beside === null });
    set(pictures, { "data-pair": beside !== null });
    if (beside) {
      const title = networkName(state.other!, otherSize);
      second.draw(beside, title, null);
      const { parameters, multiplyAdds } = beside.totals;
      set(second.drawing, {
        "aria-label": `${title}: ${grouped(parameters)} parameters, ${grouped(multiplyAdds)} multiply-adds`,
      });
    }
    const ratio = beside
      ? ` ${ratioSentence(found.totals, beside.totals, ARCHITECTURES[state.other!]!.title)}`
      : "";
    text(said, `${shareSentence(found)}${ratio}`);
    list(
      details,
      layerLines(layer, found.totals, size, axes),
      () => html("p"),
      (element, words) => text(element, words),
    );
    const { width } = first.drawing.viewBox?.baseVal ?? { width: 0 };
    set(grip, {
      width: width || null,
      "aria-valuemax": found.layers.length,
      "aria-valuenow": state.layer + 1,
      "aria-valuetext": `${state.layer + 1}, ${layer.name}, ${kindOf(layer, axes)}`,
    });
    table.draw(state);
    pairs.show(
      names.find(
        (pair) => PAIRS[pair].network === state.network && PAIRS[pair].other === state.other,
      ) ?? null,
    );
    network.show(state.network);
    other.show(state.other ?? "");
    sizes.offer(
      sizesOf(state.network).map((side) => [
        String(side),
        side === home ? `${side}, its own` : String(side),
      ]),
    );
    sizes.show(String(size));
    listed.show(state.listed);
    set(swap, { "aria-disabled": state.other === null ? "true" : null });
    code.show(() => networkSnippet(state));
    stage.narrate(
      `${name}, layer ${state.layer + 1}: ${kindOf(layer, axes)}, ${grouped(layer.parameters)} parameters, ${grouped(layer.multiplyAdds)} multiply-adds`,
    );
  };
}

/** A press on the strips, or the arrow keys there, choose a layer. */
function pick(
  stage: Stage<NetworkState>,
  strips: ReturnType<typeof ribbons>,
  grip: SVGRectElement,
): void {
  const { signal } = stage;
  const choose = (event: Event) =>
    stage.update({ layer: strips.at(shown(stage.state()), event as PointerEvent) });
  strips.drawing.addEventListener(
    "pointerdown",
    (event) => {
      strips.drawing.setPointerCapture((event as PointerEvent).pointerId);
      choose(event);
    },
    { signal },
  );
  strips.drawing.addEventListener(
    "pointermove",
    (event) => {
      if (strips.drawing.hasPointerCapture((event as PointerEvent).pointerId)) choose(event);
    },
    { signal },
  );
  const last = () => shown(stage.state()).layers.length - 1;
  onArrows(grip, signal, {
    range: { min: 0, max: Number.POSITIVE_INFINITY },
    value: () => stage.state().layer,
    go: (layer) => stage.update({ layer: Math.min(last(), layer) }),
    page: { up: (layer) => layer + 10, down: (layer) => layer - 10 },
  });
}
