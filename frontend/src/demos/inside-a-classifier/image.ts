/** What the network looks at: a scene or an own image, moved and drawn on. */

import { describeScene, sceneRenderer } from "../../data/scenes.ts";
import type { State } from "./state.ts";
import { RADIUS, SIDE, TONES } from "./tones.ts";

const AREA = SIDE * SIDE;

type Base = Pick<State, "index" | "source" | "own">;
type Drawn = Base & Pick<State, "right" | "down" | "dots">;

interface Picture {
  planes: Uint8Array;
  /** The class; null where nobody knows. */
  label: number | null;
}

let base: { of: Base; picture: Picture } | null = null;

function basePicture(state: Base): Picture {
  const { index, source, own } = state;
  const { of } = base ?? {};
  if (base && of?.source === source && (source === "own" ? of.own === own : of.index === index)) {
    return base.picture;
  }
  base = { of: { index, source, own }, picture: source === "own" ? fromBase64(own) : scene(index) };
  return base.picture;
}

function scene(index: number): Picture {
  const { image, labels } = sceneRenderer(SIDE).render(
    describeScene("test", "classification", index),
  );
  return { planes: image, label: labels[0]! };
}

function fromBase64(own: string): Picture {
  const letters = atob(own);
  const planes = new Uint8Array(3 * AREA);
  for (let i = 0; i < letters.length; i++) {
    planes[(i % 3) * AREA + Math.floor(i / 3)] = letters.charCodeAt(i);
  }
  return { planes, label: null };
}

/** The class that is right, or null. */
export const truth = (state: Base) => basePicture(state).label;

const SHARES = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

export interface Seen {
  /** Three planes of bytes, and the same from 0 to 1. */
  planes: Uint8Array;
  values: Float32Array;
}

let seen: { of: Drawn; result: Seen } | null = null;

/** The image as it is moved and drawn on; the same object until something of it changes. */
export function image(state: Drawn): Seen {
  const of = seen?.of;
  const same =
    of &&
    of.index === state.index &&
    of.source === state.source &&
    of.own === state.own &&
    of.right === state.right &&
    of.down === state.down &&
    of.dots === state.dots;
  if (seen && same) return seen.result;
  const planes = moved(basePicture(state).planes, state.right, state.down);
  for (let i = 0; i < state.dots.length; i += 3) {
    dot(planes, state.dots[i]!, state.dots[i + 1]!, TONES[state.dots[i + 2]!]!.rgb);
  }
  const values = new Float32Array(planes.length);
  for (let i = 0; i < values.length; i++) values[i] = SHARES[planes[i]!]!;
  const { index, source, own, right, down, dots } = state;
  seen = { of: { index, source, own, right, down, dots }, result: { planes, values } };
  return seen.result;
}

/** Moved by whole pixels; the border is repeated where nothing comes in. */
export function moved(planes: Uint8Array, right: number, down: number): Uint8Array {
  const result = new Uint8Array(planes.length);
  const within = (at: number) => Math.min(SIDE - 1, Math.max(0, at));
  for (let channel = 0; channel < 3; channel++) {
    for (let row = 0; row < SIDE; row++) {
      const from = channel * AREA + within(row - down) * SIDE;
      const to = channel * AREA + row * SIDE;
      for (let column = 0; column < SIDE; column++) {
        result[to + column] = planes[from + within(column - right)]!;
      }
    }
  }
  return result;
}

function dot(planes: Uint8Array, x: number, y: number, rgb: readonly number[]): void {
  for (let row = Math.max(0, y - RADIUS); row <= Math.min(SIDE - 1, y + RADIUS); row++) {
    for (let column = Math.max(0, x - RADIUS); column <= Math.min(SIDE - 1, x + RADIUS); column++) {
      if ((row - y) ** 2 + (column - x) ** 2 > RADIUS ** 2) continue;
      for (let channel = 0; channel < 3; channel++) {
        planes[channel * AREA + row * SIDE + column] = rgb[channel]!;
      }
    }
  }
}
