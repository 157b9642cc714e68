/** What is drawn over the scene: true boxes, predicted ones with class and score, and the grid. */

import type { Box } from "../../core/boxes.ts";
import type { Stage } from "../../ui/demo.ts";
import { list, set, svg, text } from "../../ui/dom.ts";
import type { sceneEditor } from "../scene/editor.ts";
import { SIDE } from "../scene/state.ts";
import { className, two } from "./sentences.ts";
import { CELLS, type Found, type State } from "./state.ts";

const LETTER = 8.6;
const TAG = 20;

interface Drawn {
  box: Box;
  unit: number;
  kind: string;
  tag: string;
  /** Whether the tag stands below the box instead of above. */
  below: boolean;
}

export function picture(stage: Stage<State>, editor: ReturnType<typeof sceneEditor<State>>) {
  const lines = svg("path", { class: "grid" });
  const cell = svg("rect", { class: "cell" });
  const cellBoxes = svg("g", { class: "cell-boxes" });
  const boxes = svg("g", { class: "boxes" });
  const tags = svg("g", { class: "tags" });
  editor.under.append(lines, cell, cellBoxes);
  editor.over.append(boxes, tags);
  set(editor.over, { "aria-hidden": "true" });
  set(editor.under, { "aria-hidden": "true" });

  const point = (event: PointerEvent) => {
    const state = stage.state();
    if (!state.grid || event.buttons > 0) return;
    const { row, column } = editor.pixelAt(event);
    const place = (at: number) => Math.floor((at * CELLS) / SIDE);
    const next = place(row) * CELLS + place(column);
    if (next !== state.cell) stage.update({ cell: next });
  };
  editor.drawing.addEventListener("pointermove", point, { signal: stage.signal });
  editor.drawing.addEventListener("pointerdown", point, { signal: stage.signal });

  return (state: State, found: Found | null) => {
    const unit = editor.unit();
    const pitch = (SIDE * unit) / CELLS;
    const steps = Array.from({ length: CELLS - 1 }, (_, i) => (i + 1) * pitch);
    const side = SIDE * unit;
    const d = steps.map((at) => `M${at} 0V${side}M0 ${at}H${side}`).join("");
    set(lines, { d: state.grid ? d : null });
    const [row, column] = [Math.floor(state.cell / CELLS), state.cell % CELLS];
    set(cell, {
      ...{ x: column * pitch, y: row * pitch, width: pitch, height: pitch },
      display: state.grid ? null : "none",
    });
    const own = state.grid && found ? found.all : [];
    list(
      cellBoxes,
      own
        .filter((one) => one.row === row && one.column === column)
        .map(({ box }) => ({ box, unit })),
      () => svg("rect", { class: "cell-box" }),
      (rect, item) => set(rect, placeOf(item.box, item.unit)),
    );
    const all = found ? drawn(found, unit) : [];
    list(boxes, all, createBox, updateBox);
    // No line may cross a tag.
    const tagged = all.filter(({ tag }) => tag !== "");
    list(tags, tagged, createTag, updateTag);
  };
}

function drawn({ findings, things, hits }: Found, unit: number): Drawn[] {
  const truths = things.map(({ box, label }, i): Drawn => {
    const kind = hits[i] ? "truth" : "truth missed";
    const tag = hits[i] ? "" : `missed: ${className(label)}`;
    return { box, unit, kind, tag, below: true };
  });
  // The surest lies on top.
  const said = findings.map(({ box: { box, label, score }, verdict }): Drawn => {
    const mark = verdict === "right" ? "✓ " : verdict === "unknown" ? "" : "✗ ";
    const kind = verdict === "right" ? "right" : verdict === "unknown" ? "said" : "wrong";
    return { box, unit, kind, tag: `${mark}${className(label)} ${two(score)}`, below: false };
  });
  return [...truths, ...said.reverse()];
}

const placeOf = ([x1, y1, x2, y2]: Box, unit: number) => ({
  ...{ x: x1 * unit, y: y1 * unit, width: (x2 - x1) * unit, height: (y2 - y1) * unit },
});

function createBox(): SVGGElement {
  return svg("g", {}, svg("rect", { class: "halo" }), svg("rect", { class: "line" }));
}

function updateBox(element: SVGGElement, { box, unit, kind }: Drawn): void {
  set(element, { class: `box ${kind}` });
  for (const rect of element.children) set(rect, placeOf(box, unit));
}

function createTag(): SVGGElement {
  return svg("g", {}, svg("rect", { class: "plate", height: TAG, rx: 3 }), svg("text", {}));
}

function updateTag(element: SVGGElement, { box, unit, kind, tag, below }: Drawn): void {
  const [plate, words] = [...element.children] as [Element, Element];
  const place = placeOf(box, unit);
  const side = SIDE * unit;
  const width = tag.length * LETTER + 10;
  const x = Math.min(side - width, Math.max(0, place.x));
  const wanted = below ? place.y + place.height + 1 : place.y - TAG - 1;
  const y = Math.min(side - TAG, Math.max(0, wanted));
  set(element, { class: `box ${kind}` });
  set(plate, { x, y, width });
  set(words, { x: x + 5, y: y + TAG - 5.5 });
  text(words, tag);
}
