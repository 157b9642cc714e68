/** What each layer without weights does, on maps that have their places. */

import type { InferenceMachine } from "./machine.ts";
import type { PlacedMap } from "./maps.ts";
import type { Bilinear, Crop, Layer, MaxPool } from "./plan.ts";
import type { Step } from "./windows.ts";

export interface Places {
  machine: InferenceMachine;
  inputs: readonly PlacedMap[];
  output: PlacedMap;
  /** Where the positions stand that a max pooling notes or an unpooling uses; 0: nowhere. */
  positions: number;
  /** Whether an input is to count as zeros: asked at each pass. */
  silent(input: number): boolean;
}

export function plainStep(layer: Layer, places: Places): Step {
  switch (layer.kind) {
    case "maxPool":
      return maxPool(layer, places);
    case "unpool":
      return unpool(places);
    case "nearest":
      return nearest(places);
    case "bilinear":
      return bilinear(layer, places);
    case "concatenate":
      return concatenate(places);
    case "crop":
      return crop(layer, places);
    case "add":
    case "activation":
      return add(layer.slope, places);
    case "globalMean":
      return globalMean(places);
    case "softmax":
    case "logSoftmax":
      return softmax(layer.kind === "logSoftmax", places);
    default:
      return { run() {} };
  }
}

function maxPool({ kernel, stride, padding }: MaxPool, places: Places): Step {
  const { machine, inputs, output, positions } = places;
  const [x] = inputs as [PlacedMap];
  const numbers = [
    ...[x.first, x.step, x.row, x.shape[2], x.shape[1]],
    ...[...kernel, ...stride, ...padding],
    ...[output.first, output.row, output.shape[2], output.shape[1], positions],
  ];
  return { run: () => machine.run.maxPool(...numbers) };
}

function unpool({ machine, inputs, output, positions }: Places): Step {
  const [x] = inputs as [PlacedMap];
  const numbers = [
    ...[x.first, x.step, x.row, x.shape[2], x.shape[1], x.shape[0], positions],
    ...[output.first, output.row, output.shape[2], output.shape[1], 0],
  ];
  return { run: () => machine.run.unpool(...numbers) };
}

function nearest({ machine, inputs, output }: Places): Step {
  const [x] = inputs as [PlacedMap];
  const [, rows, columns] = output.shape;
  const numbers = [
    ...[x.first, x.step, x.row, rows / x.shape[1], columns / x.shape[2]],
    ...[output.first, output.row, columns, rows],
  ];
  return { run: () => machine.run.duplicate(...numbers) };
}

function bilinear({ corners }: Bilinear, { machine, inputs, output }: Places): Step {
  const [x] = inputs as [PlacedMap];
  const scale = (length: number, to: number) => {
    if (!corners) return length / to;
    return to > 1 ? (length - 1) / (to - 1) : 0;
  };
  const [, rows, columns] = output.shape;
  const numbers = [
    ...[x.first, x.step, x.row, x.shape[2], x.shape[1]],
    ...[scale(x.shape[1], rows), scale(x.shape[2], columns), Number(corners)],
    ...[output.first, output.row, columns, rows],
  ];
  return { run: () => machine.run.bilinear(...numbers) };
}

function concatenate({ machine, inputs, output, silent }: Places): Step {
  const [, rows, columns] = output.shape;
  let before = 0;
  const all = inputs.map((x) => {
    const to = output.first + 4 * before;
    before += x.shape[0];
    return [x.first, x.step, x.row, x.shape[0], to, output.step, output.row, columns, rows];
  });
  return {
    run() {
      for (const [i, numbers] of all.entries()) {
        machine.run.copy(silent(i) ? 0 : numbers[0]!, ...numbers.slice(1));
      }
    },
  };
}

function crop({ from }: Crop, { machine, inputs, output }: Places): Step {
  const [x] = inputs as [PlacedMap];
  const [channels, rows, columns] = output.shape;
  const numbers = [
    ...[x.at(...from), x.step, x.row, channels],
    ...[output.first, output.step, output.row, columns, rows],
  ];
  return { run: () => machine.run.copy(...numbers) };
}

function add(slope: number, { machine, inputs, output }: Places): Step {
  const [x, other] = inputs as [PlacedMap, PlacedMap?];
  const numbers = [
    ...[x.first, x.row, other?.first ?? 0, other?.row ?? 0],
    ...[output.first, output.row, output.rowBytes, output.shape[1], slope],
  ];
  return { run: () => machine.run.add(...numbers) };
}

function globalMean({ machine, inputs, output }: Places): Step {
  const [x] = inputs as [PlacedMap];
  const numbers = [x.first, x.step, x.row, x.shape[2], x.shape[1], output.first];
  return { run: () => machine.run.mean(...numbers) };
}

/** Over the channels of each pixel. */
function softmax(log: boolean, { machine, inputs, output }: Places): Step {
  const [x] = inputs as [PlacedMap];
  const [channels, rows, columns] = output.shape;
  const numbers = [x.first, x.step, x.row, channels, output.first, output.step, output.row];
  return {
    run() {
      machine.run.copy(...numbers, columns, rows);
      output.eachPixel((scores) => {
        const largest = scores.reduce((a, b) => Math.max(a, b));
        const sum = scores.reduce((total, score) => total + Math.exp(score - largest), 0);
        const least = largest + Math.log(sum);
        for (let i = 0; i < channels; i++) {
          scores[i] = log ? scores[i]! - least : Math.exp(scores[i]! - least);
        }
      });
    },
  };
}
