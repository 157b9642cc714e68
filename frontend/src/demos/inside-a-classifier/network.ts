/** The classifier with its own weights, and beside it the same with shuffled ones. */

import binaries from "virtual:inference";
import { compile } from "../../core/arithmetic.ts";
import { Gradient } from "../../core/inference/gradient.ts";
import { type Layer, shapesOf, weightCounts } from "../../core/inference/plan.ts";
import { Runner } from "../../core/inference/runner.ts";
import { decodeWeights } from "../../core/inference/weights.ts";
import { RandomState } from "../../core/mersenne.ts";
import { once } from "../../core/once.ts";
import { CLASSIFIER } from "../../data/scene-classifier.ts";
import type { Weights } from "./state.ts";

/** How many of the last layers are shuffled; 0: all. */
const SHUFFLED: Record<Exclude<Weights, "trained">, number> = {
  "dense layers shuffled": 2,
  "all shuffled": 0,
};

/** All numbers of the network, its weights shuffled within each of its last layers. */
export function shuffled(own: Float32Array, layers: number): Float32Array {
  const shapes = shapesOf(CLASSIFIER.plan);
  const result = own.slice();
  const chance = new RandomState(0);
  const weighted = placesOf(CLASSIFIER.plan.layers, (layer) => weightCounts(layer, shapes));
  for (const { first, count } of layers === 0 ? weighted : weighted.slice(-layers)) {
    const order = chance.permutation(count);
    for (let i = 0; i < count; i++) result[first + i] = own[first + order[i]!]!;
  }
  return result;
}

function placesOf(layers: readonly Layer[], counts: (layer: Layer) => readonly [number, number]) {
  let next = 0;
  const places: { first: number; count: number }[] = [];
  for (const layer of layers) {
    const [weights, biases] = counts(layer);
    if (weights > 0) places.push({ first: next, count: weights });
    next += weights + biases;
  }
  return places;
}

const trained = once((_: object) => decodeWeights(CLASSIFIER));
const sets = new Map<Weights, Float32Array>();

/** The numbers of the network with those weights. */
export function weightsOf(weights: Weights): Float32Array {
  const known = sets.get(weights);
  if (known) return known;
  const own = trained(CLASSIFIER);
  const result = weights === "trained" ? own : shuffled(own, SHUFFLED[weights]);
  sets.set(weights, result);
  return result;
}

/** A network at work. */
export interface Engine {
  runner: Runner;
  gradient: Gradient;
  weights: Weights;
  /** The image that it has seen. */
  seen: Float32Array | null;
  /** The score whose gradient has been taken; null after another image. */
  followed: number | null;
}

const engines: { trained: Engine | null; control: Engine | null } = {
  trained: null,
  control: null,
};

export const isStarted = () => engines.control !== null;

/** @throws where the browser has no vectors in WebAssembly. */
export async function start(): Promise<void> {
  if (isStarted()) return;
  const module = await compile(binaries);
  const make = async (): Promise<Engine> => {
    const runner = await Runner.start(CLASSIFIER, module, { traced: true });
    const gradient = new Gradient(runner, weightsOf("trained"));
    return { runner, gradient, weights: "trained", seen: null, followed: null };
  };
  engines.trained = await make();
  engines.control = await make();
}

/** The network with those weights, after a pass on an image; null while it is not started. */
export function engineOf(weights: Weights, image: Float32Array): Engine | null {
  const engine = weights === "trained" ? engines.trained : engines.control;
  if (!engine) return null;
  if (engine.weights !== weights) {
    engine.runner.load(weightsOf(weights));
    engine.gradient.load(weightsOf(weights));
    Object.assign(engine, { weights, seen: null });
  }
  if (engine.seen !== image) {
    engine.runner.run(image);
    Object.assign(engine, { seen: image, followed: null });
  }
  return engine;
}

/** The gradient of a score, for the image that the network has seen. */
export function follow(engine: Engine, target: number): Gradient {
  if (engine.followed !== target) {
    engine.gradient.run(target);
    engine.followed = target;
  }
  return engine.gradient;
}
