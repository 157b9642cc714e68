/** The activation as a curve, and on it the chosen unit: from its sum to its output. */

import { ACTIVATIONS, activate } from "../../core/activation.ts";
import { compact, subscript } from "../../core/format.ts";
import { html, set, svg, text } from "../../ui/dom.ts";
import { enclose, linear } from "../../ui/scale.ts";
import type { Layer, State } from "./state.ts";

const WIDTH = 260;
const HEIGHT = 148;
const MARGIN = 22;
const STEPS = 96;

export function activationPlot() {
  const axes = svg("path", { class: "axes" });
  const curve = svg("path", { class: "curve" });
  const lead = svg("path", { class: "lead" });
  const point = svg("rect", { class: "square", width: 9, height: 9 });
  const sum = svg("text", { class: "sum", "text-anchor": "middle" });
  const output = svg("text", { class: "result" });
  const name = svg("text", { class: "title", x: 4, y: 14 });
  const drawing = svg(
    "svg",
    {
      class: "activation",
      role: "img",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: WIDTH,
      height: HEIGHT,
    },
    axes,
    curve,
    lead,
    point,
    sum,
    output,
    name,
  );
  const element = html("div", { class: "course-activation" }, drawing);

  const draw = ({ unit, activation }: State, { sums }: Layer) => {
    const reach = Math.max(...enclose(sums).map(Math.abs), 2);
    const x = linear([-reach, reach], [MARGIN, WIDTH - MARGIN]);
    const tallest = activation === "tanh" || activation === "sigmoid" ? 1 : reach;
    const lowest = activation === "ReLU" || activation === "sigmoid" ? 0 : -tallest;
    const y = linear([lowest, tallest], [HEIGHT - MARGIN, MARGIN + 8]);
    const path = Array.from({ length: STEPS + 1 }, (_, i) => {
      const at = -reach + (2 * reach * i) / STEPS;
      return `${i === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(activate(activation, at)).toFixed(1)}`;
    });
    const value = sums[unit]!;
    const result = activate(activation, value);
    const [px, py] = [x(value), y(result)];
    set(axes, { d: `M${MARGIN} ${y(0)}H${WIDTH - MARGIN}M${x(0)} ${MARGIN}V${HEIGHT - MARGIN}` });
    set(curve, { d: path.join("") });
    set(lead, { d: `M${px.toFixed(1)} ${y(0).toFixed(1)}V${py.toFixed(1)}H${x(0).toFixed(1)}` });
    set(point, { x: (px - 4.5).toFixed(1), y: (py - 4.5).toFixed(1) });
    const within = Math.min(WIDTH - 20, Math.max(20, px));
    set(sum, { x: within.toFixed(1), y: result < 0 ? y(0) - 6 : Math.min(y(0) + 15, HEIGHT - 6) });
    text(sum, compact(value));
    const left = value > 0;
    set(output, {
      x: (x(0) + (left ? -6 : 6)).toFixed(1),
      y: Math.max(30, py + (result === 0 ? -6 : 4)).toFixed(1),
      "text-anchor": left ? "end" : "start",
    });
    text(output, compact(result));
    text(name, activation === "none" ? "no activation" : `a = ${activation}`);
    set(drawing, {
      "aria-label": `${activation === "none" ? "No activation" : activation}: the sum ${compact(value)} of unit ${unit + 1} becomes h${subscript(unit + 1)} = ${compact(result)}.`,
    });
  };
  return { element, draw, names: ACTIVATIONS };
}
