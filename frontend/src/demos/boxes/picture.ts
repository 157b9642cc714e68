/** The picture: what a detector says of a scene, what two boxes share, and what is true. */

import { intersectionOf } from "../../core/boxes.ts";
import { format } from "../../core/format.ts";
import { CLASSES, picture as pictureOf } from "../../data/detection-scenes.ts";
import { type BoxItem, boxEditor } from "../../ui/box-editor.ts";
import type { Stage } from "../../ui/demo.ts";
import { list, set, svg } from "../../ui/dom.ts";
import { nameOf } from "./sentences.ts";
import { asked, computed, hidden, letterOf, SIDE, type State } from "./state.ts";

/** How a press on a box changes the state: in a prediction it names the box, or takes it back. */
export function pressed(state: State, index: number): Partial<State> {
  const { guess, selected, partner } = state;
  const pair = { selected: index, partner: index === selected ? partner : selected };
  if (!hidden(state)) return pair;
  return {
    ...pair,
    guess: guess.includes(index) ? guess.filter((i) => i !== index) : [...guess, index],
  };
}

export function picture(stage: Stage<State>, said: (words: string) => void) {
  const editor = boxEditor(stage, {
    side: SIDE,
    label: "The scene with the boxes of a detector: boxes to drag",
    step: { fine: 1, coarse: 8 },
    least: 0,
    select: (index) => stage.update(pressed(stage.state(), index)),
    change: (index, box) => {
      const state = stage.state();
      // Where the reader names the survivors a press moves nothing.
      if (hidden(state)) return;
      said("");
      stage.update(asked(state, { boxes: state.boxes.with(index, [...box]) }));
    },
    remove: (index) => removeBox(stage, index),
    turned: () =>
      queueMicrotask(() =>
        said(
          "You pulled a corner past the opposite one. That box would be inside out, so its corners were put in order.",
        ),
      ),
  });
  const hatch = hatching(stage.id("hatch"));
  const shared = svg("rect", { class: "shared", fill: `url(#${stage.id("hatch")})` });
  const objects = svg("g", { class: "objects", "aria-hidden": "true" });
  editor.under.append(hatch, objects);
  editor.over.append(shared);

  const draw = (state: State) => {
    const { detections, suppression, matches, truths } = computed(state);
    const { view, step, selected, partner } = state;
    set(editor.image, { href: pictureOf(state.scene) });
    const curve = view === "precision and recall";
    list(
      objects,
      curve
        ? truths.map(({ box: [x, y, x2, y2] }) => ({ x, y, width: x2 - x, height: y2 - y }))
        : [],
      () => svg("rect", {}),
      (rect, place) => set(rect, place),
    );
    const common =
      view === "overlap"
        ? intersectionOf(detections[selected]!.box, detections[partner]!.box)
        : null;
    const [x, y, x2, y2] = common ?? [0, 0, 0, 0];
    set(shared, { x, y, width: x2 - x, height: y2 - y });

    const past = suppression.steps.slice(0, step);
    const gone = new Set(
      past.flatMap(({ rivals }) => rivals.filter((r) => r.gone).map((r) => r.index)),
    );
    const kept = new Set(past.map(({ keeper }) => keeper));
    const below = new Set(suppression.below);
    const now = step > 0 ? suppression.steps[step - 1] : undefined;
    const right = new Map(matches.map((m) => [m.index, m.right]));
    const secret = hidden(state);

    const kindOf = (i: number): string => {
      if (view === "overlap") return i === selected ? "first" : i === partner ? "second" : "aside";
      if (secret) return state.guess.includes(i) ? "named" : "open";
      if (curve) return right.has(i) ? (right.get(i) ? "right" : "wrong") : "dropped";
      if (below.has(i) || gone.has(i)) return "dropped";
      return i === now?.keeper ? "kept now" : kept.has(i) ? "kept" : "open";
    };
    const tagOf = (i: number): string => {
      const letter = letterOf(i);
      const kind = kindOf(i);
      if (secret && kind === "named") return `${letter} ${state.guess.indexOf(i) + 1}.`;
      if (curve)
        return kind === "right" ? `${letter} ✓` : kind === "wrong" ? `${letter} ✗` : letter;
      return kind === "dropped" ? `${letter} ×` : letter;
    };
    editor.draw(
      detections.map(
        ({ box }, i): BoxItem => ({
          box,
          tag: tagOf(i),
          name: `${nameOf(state, i)}${curve && right.has(i) ? (right.get(i) ? ", right" : ", wrong") : ""}`,
          kind: kindOf(i),
          selected: i === selected && !secret,
          low: ["second", "aside", "dropped"].includes(kindOf(i)),
        }),
      ),
    );
  };
  return { element: editor.element, draw };
}

/** Take a box away; two stay, since a pair is what overlap is about. */
export function removeBox(stage: Stage<State>, index: number): void {
  const { boxes, scores, labels } = stage.state();
  if (boxes.length <= 2) {
    stage.complain({ control: "boxes", message: "Two boxes stay: overlap is about a pair." });
    return;
  }
  stage.update(
    asked(stage.state(), {
      boxes: boxes.toSpliced(index, 1),
      scores: scores.toSpliced(index, 1),
      labels: labels.toSpliced(index, 1),
    }),
  );
}

/** Slanted lines, so that what is shared is not told by its colour alone. */
function hatching(id: string): SVGPatternElement {
  return svg(
    "pattern",
    { id, width: 3, height: 3, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 3, height: 3, class: "hatch-ground" }),
    svg("rect", { width: 1, height: 3, class: "hatch-line" }),
  );
}

/** What a table says of a box. */
export const rowOf = (state: State, index: number): string[] => [
  letterOf(index),
  CLASSES[state.labels[index]!]!,
  format(state.scores[index]!),
];
