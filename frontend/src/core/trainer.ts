/** Stochastic gradient descent on one of the two networks, a step at a time. */

import { LANES, Machine } from "./arithmetic.ts";
import { CLASSES, LENGTH, type Samples, TRAIN } from "./mnist1d.ts";
import { epochs, firstParameters, LAYERS, type Layer, type NetworkName } from "./networks.ts";

export interface Recipe {
  learningRate: number;
  momentum: number;
  /** The learning rate halves after each so many steps; 0: never. */
  halveEvery: number;
}

/** A layer with the addresses of what belongs to it. */
interface Placed extends Layer {
  /** Inputs of one output, and weights of one row: the same, up to a multiple of four. */
  cols: number;
  rowStride: number;
  /** Rows of the input from one position to the next, and rows of the output of one block. */
  step: number;
  outRows: number;
  inRows: number;
  weights: number;
  biases: number;
  weightGradients: number;
  biasGradients: number;
  out: number;
  gradient: number;
  input: number;
}

const ceil4 = (n: number) => 4 * Math.ceil(n / 4);
/** Samples that are evaluated at once. */
const EVALUATED = 100;

export class Trainer {
  readonly name: NetworkName;
  readonly #machine: Machine;
  readonly #layers: Placed[];
  readonly #parameters: number;
  readonly #velocities: number;
  readonly #gradients: number;
  readonly #count: number;
  readonly #data: number;
  readonly #classes: number;
  readonly #order: number;
  readonly #sequence: number;
  readonly #labels: number;
  readonly #seed: number;
  readonly #samples: number;
  readonly batchSize: number;
  /** Blocks of twenty samples that have been laid out. */
  readonly #room: number;
  #shuffle: () => Int32Array;
  step = 0;
  /** Mean loss of the last batch, before its step was taken. */
  loss = Number.NaN;

  constructor(
    module: WebAssembly.Module,
    name: NetworkName,
    samples: Samples,
    { seed, batchSize }: { seed: number; batchSize: number },
  ) {
    const machine = new Machine(module);
    this.#machine = machine;
    this.name = name;
    this.#seed = seed;
    this.batchSize = batchSize;
    this.#samples = samples.y.length;
    this.#room = Math.ceil(Math.max(batchSize, EVALUATED) / LANES);

    const sizes = LAYERS[name].map((layer) => {
      const cols = layer.inChannels * layer.kernelSize;
      return { cols, rowStride: ceil4(cols), total: layer.outChannels * ceil4(cols) };
    });
    this.#count = sizes.reduce(
      (sum, { total }, i) => sum + total + ceil4(LAYERS[name][i]!.outChannels),
      0,
    );
    this.#parameters = machine.take(this.#count);
    this.#velocities = machine.take(this.#count);
    this.#gradients = machine.take(this.#count);
    this.#data = machine.take(samples.x.length);
    this.#classes = machine.take(Math.ceil(samples.y.length / 4));
    this.#order = machine.take(TRAIN);
    this.#sequence = machine.take(samples.y.length);
    this.#labels = machine.take(this.#room * LANES);

    let at = 0;
    let input = machine.take(this.#room * LENGTH * LANES);
    let inRows = LENGTH;
    this.#layers = LAYERS[name].map((layer, i) => {
      const { cols, rowStride, total } = sizes[i]!;
      const outRows = layer.outChannels * layer.positions;
      const weights = 4 * at;
      at += total;
      const biases = 4 * at;
      at += ceil4(layer.outChannels);
      const placed: Placed = {
        ...layer,
        cols,
        rowStride,
        step: layer.stride * layer.inChannels,
        outRows,
        inRows,
        weights: this.#parameters + weights,
        biases: this.#parameters + biases,
        weightGradients: this.#gradients + weights,
        biasGradients: this.#gradients + biases,
        out: machine.take(this.#room * outRows * LANES),
        gradient: machine.take(this.#room * outRows * LANES),
        input,
      };
      input = placed.out;
      inRows = outRows;
      return placed;
    });

    machine.floats(this.#data, samples.x.length).set(samples.x);
    machine.bytes(this.#classes, samples.y.length).set(samples.y);
    machine.ints(this.#sequence, this.#samples).set(Array.from(samples.y, (_, i) => i));
    this.#write(this.#parameters, firstParameters(name, seed));
    this.#shuffle = epochs(seed);
  }

  /** Take one step: the next batch forward and back, then all parameters. */
  advance(recipe: Recipe): void {
    const { run } = this.#machine;
    const batches = TRAIN / this.batchSize;
    const batch = this.step % batches;
    if (batch === 0) this.#machine.ints(this.#order, TRAIN).set(this.#shuffle());
    this.loss =
      this.#lossOf(this.#order + 4 * batch * this.batchSize, this.batchSize) / this.batchSize;
    this.#backward(Math.ceil(this.batchSize / LANES));
    const rate = learningRate(recipe, this.step);
    const { momentum } = recipe;
    run.update(this.#parameters, this.#velocities, this.#gradients, this.#count, rate, momentum);
    this.step += 1;
  }

  /** Mean loss and share of errors on the samples from `first` on. */
  evaluate(first: number, count: number): { loss: number; error: number } {
    let loss = 0;
    let wrong = 0;
    for (let at = 0; at < count; at += EVALUATED) {
      loss += this.#lossOf(this.#sequence + 4 * (first + at), Math.min(EVALUATED, count - at));
      wrong += this.#machine.run.wrong.value;
    }
    return { loss: loss / count, error: wrong / count };
  }

  /** Each layer's outputs for one sample, channel by channel; the last are the scores. */
  look(index: number): number[][] {
    this.#lossOf(this.#sequence + 4 * index, 1);
    return this.#layers.map(({ out, outChannels, positions, outRows }) => {
      const rows = this.#machine.floats(out, outRows * LANES);
      return Array.from({ length: outRows }, (_, i) => {
        const channel = Math.floor(i / positions);
        return rows[((i % positions) * outChannels + channel) * LANES]!;
      });
    });
  }

  /** Parameters, velocities or the last batch's gradients, in torch's order. */
  parameters(): Float32Array {
    return this.#read(this.#parameters);
  }

  velocities(): Float32Array {
    return this.#read(this.#velocities);
  }

  gradients(): Float32Array {
    return this.#read(this.#gradients);
  }

  /**
   * What each position adds to the gradient of one first-layer weight, for the last batch. It must
   * be asked before anything else goes through the network.
   */
  contributions(channel: number, tap: number): number[] {
    const first = this.#layers[0]!;
    const blocks = Math.ceil(this.batchSize / LANES);
    const dz = this.#machine.floats(first.gradient, blocks * first.outRows * LANES);
    const x = this.#machine.floats(first.input, blocks * first.inRows * LANES);
    return Array.from({ length: first.positions }, (_, p) => {
      let sum = 0;
      for (let block = 0; block < blocks; block++) {
        const z = (block * first.outRows + p * first.outChannels + channel) * LANES;
        const at = (block * first.inRows + p * first.step + tap) * LANES;
        for (let lane = 0; lane < LANES; lane++) sum += dz[z + lane]! * x[at + lane]!;
      }
      return sum;
    });
  }

  /** Back to the first step. */
  restart(): void {
    this.#write(this.#parameters, firstParameters(this.name, this.#seed));
    this.#machine.floats(this.#velocities, this.#count).fill(0);
    this.#machine.floats(this.#gradients, this.#count).fill(0);
    this.#shuffle = epochs(this.#seed);
    this.step = 0;
    this.loss = Number.NaN;
  }

  /** Send samples through the network; their gradients of the scores stand in the last layer. */
  #lossOf(order: number, count: number): number {
    const { run } = this.#machine;
    const blocks = Math.ceil(count / LANES);
    const [first, last] = [this.#layers[0]!, this.#layers.at(-1)!];
    if (count % LANES !== 0) this.#machine.ints(this.#labels, blocks * LANES).fill(-1);
    run.gather(first.input, this.#labels, this.#data, this.#classes, order, count, LENGTH);
    for (const l of this.#layers) {
      run.forward(
        ...[l.out, l.input, l.weights, l.biases, l.outChannels, l.cols, l.rowStride],
        ...[l.positions, l.step, blocks, l.outRows, l.inRows, l === last ? 0 : 1],
      );
    }
    return run.crossEntropy(
      ...[last.gradient, last.out, this.#labels, CLASSES, blocks, last.outRows, 1 / count],
    );
  }

  #backward(blocks: number): void {
    const { run } = this.#machine;
    for (let i = this.#layers.length - 1; i >= 0; i--) {
      const l = this.#layers[i]!;
      const { gradient, outChannels, cols, rowStride, positions, step, outRows, inRows } = l;
      const shape = [outChannels, cols, rowStride, positions, step, blocks, outRows, inRows];
      run.weightGradient(l.weightGradients, gradient, l.input, ...shape);
      run.biasGradient(l.biasGradients, gradient, outChannels, positions, blocks, outRows);
      const before = this.#layers[i - 1];
      if (!before) break;
      run.backward(before.gradient, gradient, l.weights, ...shape);
      run.gate(before.gradient, before.out, blocks * before.outRows);
    }
  }

  /** From torch's order [out][in][kernel], then biases, to rows [kernel][in]. */
  #write(address: number, values: Float32Array): void {
    const memory = this.#machine.floats(address, this.#count);
    this.#each((own, torch) => {
      memory[own] = values[torch]!;
    });
  }

  #read(address: number): Float32Array {
    const memory = this.#machine.floats(address, this.#count);
    const values: number[] = [];
    this.#each((own) => values.push(memory[own]!));
    return Float32Array.from(values);
  }

  /** Go through the parameters in torch's order: where each stands here, and there. */
  #each(visit: (own: number, torch: number) => void): void {
    let start = 0;
    let torch = 0;
    for (const { outChannels, inChannels, kernelSize, rowStride } of this.#layers) {
      for (let o = 0; o < outChannels; o++) {
        for (let c = 0; c < inChannels; c++) {
          for (let k = 0; k < kernelSize; k++) {
            visit(start + o * rowStride + k * inChannels + c, torch++);
          }
        }
      }
      start += outChannels * rowStride;
      for (let o = 0; o < outChannels; o++) visit(start + o, torch++);
      start += ceil4(outChannels);
    }
  }
}

/** The rate of the step after `step` steps. */
export function learningRate({ learningRate, halveEvery }: Recipe, step: number): number {
  return halveEvery === 0 ? learningRate : learningRate / 2 ** Math.floor(step / halveEvery);
}
