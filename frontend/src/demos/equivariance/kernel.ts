/** The convolution's weights: a named kernel, or the reader's own, each a number to take hold of. */

import { equal } from "../../core/equal.ts";
import { KERNEL_NAMES, kernelOf, weightsOf } from "../../core/equivariance.ts";
import { short } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg } from "../../ui/dom.ts";
import { presets } from "../../ui/presets.ts";
import { draggableValues } from "../../ui/values.ts";
import { type Box, box, drawBox } from "../../ui/weight-box.ts";
import { LIMITS, type State } from "./state.ts";

const PITCH = { x: 48, y: 32 };
const SIZE = { width: 44, height: 28 };

export function kernelControl(stage: Stage<State>) {
  const named = presets(stage, {
    label: "Kernel",
    names: KERNEL_NAMES,
    take: (name) => stage.update({ kernel: name, weights: [] }),
  });
  const group = svg("g", { class: "weights" });
  const drawing = svg(
    "svg",
    { class: "kernel", role: "group", "aria-label": "Its weights" },
    group,
  );
  const frame = html("div", { class: "course-frame" }, drawing);
  const element = html(
    "div",
    { class: "kernel-control" },
    named.element,
    html(
      "div",
      { class: "course-field" },
      html("span", { class: "course-label", "aria-hidden": "true" }, "its weights"),
      frame,
      stage.slot("weights"),
    ),
  );

  const isFlat = () => stage.state().dimensions === 1;
  const values = () => weightsOf(stage.state(), isFlat()).flat();
  const middle = (index: number) => ({
    x: (index % 3) * PITCH.x + SIZE.width / 2 + 2,
    y: Math.floor(index / 3) * PITCH.y + 2,
  });
  const held = draggableValues(stage, {
    name: "weights",
    group,
    frame,
    label: (index) =>
      isFlat()
        ? `weight ${index + 1}`
        : `weight in row ${Math.floor(index / 3) + 1}, column ${(index % 3) + 1}`,
    range: LIMITS.value,
    step: 0.1,
    values,
    perPixel: () => 0.02,
    change: (index, value) => stage.update({ weights: values().with(index, value) }),
    place: (index) => ({ x: middle(index).x, y: middle(index).y + SIZE.height / 2 }),
  });

  const show = (state: State) => {
    const flat = state.dimensions === 1;
    const weights = weightsOf(state, flat);
    named.show(KERNEL_NAMES.find((name) => equal(kernelOf(name, flat), weights)) ?? null);
    const boxes = weights.flat().map(
      (weight, index): Box => ({
        ...middle(index),
        ...SIZE,
        label: short(weight),
        lying: true,
        index,
      }),
    );
    list(group, boxes, box, drawBox);
    const [width, height] = [3 * PITCH.x, weights.length * PITCH.y];
    set(drawing, { width, height, viewBox: `0 0 ${width} ${height}` });
    held.show();
  };
  return { element, show };
}
