/** Precision against recall: the points, the envelope, and the area that counts. */

import type { PrecisionRecall } from "../../core/boxes.ts";
import { html, list, set, svg } from "../../ui/dom.ts";
import { computed, type State } from "./state.ts";

const WIDTH = 300;
const HEIGHT = 240;
const LEFT = 40;
const RIGHT = WIDTH - 12;
const TOP = 12;
const BASE = HEIGHT - 44;

const across = (recall: number) => LEFT + (RIGHT - LEFT) * recall;
const up = (precision: number) => BASE - (BASE - TOP) * precision;
const at = (x: number, y: number) => `${across(x).toFixed(1)} ${up(y).toFixed(1)}`;

/** The steps of the envelope, from recall 0 on. */
function envelope({ recall, envelope: highest }: PrecisionRecall): string {
  if (recall.length === 0) return "";
  const points = recall.flatMap((r, k) => [
    at(recall[k - 1] ?? 0, highest[k]!),
    at(r, highest[k]!),
  ]);
  return `M${points.join("L")}`;
}

export function chart() {
  const whole = svg("path", { class: "whole" });
  const area = svg("path", { class: "area" });
  const steps = svg("path", { class: "steps" });
  const line = svg("path", { class: "line" });
  const points = svg("g", { class: "points" });
  const ticks = [0, 0.5, 1].flatMap((value) => [
    svg("path", {
      class: "grid",
      d: `M${LEFT} ${up(value)}H${RIGHT}M${across(value)} ${BASE}V${BASE + 4}`,
    }),
    svg("text", { x: LEFT - 8, y: up(value) + 4, "text-anchor": "end" }, String(value)),
    svg("text", { x: across(value), y: BASE + 20, "text-anchor": "middle" }, String(value)),
  ]);
  const drawing = svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" },
    ...ticks,
    svg("text", { x: LEFT, y: HEIGHT - 6 }, "recall →"),
    svg("text", { x: -BASE, y: 12, transform: "rotate(-90)" }, "precision →"),
    area,
    whole,
    steps,
    line,
    points,
  );
  const element = html("div", { class: "chart-frame" }, drawing);
  const draw = (state: State) => {
    const { curve, whole: all } = computed(state);
    const known = curve.objects > 0;
    const outline = known ? envelope(curve) : "";
    set(steps, { d: outline });
    set(whole, { d: known ? envelope(all) : "" });
    const last = curve.recall.at(-1) ?? 0;
    set(area, { d: outline ? `${outline}L${at(last, 0)}L${at(0, 0)}Z` : "" });
    const places = known ? curve.recall.map((r, k) => ({ r, p: curve.precision[k]! })) : [];
    set(line, { d: places.length > 0 ? `M${places.map(({ r, p }) => at(r, p)).join("L")}` : "" });
    list(
      points,
      places.map(({ r, p }, k) => ({
        ...{ cx: across(r), cy: up(p) },
        right: r > (places[k - 1]?.r ?? 0),
      })),
      () => svg("circle", { r: 4 }),
      (dot, { cx, cy, right }) => set(dot, { cx, cy, class: right ? "right" : "wrong" }),
    );
    set(drawing, { "aria-label": labelOf(curve) });
  };
  return { element, draw };
}

function labelOf({ precision, recall, objects }: PrecisionRecall): string {
  if (objects === 0) return "Precision against recall: no curve, for there is nothing to find";
  const pairs = precision.map((p, k) => `${p.toFixed(2)} at ${recall[k]!.toFixed(2)}`);
  return `Precision at each recall: ${pairs.join("; ") || "no points"}`;
}
