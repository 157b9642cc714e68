/** The values of the signal as things to take hold of, over the picture of x. */

import type { Stage } from "../../ui/demo.ts";
import { list, set, svg } from "../../ui/dom.ts";
import { enclose } from "../../ui/scale.ts";
import { draggableValues } from "../../ui/values.ts";
import type { panel } from "./panel.ts";
import { LIMITS, type State } from "./state.ts";
import { frame, HEIGHT } from "./stems.ts";

export function handles(stage: Stage<State>, x: ReturnType<typeof panel>) {
  const group = svg("g", { class: "handles" });
  x.drawing.append(group);
  let width = 320;
  const values = () => stage.state().signal;
  const scale = () => frame(width, values().length, enclose(values()));
  const held = draggableValues(stage, {
    name: "signal",
    group,
    frame: x.frame,
    label: (index) => `x ${index + 1}`,
    range: LIMITS.value,
    step: 0.1,
    values,
    perPixel: () => Math.abs(scale().y.invert(1) - scale().y.invert(0)),
    change: (index, value) => stage.update({ signal: values().with(index, value) }),
    place: (index) => ({ x: scale().x(index), y: scale().y(values()[index]!) }),
  });
  const draw = (state: State) => {
    const at = scale();
    const pitch = at.x(1) - at.x(0);
    const drawn = state.dimensions === 1 ? state.signal : [];
    const items = drawn.map((_, index) => ({ index, x: at.x(index) - pitch / 2, width: pitch }));
    list(group, items, () => svg("g", {}, svg("rect", { class: "hit", y: 0 })), drawHandle);
    held.show();
  };
  const resize = (to: number) => {
    width = to;
  };
  return { draw, resize };
}

function drawHandle(
  element: Element,
  { index, x, width }: { index: number; x: number; width: number },
): void {
  set(element, { "data-index": index });
  set(element.firstElementChild!, { x, width, height: HEIGHT });
}
