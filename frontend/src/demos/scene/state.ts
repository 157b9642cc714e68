/** The scene of a demo: one of the held-out split or what has been made of it, or an own image. */

import { once } from "../../core/once.ts";
import { descriptionProblem } from "../../core/scene/check.ts";
import type { Description } from "../../core/scene/description.ts";
import type { RenderedScene } from "../../core/scene/renderer.ts";
import { describeScene, sceneRenderer, WORLD } from "../../data/scenes.ts";
import { checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

/** Pixels of each side. */
export const SIDE = 96;

export const SOURCES = ["scene", "own"] as const;

export interface SceneState {
  /** Which scene of the held-out split. */
  index: number;
  /** What has been made of it; null where nothing has been changed. */
  scene: Description | null;
  /** The object in hand, counted from 0 for the lowest; −1 for none. */
  selected: number;
  source: (typeof SOURCES)[number];
  /** The reader's own image: red, green and blue of each pixel in base64, or nothing. */
  own: string;
}

export const SCENE_KEYS = ["index", "scene", "selected", "source", "own"] as const;

/** An own image is too long for a link. */
export const SCENE_LINKABLE = ["index", "scene", "selected"] as const;

export const SCENE_LIMITS = { index: { min: 0, max: 9999 } } as const;

export function checkScene(state: SceneState): Problem | null {
  const index = checkWhole("index", "Held-out scene", state.index, SCENE_LIMITS.index);
  if (index) return index;
  if (state.scene !== null) {
    const message = descriptionProblem(state.scene, WORLD);
    if (message !== null) return { control: "scene", message };
  }
  const last = sceneOf(state).objects.length - 1;
  return (
    checkWhole("selected", "The object in hand", state.selected, { min: -1, max: last }) ??
    checkWord("source", "Image", state.source, SOURCES) ??
    checkOwn(state)
  );
}

function checkOwn({ own, source }: SceneState): Problem | null {
  const problem = (message: string) => ({ control: "own", message });
  if (typeof own !== "string") return problem("Your image is no text of base64.");
  if (own === "") {
    if (source !== "own") return null;
    return problem("There is no image yet: choose one from your disk.");
  }
  if (own.length === (3 * SIDE * SIDE * 4) / 3 && /^[A-Za-z0-9+/]*$/.test(own)) return null;
  return problem(`Your image is not ${SIDE} × ${SIDE} pixels of three bytes in base64.`);
}

/** Where there are fewer objects than before, none is in hand. */
export function settleScene<S extends SceneState>(candidate: S, before: { last: S } | null): S {
  if (before === null || candidate.selected < 0) return candidate;
  const same = candidate.scene === before.last.scene && candidate.index === before.last.index;
  if (same || descriptionOrNull(candidate) === null) return candidate;
  const count = sceneOf(candidate).objects.length;
  return candidate.selected < count ? candidate : { ...candidate, selected: -1 };
}

function descriptionOrNull({ scene, index }: SceneState): Description | null {
  if (scene === null) return checkWhole("", "", index, SCENE_LIMITS.index) ? null : heldOut(index);
  return descriptionProblem(scene, WORLD) === null ? scene : null;
}

const drawn = new Map<number, Description>();

/** A scene of the held-out split; the same object each time, so that it is drawn once. */
export function heldOut(index: number): Description {
  const known = drawn.get(index);
  if (known) return known;
  const scene = describeScene("test", "detection", index);
  if (drawn.size > 200) drawn.clear();
  drawn.set(index, scene);
  return scene;
}

/** The description that a state shows. */
export const sceneOf = ({ scene, index }: SceneState): Description => scene ?? heldOut(index);

const render = once((scene: Description): RenderedScene => sceneRenderer(SIDE).render(scene));

/** The scene in pixels, with what is true of it. */
export const rendered = (state: SceneState): RenderedScene => render(sceneOf(state));

/** What a network sees: three planes of bytes. */
export function imageOf(state: SceneState): Uint8Array {
  return state.source === "own" ? ownPlanes(state.own) : rendered(state).image;
}

let lastOwn: { own: string; planes: Uint8Array } | null = null;

function ownPlanes(own: string): Uint8Array {
  if (lastOwn?.own === own) return lastOwn.planes;
  const bytes = Uint8Array.from(atob(own), (letter) => letter.charCodeAt(0));
  const area = SIDE * SIDE;
  const planes = Uint8Array.from(bytes, (_, i) => bytes[3 * (i % area) + Math.floor(i / area)]!);
  lastOwn = { own, planes };
  return planes;
}

/** Whether it is known what stands in the image. */
export const known = (state: SceneState) => state.source === "scene";
