/** Choose a weight of the composed kernel: press it, or go through the row with the arrow keys. */

import type { Stage } from "../../ui/demo.ts";
import { set } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { label } from "./layout.ts";
import type { State } from "./state.ts";

/** @returns what to call after the row has been drawn. */
export function tapKeys(stage: Stage<State>, group: SVGGElement) {
  const { signal } = stage;
  group.addEventListener(
    "click",
    ({ target }) => {
      const pressed = (target as Element).closest("[data-index]");
      if (pressed) go(Number(pressed.getAttribute("data-index")));
    },
    { signal },
  );
  group.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { tap } = stage.state();
      const last = group.children.length - 1;
      const to = {
        ArrowLeft: tap - 1,
        ArrowUp: tap - 1,
        ArrowRight: tap + 1,
        ArrowDown: tap + 1,
        Home: 0,
        End: last,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(Math.min(last, Math.max(0, to)));
    },
    { signal },
  );
  function go(tap: number): void {
    stage.update({ tap });
    (group.children[tap] as SVGGElement | undefined)?.focus({ preventScroll: true });
  }

  return (composed: readonly number[]) => {
    if (!interactive()) return;
    const { tap } = stage.state();
    set(group, { role: "radiogroup", "aria-label": "Weights of the one kernel" });
    for (const [index, element] of [...group.children].entries()) {
      set(element, {
        role: "radio",
        tabindex: index === tap ? 0 : -1,
        "aria-checked": index === tap ? "true" : "false",
        "aria-label": `weight ${index + 1}: ${label(composed[index]!)}`,
      });
    }
  };
}
