/**
 * A scene under one's hands: its objects are pressed, dragged, pulled and turned, and all of it by
 * key. What a demo draws over the scene goes between the picture and its objects.
 */

import { placed, raised, removed, scaled, turned } from "../../core/scene/edit.ts";
import { objectBox } from "../../core/scene/region.ts";
import { WORLD } from "../../data/scenes.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg } from "../../ui/dom.ts";
import { interactive, watchWidth } from "../../ui/environment.ts";
import { pixels, rgbaOf } from "../../ui/pixels.ts";
import { gestures } from "./gestures.ts";
import { nameOf } from "./sentences.ts";
import { imageOf, known, rendered, type SceneState, SIDE, sceneOf } from "./state.ts";

/** Pixels of the page until the picture's own width is known. */
const WIDTH = 400;
const TURNER = 26;

interface Item {
  x: number;
  y: number;
  width: number;
  height: number;
  name: string;
  selected: boolean;
}

interface Handle {
  kind: "scale" | "turn";
  x: number;
  y: number;
  /** Where a line to the object begins; null for none. */
  stem: number | null;
  name: string;
}

const ARROWS: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

export function sceneEditor<S extends SceneState>(stage: Stage<S>, label: string) {
  const { signal } = stage;
  let width = WIDTH;
  const picture = pixels(SIDE);
  const under = svg("g", { class: "scene-under" });
  const items = svg("g", { class: "scene-objects" });
  const over = svg("g", { class: "scene-over" });
  const handles = svg("g", { class: "scene-handles" });
  const drawing = svg(
    "svg",
    { class: "scene-drawing", role: "group" },
    under,
    over,
    items,
    handles,
  );
  set(drawing, { "aria-label": label });
  const element = html("div", { class: "scene-editor" }, picture.element, drawing);

  const change = (scene: ReturnType<typeof sceneOf>, selected = stage.state().selected) =>
    stage.update({ scene, selected } as Partial<S>);
  const select = (selected: number) => {
    if (selected !== stage.state().selected) stage.update({ selected } as Partial<S>);
  };
  gestures(stage, drawing, { unit: () => width / SIDE, change, select });

  const key = (event: KeyboardEvent, at: number) => {
    const scene = sceneOf(stage.state());
    const item = scene.objects[at];
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const step = (event.shiftKey ? 8 : 1) / SIDE;
    if (arrow) change(placed(scene, at, item.x + arrow[0] * step, item.y + arrow[1] * step), at);
    else if (event.key === "+" || event.key === "=")
      change(scaled(scene, at, item.scale * 1.05), at);
    else if (event.key === "-") change(scaled(scene, at, item.scale / 1.05), at);
    else if (event.key === ".") change(turned(scene, at, item.angle + 5), at);
    else if (event.key === ",") change(turned(scene, at, item.angle - 5), at);
    else if (event.key === "PageUp" && at < scene.objects.length - 1) {
      change(raised(scene, at, 1), at + 1);
      focus(at + 1);
    } else if (event.key === "PageDown" && at > 0) {
      change(raised(scene, at, -1), at - 1);
      focus(at - 1);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      change(removed(scene, at), -1);
      focus(Math.max(0, at - 1));
    } else if (event.key === "Escape") select(-1);
    else return;
    event.preventDefault();
  };
  const focus = (at: number) => {
    stage.redraw();
    (items.children[at] as SVGGElement | undefined)?.focus();
  };
  const indexOf = (target: EventTarget | null) => {
    const found = (target as Element | null)?.closest?.("[data-object]");
    return found ? Number(found.getAttribute("data-object")) : -1;
  };
  items.addEventListener("keydown", (event) => key(event, indexOf(event.target)), { signal });
  items.addEventListener(
    "focusin",
    ({ target }) => {
      // A press selects by the pixel that is pressed; only the Tab key selects by the focus.
      if ((target as Element).matches(":focus-visible")) select(indexOf(target));
    },
    { signal },
  );

  let drawn: Uint8Array | null = null;
  const draw = (state: S) => {
    const image = imageOf(state);
    if (image !== drawn) picture.draw(rgbaOf(image));
    drawn = image;
    set(drawing, { viewBox: `0 0 ${width} ${width}` });
    const scene = known(state) ? sceneOf(state).objects : [];
    const unit = width / SIDE;
    const drawnItems = scene.map((item, i): Item => {
      const [x1, y1, x2, y2] = objectBox(WORLD, item).map((n) => n * width) as [
        ...[number, number, number, number],
      ];
      return {
        ...{ x: x1, y: y1, width: x2 - x1, height: y2 - y1 },
        name: nameOf(state, i),
        selected: i === state.selected,
      };
    });
    list(items, drawnItems, createItem, updateItem);
    const held = drawnItems[state.selected];
    list(handles, held ? handlesOf(held, unit) : [], createHandle, updateHandle);
  };
  watchWidth(element, signal, (measured) => {
    if (measured === width) return;
    width = measured;
    stage.redraw();
  });
  /** The pixel of the scene under a pointer. */
  const pixelAt = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const box = drawing.getBoundingClientRect();
    const at = (place: number, from: number, length: number) =>
      Math.min(SIDE - 1, Math.max(0, Math.floor(((place - from) / length) * SIDE)));
    return { row: at(clientY, box.top, box.height), column: at(clientX, box.left, box.width) };
  };
  return { element, drawing, under, over, draw, pixelAt, unit: () => width / SIDE, rendered };
}

/** At the corner and above the middle; below, where there is no room above. */
function handlesOf({ x, y, width, height }: Item, unit: number): Handle[] {
  const inside = (place: number) => Math.min(SIDE * unit - 8, Math.max(8, place));
  const above = y - TURNER >= 4;
  const edge = above ? y : y + height;
  return [
    {
      ...{ kind: "scale", x: inside(x + width), y: inside(y + height) },
      ...{ stem: null, name: "Size" },
    },
    {
      ...{ kind: "turn", x: inside(x + width / 2), y: inside(edge + (above ? -TURNER : TURNER)) },
      ...{ stem: inside(edge), name: "Turn" },
    },
  ];
}

function createItem(index: number): SVGGElement {
  return svg(
    "g",
    { class: "scene-object", "data-object": index },
    svg("rect", { class: "halo" }),
    svg("rect", { class: "line" }),
  );
}

function updateItem(element: SVGGElement, { name, selected, ...place }: Item): void {
  for (const rect of element.children) set(rect, place);
  set(element, { "data-selected": selected });
  // Without a browser nobody can take hold of an object, so none may say that it is a button.
  if (!interactive()) return;
  set(element, {
    ...{ role: "button", tabindex: 0, "aria-pressed": String(selected), "aria-label": name },
  });
}

function createHandle(): SVGGElement {
  return svg(
    "g",
    { class: "scene-handle", "aria-hidden": "true" },
    svg("line", { class: "stem" }),
    svg("circle", { class: "reach", r: 14 }),
    svg("circle", { class: "knob", r: 6 }),
  );
}

function updateHandle(element: SVGGElement, { kind, x, y, stem }: Handle): void {
  const [line, ...circles] = [...element.children] as [Element, Element, Element];
  set(element, { "data-handle": kind });
  set(line, { x1: x, x2: x, y1: stem ?? y, y2: y });
  for (const circle of circles) set(circle, { cx: x, cy: y });
}
