/** Which outputs help to rebuild the input: a switch, and a box for each channel. */

import { subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, text } from "../../ui/dom.ts";
import { tick } from "../../ui/switch-box.ts";
import type { State } from "./state.ts";

export function keeping(stage: Stage<State>) {
  const { signal } = stage;
  const rebuild = tick(stage, {
    name: "rebuild",
    label: "Rebuild the input",
    change: (on) => stage.update({ rebuild: on }),
  });
  const boxes = html("span", { class: "course-boxes" });
  const keep = html(
    "div",
    { class: "course-keep", role: "group", "aria-label": "Channels to rebuild it from" },
    html("span", { class: "course-label", "aria-hidden": "true" }, "from"),
    boxes,
  );
  boxes.addEventListener(
    "change",
    ({ target }) => {
      const { value, checked } = target as HTMLInputElement;
      const others = stage.state().muted.filter((o) => o !== Number(value));
      stage.update({ muted: checked ? others : [...others, Number(value)].sort() });
    },
    { signal },
  );
  const element = html(
    "div",
    { class: "course-field" },
    rebuild.element,
    keep,
    stage.slot("muted"),
  );
  const draw = (state: State) => {
    rebuild.show(state.rebuild);
    keep.hidden = !state.rebuild;
    list(
      boxes,
      state.kernels.map((_, o) => ({ o, kept: !state.muted.includes(o) })),
      (o) => {
        const id = stage.id(`keep-${o}`);
        return html(
          "span",
          { class: "course-check" },
          html("input", { type: "checkbox", id, value: o }),
          html("label", { for: id }),
        );
      },
      (item, { o }) => {
        const name = item.children[1]!;
        text(name, `h${subscript(o + 1)}`);
        set(name, { for: stage.id(`keep-${o}`) });
      },
    );
    for (const [o, item] of [...boxes.children].entries()) {
      (item.children[0] as HTMLInputElement).checked = !state.muted.includes(o);
    }
  };
  return { element, draw };
}
