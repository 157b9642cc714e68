/** The U: a level a row, and across it the skip, which a press cuts or joins. */

import type { Stage } from "../../ui/demo.ts";
import { html, set, svg } from "../../ui/dom.ts";
import { LEVELS, type State, withSkip } from "./state.ts";

const WIDE = 336;
const ROW = 44;
const [LEFT, RIGHT] = [64, WIDE - 64];
const TOP = 24;

/** How wide a map is drawn. */
const width = (side: number) => 16 + (88 * side) / 48;

export function diagram(stage: Stage<State>) {
  const { signal } = stage;
  const shapes: SVGElement[] = [];
  const bar = (kind: string, x: number, y: number, side: number) => {
    const wide = width(side);
    shapes.push(
      svg("rect", { class: kind, x: x - wide / 2, y: y - 7, width: wide, height: 14, rx: 2 }),
    );
    const label = svg("text", { class: "size", x, y: y + 20 }, String(side));
    shapes.push(label);
  };
  const arrow = (points: string) => shapes.push(svg("path", { class: "flow", d: points }));
  for (const [n, side] of LEVELS.entries()) {
    const y = TOP + ROW * n;
    bar("down", LEFT, y, side);
    bar("up", RIGHT, y, side);
  }
  const bottom = TOP + ROW * LEVELS.length - 6;
  bar("bottom", WIDE / 2, bottom, 6);
  const last = TOP + ROW * (LEVELS.length - 1) + 26;
  arrow(`M${LEFT} ${last}V${bottom}H${WIDE / 2 - 18}`);
  arrow(`M${WIDE / 2 + 18} ${bottom}H${RIGHT}V${last}`);

  const switches = LEVELS.map((side, n) => {
    const y = TOP + ROW * n;
    const [from, to] = [LEFT + width(side) / 2 + 6, RIGHT - width(side) / 2 - 6];
    const middle = WIDE / 2;
    const group = svg(
      "g",
      { class: "skip", role: "switch", tabindex: 0, "aria-label": `Skip at ${side} × ${side}` },
      svg("rect", {
        class: "hit",
        x: from - 4,
        y: y - 16,
        width: to - from + 8,
        height: 32,
        rx: 4,
      }),
      svg("path", { class: "line", d: `M${from} ${y}H${to}` }),
      svg("path", { class: "head", d: `M${to - 6} ${y - 4}L${to} ${y}L${to - 6} ${y + 4}` }),
      svg("path", {
        class: "cut",
        d: `M${middle - 6} ${y - 6}l12 12M${middle + 6} ${y - 6}l-12 12`,
      }),
    );
    const flip = () => {
      const { skips } = stage.state();
      stage.update({ skips: withSkip(skips, n, !skips[n]) });
    };
    group.addEventListener("click", flip, { signal });
    group.addEventListener(
      "keydown",
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.key === "Enter" || event.key === " ") flip();
        else if (by !== undefined) switches[n + by]?.focus();
        else return;
        event.preventDefault();
      },
      { signal },
    );
    return group;
  });
  const drawing = svg(
    "svg",
    {
      viewBox: `0 0 ${WIDE} ${bottom + 28}`,
      role: "group",
      "aria-label": "The U-Net: press a skip to cut it or to join it again",
    },
    ...shapes,
    ...switches,
  );
  const element = html("div", { class: "u" }, drawing, stage.slot("skips"));
  const draw = ({ skips }: State) => {
    for (const [n, group] of switches.entries()) {
      set(group, { "aria-checked": skips[n] ? "true" : "false" });
    }
  };
  return { element, draw };
}
