/** Twelve random changes side by side, each with the label that a person would give it. */

import { augment } from "../../core/augmentation.ts";
import { COMPONENTS, picture } from "../../data/augmentation.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { photo } from "../../ui/photo.ts";
import { COUNT, type Sample, type State, samplesOf, truth } from "./state.ts";

const SIDE = 48;

export function samples(stage: Stage<State>) {
  const cells = Array.from({ length: COUNT }, (_, i) => {
    const image = photo(SIDE);
    const label = html("span", { class: "sample-label" });
    const button = html("button", { type: "button", class: "sample" }, image.element, label);
    button.addEventListener(
      "click",
      () => {
        const sample = samplesOf(stage.state())[i];
        if (sample) stage.update({ ...sample.change });
      },
      { signal: stage.signal },
    );
    return { button, image, label };
  });
  const element = html(
    "div",
    { class: "samples", role: "group", "aria-label": "Twelve random changes" },
    ...cells.map(({ button }) => button),
  );
  let shown: readonly Sample[] | null = null;
  const draw = (state: State) => {
    const now = samplesOf(state);
    if (now === shown) return;
    shown = now;
    const was = truth(state.picture);
    for (const [i, { change, label }] of now.entries()) {
      const cell = cells[i]!;
      cell.image.draw(augment(picture(state.picture), change, COMPONENTS, SIDE));
      const held = label === was;
      text(cell.label, held ? label : label.length > 7 ? "✗ ?" : `✗ ${label}`);
      set(cell.button, {
        "data-held": String(held),
        "aria-label": `Sample ${i + 1}: ${label}${held ? "" : ", no longer the label"}`,
      });
    }
  };
  return { element, draw };
}
