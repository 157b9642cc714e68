/** The template's twelve values are dragged, nudged or typed, and so become the reader's own. */

import type { Stage } from "../../ui/demo.ts";
import { draggableValues } from "../../ui/values.ts";
import { LIMITS, make, type State } from "./state.ts";

export interface TemplateOptions {
  group: SVGGElement;
  frame: HTMLElement;
  perPixel(): number;
  dragging(on: boolean): void;
  /** Where a value stands in the frame. */
  place(index: number, value: number): { x: number; y: number };
}

/** A value of the reader's own leaves the others at four decimals. */
export function rounded(template: readonly number[]): number[] {
  return template.map((value) => Number(value.toFixed(4)));
}

/** @returns what to call after the values have been drawn: whether they can be dragged. */
export function draggableTemplate(stage: Stage<State>, options: TemplateOptions) {
  const values = () => make(stage.state()).template;
  const handles = draggableValues(stage, {
    ...options,
    name: "template-value",
    label: (index) => `Template value ${index + 1}`,
    range: LIMITS.value,
    values,
    step: 0.05,
    change: (index, value) => {
      const template = rounded(values());
      template[index] = value;
      stage.update({ template });
    },
    place: (index) => options.place(index, values()[index]!),
  });
  let shown = false;
  return {
    show(on: boolean) {
      if (on || shown) handles.show();
      shown = on;
    },
  };
}
