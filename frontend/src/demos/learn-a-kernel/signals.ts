/** Inputs to learn from, each of which shows one thing. */

export const SIGNALS = ["mixed", "impulse", "step", "wave", "flat"] as const;

export type SignalName = (typeof SIGNALS)[number];

export function signalNamed(name: SignalName): number[] {
  switch (name) {
    case "mixed":
      return [0, 0, 1, 2, 2, 0, -1, -2, -1, 1, 1, 0];
    case "impulse":
      return [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0];
    case "step":
      return [0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2];
    case "wave":
      return [0, 1.7, 1.7, 0, -1.7, -1.7, 0, 1.7, 1.7, 0, -1.7, -1.7];
    case "flat":
      return new Array(12).fill(1);
  }
}
