/** What a hidden unit makes of its sum. */

export const ACTIVATIONS = ["none", "ReLU", "tanh", "sigmoid"] as const;

export type Activation = (typeof ACTIVATIONS)[number];

export function activate(activation: Activation, sum: number): number {
  switch (activation) {
    case "ReLU":
      return Math.max(0, sum);
    case "tanh":
      return Math.tanh(sum);
    case "sigmoid":
      return 1 / (1 + Math.exp(-sum));
    default:
      return sum;
  }
}
