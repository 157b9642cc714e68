/** What stands around every picture: the demo's title, its hint, and its controls in rows. */

import type { Stage } from "./demo.ts";
import { html, set } from "./dom.ts";

/** Put a demo's parts into its root, below its title and hint, which name the group. */
export function frame<S>(stage: Stage<S>, ...parts: Node[]): void {
  const { root, model } = stage;
  const id = stage.id("title");
  root.prepend(
    html(
      "p",
      { id, class: "course-title", role: "heading", "aria-level": 3 },
      String(model.get("title") ?? ""),
    ),
    html("p", { class: "course-hint" }, String(model.get("hint") ?? "")),
    html("div", { class: "course-body" }, ...parts),
  );
  set(root, { role: "group", "aria-labelledby": id });
}

/** The controls below a picture, one or a row of them a line. */
export const controls = (...lines: Node[]) => html("div", { class: "course-controls" }, ...lines);

/** Controls side by side, where there is room. */
export const row = (...items: Node[]) => html("div", { class: "course-row" }, ...items);
