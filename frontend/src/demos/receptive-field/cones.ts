/** Who reads whom, as paths: the cone above a unit, the cone below an input. */

import { positionsRead } from "../../core/receptive-field.ts";
import type { Layout } from "./layout.ts";
import { circle, strokes } from "./marks.ts";
import type { analysis } from "./state.ts";

type Found = ReturnType<typeof analysis>;
type Line = [number, number, number, number];

/** All lines by which the unit reads, padded zeros too. */
export function readPath(now: Layout, { layers, read }: Found): string {
  const lines = read
    .slice(1)
    .flatMap((units, l) =>
      units.flatMap((u) => positionsRead(layers[l]!, u).map((p) => line(now, l, p, u))),
    );
  return strokes(lines);
}

/** All lines by which the input is passed on. */
export function reachedPath(now: Layout, { layers, reached }: Found): string {
  const lines = reached.slice(1).flatMap((units, l) => {
    const below = new Set(reached[l]!);
    return units.flatMap((u) =>
      positionsRead(layers[l]!, u).flatMap((p) => (below.has(p) ? [line(now, l, p, u)] : [])),
    );
  });
  return strokes(lines);
}

/** A ring round every unit that the input reaches. */
export function ringPath(now: Layout, { reached }: Found): string {
  const radius = now.radius + (now.pitch < 12 ? 1.5 : 3.5);
  return reached
    .flatMap((units, row) => units.map((u) => circle(now.unit(row, u), now.y(row), radius)))
    .join("");
}

/** From a position of a row to a unit of the row above it. */
function line(now: Layout, row: number, position: number, unit: number): Line {
  return [now.unit(row, position), now.y(row), now.unit(row + 1, unit), now.y(row + 1)];
}
