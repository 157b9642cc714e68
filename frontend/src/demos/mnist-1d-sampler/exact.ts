/** Exact numbers on demand: of the value pointed at, or of all values of the stage. */

import { format } from "../../core/format.ts";
import { GRID, STAGES } from "../../core/sampler.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { shownStage } from "./picture.ts";
import { hidden, make, RESAMPLE, SHIFT, type State, TEMPLATE } from "./state.ts";

/** `indexAt` gives the place of the grid under a pixel of the frame. */
export function exactValues(
  stage: Stage<State>,
  frame: HTMLElement,
  placeAt: (pixel: number) => number,
) {
  const { signal } = stage;
  const line = html("p", { class: "course-facts pointed" });
  const all = html("p", { class: "all-values", tabindex: 0, role: "region" });
  const panel = html(
    "details",
    { class: "exact" },
    html("summary", {}, "All values of this stage"),
    all,
  );
  let at: number | null = null;
  const point = (event: PointerEvent) => {
    at = placeAt(event.clientX - frame.getBoundingClientRect().left);
    tell(stage.state());
  };
  frame.addEventListener("pointermove", point, { signal });
  frame.addEventListener("pointerdown", point, { signal });
  frame.addEventListener(
    "pointerleave",
    () => {
      at = null;
      tell(stage.state());
    },
    { signal },
  );
  const tell = (state: State) => text(line, at === null ? REST : valueSentence(state, at));
  const show = (state: State) => {
    tell(state);
    if (!panel.open) return;
    const values = make(state).stages[shownStage(state)]!;
    set(all, { "aria-label": `The ${values.length} values after “${STAGES[shownStage(state)]}”` });
    text(all, Array.from(values, (value) => format(value, 4)).join(", "));
  };
  panel.addEventListener("toggle", () => show(stage.state()), { signal });
  return { line, panel, show };
}

const REST = "Point at the picture to read a value.";

/** What stands at a place of the grid, and what stood there a stage before. */
export function valueSentence(state: State, place: number): string {
  const made = make(state);
  const at = shownStage(state);
  const values = made.stages[at]!;
  const spread = at === TEMPLATE || at === RESAMPLE ? (values.length - 1) / (GRID - 1) : 1;
  const i = Math.round(place * spread);
  if (i < 0 || i >= values.length) return REST;
  const now = `Position ${i + 1} of ${values.length}: ${format(values[i]!, 4)}`;
  if (at < 2 || at === RESAMPLE || hidden(state)) return `${now}.`;
  const before = made.stages[at - 1]!;
  if (at === SHIFT) {
    const from = (i - made.draws.shift + GRID) % GRID;
    return `${now}, from position ${from + 1}.`;
  }
  return at === 2 ? `${now}.` : `${now}; before, ${format(before[i]!, 4)}.`;
}
