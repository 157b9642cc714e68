/** Ten probabilities as bars with their numbers; the true class and the network's own are marked. */

import { argmax } from "../core/network.ts";
import { html, list, set, svg, text } from "./dom.ts";

const WIDTH = 320;
const PITCH = WIDTH / 10;
const BASE = 104;
const TALLEST = 80;
const HEIGHT = 144;

interface Bar {
  digit: number;
  /** Null where it is still hidden. */
  percent: number | null;
  said: boolean;
  truth: boolean;
}

/** @returns the picture, and the function that draws probabilities (null: still hidden) into it. */
export function probabilities(title: string, subtitle: string) {
  const bars = svg("g", { class: "bars" });
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "course-probabilities", role: "img" },
    svg("line", { x1: 0, x2: WIDTH, y1: BASE, y2: BASE, class: "base" }),
    bars,
  );
  const words = html("p", { class: "course-said" });
  const element = html(
    "div",
    { class: "course-network" },
    html("p", { class: "course-caption" }, html("strong", {}, title), ` ${subtitle}`),
    drawing,
    words,
  );
  const draw = (values: readonly number[] | null, label: number | null) => {
    const said = values ? argmax(values) : null;
    const items = Array.from({ length: 10 }, (_, digit): Bar => {
      const percent = values ? Math.round(1000 * values[digit]!) / 10 : null;
      return { digit, percent, said: digit === said, truth: digit === label };
    });
    list(bars, items, createBar, updateBar);
    set(drawing, { "aria-label": `${title}: ${spoken(items)}` });
    text(words, sentence(values, label));
    set(words, { "data-right": values && label !== null ? String(said === label) : null });
  };
  return { element, draw };
}

/** What a network says, and whether it is right. */
export function sentence(values: readonly number[] | null, label: number | null): string {
  if (values === null) return "Hidden until you have predicted.";
  const said = argmax(values);
  const percent = `${(100 * values[said]!).toFixed(1)} %`;
  const verdict =
    label === null ? "" : said === label ? " ✓ right" : ` ✗ wrong: it is a ${label} ▲`;
  return `Says ${said}, with ${percent}${verdict}`;
}

function spoken(items: readonly Bar[]): string {
  const known = items.filter(({ percent }) => percent !== null);
  if (known.length === 0) return "hidden";
  return known.map(({ digit, percent }) => `${digit}: ${percent} %`).join(", ");
}

function createBar(digit: number): SVGGElement {
  const x = (digit + 0.5) * PITCH;
  return svg(
    "g",
    {},
    svg("rect", { class: "bar", x: x - 10, width: 20 }),
    svg("text", { class: "percent", x, "text-anchor": "middle" }),
    svg("text", { class: "digit", x, y: BASE + 18, "text-anchor": "middle" }, String(digit)),
    svg("path", { class: "truth", d: `M${x - 5},${BASE + 33}h10l-5,-8z` }),
  );
}

function updateBar(group: SVGGElement, { percent, said, truth }: Bar): void {
  const [bar, number, , mark] = [...group.children] as [Element, Element, Element, Element];
  const height = ((percent ?? 0) / 100) * TALLEST;
  set(group, { class: said ? "said" : null });
  set(bar, { y: BASE - height, height, "data-none": percent === null ? true : null });
  set(number, { y: BASE - height - 6 });
  text(number, percent === null ? "?" : short(percent));
  set(mark, { hidden: truth ? null : true });
}

/** One decimal where it matters, and never more than four characters. */
function short(percent: number): string {
  if (percent > 0 && percent < 10) return percent.toFixed(1);
  return String(Math.round(percent));
}
