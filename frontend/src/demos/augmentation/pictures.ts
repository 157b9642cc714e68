/** The whole image with its crop, which is moved, and beside it what the network sees. */

import { augment, IMAGE_SIDE, placement } from "../../core/augmentation.ts";
import { COMPONENTS } from "../../data/augmentation.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, svg } from "../../ui/dom.ts";
import { photo } from "../../ui/photo.ts";
import { PLAIN, type State } from "./state.ts";
import { type Subject, subject } from "./subject.ts";

const SOURCE = 128;
const VIEW = 112;

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

export function pictures(stage: Stage<State>) {
  const source = photo(SOURCE);
  const view = photo(VIEW);
  const outline = svg("path", { class: "outline" });
  const quad = svg("path", { class: "quad" });
  const corner = svg("circle", { class: "corner", r: 7 });
  const overlay = svg(
    "svg",
    {
      viewBox: `0 0 ${IMAGE_SIDE} ${IMAGE_SIDE}`,
      class: "crop",
      tabindex: 0,
      role: "application",
    },
    outline,
    quad,
    corner,
  );
  const hole = svg("rect", { class: "hole" });
  const cut = svg(
    "svg",
    {
      viewBox: "0 0 1 1",
      class: "cutout",
      tabindex: 0,
      role: "application",
      "aria-label": "Cutout: the arrow keys move it",
    },
    hole,
  );
  const panel = (name: string, image: HTMLElement, drawing: Element) =>
    html(
      "div",
      { class: "panel" },
      html("p", { class: "panel-name" }, name),
      html("div", { class: "sheet" }, image, drawing),
    );
  const element = html(
    "div",
    { class: "augmented" },
    panel("the image, 256 wide", source.element, overlay),
    panel("the network’s view", view.element, cut),
  );

  const moveCrop = (right: number, down: number) => {
    const state = stage.state();
    const room = IMAGE_SIDE - state.crop_side;
    const within = (v: number) => Math.min(room, Math.max(0, Math.round(v)));
    const to = { right: within(right), down: within(down) };
    if (to.right !== state.right || to.down !== state.down) stage.update(to);
  };
  const moveHole = (x: number, y: number) => {
    const within = (v: number) => Number(Math.min(1, Math.max(0, v)).toFixed(2));
    const state = stage.state();
    const to = { cutout_x: within(x), cutout_y: within(y) };
    if (to.cutout_x !== state.cutout_x || to.cutout_y !== state.cutout_y) stage.update(to);
  };
  drag(
    stage,
    overlay,
    () => stage.state(),
    (from, x, y) => moveCrop(from.right + x * IMAGE_SIDE, from.down + y * IMAGE_SIDE),
  );
  drag(
    stage,
    cut,
    () => stage.state(),
    (from, x, y) => moveHole(from.cutout_x + x, from.cutout_y + y),
  );
  keys(stage, overlay, 1, (x, y) => {
    const { right, down } = stage.state();
    moveCrop(right + x, down + y);
  });
  keys(stage, cut, 0.05, (x, y) => {
    const { cutout_x, cutout_y } = stage.state();
    moveHole(cutout_x + x, cutout_y + y);
  });

  let shown: Subject["image"] | null = null;
  const draw = (state: State) => {
    const { image } = subject(state);
    if (shown !== image) {
      shown = image;
      const whole = { ...PLAIN, crop_side: IMAGE_SIDE, right: 0, down: 0 };
      source.draw(augment(image, whole, COMPONENTS, SOURCE));
    }
    view.draw(augment(image, state, COMPONENTS, VIEW));
    const { right, down, crop_side, cutout, cutout_x, cutout_y } = state;
    set(outline, { d: `M${right},${down}h${crop_side}v${crop_side}h${-crop_side}Z` });
    const [a, b, c, d, x, y] = placement(state);
    const at = (u: number, v: number) =>
      [a * u + c * v + x, b * u + d * v + y].map((w) => ((w + 1) / 2) * IMAGE_SIDE) as [
        number,
        number,
      ];
    const points = [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)];
    set(quad, { d: `M${points.map((p) => p.map((w) => w.toFixed(1)).join(",")).join("L")}Z` });
    set(corner, { cx: points[0]![0].toFixed(1), cy: points[0]![1].toFixed(1) });
    set(overlay, {
      "aria-label": `Crop at ${right}, ${down}: the arrow keys move it`,
    });
    set(hole, {
      x: cutout_x - cutout / 2,
      y: cutout_y - cutout / 2,
      width: cutout,
      height: cutout,
    });
    set(cut, { tabindex: cutout > 0 ? 0 : -1, "data-none": cutout === 0 });
  };
  return { element, draw };
}

/** Tell how far the pointer has gone since the press, in shares of the drawing. */
function drag(
  { signal }: Stage<State>,
  drawing: SVGSVGElement,
  state: () => State,
  move: (from: State, x: number, y: number) => void,
): void {
  let from: { x: number; y: number; state: State } | null = null;
  drawing.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      from = { x: event.clientX, y: event.clientY, state: state() };
      drawing.setPointerCapture(event.pointerId);
      drawing.focus({ preventScroll: true });
    },
    { signal },
  );
  drawing.addEventListener(
    "pointermove",
    (event) => {
      if (!from || !drawing.hasPointerCapture(event.pointerId)) return;
      const { width, height } = drawing.getBoundingClientRect();
      move(from.state, (event.clientX - from.x) / width, (event.clientY - from.y) / height);
    },
    { signal },
  );
}

function keys(
  { signal }: Stage<State>,
  drawing: SVGSVGElement,
  step: number,
  move: (x: number, y: number) => void,
): void {
  drawing.addEventListener(
    "keydown",
    (event) => {
      const by = ARROWS[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const far = event.shiftKey ? 8 : 1;
      move(by[0] * step * far, by[1] * step * far);
    },
    { signal },
  );
}
