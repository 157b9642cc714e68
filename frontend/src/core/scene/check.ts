/** What makes a description impossible, in one sentence; see course_lib/datasets/scenes/description.py. */

import type { Description } from "./description.ts";
import { FAMILIES } from "./textures.ts";
import type { World } from "./world.ts";

/** The most objects that a page's scene holds; Python draws up to 255. */
export const MOST_OBJECTS = 12;

type Plain = Record<string, unknown>;

/** Throws what is wrong as a sentence. */
class Wrong extends Error {}

/** Why a value is no description that the page can draw; null where it is one. */
export function descriptionProblem(value: unknown, world: World): string | null {
  try {
    check(value, world);
    return null;
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    throw error;
  }
}

function check(value: unknown, world: World): asserts value is Description {
  const scene = named("The scene", value, ["background", "objects"]);
  const cut = named("The background", scene.background, [
    ...["photograph", "left", "top", "side", "mirrored"],
  ]);
  word("The background's photograph", cut.photograph, world.held);
  number("The background's left", cut.left, 0, 10);
  number("The background's top", cut.top, 0, 1);
  number("The background's side", cut.side, 0.01, 1);
  flag("The background's mirrored", cut.mirrored);
  if (!Array.isArray(scene.objects)) throw new Wrong("The scene's objects are no list.");
  const count = scene.objects.length;
  if (count > MOST_OBJECTS) {
    throw new Wrong(`The scene has ${count} objects; the page draws at most ${MOST_OBJECTS}.`);
  }
  for (const [i, item] of scene.objects.entries()) object(`Object ${i + 1}`, item, world);
}

function object(who: string, value: unknown, world: World): void {
  const item = named(who, value, [
    ...["class_name", "x", "y", "scale", "angle", "mirrored"],
    ...["colours", "texture", "light", "ink"],
  ]);
  word(`${who}'s class`, item.class_name, world.classes);
  number(`${who}'s x`, item.x, -2, 3);
  number(`${who}'s y`, item.y, -2, 3);
  number(`${who}'s scale`, item.scale, 0.01, 4);
  number(`${who}'s angle`, item.angle, -3600, 3600);
  flag(`${who}'s mirrored`, item.mirrored);
  number(`${who}'s light`, item.light, 0, 2);
  number(`${who}'s ink`, item.ink, 0, 1);
  const { colours } = item;
  const bytes = (colour: unknown) =>
    Array.isArray(colour) &&
    colour.length === 3 &&
    colour.every((c) => Number.isInteger(c) && c >= 0 && c <= 255);
  if (!Array.isArray(colours) || colours.length !== 4 || !colours.every(bytes)) {
    throw new Wrong(`${who} needs four colours of three bytes each, from 0 to 255.`);
  }
  const texture = named(`${who}'s texture`, item.texture, [
    ...["family", "frequency", "angle", "share", "seed"],
  ]);
  word(`${who}'s texture`, texture.family, Object.keys(FAMILIES));
  number(`${who}'s frequency`, texture.frequency, 0.5, 100);
  number(`${who}'s texture angle`, texture.angle, -3600, 3600);
  number(`${who}'s share`, texture.share, 0, 1);
  number(`${who}'s seed`, texture.seed, 0, 2 ** 32 - 1);
  if (!Number.isInteger(texture.seed)) throw new Wrong(`${who}'s seed is no whole number.`);
}

function named(who: string, value: unknown, names: readonly string[]): Plain {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Wrong(`${who} is not described: it needs ${names.join(", ")}.`);
  }
  const missing = names.filter((name) => !(name in value));
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Wrong(`${who} has no ${missing.join(", ")}.`);
  if (unknown.length > 0)
    throw new Wrong(`${who} has ${unknown[0]!.slice(0, 40)}, which is unknown.`);
  return value as Plain;
}

function number(what: string, value: unknown, low: number, high: number): void {
  if (typeof value === "number" && value >= low && value <= high) return;
  throw new Wrong(`${what} is ${said(value)}; it is a number from ${low} to ${high}.`);
}

function flag(what: string, value: unknown): void {
  if (typeof value !== "boolean")
    throw new Wrong(`${what} is ${said(value)}; it is true or false.`);
}

function word(what: string, value: unknown, words: readonly string[]): void {
  if (words.includes(value as string)) return;
  throw new Wrong(`${what} is ${said(value)}; it is one of ${words.join(", ")}.`);
}

const said = (value: unknown) => String(value).slice(0, 40);
