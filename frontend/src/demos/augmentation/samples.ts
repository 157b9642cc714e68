/** Twelve random changes side by side, each with the label that a person would give it. */

import { augment, UNCLEAR } from "../../core/augmentation.ts";
import { argmax } from "../../core/network.ts";
import { COMPONENTS } from "../../data/augmentation.ts";
import { CLASSES } from "../../data/scenes.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { photo } from "../../ui/photo.ts";
import { answers } from "./network.ts";
import { COUNT, type Sample, type State, samplesOf, truth } from "./state.ts";
import { subject } from "./subject.ts";

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
  let named: ReturnType<typeof answers> = null;
  const draw = (state: State) => {
    const now = samplesOf(state);
    const said = answers(state, now);
    if (now === shown && said === named) return;
    const { image } = subject(state);
    const was = truth(state);
    for (const [i, { change, label }] of now.entries()) {
      const { button, image: photo, label: words } = cells[i]!;
      if (now !== shown) photo.draw(augment(image, change, COMPONENTS, SIDE));
      // Of scenes the network tells; of other pictures a rule that stands for a person.
      const name = said ? CLASSES[argmax(said[i]!)]! : label;
      const held = name === was;
      text(words, held ? name : name === UNCLEAR ? "✗ ?" : `✗ ${name}`);
      const spoken = said ? `the network says ${name}` : name;
      set(button, {
        "data-held": String(held),
        "aria-label": `Sample ${i + 1}: ${spoken}${held ? "" : ", which is not the label"}`,
      });
    }
    shown = now;
    named = said;
  };
  return { element, draw };
}
