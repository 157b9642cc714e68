/** The controls of a scene: which, before what, with what in it, and the object in hand. */

import { MOST_OBJECTS } from "../../core/scene/check.ts";
import {
  added,
  LIMITS,
  mirrored,
  raised,
  removed,
  scaled,
  turned,
  withPhotograph,
} from "../../core/scene/edit.ts";
import { CLASSES, WORLD } from "../../data/scenes.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, set, text } from "../../ui/dom.ts";
import { row } from "../../ui/frame.ts";
import { presets } from "../../ui/presets.ts";
import { stepper } from "../../ui/stepper.ts";
import { heldOut, known, SCENE_LIMITS, type SceneState, sceneOf } from "./state.ts";

export function sceneControls<S extends SceneState>(stage: Stage<S>) {
  const scene = () => sceneOf(stage.state());
  const at = () => stage.state().selected;
  const change = (changed: ReturnType<typeof sceneOf>, selected = at()) =>
    stage.update({ scene: changed, selected, source: "scene" } as Partial<S>);

  const index = stepper(stage, {
    name: "index",
    label: "Held-out scene",
    ...SCENE_LIMITS.index,
    change: (value) =>
      stage.update({ index: value, scene: null, selected: -1, source: "scene" } as Partial<S>),
  });
  const undo = button(stage, "Undo all changes", () =>
    stage.update({ scene: null, selected: -1 } as Partial<S>),
  );
  const background = presets(stage, {
    label: "Background",
    names: WORLD.held,
    take: (name) => {
      const own = heldOut(stage.state().index).background;
      change(
        name === own.photograph
          ? { ...scene(), background: own }
          : withPhotograph(WORLD, scene(), name),
      );
    },
  });
  let seed = 0;
  const add = presets(stage, {
    label: "Add",
    names: CLASSES,
    take: (name) => {
      const count = scene().objects.length;
      if (count >= MOST_OBJECTS) {
        const message = `There are ${count} objects already: remove one first.`;
        return stage.complain({ control: "scene", message });
      }
      change(added(WORLD, scene(), name, 1000 * stage.state().index + ++seed), count);
    },
  });
  add.element.append(stage.slot("scene"));

  const item = () => scene().objects[at()];
  const size = stepper(stage, {
    name: "scale",
    label: "Size, %",
    min: Math.round(100 * LIMITS.scale.min),
    max: Math.round(100 * LIMITS.scale.max),
    change: (value) => change(scaled(scene(), at(), value / 100)),
  });
  const turn = stepper(stage, {
    name: "angle",
    label: "Turn, °",
    min: -180,
    max: 180,
    step: 5,
    change: (value) => change(turned(scene(), at(), value)),
  });
  const acts = [
    button(stage, "Mirror", () => change(mirrored(scene(), at()))),
    button(
      stage,
      "Raise",
      () => at() < scene().objects.length - 1 && change(raised(scene(), at(), 1), at() + 1),
    ),
    button(stage, "Lower", () => at() > 0 && change(raised(scene(), at(), -1), at() - 1)),
    button(stage, "Remove", () => change(removed(scene(), at()), -1)),
  ];
  const [, raise, lower] = acts;
  const name = html("span", { class: "course-label scene-held" });
  const held = html("div", { class: "scene-inhand" }, size.element, turn.element, ...acts);
  const inHand = html(
    "div",
    { class: "course-field", role: "group", "aria-label": "Object in hand" },
    name,
    held,
  );
  const element = html(
    "div",
    { class: "course-controls" },
    row(index.element, undo),
    background.element,
    add.element,
    inHand,
  );

  const show = (state: S) => {
    const { objects, background: cut } = sceneOf(state);
    index.show(state.index);
    undo.disabled = state.scene === null;
    background.show(known(state) ? cut.photograph : null);
    add.show(null);
    const one = item();
    text(name, one ? `In hand: ${one.class_name}` : "In hand: nothing. Press an object.");
    for (const control of held.querySelectorAll<HTMLInputElement>("button, input")) {
      if (!one) control.disabled = true;
      else if (control.disabled) control.disabled = false;
    }
    if (one) {
      size.show(Math.round(100 * one.scale));
      turn.show(Math.round(one.angle));
      set(raise!, { "aria-disabled": state.selected === objects.length - 1 ? "true" : null });
      set(lower!, { "aria-disabled": state.selected === 0 ? "true" : null });
    }
  };
  return { element, show };
}

function button<S>(stage: Stage<S>, label: string, press: () => unknown) {
  const element = html("button", { type: "button" }, label);
  element.addEventListener("click", () => press(), { signal: stage.signal });
  return element;
}
