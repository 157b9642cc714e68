/** The picture: the grid over a scene, the cell that answers, the objects and what is predicted. */

import { picture as pictureOf } from "../../data/detection-scenes.ts";
import { type BoxItem, boxEditor } from "../../ui/box-editor.ts";
import type { Stage } from "../../ui/demo.ts";
import { list, set, svg } from "../../ui/dom.ts";
import { nameOf, placeOf } from "./sentences.ts";
import { boxOf, computed, LIMITS, SIDE, type State } from "./state.ts";

export function picture(stage: Stage<State>, said: (words: string) => void) {
  const count = () => stage.state().boxes.length;
  const editor = boxEditor(stage, {
    side: SIDE,
    label: "The picture with its grid: boxes to drag",
    step: { fine: 4, coarse: 32 },
    least: LIMITS.least,
    select: (index) =>
      stage.update(
        index < count() ? { selected: index, grabbed: -1 } : { grabbed: index - count() },
      ),
    change: (index, box) => {
      const { boxes, predicted } = stage.state();
      const n = count();
      said("");
      stage.update(
        index < n
          ? { boxes: boxes.with(index, [...box]) }
          : { predicted: predicted.with(index - n, [...box]) },
      );
    },
    remove: (index) => {
      const { boxes, labels } = stage.state();
      if (index >= boxes.length) return;
      if (boxes.length === 1)
        return said("The last object stays: a grid without one has no loss to show.");
      stage.update({ boxes: boxes.toSpliced(index, 1), labels: labels.toSpliced(index, 1) });
    },
    turned: () =>
      queueMicrotask(() =>
        said(
          "You pulled a corner past the opposite one. That box would be inside out, so its corners were put in order.",
        ),
      ),
  });
  const cell = svg("rect", { class: "cell" });
  const lines = svg("path", { class: "grid" });
  const halo = svg("path", { class: "grid-halo" });
  editor.under.append(halo, lines, cell);
  const dots = svg("g", { class: "centres", "aria-hidden": "true" });
  editor.over.append(dots);

  const draw = (state: State) => {
    const { encoding, holder, cell: loss } = computed(state);
    const { cells, selected, view, grabbed } = state;
    set(editor.image, { href: pictureOf(state.scene) });
    const step = SIDE / cells;
    const each = Array.from({ length: cells - 1 }, (_, i) => (i + 1) * step);
    const path = each.map((at) => `M${at} 0V${SIDE}M0 ${at}H${SIDE}`).join("");
    set(lines, { d: path });
    set(halo, { d: path });
    const { row, column } = encoding.told[selected]!;
    set(cell, { x: column * step, y: row * step, width: step, height: step });
    set(cell, { class: `cell${holder === selected ? "" : " taken"}` });
    const objects: BoxItem[] = state.boxes.map((box, i) => {
      const lost = encoding.holder[i] !== i;
      const about = view === "loss" && i !== selected;
      return {
        box: boxOf(box),
        tag: about ? "" : `${i + 1}${lost ? " lost" : ""}`,
        name: `${nameOf(state, i)}${lost ? ", lost" : ""}, ${placeOf(box)}`,
        kind: `object${lost ? " lost" : ""}${about ? " aside" : ""}`,
        selected: i === selected && (view === "encode" || grabbed < 0),
      };
    });
    const told: BoxItem[] =
      view === "encode"
        ? []
        : state.predicted.slice(0, state.boxes_per_cell).map((box, j) => ({
            box: boxOf(box),
            tag: `box ${j + 1}`,
            name: `predicted box ${j + 1}${j === loss.responsible ? ", responsible" : ""}, ${placeOf(box)}`,
            kind: `predicted${j === loss.responsible ? " responsible" : ""}`,
            selected: j === grabbed,
            low: true,
          }));
    editor.draw([...objects, ...told]);
    const unit = editor.unit();
    list(
      dots,
      [...objects, ...told].map(({ box: [x1, y1, x2, y2], kind }) => ({
        ...{ x: (x1 + x2) / 2, y: (y1 + y2) / 2, kind, unit },
      })),
      () => svg("circle", {}),
      (dot, { x, y, kind }) => set(dot, { cx: x, cy: y, class: `centre ${kind}` }),
    );
  };
  return { element: editor.element, draw };
}
