/** The values of a row as marks, and the zeros that the next stage adds beside them. */

import { type Layout, label, type Row } from "./layout.ts";
import type { Stem } from "./marks.ts";

/** The least distance of numbers that lie. */
const LYING = 30;

const half = ({ pitch }: Layout) => Math.max(2, Math.min(6, 0.22 * pitch));

/** A row's stems; `position` is the output that is looked at. */
export function stems(now: Layout, row: Row, position: number): Stem[] {
  const { kind, base, scale } = row;
  return row.values.map((value, index) => {
    const other = row.others[index] ?? null;
    const nothing = kind === "difference" && value === 0;
    const looked = (kind === "output" || kind === "difference") && index === position;
    const names = [
      kind === "input" ? "value input" : kind,
      looked ? "here" : "",
      nothing ? "nothing" : "",
      kind === "hidden" && other !== null ? "cut" : "",
    ];
    return {
      x: now.x(row.from + index),
      y: scale(value),
      base,
      half: nothing ? 2 : half(now),
      round: kind === "input",
      label: now.legible && !nothing ? label(value) : "",
      below: value < 0,
      lying: now.pitch >= LYING,
      kind: names.filter(Boolean).join(" "),
      index: kind === "input" ? index : null,
      pitch: now.pitch,
      other: other === null ? null : scale(other),
    };
  });
}

export function paddedZeros(now: Layout): Stem[] {
  return now.rows.flatMap(({ pads: { left, right }, from, values, base }) => {
    const places = [
      ...Array.from({ length: left }, (_, i) => from - 1 - i),
      ...Array.from({ length: right }, (_, i) => from + values.length + i),
    ];
    return places.map((at) => ({
      x: now.x(at),
      y: base,
      base,
      half: half(now),
      round: true,
      label: now.legible ? "0" : "",
      below: false,
      lying: true,
      kind: "pad",
      index: null,
      pitch: now.pitch,
      other: null,
    }));
  });
}
