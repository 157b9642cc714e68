/** A signal as a picture: all stems are one path, and all marks another. */

import { set, svg } from "../../ui/dom.ts";
import { linear, type Scale } from "../../ui/scale.ts";

export const HEIGHT = 96;
export const MARGIN = 8;

export interface Frame {
  width: number;
  count: number;
  x(at: number): number;
  y: Scale;
}

/** Where the values of a signal stand in a panel of this width. */
export function frame(width: number, count: number, range: readonly [number, number]): Frame {
  const pitch = (width - 2 * MARGIN) / count;
  return {
    width,
    count,
    x: (at) => MARGIN + (at + 0.5) * pitch,
    y: linear(range, [HEIGHT - MARGIN, MARGIN]),
  };
}

/** What rounding leaves of no difference is drawn as none. */
const NOISE = 1e-9;

/** Inputs are discs, outputs squares; of differences only those that are there have a mark. */
export function stems(role: "input" | "output" | "difference") {
  const line = svg("path", { class: "zero" });
  const sticks = svg("path", { class: "sticks" });
  const marks = svg("path", { class: "marks" });
  const below = svg("path", { class: "marks below" });
  const element = svg("g", { class: "stems" }, line, sticks, marks, below);

  const draw = (values: readonly number[], at: Frame) => {
    const zero = round(at.y(0));
    const size = Math.min(4, (at.x(1) - at.x(0)) * 0.36);
    const written = { sticks: "", up: "", down: "" };
    for (const [i, value] of values.entries()) {
      if (role === "difference" && Math.abs(value) < NOISE) continue;
      const [x, y] = [round(at.x(i)), round(at.y(value))];
      written.sticks += `M${x} ${zero}V${y}`;
      written[value < 0 ? "down" : "up"] += mark(role === "input", x, y, size);
    }
    set(line, { d: `M0 ${zero}H${at.width}` });
    set(sticks, { d: written.sticks });
    set(marks, { d: written.up });
    set(below, { d: written.down });
  };
  return { element, draw };
}

function mark(isDisc: boolean, x: number, y: number, size: number): string {
  const r = round(size);
  if (!isDisc) return `M${round(x - r)} ${round(y - r)}h${2 * r}v${2 * r}h${-2 * r}z`;
  return `M${round(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

const round = (value: number) => Math.round(value * 10) / 10;
