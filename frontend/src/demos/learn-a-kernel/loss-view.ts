/** The loss, step by step, on a scale of powers of ten. */

import { powerOfTen } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { linear } from "../../ui/scale.ts";
import { lesson, type State } from "./state.ts";

const HEIGHT = 208;
const LEFT = 40;
const [TOP, BOTTOM] = [12, HEIGHT - 30];
/** What is smaller counts as this small: the logarithm of zero has no place. */
const LEAST = 1e-6;
const SPANS = [20, 50, 100, 200];

export function lossView(stage: Stage<State>) {
  const ticks = svg("g", { class: "ticks" });
  const curve = svg("path", { class: "curve" });
  const dot = svg("circle", { class: "dot", r: 5 });
  const drawing = svg("svg", { class: "loss", role: "img" }, ticks, curve, dot);
  const frame = html("div", { class: "course-frame" }, drawing);
  const caption = html("p", { class: "course-caption" }, "Loss at each step, in powers of ten");
  const element = html("div", {}, caption, frame);
  let width = 300;

  const draw = (state: State) => {
    const { step } = state;
    const { losses } = lesson(state);
    const logs = losses.map((loss) => Math.log10(Math.max(LEAST, loss)));
    const low = Math.floor(Math.min(...logs.slice(0, step + 1), logs[0]! - 1) + 1e-9);
    const high = Math.ceil(Math.max(...logs.slice(0, step + 1), low + 1) - 1e-9);
    const steps = SPANS.find((span) => step <= span) ?? step;
    const y = linear([low, high], [BOTTOM, TOP]);
    const x = linear([0, steps], [LEFT, width - 12]);
    set(drawing, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
    const every = Math.ceil((high - low) / 5);
    const powers: { at: number; words: string; y: number; width: number }[] = [];
    for (let at = low; at <= high; at += every) {
      powers.push({ at, words: powerOfTen(at), y: y(at), width });
    }
    const marks = [
      ...powers.map((p) => ({ line: p.y, x: LEFT - 6, y: p.y + 4, words: p.words, anchor: "end" })),
      { line: null, x: LEFT, y: HEIGHT - 10, words: "0", anchor: "middle" },
      { line: null, x: x(steps), y: HEIGHT - 10, words: `step ${steps}`, anchor: "end" },
    ];
    list(
      ticks,
      marks.map((mark) => ({ ...mark, width })),
      () => svg("g", {}, svg("line"), svg("text")),
      (element, { line, words, anchor, ...at }) => {
        const [rule, number] = element.children;
        set(rule!, { x1: LEFT, x2: line === null ? LEFT : at.width - 12, y1: line, y2: line });
        set(number!, { x: at.x, y: at.y, "text-anchor": anchor });
        text(number!, words);
      },
    );
    const points = logs
      .slice(0, step + 1)
      .map((log, n) => `${x(n).toFixed(1)} ${y(log).toFixed(1)}`);
    set(curve, { d: `M${points.join("L")}` });
    set(dot, { cx: x(step), cy: y(logs[step]!) });
    set(drawing, {
      "aria-label": `Loss over ${step} steps, from 10 to the power ${logs[0]!.toFixed(1)} to ${logs[step]!.toFixed(1)}`,
    });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element, draw, resize };
}
