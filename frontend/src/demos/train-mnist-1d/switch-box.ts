/** A trait that is on or off. */

import type { Stage } from "../../ui/demo.ts";
import { html } from "../../ui/dom.ts";
import type { State } from "./state.ts";

export function switchBox(stage: Stage<State>, name: "permuted" | "background", label: string) {
  const box = html("input", { type: "checkbox", id: stage.id(name) });
  box.addEventListener("change", () => stage.update({ [name]: box.checked }), {
    signal: stage.signal,
  });
  const element = html(
    "div",
    { class: "course-field" },
    html("span", { class: "course-check" }, box, html("label", { for: box.id }, label)),
    stage.slot(name, box),
  );
  const show = (on: boolean) => {
    box.checked = on;
  };
  return { element, show };
}
