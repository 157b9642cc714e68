/** A map over the scene, with names in it and a cross at the pixel that is looked at. */

import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { pixels } from "../../ui/pixels.ts";
import { SIDE } from "../scene/state.ts";
import { labelsOf, NAMES } from "./colours.ts";
import { LIMITS, type State } from "./state.ts";

const STEPS: Record<string, [number, number]> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

export interface Shown {
  title: string;
  rgba: Uint8ClampedArray<ArrayBuffer>;
  /** The map whose classes are named in it; null for none. */
  classes: Uint8Array | null;
  said: string;
}

export function mapView(stage: Stage<State>, kind: "classes" | "errors") {
  const { signal } = stage;
  const picture = pixels(SIDE);
  const names = svg("g", { class: "names" });
  const halo = svg("path", { class: "cross-halo" });
  const cross = svg("path", { class: "cross" });
  const overlay = svg(
    "svg",
    { class: "map-overlay", viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img" },
    names,
    halo,
    cross,
  );
  const title = html("p", { class: "panel-name" });
  const element = html(
    "div",
    { class: `panel map ${kind}` },
    title,
    html("div", { class: "map-frame" }, picture.element, overlay),
  );
  if (interactive()) set(overlay, { tabindex: 0, role: "application" });

  const go = (row: number, column: number) => {
    const within = (at: number) => Math.min(LIMITS.pixel.max, Math.max(LIMITS.pixel.min, at));
    stage.update({ row: within(row), column: within(column) });
  };
  const follow = (event: PointerEvent) => {
    const { left, top, width, height } = overlay.getBoundingClientRect();
    const place = (at: number, length: number) => Math.floor((at / length) * SIDE);
    go(place(event.clientY - top, height), place(event.clientX - left, width));
  };
  overlay.addEventListener("pointermove", follow, { signal });
  overlay.addEventListener("pointerdown", follow, { signal });
  overlay.addEventListener(
    "keydown",
    (event) => {
      const step = STEPS[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const by = event.shiftKey ? 8 : 1;
      const { row, column } = stage.state();
      go(row + by * step[0], column + by * step[1]);
    },
    { signal },
  );

  let drawn: Uint8ClampedArray | null = null;
  const draw = (state: State, shown: Shown | null) => {
    set(element, { "data-empty": shown === null });
    text(title, shown?.title ?? (kind === "classes" ? "Classes" : "Errors"));
    if (shown && shown.rgba !== drawn) picture.draw(shown.rgba);
    drawn = shown?.rgba ?? null;
    list(
      names,
      shown?.classes ? labelsOf(shown.classes) : [],
      () => svg("text", { "text-anchor": "middle" }),
      (name, { label, row, column }) => {
        // A name stays whole: about as wide as half its letters in pixels of the scene.
        const half = 1.6 * NAMES[label]!.length + 1;
        set(name, {
          x: Math.min(SIDE - half, Math.max(half, column + 0.5)),
          y: Math.min(SIDE - 2, row + 2.5),
        });
        text(name, NAMES[label]!);
      },
    );
    const [x, y] = [state.column + 0.5, state.row + 0.5];
    const d = `M${x - 4} ${y}h3M${x + 1} ${y}h3M${x} ${y - 4}v3M${x} ${y + 1}v3`;
    set(cross, { d });
    set(halo, { d });
    set(overlay, {
      "aria-label": `${shown?.said ?? "Not there yet"}. Arrow keys move the cross, now at row ${state.row}, column ${state.column}.`,
    });
  };
  return { element, draw };
}
