/** The signal on its way through one network, from the forty values to the ten scores. */

import type { Stage } from "../../ui/demo.ts";
import { html, set, svg } from "../../ui/dom.ts";
import { head } from "./head.ts";
import { input } from "./input.ts";
import { HEIGHT, layout, MARGIN, topOf } from "./layout.ts";
import { maps } from "./maps.ts";
import { pointing } from "./pointing.ts";
import { unitValue } from "./sentences.ts";
import type { State } from "./state.ts";

export function picture(stage: Stage<State>) {
  let places = layout(720);
  const get = () => places;
  const element = html("div", { class: "course-frame" });
  const above = input(stage, element, get);
  const middle = maps(get);
  const below = head(get);
  const hit = svg("rect", { class: "hit", x: MARGIN / 2, y: topOf(1) - 4 });
  const drawing = svg(
    "svg",
    { class: "picture", role: "group", "aria-label": "A signal and every layer of the network" },
    ...above.parts,
    svg("g", { "aria-hidden": "true" }, ...middle.parts, ...below.parts, middle.frame),
    hit,
  );
  element.append(drawing);
  pointing(stage, hit, get);

  const draw = (state: State) => {
    const { width } = places;
    set(drawing, { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
    set(hit, { width: width - MARGIN, height: HEIGHT - topOf(1) + 4 });
    above.draw(state);
    middle.draw(state);
    below.draw(state);
    set(hit, { "aria-valuenow": state.unit[0], "aria-valuetext": unitValue(state) });
  };
  const resize = (measured: number) => {
    if (measured === places.width) return;
    places = layout(measured);
    stage.redraw();
  };
  return { element, draw, resize };
}
