/** All numbers of the picture, on demand. */

import { anySize } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, text } from "../../ui/dom.ts";
import { hidden, type State, sizesOf, stackOf } from "./state.ts";

const HEADS = ["layer", "activations", "gradients"];

interface Row {
  layer: number;
  activations: string;
  gradients: string;
}

export function numbers(stage: Stage<State>) {
  const body = html("tbody");
  const box = html(
    "div",
    { class: "numbers", tabindex: 0, role: "region", "aria-label": "Sizes at every layer" },
    html(
      "table",
      {},
      html("thead", {}, html("tr", {}, ...HEADS.map((head) => html("th", { scope: "col" }, head)))),
      body,
    ),
  );
  const element = html(
    "details",
    { class: "course-terms" },
    html("summary", {}, "All numbers"),
    box,
  );
  const draw = (state: State) => {
    if (!element.open) return;
    const { activations, gradients } = sizesOf(stackOf(state));
    const secret = hidden(state);
    const rows = activations.map(
      (size, layer): Row => ({
        layer,
        activations: anySize(size),
        gradients: secret ? "?" : anySize(gradients[layer]!),
      }),
    );
    list(
      body,
      rows,
      () => html("tr", {}, html("th", { scope: "row" }), html("td"), html("td")),
      (line, row) => {
        text(line.children[0]!, row.layer === 0 ? "stem" : String(row.layer));
        text(line.children[1]!, row.activations);
        text(line.children[2]!, row.gradients);
      },
    );
  };
  element.addEventListener("toggle", () => draw(stage.state()), { signal: stage.signal });
  return { element, draw };
}
