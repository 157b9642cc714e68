/**
 * An image as a picture: cells of the same strength are one path, so that a change of hundreds of
 * values is a change of a few attributes.
 */

import type { Grid } from "../../core/grid.ts";
import { set, svg } from "../../ui/dom.ts";

/** Strengths that the eye can tell apart, from 1; what is weaker is left to the ground. */
const LEVELS = 18;

/** A negative value from this share of the largest on carries a bar. */
const BARRED = 0.12;

export type Tone = "grey" | "magnitude" | "signed";

export function raster() {
  const ground = svg("rect", { class: "ground", x: 0, y: 0 });
  const paths = ["positive", "negative"].map((sign) =>
    Array.from({ length: LEVELS }, (_, i) =>
      svg("path", { class: sign, "fill-opacity": ((i + 1) / LEVELS).toFixed(3) }),
    ),
  );
  const bars = svg("path", { class: "bars" });
  const cells = svg("g", { class: "cells" }, ...paths.flat());
  const element = svg("g", { class: "raster" }, ground, cells, bars);
  const size = { rows: 0, columns: 0 };

  const draw = ({ rows, columns, values }: Grid, largest: number, tone: Tone) => {
    if (rows !== size.rows || columns !== size.columns) {
      set(ground, { width: columns, height: rows });
      Object.assign(size, { rows, columns });
    }
    set(element, { "data-tone": tone });
    const written = runs(values, columns, largest);
    for (const [s, levels] of paths.entries()) {
      for (const [i, path] of levels.entries()) set(path, { d: written[s]![i] ?? null });
    }
    set(bars, { d: tone === "signed" ? barred(values, columns, largest) : null });
  };
  return { element, draw };
}

/** For each sign and level, the path of its cells; neighbours in a row are one stroke. */
function runs(values: readonly number[], columns: number, largest: number): string[][] {
  const written: string[][] = [new Array(LEVELS), new Array(LEVELS)];
  const factor = largest > 0 ? LEVELS / largest : 0;
  for (let at = 0; at < values.length; ) {
    const level = Math.round(values[at]! * factor);
    const end = at - (at % columns) + columns;
    let next = at + 1;
    while (next < end && Math.round(values[next]! * factor) === level) next++;
    if (level !== 0) {
      const paths = written[level > 0 ? 0 : 1]!;
      const i = Math.min(LEVELS, Math.abs(level)) - 1;
      const row = Math.floor(at / columns);
      paths[i] = `${paths[i] ?? ""}M${at % columns} ${row}h${next - at}v1h${at - next}z`;
    }
    at = next;
  }
  return written;
}

/** A bar in each clearly negative cell: the sign is never told by colour alone. */
function barred(values: readonly number[], columns: number, largest: number): string {
  let path = "";
  for (const [at, value] of values.entries()) {
    if (value > -BARRED * largest) continue;
    path += `M${(at % columns) + 0.25} ${Math.floor(at / columns) + 0.5}h.5`;
  }
  return path;
}
