/** The ten templates in small, one of which is chosen: radio buttons with pictures. */

import { TEMPLATE_LENGTH } from "../../core/sampler.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, svg } from "../../ui/dom.ts";
import { DIGITS, type State } from "./state.ts";

const WIDTH = 48;
const HEIGHT = 40;
const MOST = 0.5;

export function digits(stage: Stage<State>) {
  const inputs = DIGITS.map((_, digit) => {
    const input = html("input", {
      type: "radio",
      name: stage.id("digit"),
      value: digit,
      "aria-label": `Digit ${digit}`,
    });
    input.addEventListener("change", () => stage.update({ digit, template: [] }), {
      signal: stage.signal,
    });
    return input;
  });
  const labels = DIGITS.map((values, digit) =>
    html("label", {}, inputs[digit]!, html("span", {}, small(values), String(digit))),
  );
  const element = html(
    "fieldset",
    { class: "course-field course-digits", role: "radiogroup" },
    html("legend", {}, "Template"),
    html("div", { class: "templates" }, ...labels),
  );
  element.append(stage.slot("digit", element));
  const show = ({ digit, template }: State) => {
    for (const [i, input] of inputs.entries()) input.checked = template.length === 0 && i === digit;
  };
  return { element, show };
}

function small(values: readonly number[]): SVGSVGElement {
  const x = (i: number) => ((i + 0.5) * WIDTH) / TEMPLATE_LENGTH;
  const y = (value: number) => (HEIGHT / 2) * (1 - value / MOST) * 0.9 + HEIGHT * 0.05;
  const points = values.map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`).join(" ");
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("line", { x1: 0, x2: WIDTH, y1: y(0), y2: y(0) }),
    svg("polyline", { points }),
  );
}
