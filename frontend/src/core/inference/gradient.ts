/**
 * The way back through a network: how one of its outputs changes with every value of every map.
 *
 * Piece by piece the network is linear (ReLUs and maxima only choose the piece), so the gradient is
 * exact within a piece, and an output is the sum of each value of a map times its gradient, and of
 * what the biases add on the way from there.
 */

import { type Axis, convolutionAxis, transposedAxes } from "./axes.ts";
import type { InferenceMachine } from "./machine.ts";
import { type FeatureMap, type Halo, PlacedMap } from "./maps.ts";
import type { Convolution, Linear, MaxPool, Shape } from "./plan.ts";
import type { PlannedLayer, Runner } from "./runner.ts";
import { NO_HALO, type Step, type Windows, widest, windowHalo, windowStep } from "./windows.ts";

export class Gradient {
  readonly #runner: Runner;
  readonly #machine: InferenceMachine;
  /** Of the output with respect to each map. */
  readonly #maps = new Map<string, PlacedMap>();
  readonly #steps: Step[] = [];

  /**
   * @param runner started to be traced.
   * @throws where the network is no chain of convolutions, max poolings and linear layers.
   */
  constructor(runner: Runner, weights: Float32Array) {
    this.#runner = runner;
    this.#machine = runner.machine;
    this.#maps.set(runner.output, this.#place(runner.placed(runner.output).shape, NO_HALO));
    for (const planned of [...runner.layers].reverse()) this.#back(planned);
    this.load(weights);
  }

  /** The same weights that the runner has. */
  load(weights: Float32Array): void {
    for (const step of this.#steps) step.load?.(weights);
  }

  /** Of the output with that number, for the image of the last pass. */
  run(output: number): void {
    const seed = new Float32Array(this.#runner.placed(this.#runner.output).shape[0]);
    seed[output] = 1;
    this.placed(this.#runner.output).write(seed);
    for (const step of this.#steps) step.run();
  }

  /** How the output changes with each value of a map. */
  map(name: string): FeatureMap {
    const placed = this.placed(name);
    const [channels, rows, columns] = placed.shape;
    return { channels, rows, columns, values: placed.read() };
  }

  placed(name: string): PlacedMap {
    const placed = this.#maps.get(name);
    if (!placed) throw new RangeError(`there is no gradient of ${name}`);
    return placed;
  }

  #place(shape: Shape, halo: Halo): PlacedMap {
    return new PlacedMap(this.#machine, shape, halo, false);
  }

  #back({ layer, first }: PlannedLayer): void {
    const [from] = layer.inputs as [string];
    const after = this.placed(layer.name);
    if (layer.kind === "flatten") {
      this.#maps.set(from, after);
      return;
    }
    if (this.#maps.has(from)) throw new Error(`${from} is read twice: no gradient can be taken`);
    const input = this.#runner.placed(from);
    const before = this.#place(input.shape, NO_HALO);
    this.#maps.set(from, before);
    if (layer.kind === "maxPool") this.#unpool(layer, after, before);
    else if (layer.kind === "convolution" || layer.kind === "linear") {
      const windows =
        layer.kind === "linear"
          ? linear(layer, input.shape, first)
          : convolution(layer, input.shape, first);
      const halo = windows.reduce((h, w) => widest(h, windowHalo(w, after)), NO_HALO);
      const gated = this.#place(after.shape, halo);
      this.#gate(this.#runner.placed(layer.name), after, gated, layer.slope);
      for (const one of windows) {
        this.#steps.push(windowStep(this.#machine, gated, before, one, null, 1));
      }
    } else throw new Error(`no gradient can be taken of ${layer.name}, a ${layer.kind}`);
  }

  #gate(active: PlacedMap, after: PlacedMap, gated: PlacedMap, slope: number): void {
    const numbers = [
      ...[after.first, after.row, active.first, active.row, gated.first, gated.row],
      ...[gated.rowBytes, gated.shape[1], slope],
    ];
    this.#steps.push({ run: () => this.#machine.run.gate(...numbers) });
  }

  #unpool({ name }: MaxPool, after: PlacedMap, before: PlacedMap): void {
    const positions = this.#runner.positionsAt(name);
    if (positions === 0) throw new Error("the runner was not started to be traced");
    const numbers = [
      ...[after.first, after.step, after.row, after.shape[2], after.shape[1], after.shape[0]],
      ...[positions, before.first, before.row, before.shape[2], before.shape[1], 1],
    ];
    this.#steps.push({ run: () => this.#machine.run.unpool(...numbers) });
  }
}

/** A convolution backwards is the transposed one with the same weights. */
function convolution(layer: Convolution, [inputs, rows, columns]: Shape, first: number): Windows[] {
  const { kernel, stride, padding, dilation, groups } = layer;
  if (groups !== 1 || dilation.some((d) => d !== 1)) {
    throw new Error(`no gradient can be taken of ${layer.name}, which has groups or a dilation`);
  }
  const across = transposedAxes(kernel[1], stride[1], padding[1], columns);
  return transposedAxes(kernel[0], stride[0], padding[0], rows).flatMap((r) =>
    across.map((c) => ({
      rows: r.axis,
      columns: c.axis,
      weight: (out, input, row, column) =>
        first + ((input * inputs + out) * kernel[0] + r.taps[row]!) * kernel[1] + c.taps[column]!,
    })),
  );
}

/** A linear layer backwards: one window for each pixel of the map that it read. */
function linear(_: Linear, [inputs, rows, columns]: Shape, first: number): Windows[] {
  const at = (place: number): Axis => ({ ...convolutionAxis(1, 1, 0, 1, 1), outStart: place });
  return Array.from({ length: rows * columns }, (_, pixel) => ({
    rows: at(Math.floor(pixel / columns)),
    columns: at(pixel % columns),
    weight: (out, input) => first + (input * inputs + out) * rows * columns + pixel,
  }));
}
