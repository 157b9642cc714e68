/** Draw on the input with chalk: a stroke that begins on chalk rubs out. */

import type { Stage } from "./demo.ts";
import { set, svg } from "./dom.ts";
import { interactive } from "./environment.ts";
import { CELL, type Raster } from "./raster.ts";

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** What is drawn on, as it stands in the picture. */
export interface Paper {
  /** Whether the input is a drawing now. */
  on(): boolean;
  size(): { rows: number; columns: number };
  read(row: number, column: number): number;
  /** Chalk is 1, and where there is none is 0. */
  write(row: number, column: number, value: number): void;
}

/** @returns what to call after a state has been drawn; where nothing is drawn on, the caller says what the picture is. */
export function pen<S>(
  stage: Stage<S>,
  { overlay, cellAt }: Raster,
  { on, size: side, read, write }: Paper,
) {
  const { signal } = stage;
  const cursor = svg("rect", { class: "pen", width: CELL, height: CELL });
  overlay.append(cursor);
  const at = { row: 0, column: 0 };
  let chalk: number | null = null;
  const within = (n: number, count: number) => Math.min(count - 1, Math.max(0, n));
  const go = (row: number, column: number) => {
    at.row = within(row, side().rows);
    at.column = within(column, side().columns);
    set(cursor, { x: at.column * CELL, y: at.row * CELL });
  };
  const here = () => read(at.row, at.column);
  const paint = (value: number) => {
    if (here() !== value) write(at.row, at.column, value);
  };
  const stroke = (event: PointerEvent) => {
    const from = { ...at };
    const to = cellAt(event);
    // A fast hand skips pixels between two events: the stroke goes through all of them.
    const steps = Math.max(1, Math.abs(to.row - from.row), Math.abs(to.column - from.column));
    for (let n = 1; n <= steps; n++) {
      const part = (a: number, b: number) => Math.round(a + ((b - a) * n) / steps);
      go(part(from.row, to.row), part(from.column, to.column));
      paint(chalk!);
    }
  };
  overlay.addEventListener(
    "pointerdown",
    (event) => {
      if (!on() || event.button !== 0) return;
      event.preventDefault();
      overlay.setPointerCapture(event.pointerId);
      overlay.focus({ preventScroll: true });
      const { row, column } = cellAt(event);
      go(row, column);
      chalk = here() > 0 ? 0 : 1;
      paint(chalk);
    },
    { signal },
  );
  overlay.addEventListener(
    "pointermove",
    (event) => {
      if (chalk !== null && overlay.hasPointerCapture(event.pointerId)) stroke(event);
    },
    { signal },
  );
  for (const end of ["pointerup", "pointercancel"] as const) {
    overlay.addEventListener(
      end,
      () => {
        chalk = null;
      },
      { signal },
    );
  }
  overlay.addEventListener(
    "keydown",
    (event) => {
      if (!on() || event.target !== overlay) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const move = ARROWS[event.key];
      if (move) {
        go(at.row + move[0], at.column + move[1]);
        stage.announce(
          `Row ${at.row + 1}, column ${at.column + 1}: ${here() > 0 ? "chalk" : "empty"}`,
        );
      } else if (event.key === " " || event.key === "Enter") paint(here() > 0 ? 0 : 1);
      else return;
      event.preventDefault();
    },
    { signal },
  );
  overlay.addEventListener("touchstart", (event) => on() && event.preventDefault(), {
    signal,
    passive: false,
  });
  return () => {
    if (!interactive()) return;
    const drawing = on();
    set(overlay, { "data-pen": drawing });
    set(cursor, { display: drawing ? null : "none" });
    if (!drawing) return;
    go(at.row, at.column);
    set(overlay, {
      tabindex: 0,
      role: "application",
      "aria-label": `Drawing, ${side().rows} by ${side().columns}: arrow keys move, Space draws or rubs out`,
    });
  };
}
