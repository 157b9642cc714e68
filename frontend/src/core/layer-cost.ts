/** What a first layer costs on one image: fully connected, and convolutional. */

export interface FirstLayers {
  /** Pixels of one side. */
  size: number;
  channels: number;
  /** Feature maps; the dense layer gets as many outputs as they have values. */
  maps: number;
  /** Of the convolution, odd; it is padded so that the image keeps its size. */
  kernelSize: number;
}

export interface LayerCost {
  weights: number;
  biases: number;
  multiplyAdds: number;
  /** Output values. */
  activations: number;
}

export function denseCost({ size, channels, maps }: FirstLayers): LayerCost {
  const inputs = size * size * channels;
  const outputs = size * size * maps;
  const weights = inputs * outputs;
  return { weights, biases: outputs, multiplyAdds: weights, activations: outputs };
}

export function convolutionCost({ size, channels, maps, kernelSize }: FirstLayers): LayerCost {
  const weights = channels * maps * kernelSize * kernelSize;
  const positions = size * size;
  return {
    weights,
    biases: maps,
    multiplyAdds: weights * positions,
    activations: positions * maps,
  };
}
