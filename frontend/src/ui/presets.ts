/** States worth seeing, by name; the one that holds is marked. */

import type { Stage } from "./demo.ts";
import { html, set } from "./dom.ts";

export interface PresetOptions<T extends string> {
  label: string;
  names: readonly T[];
  take(name: T): void;
}

/** @returns the row, and the function that marks the present preset and those out of reach. */
export function presets<S, T extends string>(stage: Stage<S>, options: PresetOptions<T>) {
  const buttons = options.names.map((name) => {
    const button = html("button", { type: "button", class: "course-preset" }, name);
    button.addEventListener("click", () => options.take(name), { signal: stage.signal });
    return button;
  });
  const element = html(
    "div",
    { class: "course-field", role: "group", "aria-label": options.label },
    html("span", { class: "course-label", "aria-hidden": "true" }, options.label),
    html("div", { class: "course-presets" }, ...buttons),
  );
  const show = (present: T | null, unavailable: readonly T[] = []) => {
    for (const [i, name] of options.names.entries()) {
      set(buttons[i]!, {
        "aria-pressed": name === present ? "true" : "false",
        disabled: unavailable.includes(name),
      });
    }
  };
  return { element, show };
}
