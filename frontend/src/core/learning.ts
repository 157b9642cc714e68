/** How a kernel is learnt: the squared error, its gradient position by position, and descent. */

import { paddingAmounts } from "./padding.ts";
import { mulberry32 } from "./random.ts";

/** An input, and what the output ought to be. */
export interface Task {
  signal: readonly number[];
  target: readonly number[];
}

/** The signal with the zeros that a kernel reads beyond its ends: stride 1 keeps the length. */
function padded(signal: readonly number[], kernelSize: number): number[] {
  const { left, right } = paddingAmounts(kernelSize, 1, "zeros");
  return [...new Array<number>(left).fill(0), ...signal, ...new Array<number>(right).fill(0)];
}

/** The output at position i, of a padded signal. */
function outputAt(x: readonly number[], kernel: readonly number[], i: number): number {
  let sum = 0;
  for (let k = 0; k < kernel.length; k++) sum += kernel[k]! * x[i + k]!;
  return sum;
}

/** The output of a kernel, as long as the signal. */
export function predicted(signal: readonly number[], kernel: readonly number[]): number[] {
  const x = padded(signal, kernel.length);
  return signal.map((_, i) => outputAt(x, kernel, i));
}

/** The mean squared error, (1/L) Σᵢ (zᵢ − tᵢ)². */
export function loss({ signal, target }: Task, kernel: readonly number[]): number {
  const x = padded(signal, kernel.length);
  let sum = 0;
  for (let i = 0; i < target.length; i++) sum += (outputAt(x, kernel, i) - target[i]!) ** 2;
  return sum / target.length;
}

/**
 * What each position adds to the gradient of each weight, (2/L) (zᵢ − tᵢ) · (the input under it).
 *
 * @returns [kernelSize][length]; a row's sum is the derivative of the loss with respect to its weight.
 */
export function contributions({ signal, target }: Task, kernel: readonly number[]): number[][] {
  const x = padded(signal, kernel.length);
  const pull = target.map((t, i) => (2 / target.length) * (outputAt(x, kernel, i) - t));
  return kernel.map((_, k) => pull.map((value, i) => value * x[i + k]!));
}

/** The gradient of the loss: one number a weight. */
export function gradient({ signal, target }: Task, kernel: readonly number[]): number[] {
  return slopes(padded(signal, kernel.length), target, kernel);
}

/** The same of a padded signal; descent asks for it at every step. */
function slopes(
  x: readonly number[],
  target: readonly number[],
  kernel: readonly number[],
): number[] {
  const sums = new Array<number>(kernel.length).fill(0);
  for (let i = 0; i < target.length; i++) {
    const pull = (2 / target.length) * (outputAt(x, kernel, i) - target[i]!);
    for (let k = 0; k < kernel.length; k++) sums[k]! += pull * x[i + k]!;
  }
  return sums;
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
  const x = padded(task.signal, start.length);
  const path = [[...start]];
  for (let n = 0; n < steps; n++) {
    const kernel = path.at(-1)!;
    const slope = slopes(x, task.target, kernel);
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
  const x = padded(signal, kernelSize);
  const columns = Array.from({ length: kernelSize }, (_, k) => x.slice(k, k + length));
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
