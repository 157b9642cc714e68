/** A grid of numbers as cells, and the frame round what is pointed at. */

import type { Volume } from "../../core/convolution2d.ts";
import { short } from "../../core/format.ts";
import type { Cell } from "../../ui/cells.ts";
import { set } from "../../ui/dom.ts";
import { CELL } from "../../ui/raster.ts";
import type { Area } from "./sentences.ts";

export const NO_MARGIN = { top: 0, bottom: 0, left: 0, right: 0 };

/** More columns than these leave no room for numbers: they are drawn as a picture. */
export const ROOM = 9;

export interface Look {
  kind: "input" | "output";
  /** The value at full strength, and how strong that is. */
  largest: number;
  strength: number;
  here(row: number, column: number): boolean;
  secret?(row: number, column: number): boolean;
  editable: boolean;
}

/** A cell for each value. */
export function cellsOf({ columns, values }: Volume, look: Look): Cell[] {
  return Array.from(values, (value, at): Cell => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const secret = look.secret?.(row, column) ?? false;
    return {
      ...{ row, column, index: look.editable ? at : null },
      label: secret ? "" : short(value),
      kind: secret ? "waiting" : look.kind,
      strength: secret ? 0 : (look.strength * value) / look.largest,
      here: look.here(row, column),
    };
  });
}

/** Put a frame round an area, or take it away. */
export function frameArea(elements: readonly Element[], area: Area | null): void {
  for (const element of elements) {
    if (area === null) set(element, { display: "none" });
    else {
      const { row, column, rows, columns } = area;
      set(element, {
        display: null,
        ...{ x: column * CELL, y: row * CELL, width: columns * CELL, height: rows * CELL },
      });
    }
  }
}

export function strongest(values: Float64Array): number {
  let most = 1e-9;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
