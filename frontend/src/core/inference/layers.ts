/** The windows of the layers that have weights. */

import { convolutionAxis, transposedAxes } from "./axes.ts";
import type { Convolution, Layer, Linear, Shape, Transposed } from "./plan.ts";
import type { Windows } from "./windows.ts";

/** `first` is where the layer's weights begin; `input` is the map that it reads, not flattened. */
export function windowsOf(layer: Layer, input: Shape, first: number): Windows[] {
  switch (layer.kind) {
    case "convolution":
      return [convolution(layer, input, first)];
    case "transposed":
      return transposed(layer, first);
    case "linear":
      return [linear(layer, input, first)];
    default:
      return [];
  }
}

function convolution(layer: Convolution, [inputs]: Shape, first: number): Windows {
  const { kernel, stride, padding, dilation, groups, shape } = layer;
  const [outsEach, insEach] = [shape[0] / groups, inputs / groups];
  return {
    rows: convolutionAxis(kernel[0], stride[0], padding[0], dilation[0], shape[1]),
    columns: convolutionAxis(kernel[1], stride[1], padding[1], dilation[1], shape[2]),
    weight(out, input, row, column) {
      // An output channel meets the input channels of its own group only.
      const within = input - Math.floor(out / outsEach) * insEach;
      if (within < 0 || within >= insEach) return -1;
      return first + ((out * insEach + within) * kernel[0] + row) * kernel[1] + column;
    },
  };
}

function transposed({ kernel, stride, padding, shape }: Transposed, first: number): Windows[] {
  const columns = transposedAxes(kernel[1], stride[1], padding[1], shape[2]);
  return transposedAxes(kernel[0], stride[0], padding[0], shape[1]).flatMap((r) =>
    columns.map((c) => ({
      rows: r.axis,
      columns: c.axis,
      weight: (out, input, row, column) =>
        first + ((input * shape[0] + out) * kernel[0] + r.taps[row]!) * kernel[1] + c.taps[column]!,
    })),
  );
}

/** All of a map as one window. */
function linear(_: Linear, [inputs, rows, columns]: Shape, first: number): Windows {
  return {
    rows: convolutionAxis(rows, 1, 0, 1, 1),
    columns: convolutionAxis(columns, 1, 0, 1, 1),
    weight: (out, input, row, column) =>
      first + ((out * inputs + input) * rows + row) * columns + column,
  };
}
