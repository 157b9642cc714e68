/** How a kernel is learnt: the squared error, its gradient position by position, and descent. */

import { paddingAmounts } from "./padding.ts";
import { mulberry32 } from "./random.ts";

/** An input, and what the output ought to be. */
export interface Task {
  signal: readonly number[];
  target: readonly number[];
}

/** Where the first weight reads for the first output: stride 1, zeros beyond the ends. */
const first = (kernelSize: number) => -paddingAmounts(kernelSize, 1, "zeros").left;

/** The output of a kernel, as long as the signal. */
export function predicted(signal: readonly number[], kernel: readonly number[]): number[] {
  const start = first(kernel.length);
  return signal.map((_, i) => {
    let sum = 0;
    // What stands beyond the ends is zero and adds nothing.
    for (let k = 0; k < kernel.length; k++) sum += kernel[k]! * (signal[start + i + k] ?? 0);
    return sum;
  });
}

/** The mean squared error, (1/L) Σᵢ (zᵢ − tᵢ)². */
export function loss({ signal, target }: Task, kernel: readonly number[]): number {
  const z = predicted(signal, kernel);
  return z.reduce((sum, value, i) => sum + (value - target[i]!) ** 2, 0) / z.length;
}

/**
 * What each position adds to the gradient of each weight, (2/L) (zᵢ − tᵢ) · (the input under it).
 *
 * @returns [kernelSize][length]; a row's sum is the derivative of the loss with respect to its weight.
 */
export function contributions({ signal, target }: Task, kernel: readonly number[]): number[][] {
  const z = predicted(signal, kernel);
  const start = first(kernel.length);
  const scale = 2 / signal.length;
  return kernel.map((_, k) =>
    z.map((value, i) => scale * (value - target[i]!) * (signal[start + i + k] ?? 0)),
  );
}

/** The gradient of the loss: one number a weight. */
export function gradient(task: Task, kernel: readonly number[]): number[] {
  return contributions(task, kernel).map((row) => row.reduce((a, b) => a + b, 0));
}

/** A weight beyond this has run away: descent stops. */
export const RUNAWAY = 1e4;

/** The kernels on the way down, the start first; fewer than asked for where they run away. */
export function descend(
  task: Task,
  start: readonly number[],
  rate: number,
  steps: number,
): number[][] {
  const path = [[...start]];
  for (let n = 0; n < steps; n++) {
    const kernel = path.at(-1)!;
    const slope = gradient(task, kernel);
    const next = kernel.map((w, k) => w - rate * slope[k]!);
    path.push(next);
    if (next.some((w) => !(Math.abs(w) <= RUNAWAY))) break;
  }
  return path;
}

/**
 * The learning rate at which descent stops to converge: 2 over the largest curvature of the loss.
 *
 * The loss is a quadratic function of the weights, so its curvature, (2/L) XᵀX, is the same
 * everywhere. Infinite where the signal is zero.
 */
export function largestRate(signal: readonly number[], kernelSize: number): number {
  const length = signal.length;
  const start = first(kernelSize);
  const columns = Array.from({ length: kernelSize }, (_, k) =>
    signal.map((_, i) => signal[start + i + k] ?? 0),
  );
  const curvature = columns.map((a) =>
    columns.map((b) => (2 / length) * a.reduce((sum, value, i) => sum + value * b[i]!, 0)),
  );
  return 2 / largestEigenvalue(curvature);
}

/** The largest eigenvalue of a symmetric matrix, by Jacobi's rotations. */
export function largestEigenvalue(matrix: readonly (readonly number[])[]): number {
  const a = matrix.map((row) => [...row]);
  const n = a.length;
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p]![q]! === 0) continue;
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const row of a)
          [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
        for (let j = 0; j < n; j++) {
          const [up, uq] = [a[p]![j]!, a[q]![j]!];
          a[p]![j] = c * up - s * uq;
          a[q]![j] = s * up + c * uq;
        }
      }
    }
  }
  return Math.max(...a.map((row, i) => row[i]!));
}

/** Numbers that scatter about zero with deviation 1, the same for the same seed. */
export function scatter(count: number, seed: number): number[] {
  const random = mulberry32(seed);
  // The sum of twelve numbers of [0, 1) has deviation 1, and Python adds them up to the same digit.
  return Array.from({ length: count }, () => {
    let sum = -6;
    for (let n = 0; n < 12; n++) sum += random();
    return sum;
  });
}
