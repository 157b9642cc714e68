/** The layers of a network: shapes, parameters, multiply-adds, activations and what a unit reads. */

/** A layer as it is stored: name and kind, then what does not depend on the image. */
export type StoredLayer = readonly [name: string, kind: string, ...numbers: number[]];

/** What depends on the image: sides of the maps (0: a vector), and inputs that a unit reads. */
export interface StoredSize {
  sides: readonly number[];
  reads: readonly (number | null)[];
  /** Of all layers, those that are not listed too. */
  activations: number;
  /** Dense layers whose inputs or outputs differ from those at the network's own size. */
  dense?: Readonly<Record<string, readonly number[]>>;
}

export interface StoredNetwork {
  title: string;
  source: string;
  channels: number;
  axes: number;
  home: number;
  layers: readonly StoredLayer[];
  sizes: Readonly<Record<string, StoredSize>>;
}

/** What a layer multiplies. */
export interface Arithmetic {
  inputs: number;
  outputs: number;
  kernel: number;
  stride: number;
  groups: number;
  bias: boolean;
}

export interface Layer {
  order: number;
  name: string;
  kind: string;
  shape: readonly number[];
  parameters: number;
  multiplyAdds: number;
  activations: number;
  /** Inputs along one side that a unit reads, padding included; null where it is not known. */
  reads: number | null;
  /** Null where a layer multiplies nothing. */
  arithmetic: Arithmetic | null;
}

export interface Totals {
  parameters: number;
  multiplyAdds: number;
  activations: number;
}

export interface Described {
  layers: readonly Layer[];
  totals: Totals;
}

/** Every layer of a network for images of one size. */
export function describe(network: StoredNetwork, size: number): Described {
  const at = network.sizes[size];
  if (!at) throw new RangeError(`no layers for images of ${size}`);
  const layers: Layer[] = [];
  let below = network.home;
  for (const [order, stored] of network.layers.entries()) {
    const side = at.sides[order]!;
    layers.push(layer(network, at, order, stored, side, below));
    below = side;
  }
  const sum = (key: "parameters" | "multiplyAdds") =>
    layers.reduce((total, one) => total + one[key], 0);
  const totals = {
    parameters: sum("parameters"),
    multiplyAdds: sum("multiplyAdds"),
    activations: at.activations,
  };
  return { layers, totals };
}

function layer(
  { axes }: StoredNetwork,
  at: StoredSize,
  order: number,
  [name, kind, ...numbers]: StoredLayer,
  side: number,
  below: number,
): Layer {
  const positions = (length: number) => length ** axes;
  const common = { order, name, kind, reads: at.reads[order] ?? null };
  if (kind === "dense") {
    const [inputs, outputs] = (at.dense?.[order] ?? numbers) as [number, number];
    return {
      ...common,
      shape: [outputs],
      parameters: inputs * outputs + outputs,
      multiplyAdds: inputs * outputs,
      activations: outputs,
      arithmetic: { inputs, outputs, kernel: 1, stride: 1, groups: 1, bias: true },
    };
  }
  if (kind === "convolution" || kind === "transposed") {
    const [inputs, outputs, kernel, stride, groups, bias] = numbers as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const weights = (inputs * outputs * kernel ** axes) / groups;
    return {
      ...common,
      shape: [outputs, ...Array<number>(axes).fill(side)],
      parameters: weights + bias * outputs,
      // A transposed convolution spreads every input; an ordinary one gathers every output.
      multiplyAdds: weights * positions(kind === "transposed" ? below : side),
      activations: outputs * positions(side),
      arithmetic: { inputs, outputs, kernel, stride, groups, bias: bias === 1 },
    };
  }
  const channels = numbers[0]!;
  const sides = side > 0 ? Array<number>(axes).fill(side) : [];
  const shape = kind === "reordering" ? [...sides, channels] : [channels, ...sides];
  return {
    ...common,
    shape,
    parameters: kind === "normalisation" ? 2 * channels : 0,
    multiplyAdds: 0,
    activations: shape.reduce((product, n) => product * n, 1),
    arithmetic: null,
  };
}

export const SORTS = [
  "order",
  "parameters",
  "multiply-adds",
  "activations",
  "receptive field",
] as const;

export type Sort = (typeof SORTS)[number];

/** What layers are sorted by. */
export const VALUE: Record<Exclude<Sort, "order">, (layer: Layer) => number> = {
  parameters: (layer) => layer.parameters,
  "multiply-adds": (layer) => layer.multiplyAdds,
  activations: (layer) => layer.activations,
  "receptive field": (layer) => layer.reads ?? 0,
};

/** The greatest first; layers of equal value keep their order, as does "order". */
export function sorted(layers: readonly Layer[], by: Sort): readonly Layer[] {
  if (by === "order") return layers;
  const value = VALUE[by];
  return [...layers].sort((a, b) => value(b) - value(a) || a.order - b.order);
}
