/**
 * Runs a network on one image, layer after layer, in WebAssembly; every map can be read afterwards.
 *
 *   const runner = await Runner.start(stored, binaries);
 *   runner.run(image);              // channels × rows × columns
 *   runner.map("features.0");       // what a layer gave
 */

import type { Binaries } from "../arithmetic.ts";
import { windowsOf } from "./layers.ts";
import { InferenceMachine } from "./machine.ts";
import { type FeatureMap, type Halo, PlacedMap } from "./maps.ts";
import {
  IMAGE,
  type Layer,
  type Plan,
  type Shape,
  type StoredNetwork,
  shapesOf,
  weightCounts,
} from "./plan.ts";
import { plainStep } from "./steps.ts";
import { decodeWeights } from "./weights.ts";
import { NO_HALO, type Step, type Windows, widest, windowHalo, windowStep } from "./windows.ts";

/** A layer with where its weights begin among all, and its windows if it has weights. */
export interface PlannedLayer {
  layer: Layer;
  first: number;
  bias: number;
  windows: Windows[];
}

export class Runner {
  readonly plan: Plan;
  readonly machine: InferenceMachine;
  readonly layers: readonly PlannedLayer[];
  readonly maps = new Map<string, PlacedMap>();
  readonly #positions = new Map<string, number>();
  readonly #steps: Step[] = [];
  /** Names of the maps that count as zeros where they are concatenated. */
  readonly silenced = new Set<string>();

  private constructor(plan: Plan, machine: InferenceMachine, traced: boolean) {
    this.plan = plan;
    this.machine = machine;
    this.layers = planned(plan);
    this.#place(traced);
    for (const one of this.layers) this.#steps.push(...this.#build(one));
  }

  /**
   * @param options.traced whether the positions of all maxima are kept, as a gradient needs them.
   * @throws where the browser has no vectors in WebAssembly.
   */
  static async start(
    network: StoredNetwork,
    binaries: Binaries | WebAssembly.Module,
    { traced = false } = {},
  ): Promise<Runner> {
    const runner = new Runner(network.plan, await InferenceMachine.start(binaries), traced);
    runner.load(decodeWeights(network));
    return runner;
  }

  /** Take other weights: every layer's, in the plan's order, its biases after its weights. */
  load(weights: Float32Array): void {
    const last = this.layers.at(-1);
    const count = last ? last.bias + weightCounts(last.layer, shapesOf(this.plan))[1] : 0;
    if (weights.length !== count) {
      throw new RangeError(`${weights.length} weights: expected ${count}, as the plan has`);
    }
    for (const step of this.#steps) step.load?.(weights);
  }

  /** One pass. Without an image, that of the pass before. */
  run(image?: ArrayLike<number>): void {
    if (image) this.placed(IMAGE).write(image);
    for (const step of this.#steps) step.run();
  }

  /** The name of the last layer. */
  get output(): string {
    return this.plan.layers.at(-1)?.name ?? IMAGE;
  }

  /** What a layer gave, a copy: all channels, or one of them. The image is "image". */
  map(name: string = this.output, channel?: number): FeatureMap {
    const placed = this.placed(name);
    const [all, rows, columns] = this.shape(name);
    if (channel === undefined) return { channels: all, rows, columns, values: placed.read() };
    const values = placed.read(channel, channel + 1);
    return { channels: 1, rows: placed.shape[1], columns: placed.shape[2], values };
  }

  /** Of each value of a max pooling whose positions are used: row × columns + column of its maximum. */
  positions(name: string): Int32Array {
    const address = this.#positions.get(name);
    if (address === undefined) throw new RangeError(`no positions are kept for ${name}`);
    const { shape, pitch } = this.placed(name);
    const [channels, rows, columns] = shape;
    const stored = this.machine.ints(address, rows * columns * pitch);
    const count = rows * columns;
    return Int32Array.from({ length: channels * count }, (_, i) => {
      const channel = Math.floor(i / count);
      return stored[(i - channel * count) * pitch + channel]!;
    });
  }

  shape(name: string): Shape {
    return this.plan.layers.find((layer) => layer.name === name)?.shape ?? this.placed(name).shape;
  }

  placed(name: string): PlacedMap {
    const placed = this.maps.get(name);
    if (placed) return placed;
    const known = [...this.maps.keys()].join(", ");
    throw new RangeError(`there is no map ${name}: there are ${known}`);
  }

  positionsAt(name: string): number {
    return this.#positions.get(name) ?? 0;
  }

  /** Give every map and all positions their places. */
  #place(traced: boolean): void {
    const { layers } = this.plan;
    const halos = new Map<string, Halo>();
    const real = new Map<string, string>();
    const source = (name: string) => real.get(name) ?? name;
    const shapes = shapesOf(this.plan);
    const keptFor = new Set(layers.flatMap((l) => (l.kind === "unpool" ? [l.positions] : [])));
    for (const { layer, windows } of this.layers) {
      if (layer.kind === "flatten") real.set(layer.name, source(layer.inputs[0]!));
      const input = source(layer.inputs[0]!);
      for (const one of windows) {
        const needed = windowHalo(one, { shape: shapes.get(input)! });
        halos.set(input, widest(halos.get(input) ?? NO_HALO, needed));
      }
    }
    // The image's pixels may stand close together if only windows read them.
    const close = this.layers.every((l) => l.windows.length > 0 || !l.layer.inputs.includes(IMAGE));
    for (const [name, shape] of shapes) {
      if (real.has(name)) continue;
      const halo = halos.get(name) ?? NO_HALO;
      this.maps.set(name, new PlacedMap(this.machine, shape, halo, name === IMAGE && close));
    }
    for (const [flat, name] of real) this.maps.set(flat, this.placed(name));
    for (const { name, kind, shape } of layers) {
      if (kind !== "maxPool" || !(traced || keptFor.has(name))) continue;
      const { pitch } = this.placed(name);
      this.#positions.set(name, this.machine.take(shape[1] * shape[2] * pitch));
    }
  }

  #build({ layer, windows, bias }: PlannedLayer): Step[] {
    const { machine } = this;
    const inputs = layer.inputs.map((name) => this.placed(name));
    const output = this.placed(layer.name);
    if ("slope" in layer && windows.length > 0) {
      return windows.map((w) => windowStep(machine, inputs[0]!, output, w, bias, layer.slope));
    }
    const noted = layer.kind === "unpool" ? layer.positions : layer.name;
    const positions = this.positionsAt(noted);
    const silent = (input: number) => this.silenced.has(layer.inputs[input]!);
    return [plainStep(layer, { machine, inputs, output, positions, silent })];
  }
}

function planned(plan: Plan): PlannedLayer[] {
  const shapes = shapesOf(plan);
  // What a flattened map was: a linear layer reads it as it lies in memory.
  const unflattened = new Map(shapes);
  let next = 0;
  return plan.layers.map((layer) => {
    const input = unflattened.get(layer.inputs[0]!)!;
    if (layer.kind === "flatten") unflattened.set(layer.name, input);
    const [weights, biases] = weightCounts(layer, shapes);
    const first = next;
    next += weights + biases;
    return { layer, first, bias: first + weights, windows: windowsOf(layer, input, first) };
  });
}
