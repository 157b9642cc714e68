/** The diagram: x, moved and computed in both orders, and the difference. */

import { answersOnce } from "../../core/equivariance.ts";
import { format } from "../../core/format.ts";
import type { Grid } from "../../core/grid.ts";
import { html, set, text } from "../../ui/dom.ts";
import { enclose } from "../../ui/scale.ts";
import type { Comparison } from "./comparison.ts";
import { panel, type Shown } from "./panel.ts";
import { answerNames, small } from "./sentences.ts";
import type { State } from "./state.ts";

export function diagram() {
  const panels = {
    x: panel("x", "input"),
    moved: panel("moved", "input"),
    output: panel("output", "output"),
    answered: panel("answered", "output"),
    expected: panel("expected", "output"),
    difference: panel("difference", "difference"),
  };
  const element = html(
    "div",
    { class: "course-scene" },
    ...Object.values(panels).map((p) => p.element),
  );
  text(panels.x.caption, "x");
  text(panels.moved.caption, "t[x]");
  text(panels.output.caption, "f[t[x]]");
  text(panels.answered.caption, "f[x]");
  text(panels.moved.operation, "t →");
  text(panels.output.operation, "f →");
  text(panels.answered.operation, "f →");

  const draw = (state: State, comparison: Comparison) => {
    const { x, moved, answered, output, expected, steps, difference } = comparison;
    const once = answersOnce(state.function);
    set(element, { "data-dimensions": state.dimensions, "data-once": once });
    text(panels.expected.caption, once ? "f[x]" : "t[f[x]]");
    text(panels.expected.operation, once ? "f →" : "t →");
    text(panels.difference.caption, "difference");
    text(panels.x.order, state.dimensions === 2 ? "draw here" : "drag a value");
    text(panels.moved.order, state.transform === "translate" ? "drag to move" : "");
    text(panels.output.order, "first t, then f");
    text(panels.answered.order, "");
    text(panels.expected.order, once ? "f alone" : "first f, then t");
    text(panels.difference.order, differenceOrder(comparison));

    const inputs = describeInput(state, x);
    const outputs = describeOutput(state, [output, answered, expected ?? answered]);
    const names = once ? answerNames(state) : null;
    const { place } = state;
    const seam = state.transform === "translate" ? { right: state.shift, down: state.down } : null;
    const show = (grid: Grid | null, label: string, more: Partial<Shown> = {}): Shown => ({
      ...outputs,
      grid,
      names,
      place,
      seam: null,
      words: "",
      label: grid ? `${label}: ${summary(grid)}` : label,
      ...more,
    });
    const asInput = { ...inputs, names: null, place: null };
    panels.x.draw(show(x, "Input x", asInput));
    panels.moved.draw(show(moved, "Input moved, t of x", { ...asInput, seam }));
    panels.output.draw(show(output, "f of t of x", { seam: once ? null : steps }));
    panels.answered.draw(show(answered, "f of x", { place: null }));
    panels.expected.draw(
      show(expected, once ? "f of x" : "t of f of x", {
        seam: steps,
        words: expected === null ? "there is none" : "",
      }),
    );
    const none = comparison.differing === 0;
    panels.difference.draw(
      show(difference && { ...output, values: difference }, "Difference", {
        tone: "signed",
        range: [-outputs.largest, outputs.largest],
        words:
          difference === null
            ? "nothing to compare"
            : none && !once && state.dimensions === 2
              ? "none"
              : "",
      }),
    );
  };
  return { element, panels, draw };
}

type Look = Pick<Shown, "tone" | "largest" | "range" | "flat">;

function describeInput({ dimensions }: State, x: Grid): Look {
  const range = enclose(x.values as number[]);
  return { tone: "grey", largest: dimensions === 2 ? 9 : 1, range, flat: dimensions === 1 };
}

/** All outputs share one scale, so that a small difference looks small. */
function describeOutput(state: State, grids: readonly Grid[]): Look {
  let low = 0;
  let high = 0;
  for (const { values } of grids) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const largest = state.function === "classifier" ? 1 : Math.max(high, -low) || 1;
  return {
    tone: low < -1e-9 ? "signed" : "magnitude",
    largest,
    range: enclose([low, high]),
    flat: state.dimensions === 1,
  };
}

function differenceOrder({ largest, differing, output }: Comparison): string {
  if (largest === null) return "";
  if (largest === 0) return "exactly 0";
  const size = `up to ${small(largest)}`;
  return output.values.length > 3 && differing > 0 ? `${size}, at ${differing}` : size;
}

function summary({ rows, columns, values }: Grid): string {
  if (values.length <= 3) return values.map((v) => format(v)).join(", ");
  const size = rows === 1 ? `${columns} values` : `${rows} by ${columns} values`;
  let low = values[0]!;
  let high = low;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return `${size} from ${format(low)} to ${format(high)}`;
}
