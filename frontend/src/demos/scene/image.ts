/** What the network looks at: the scene, or an image of the reader's own. */

import { choice } from "../../ui/choice.ts";
import type { Stage } from "../../ui/demo.ts";
import { html } from "../../ui/dom.ts";
import { ownImage } from "../../ui/own-image.ts";
import { type SceneState, SIDE, SOURCES } from "./state.ts";

export function imageControls<S extends SceneState>(stage: Stage<S>) {
  const source = choice(stage, {
    name: "source",
    label: "Image",
    values: SOURCES,
    change: (value) => {
      if (value !== "own" || stage.state().own !== "") {
        return stage.update({ source: value } as Partial<S>);
      }
      stage.complain({
        control: "own",
        message: "There is no image yet: choose one from your disk.",
      });
      return stage.redraw();
    },
  });
  const own = ownImage(stage, {
    side: SIDE,
    also: "",
    take: (rgb) => {
      const letters = Array.from(rgb, (byte) => String.fromCharCode(byte)).join("");
      return stage.update({ source: "own", own: btoa(letters), selected: -1 } as Partial<S>);
    },
  });
  const element = html("div", { class: "course-controls" }, source.element, own.element);
  return { element, show: (state: S) => source.show(state.source) };
}
