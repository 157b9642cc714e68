/** What a pointer does to a scene: press, drag, pull, turn, and the wheel over what is in hand. */

import type { Description, SceneObject } from "../../core/scene/description.ts";
import { placed, scaled, turned } from "../../core/scene/edit.ts";
import type { Stage } from "../../ui/demo.ts";
import { known, rendered, type SceneState, SIDE, sceneOf } from "./state.ts";

interface Options {
  /** Pixels of the page for one of the scene. */
  unit(): number;
  change(scene: Description, selected?: number): void;
  select(index: number): void;
}

interface Drag {
  kind: "move" | "scale" | "turn";
  at: number;
  item: SceneObject;
  /** Where the pointer went down, in units of the image's side. */
  x: number;
  y: number;
}

export function gestures<S extends SceneState>(
  stage: Stage<S>,
  drawing: SVGSVGElement,
  { unit, change, select }: Options,
): void {
  const { signal } = stage;
  let drag: Drag | null = null;

  const place = ({ clientX, clientY }: MouseEvent) => {
    const { left, top } = drawing.getBoundingClientRect();
    const side = unit() * SIDE;
    return { x: (clientX - left) / side, y: (clientY - top) / side };
  };
  /** The object under a pointer: whose pixel it is, else within whose box it lies. */
  const objectAt = (event: PointerEvent): number => {
    const { x, y } = place(event);
    const [row, column] = [Math.floor(y * SIDE), Math.floor(x * SIDE)];
    const inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
    const owner = inside ? rendered(stage.state()).instances[row * SIDE + column]! : 0;
    if (owner > 0) return owner - 1;
    const boxed = (event.target as Element).closest("[data-object]");
    return boxed ? Number(boxed.getAttribute("data-object")) : -1;
  };
  const down = (event: PointerEvent) => {
    const state = stage.state();
    if (event.button !== 0 || !known(state)) return;
    const handle = (event.target as Element).closest("[data-handle]")?.getAttribute("data-handle");
    const at = handle ? state.selected : objectAt(event);
    const item = sceneOf(state).objects[at];
    if (!item) return select(-1);
    event.preventDefault();
    drawing.setPointerCapture(event.pointerId);
    drag = { kind: (handle as Drag["kind"]) ?? "move", at, item, ...place(event) };
    select(at);
    const objects = drawing.querySelectorAll<SVGGElement>("[data-object]");
    objects[at]?.focus({ preventScroll: true });
  };
  const move = (event: PointerEvent) => {
    if (!drag || !drawing.hasPointerCapture(event.pointerId)) return;
    const { kind, at, item } = drag;
    const scene = sceneOf(stage.state());
    if (!scene.objects[at]) return;
    const { x, y } = place(event);
    if (kind === "move") change(placed(scene, at, item.x + x - drag.x, item.y + y - drag.y), at);
    else if (kind === "scale") {
      const reach = (px: number, py: number) => Math.hypot(px - item.x, py - item.y);
      change(
        scaled(scene, at, (item.scale * reach(x, y)) / Math.max(0.01, reach(drag.x, drag.y))),
        at,
      );
    } else {
      const angle = (px: number, py: number) => Math.atan2(py - item.y, px - item.x);
      const by = ((angle(x, y) - angle(drag.x, drag.y)) * 180) / Math.PI;
      change(turned(scene, at, item.angle + by), at);
    }
  };
  const end = () => {
    drag = null;
  };
  /** Only over what is in hand and has the focus: elsewhere the wheel scrolls the page. */
  const wheel = (event: WheelEvent) => {
    const { selected } = stage.state();
    const target = (event.target as Element).closest("[data-object]");
    if (selected < 0 || Number(target?.getAttribute("data-object")) !== selected) return;
    if (target !== document.activeElement || event.ctrlKey) return;
    event.preventDefault();
    const scene = sceneOf(stage.state());
    const factor = event.deltaY < 0 ? 1.05 : 1 / 1.05;
    change(scaled(scene, selected, scene.objects[selected]!.scale * factor), selected);
  };
  drawing.addEventListener("pointerdown", down, { signal });
  drawing.addEventListener("pointermove", move, { signal });
  drawing.addEventListener("pointerup", end, { signal });
  drawing.addEventListener("pointercancel", end, { signal });
  drawing.addEventListener("wheel", wheel, { signal, passive: false });
}
