/**
 * A row of values in a picture that can be dragged, nudged with the arrow keys, or typed.
 *
 * The row is one stop of the Tab key: left and right go from value to value, up and down change
 * one, Enter (or a double click) opens a field to type in.
 */

import { exact } from "../core/format.ts";
import type { Stage } from "./demo.ts";
import { html, set } from "./dom.ts";
import { interactive } from "./environment.ts";
import { parseNumber, type Range } from "./numbers.ts";

export interface ValuesOptions {
  /** The trait, for ids. */
  name: string;
  /** The group of SVG elements, one a value, in order. */
  group: SVGGElement;
  /** The picture's frame, in which the typing field is placed. */
  frame: HTMLElement;
  /** What a screen reader calls the value, for instance "x 3". */
  label(index: number): string;
  range: Range;
  values(): readonly number[];
  /** The step of an arrow key; Page Up and Page Down make ten. */
  step: number;
  /** How much one pixel upwards adds. */
  perPixel(): number;
  /** Set one value; `live` while a drag goes on. */
  change(index: number, value: number): void;
  /** A drag begins (true) or ends (false): the picture keeps its scale in between. */
  dragging?(on: boolean): void;
  /** Where a value's label stands, in pixels of the frame. */
  place(index: number): { x: number; y: number };
}

/** What makes an element a slider to a screen reader; one that shows no value is none. */
const SLIDER = [
  "role",
  "tabindex",
  "aria-label",
  "aria-valuenow",
  "aria-valuemin",
  "aria-valuemax",
  "aria-valuetext",
  "aria-orientation",
];

/** @returns what to call after the group's elements have been drawn. */
export function draggableValues<S>(stage: Stage<S>, options: ValuesOptions) {
  const { group, range, step, change, values } = options;
  const { signal } = stage;
  let current = 0;
  let focused: Element | null = null;
  /** Ends the typing that is going on, if any. */
  let endTyping = () => {};

  const indexOf = (target: EventTarget | null): number => {
    const item = (target as Element | null)?.closest("[data-index]");
    return item ? Number(item.getAttribute("data-index")) : -1;
  };
  const elementAt = (index: number) => group.querySelector<SVGGElement>(`[data-index="${index}"]`);
  const put = (index: number, value: number) => {
    const rounded = Number(value.toFixed(2));
    change(index, Math.min(range.max, Math.max(range.min, rounded)));
  };
  /** The values in the order in which they are drawn; one that has left the picture is skipped. */
  const drawn = () => [...group.querySelectorAll("[data-index]")].map(indexOf);
  const focus = (index: number | undefined) => {
    if (index === undefined) return;
    current = index;
    show();
    elementAt(current)?.focus();
  };

  // The frame listens: an SVG group that hears of the focus becomes a stop of the Tab key itself.
  options.frame.addEventListener(
    "focusin",
    ({ target }) => {
      focused = group.contains(target as Node) ? (target as Element) : null;
    },
    { signal },
  );
  options.frame.addEventListener(
    "focusout",
    ({ target }) => {
      // A value that has left the picture loses the focus too, but then the group keeps it.
      queueMicrotask(() => {
        if (focused === target && (target as Element).isConnected) focused = null;
      });
    },
    { signal },
  );

  const moves: Record<string, number> = {
    ArrowUp: step,
    ArrowDown: -step,
    PageUp: 10 * step,
    PageDown: -10 * step,
  };
  group.addEventListener(
    "keydown",
    (event) => {
      const index = indexOf(event.target);
      if (index < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const by = moves[event.key];
      if (by !== undefined) put(index, values()[index]! + by);
      else if (event.key === "ArrowRight") focus(drawn()[drawn().indexOf(index) + 1]);
      else if (event.key === "ArrowLeft") focus(drawn()[drawn().indexOf(index) - 1]);
      else if (event.key === "Home") focus(drawn()[0]);
      else if (event.key === "End") focus(drawn().at(-1));
      else if (event.key === "Enter" || event.key === " ") type(index);
      else return;
      event.preventDefault();
    },
    { signal },
  );
  // The group has captured the pointer, so it is the target: the value is the one just pressed.
  group.addEventListener("dblclick", () => type(current), { signal });

  group.addEventListener(
    "pointerdown",
    (event) => {
      const index = indexOf(event.target);
      if (index < 0 || event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      const from = { y: event.clientY, value: values()[index]! };
      const perPixel = options.perPixel();
      const pointer = event.pointerId;
      current = index;
      show();
      elementAt(index)?.focus({ preventScroll: true });
      endTyping();
      group.setPointerCapture(pointer);
      options.dragging?.(true);
      const ended = new AbortController();
      const until = { signal: AbortSignal.any([signal, ended.signal]) };
      const finish = () => {
        ended.abort();
        options.dragging?.(false);
      };
      group.addEventListener(
        "pointermove",
        (moved) => {
          if (moved.pointerId !== pointer) return;
          const value = from.value + (from.y - moved.clientY) * perPixel;
          // One decimal is what a hand can aim at; the keys and the field are exact.
          put(index, Math.round(value * 10) / 10);
        },
        until,
      );
      group.addEventListener("pointerup", finish, until);
      group.addEventListener("pointercancel", finish, until);
    },
    { signal },
  );

  // A finger on a value drags the value, not the page; no style can say so within an SVG picture.
  group.addEventListener(
    "touchstart",
    (event) => {
      if (indexOf(event.target) >= 0) event.preventDefault();
    },
    { signal, passive: false },
  );

  /** Open a field over the value; it stays until what is typed can be read, or Escape. */
  function type(index: number): void {
    if (index < 0) return;
    endTyping();
    const { x, y } = options.place(index);
    const style = `left:${x}px;top:${y}px`;
    const note = html("p", {
      class: "course-problem course-typing-problem",
      id: stage.id(`${options.name}-typing-problem`),
      style,
      hidden: true,
    });
    const field = html("input", {
      class: "course-typing",
      type: "text",
      inputmode: "decimal",
      maxlength: 40,
      "aria-label": `${options.label(index)}: type a value`,
      value: exact(values()[index]!),
      style,
    });
    let open = true;
    const close = () => {
      open = false;
      endTyping = () => {};
      field.remove();
      note.remove();
    };
    /** @returns whether what is typed could be taken. */
    const take = (): boolean => {
      const untouched = field.value === field.getAttribute("value");
      const { value, problem } = parseNumber(field.value, range);
      if (problem !== null && !untouched) {
        set(field, { "aria-invalid": "true", "aria-describedby": note.id });
        note.textContent = problem;
        note.hidden = false;
        stage.announce(`${options.label(index)}: ${problem}`);
        return false;
      }
      close();
      if (!untouched) change(index, value!);
      return true;
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") close();
      else if (!take()) return;
      elementAt(index)?.focus();
    });
    // Taking the field out of the page blurs it, which must not take what it holds.
    field.addEventListener("blur", () => open && take());
    endTyping = close;
    options.frame.append(field, note);
    field.select();
    field.focus();
  }

  /** Give each drawn value its role, its name and its number. */
  const show = () => {
    // Without a browser nobody can take hold of a value, so none may say that it is a slider.
    if (!interactive()) return;
    const distance = (index: number) => Math.abs(index - current);
    const present = drawn();
    current = present.reduce((a, b) => (distance(b) < distance(a) ? b : a), present[0] ?? 0);
    for (const element of group.children) {
      const index = indexOf(element);
      const value = values()[index];
      if (value === undefined) {
        for (const name of SLIDER) element.removeAttribute(name);
        continue;
      }
      set(element, {
        role: "slider",
        tabindex: index === current ? 0 : -1,
        "aria-label": options.label(index),
        "aria-valuenow": Number(value.toFixed(4)),
        "aria-valuemin": range.min,
        "aria-valuemax": range.max,
        "aria-valuetext": exact(value),
        "aria-orientation": "vertical",
      });
    }
    keepFocus();
  };

  /** The value that had the focus may have left the picture: the one nearest to it takes over. */
  const keepFocus = () => {
    if (!focused || (group.contains(focused) && indexOf(focused) >= 0)) return;
    const here = document.activeElement;
    const lost = here === null || here === document.body || here === focused;
    focused = null;
    if (lost) elementAt(current)?.focus({ preventScroll: true });
  };
  return { show };
}
