/** The results in words. */

import { compact, format, subscript } from "../../core/format.ts";
import { argmax } from "../../core/network.ts";
import { DATA_SET } from "../../core/sampler.ts";
import {
  activationOf,
  answers,
  arithmeticOf,
  expected,
  gradientOf,
  output,
  rights,
} from "./computed.ts";
import { type NetworkName, READ, reads, shape, type Unit } from "./layers.ts";
import { fromTemplate, type Guess, hidden, label, moves, NETWORKS, type State } from "./state.ts";

export const NAMES: Record<NetworkName, string> = { flatten: "Flatten", pool: "Mean pool" };

/** The largest place that a training example has. */
const SEEN = DATA_SET.shift.max;

/** "layer 2, channel 6, position 4": a reader counts from 1. */
export function unitName(name: NetworkName, [layer, channel, position]: Unit): string {
  if (layer === 5) return `the score of ${channel}`;
  if (layer === 4 && name === "pool") return `the mean of channel ${channel + 1}`;
  const where = `channel ${channel + 1}, position ${position + 1}`;
  return layer === 4 ? `flattened unit ${channel * 4 + position + 1}` : `layer ${layer}, ${where}`;
}

const capital = (words: string) => words[0]!.toUpperCase() + words.slice(1);

/** Which unit it is, what it reads, and what it is. */
export function unitSentence(state: State): string {
  const { network, unit } = state;
  const [layer, channel, position] = unit;
  const name = capital(unitName(network, unit));
  if (layer === 5 && hidden(state)) return `${name}: hidden until you have predicted.`;
  const value = format(activationOf(state, unit));
  const [first, last] = reads(unit, network);
  const inputs = `inputs ${first + 1} to ${last + 1}`;
  if (layer === 4 && network === "flatten") {
    return `${name} is channel ${channel + 1} at position ${position + 1}, laid flat: ${value}. Its weights to the ten scores are its own.`;
  }
  if (layer === 4) return `${name} over its 4 positions is ${value}: where it was is forgotten.`;
  if (layer === 5) return `${name} hears of ${inputs} and is ${value}.`;
  const { sum } = arithmeticOf(state);
  if (sum > 0) return `${name} hears of ${inputs} and is ${value}.`;
  return `${name} hears of ${inputs} and is silent: its sum ${format(sum)} is not above zero.`;
}

/** What the slider of the units says of one. */
export function unitValue(state: State): string {
  const { network, unit } = state;
  if (unit[0] === 5 && hidden(state)) return `${unitName(network, unit)}: hidden`;
  return `${unitName(network, unit)}: ${format(activationOf(state, unit))}`;
}

export interface Piece {
  words: string;
  role?: "input" | "output" | "kernel-text";
}

/** Of many terms so many are written out; of few, all. */
const WRITTEN = 4;
const FEW = 5;

/** The unit's sum with its numbers, the largest terms first. */
export function equation(state: State): Piece[] {
  const { network, unit } = state;
  const [layer] = unit;
  if (layer === 5 && hidden(state)) return [];
  if (layer === 4 && network === "flatten") return [];
  const { bias, terms, sum } = arithmeticOf(state);
  const role = layer === 1 ? "input" : "output";
  const sorted = terms.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const written = terms.length <= FEW ? terms : sorted.slice(0, WRITTEN);
  const pieces: Piece[] = [];
  if (layer === 4) pieces.push({ words: "¼ · (" });
  else pieces.push({ words: format(bias) });
  for (const [i, { weight, value }] of written.entries()) {
    if (layer === 4) {
      pieces.push({ words: i > 0 ? " + " : "" }, { words: format(value), role });
      continue;
    }
    pieces.push(
      { words: weight < 0 ? " − " : " + " },
      { words: format(Math.abs(weight)), role: "kernel-text" },
      { words: " · " },
      { words: value < 0 ? `(${format(value)})` : format(value), role },
    );
  }
  const rest = sum - bias - written.reduce((total, { product }) => total + product, 0);
  const left = terms.length - written.length;
  if (layer === 4) pieces.push({ words: ")" });
  else if (left > 0) {
    pieces.push({
      words: ` ${rest < 0 ? "−" : "+"} ${format(Math.abs(rest))} (${left} smaller terms)`,
    });
  }
  pieces.push({ words: ` = ${format(sum)}` });
  if (layer <= 3) {
    pieces.push(
      { words: ", and after the ReLU " },
      { words: format(Math.max(0, sum)), role: "output" },
    );
  }
  return pieces;
}

export interface Row {
  reads: string;
  weight: string;
  value: string;
  product: string;
}

/** All terms of the unit's sum, the largest first. */
export function rows(state: State): Row[] {
  const { network, unit } = state;
  const [layer] = unit;
  if ((layer === 5 && hidden(state)) || (layer === 4 && network === "flatten")) return [];
  const below = layer === 5 && network === "pool" ? 1 : layer === 1 ? 0 : belowOf(layer);
  return arithmeticOf(state)
    .terms.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product))
    .map(({ source, weight, value, product }) => ({
      reads:
        below === 0
          ? `x${subscript(source + 1)}`
          : below === 1
            ? `mean of channel ${source + 1}`
            : `channel ${Math.floor(source / below) + 1}, position ${(source % below) + 1}`,
      weight: format(weight, 3),
      value: format(value, 3),
      product: format(product, 3),
    }));
}

/** Positions of the layer that a layer reads. */
const belowOf = (layer: number) => shape("flatten", Math.min(3, layer - 1)).positions;

/** Which inputs move the unit most. */
export function gradientSentence(state: State): string {
  const { network, unit } = state;
  if (unit[0] === 5 && hidden(state)) return "";
  const gradient = gradientOf(state);
  const order = [...gradient.keys()].sort(
    (a, b) => Math.abs(gradient[b]!) - Math.abs(gradient[a]!),
  );
  const told = order.slice(0, 3).filter((i) => gradient[i] !== 0);
  const what = unit[0] <= 3 ? `the sum of ${unitName(network, unit)}` : unitName(network, unit);
  if (told.length === 0) return `No input moves ${what}: every path to it is silent.`;
  const named = told.map((i) => {
    const sign = gradient[i]! > 0 ? "+" : "";
    return `x${subscript(i + 1)} (${sign}${format(gradient[i]!)})`;
  });
  const count = gradient.filter((g) => g !== 0).length;
  return `Back along the gradient: ${count} of ${READ + 1} inputs move ${what}, most of all ${named.join(", ")}.`;
}

/** Which of the networks are right. */
export function truth(state: State): Guess {
  const [flatten, pool] = rights(state);
  if (flatten && pool) return "both";
  if (flatten) return "flatten";
  return pool ? "pool" : "neither";
}

const SAID: Record<Guess, string> = {
  both: "both networks read it right",
  flatten: "only the network that flattens reads it right",
  pool: "only the network with a mean pool reads it right",
  neither: "neither network reads it right",
};
const KEPT: Record<Guess, string> = {
  both: "both networks say what they said before the shift",
  flatten: "only the network that flattens says what it said before the shift",
  pool: "only the network with a mean pool says what it said before the shift",
  neither: "neither network says what it said before the shift",
};

/** The result: who is right, and where the signal stands. */
export function resultSentence(state: State): string {
  const where = whereSentence(state);
  if (hidden(state)) return `${where} Which network reads it right? Predict.`;
  const said = (label(state) === null ? KEPT : SAID)[truth(state)];
  const digits = output(state).map(argmax);
  const [flatten, pool] = digits;
  const both = `flatten says ${flatten}, mean pool says ${pool}`;
  return `${where} ${capital(said)}: ${both}.`;
}

function whereSentence(state: State): string {
  if (fromTemplate(state)) {
    const { digit, place } = state;
    if (place <= SEEN) return `The template of ${digit} begins at place ${place}.`;
    return `The template of ${digit} begins at place ${place}, where no training example has one.`;
  }
  const what = state.signal.length > 0 ? "Your signal" : `The sample, a ${label(state)},`;
  if (state.shift === 0) return `${what} stands where it was.`;
  const count = Math.abs(state.shift);
  const way = state.shift > 0 ? "right" : "left";
  return `${what} is moved ${count} ${count === 1 ? "position" : "positions"} to the ${way}; as many values are lost.`;
}

/** What to make of a guess. */
export function guessSentence(state: State): string {
  const { guess } = state;
  if (guess === null || label(state) === null) return "";
  const found = truth(state);
  if (guess === found) return `You said so: ${SAID[found]}.`;
  return `You expected that ${SAID[guess]}. In fact ${SAID[found]}.`;
}

/** "Flatten is right at 49 of 54 places: at 48 of the 48 seen in training, at 1 of the 6 beyond." */
export function stability(state: State, which: number): string {
  const said = answers(state)[which]!;
  const right = said.map((digit) => digit === expected(state, which));
  const count = (some: readonly boolean[]) => some.filter(Boolean).length;
  const name = NAMES[NETWORKS[which]!];
  const what = label(state) === null ? "says the same" : "is right";
  if (!fromTemplate(state)) return `${name} ${what} at ${count(right)} of ${right.length} shifts.`;
  const [seen, beyond] = [right.slice(0, SEEN + 1), right.slice(SEEN + 1)];
  return `${name} ${what} at ${count(right)} of ${right.length} places: at ${count(seen)} of the ${seen.length} seen in training, at ${count(beyond)} of the ${beyond.length} beyond.`;
}

/** What the curves say at the present place or shift. */
export function errorSentence(state: State, errors: readonly (number | null)[][]): string {
  const at = moves(state).indexOf(fromTemplate(state) ? state.place : state.shift);
  const known = errors.map((list) => list[at] ?? null);
  if (known.some((error) => error === null)) return "";
  const [flatten, pool] = known.map((error) => `${(100 * error!).toFixed(1)} %`);
  const where = fromTemplate(state)
    ? `every template at place ${state.place}`
    : `every example shifted by ${compact(state.shift)}`;
  return `With ${where}, flatten errs on ${flatten} of the 1,000 test examples, mean pool on ${pool}.`;
}

export function spoken(state: State): string {
  return resultSentence(state);
}
