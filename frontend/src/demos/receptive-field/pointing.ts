/** Point at a unit or an input: press or drag in the picture, or move with the arrow keys. */

import type { Stage } from "../../ui/demo.ts";
import { set } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { type Layout, nearest } from "./layout.ts";
import { inputSentence, unitSentence } from "./sentences.ts";
import { middleUnit, type State } from "./state.ts";

interface Parts {
  drawing: SVGSVGElement;
  unitCursor: SVGRectElement;
  inputCursor: SVGRectElement;
  layout(): Layout;
}

export function pointing(stage: Stage<State>, parts: Parts): void {
  const { drawing, unitCursor, inputCursor, layout } = parts;
  const { signal } = stage;

  const at = (event: PointerEvent) => {
    const { left, top, width } = drawing.getBoundingClientRect();
    const unit = drawing.viewBox.baseVal.width / width;
    return nearest(layout(), (event.clientX - left) * unit, (event.clientY - top) * unit);
  };
  const point = ({ row, index }: { row: number; index: number }) =>
    stage.update(row === 0 ? { input: [index] } : { unit: [row, index] });

  drawing.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const pressed = at(event);
      const { unit, input } = stage.state();
      const [row, index] = pressed.row === 0 ? [0, input[0]] : unit;
      (pressed.row === 0 ? inputCursor : unitCursor).focus({ preventScroll: true });
      // Pressing what is pointed at lets go of it.
      if (row === pressed.row && index === pressed.index) {
        stage.update(row === 0 ? { input: [] } : { unit: [] });
        return;
      }
      point(pressed);
      drawing.setPointerCapture(event.pointerId);
      // A drag that began on the inputs stays with them, one that began on units with units.
      const onInputs = pressed.row === 0;
      const ended = new AbortController();
      const until = { signal: AbortSignal.any([signal, ended.signal]) };
      drawing.addEventListener(
        "pointermove",
        (moved) => {
          const here = at(moved);
          if ((here.row === 0) === onInputs) point(here);
        },
        until,
      );
      drawing.addEventListener("pointerup", () => ended.abort(), until);
      drawing.addEventListener("pointercancel", () => ended.abort(), until);
    },
    { signal },
  );

  const keys = (cursor: SVGRectElement, act: (key: string) => Partial<State> | null) =>
    cursor.addEventListener(
      "keydown",
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const change = act(event.key);
        if (change === null) return;
        event.preventDefault();
        stage.update(change);
      },
      { signal },
    );

  keys(unitCursor, (key) => {
    const { unit } = stage.state();
    const none = unit.length === 0;
    if (key === "Enter" || key === " ") return { unit: none ? middleUnit(stage.state()) : [] };
    if (key === "Escape" || key === "Delete") return none ? null : { unit: [] };
    if (!MOVES.has(key)) return null;
    if (none) return { unit: middleUnit(stage.state()) };
    const [row, index] = unit as [number, number];
    const { lengths, unit: place } = layout();
    const last = lengths[row]! - 1;
    if (key === "Home") return { unit: [row, 0] };
    if (key === "End") return { unit: [row, last] };
    if (key === "ArrowLeft") return { unit: [row, Math.max(0, index - 1)] };
    if (key === "ArrowRight") return { unit: [row, Math.min(last, index + 1)] };
    // Layers lie below one another: up is towards the input.
    const to = Math.min(lengths.length - 1, Math.max(1, row + (key === "ArrowDown" ? 1 : -1)));
    if (to === row) return {};
    return { unit: [to, nearest(layout(), place(row, index), layout().y(to)).index] };
  });

  keys(inputCursor, (key) => {
    const { input, length } = stage.state();
    const middle = Math.floor((length - 1) / 2);
    const none = input.length === 0;
    if (key === "Enter" || key === " ") return { input: none ? [middle] : [] };
    if (key === "Escape" || key === "Delete") return none ? null : { input: [] };
    if (!MOVES.has(key)) return null;
    if (none) return { input: [middle] };
    const index = input[0]!;
    if (key === "Home") return { input: [0] };
    if (key === "End") return { input: [length - 1] };
    const back = key === "ArrowLeft" || key === "ArrowDown";
    return { input: [Math.min(length - 1, Math.max(0, index + (back ? -1 : 1)))] };
  });
}

const MOVES = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

/** Give both cursors their role, name and value. */
export function nameCursors(
  state: State,
  unitCursor: Element,
  inputCursor: Element,
  lengths: readonly number[],
): void {
  // Without a browser nobody can move a cursor, so none may say that it is a slider.
  if (!interactive()) return;
  const [row, index] = state.unit;
  set(unitCursor, {
    role: "slider",
    tabindex: 0,
    "aria-label": "Unit pointed at",
    "aria-valuemin": 0,
    "aria-valuemax": lengths[row ?? lengths.length - 1]!,
    "aria-valuenow": row === undefined ? 0 : index! + 1,
    "aria-valuetext": unitSentence(state) || "none",
  });
  set(inputCursor, {
    role: "slider",
    tabindex: 0,
    "aria-label": "Input pointed at",
    "aria-valuemin": 0,
    "aria-valuemax": state.length,
    "aria-valuenow": state.input.length === 0 ? 0 : state.input[0]! + 1,
    "aria-valuetext": inputSentence(state) || "none",
  });
}
