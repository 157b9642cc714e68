/** Boxes over a picture: pressed, dragged, pulled at a corner, and all of it by key. */

import { type Box, boxArea, inOrder } from "../core/boxes.ts";
import type { Stage } from "./demo.ts";
import { html, list, set, svg, text } from "./dom.ts";
import { interactive, watchWidth } from "./environment.ts";

export interface BoxItem {
  box: Box;
  /** What stands at its corner. */
  tag: string;
  /** What a screen reader calls it. */
  name: string;
  /** What it is: classes of the style sheet. */
  kind: string;
  /** Whether it is the one that can be pulled at its corners. */
  selected: boolean;
  /** Whether the tag stands at the right end of the lower edge, not at the left of the upper. */
  low?: boolean;
  /** Whether it cannot be moved. */
  fixed?: boolean;
}

export interface BoxEditorOptions {
  /** The picture's side, in units of the boxes. */
  side: number;
  /** What a screen reader calls the picture. */
  label: string;
  /** How far an arrow key goes, and with Shift. */
  step: { fine: number; coarse: number };
  /** The smallest extent. */
  least: number;
  select(index: number): void;
  change(index: number, box: Box): void;
  remove?(index: number): void;
  /** A corner has been pulled past the opposite one. */
  turned(): void;
}

/** Corners in reading order: which of x1, x2 and of y1, y2 each moves. */
const CORNERS = [
  { name: "left top", x: 0, y: 1 },
  { name: "right top", x: 2, y: 1 },
  { name: "left bottom", x: 0, y: 3 },
  { name: "right bottom", x: 2, y: 3 },
] as const;

const ARROWS: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Width in pixels until the picture's own is known. */
const WIDTH = 440;
const TAG = { height: 20, letter: 7.6, pad: 8 };

type Point = [number, number];

/** A box moved by some units, stopped at the picture's edges. */
export function movedBox([x1, y1, x2, y2]: Box, [dx, dy]: Point, side: number): Box {
  const right = Math.min(side - x2, Math.max(-x1, dx));
  const down = Math.min(side - y2, Math.max(-y1, dy));
  return [x1 + right, y1 + down, x2 + right, y2 + down];
}

export type Plate = { x: number; y: number; width: number; height: number };

/**
 * Where each box's tag stands: at the first of its corners at which it hides no other tag.
 *
 * @param unit a pixel, in units of the boxes.
 */
export function tagPlaces(
  items: readonly Pick<BoxItem, "box" | "tag" | "low">[],
  unit: number,
): Plate[] {
  const taken: Plate[] = [];
  return items.map(({ box: [x, y, x2, y2], tag, low }) => {
    if (!tag) return { x, y, width: 0, height: 0 };
    const width = (tag.length * TAG.letter + TAG.pad) * unit;
    const height = TAG.height * unit;
    // Above the box where there is room, else within it.
    const above = y >= height ? y - height : y;
    const below = y2 - height;
    const upper = [
      [x, above],
      [x2 - width, above],
    ] as const;
    const lower = [
      [x2 - width, below],
      [x, below],
    ] as const;
    const plates = (low ? [...lower, ...upper] : [...upper, ...lower]).map(
      ([left, top]): Plate => ({ x: left, y: top, width, height }),
    );
    const place = plates.find((one) => !taken.some((other) => touch(one, other))) ?? plates[0]!;
    taken.push(place);
    return place;
  });
}

const touch = (a: Plate, b: Plate) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** A box with one corner elsewhere; `turned` if that lies past the opposite one. */
export function pulledBox(
  box: Box,
  corner: number,
  [px, py]: Point,
  side: number,
  least: number,
): { box: Box; turned: boolean } {
  const { x, y } = CORNERS[corner]!;
  const pulled: [number, number, number, number] = [...box];
  pulled[x] = Math.min(side, Math.max(0, px));
  pulled[y] = Math.min(side, Math.max(0, py));
  const ordered = inOrder(pulled) as [number, number, number, number];
  const turned = pulled[0] > pulled[2] || pulled[1] > pulled[3];
  for (const [low, high] of [
    [0, 2],
    [1, 3],
  ] as const) {
    if (ordered[high] - ordered[low] >= least) continue;
    ordered[high] = Math.min(side, ordered[low] + least);
    ordered[low] = ordered[high] - least;
  }
  return { box: ordered, turned };
}

export function boxEditor<S>(stage: Stage<S>, options: BoxEditorOptions) {
  const { side, step, least, select, change, remove, turned } = options;
  const { signal } = stage;
  const image = svg("image", { width: side, height: side, class: "box-image" });
  const under = svg("g", { class: "box-under" });
  const items = svg("g", { class: "box-items" });
  const over = svg("g", { class: "box-over" });
  const handles = svg("g", { class: "box-handles" });
  const drawing = svg(
    "svg",
    { class: "box-drawing", viewBox: `0 0 ${side} ${side}`, role: "group" },
    image,
    under,
    items,
    over,
    handles,
  );
  set(drawing, { "aria-label": options.label });
  const element = html("div", { class: "box-editor" }, drawing);
  let shown: readonly BoxItem[] = [];
  let unit = side / WIDTH;

  const current = () => shown.findIndex((item) => item.selected);
  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const { left, top, width } = drawing.getBoundingClientRect();
    return [((clientX - left) / width) * side, ((clientY - top) / width) * side];
  };
  /** The smallest box under a point, so that one within another can be taken hold of. */
  const at = ([x, y]: Point): number => {
    const under = shown
      .map(({ box, fixed }, index) => ({ box, index, fixed }))
      .filter(({ box: [x1, y1, x2, y2], fixed }) => {
        const edge = 4 * unit;
        return !fixed && x >= x1 - edge && x <= x2 + edge && y >= y1 - edge && y <= y2 + edge;
      })
      .sort((a, b) => boxArea(a.box) - boxArea(b.box));
    return under[0]?.index ?? -1;
  };
  const cornerOf = (target: EventTarget | null): number =>
    Number((target as Element | null)?.closest("[data-corner]")?.getAttribute("data-corner") ?? -1);

  const pull = (index: number, corner: number, from: Box, point: Point) => {
    const whole = point.map(Math.round) as Point;
    const result = pulledBox(from, corner, whole, side, least);
    if (result.turned) turned();
    change(index, result.box);
  };

  drawing.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      const corner = cornerOf(event.target);
      const start = pointOf(event);
      const index = corner >= 0 ? current() : at(start);
      if (index < 0) return;
      event.preventDefault();
      const from = shown[index]!.box;
      const pointer = event.pointerId;
      if (index !== current()) select(index);
      const grip = corner >= 0 ? handles.children[corner] : items.children[index];
      (grip as SVGElement).focus({ preventScroll: true });
      drawing.setPointerCapture(pointer);
      const ended = new AbortController();
      const until = { signal: AbortSignal.any([signal, ended.signal]) };
      drawing.addEventListener(
        "pointermove",
        (moved) => {
          if (moved.pointerId !== pointer) return;
          const point = pointOf(moved);
          if (corner >= 0) return pull(index, corner, from, point);
          const by = [Math.round(point[0] - start[0]), Math.round(point[1] - start[1])] as Point;
          change(index, movedBox(from, by, side));
        },
        until,
      );
      for (const end of ["pointerup", "pointercancel"] as const) {
        drawing.addEventListener(end, () => ended.abort(), until);
      }
    },
    { signal },
  );

  // A finger on a box drags the box, not the page; beside all boxes it scrolls.
  drawing.addEventListener(
    "touchstart",
    (event) => {
      const [touch] = event.touches;
      if (touch && (cornerOf(event.target) >= 0 || at(pointOf(touch)) >= 0)) event.preventDefault();
    },
    { signal, passive: false },
  );

  drawing.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const corner = cornerOf(event.target);
      const held = (event.target as Element).closest("[data-box]");
      const index = corner >= 0 ? current() : Number(held?.getAttribute("data-box") ?? -1);
      const item = shown[index];
      if (!item || item.fixed) return;
      const arrow = ARROWS[event.key];
      if (arrow) {
        const by = arrow.map((n) => n * (event.shiftKey ? step.coarse : step.fine)) as Point;
        if (index !== current()) select(index);
        if (corner < 0) change(index, movedBox(item.box, by, side));
        else {
          const { x, y } = CORNERS[corner]!;
          pull(index, corner, item.box, [item.box[x] + by[0], item.box[y] + by[1]]);
        }
      } else if (event.key === "Enter" || event.key === " ") select(index);
      else if ((event.key === "Delete" || event.key === "Backspace") && remove && corner < 0) {
        remove(index);
      } else return;
      event.preventDefault();
    },
    { signal },
  );

  /** Draw the boxes; the selected one gets corners to pull at. */
  const draw = (all: readonly BoxItem[]) => {
    shown = all;
    const tags = tagPlaces(all, unit);
    list(
      items,
      all.map((item, index) => ({ ...item, index, plate: tags[index]! })),
      boxMark,
      drawBoxMark,
    );
    const item = all[current()];
    const corners = item && !item.fixed ? CORNERS : [];
    list(
      handles,
      corners.map(({ name, x, y }) => ({
        name: `${name} corner of ${item!.name}`,
        ...{ x: item!.box[x], y: item!.box[y], unit },
      })),
      handle,
      drawHandle,
    );
  };
  watchWidth(element, signal, (width) => {
    unit = side / width;
    set(drawing, { style: `--unit: ${unit}` });
    stage.redraw();
  });
  set(drawing, { style: `--unit: ${unit}` });
  return { element, drawing, image, under, over, draw, unit: () => unit };
}

export type BoxEditor = ReturnType<typeof boxEditor>;

function boxMark(index: number): SVGGElement {
  return svg(
    "g",
    { "data-box": index },
    svg("rect", { class: "halo" }),
    svg("rect", { class: "line" }),
    svg("rect", { class: "tag" }),
    svg("text", { "aria-hidden": "true" }),
  );
}

function drawBoxMark(element: Element, item: BoxItem & { plate: Plate }): void {
  const { box, tag, name, kind, selected, fixed, plate } = item;
  const [x, y, x2, y2] = box;
  const place = { x, y, width: x2 - x, height: y2 - y };
  set(element, { class: `box ${kind}${selected ? " selected" : ""}` });
  // Without a browser nobody can take hold of a box, so none may say that it is a button.
  if (interactive()) {
    set(element, {
      role: fixed ? "img" : "button",
      tabindex: fixed ? null : 0,
      "aria-pressed": fixed ? null : String(selected),
      "aria-label": name,
    });
  }
  const [halo, line, ground, words] = element.children;
  set(halo!, place);
  set(line!, place);
  set(ground!, plate);
  text(words!, tag);
  const middle = { x: plate.x + plate.width / 2, y: plate.y + plate.height * 0.72 };
  set(words!, { ...middle, "text-anchor": "middle" });
}

function handle(corner: number): SVGGElement {
  return svg(
    "g",
    { class: "handle", "data-corner": corner },
    svg("circle", { class: "reach" }),
    svg("circle", { class: "knob" }),
  );
}

function drawHandle(
  element: Element,
  { name, x, y }: { name: string; x: number; y: number; unit: number },
): void {
  if (interactive()) set(element, { role: "button", tabindex: 0, "aria-label": name });
  set(element, { transform: `translate(${x} ${y})` });
}
