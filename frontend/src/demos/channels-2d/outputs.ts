/** All feature maps side by side; one of them is chosen to be taken apart. */

import { subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set } from "../../ui/dom.ts";
import { watchWidth } from "../../ui/environment.ts";
import { raster } from "../../ui/raster.ts";
import { enclose } from "../../ui/scale.ts";
import { watchTheme } from "../../ui/theme.ts";
import { featureMap, LIMITS, type State } from "./state.ts";

const NONE = { top: 0, bottom: 0, left: 0, right: 0 };

export function outputs(stage: Stage<State>) {
  const buttons = Array.from({ length: LIMITS.channels.max }, (_, channel) => {
    const view = raster("output");
    set(view.overlay, { role: null, "aria-hidden": "true" });
    const button = html(
      "button",
      {
        type: "button",
        class: "map-button",
        "aria-label": `h${subscript(channel + 1)}, output channel ${channel + 1}`,
      },
      view.element,
      html("span", { "aria-hidden": "true" }, `h${subscript(channel + 1)}`),
    );
    button.addEventListener("click", () => stage.update({ channel }), { signal: stage.signal });
    watchWidth(view.element, stage.signal, view.resize);
    watchTheme(stage.signal, view.themed);
    return { button, view };
  });
  const element = html(
    "div",
    { class: "course-field", role: "group", "aria-label": "Output channel" },
    html("span", { class: "course-label", "aria-hidden": "true" }, "Output channel"),
    html("div", { class: "map-buttons" }, ...buttons.map(({ button }) => button)),
    stage.slot("channel"),
  );
  const draw = (state: State) => {
    for (const [channel, { button, view }] of buttons.entries()) {
      button.hidden = channel >= state.filters.length;
      if (button.hidden) continue;
      set(button, { "aria-pressed": channel === state.channel ? "true" : "false" });
      const { output, largest } = featureMap(state, channel);
      view.size(output.rows, output.columns, NONE);
      view.draw({
        ...{ volume: output, tone: "signed", margin: NONE, padding: "valid" },
        largest: enclose([largest])[1],
      });
    }
  };
  return { element, draw };
}
