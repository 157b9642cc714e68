/** The golden cases: what torch answers, written by `python -m tests.golden`. */

import { readFileSync } from "node:fs";
import type { KernelName } from "../../src/core/kernels.ts";
import type { Padding } from "../../src/core/padding.ts";

export type Reason =
  | "empty-signal"
  | "empty-kernel"
  | "stride"
  | "dilation"
  | "kernel-too-long"
  | "reflect-too-short"
  | "circular-too-short";

interface Options {
  stride: number;
  dilation: number;
  padding: Padding;
}

export interface ConvolutionCase extends Options {
  x: number[][];
  w: number[][][];
  b?: number[];
  groups: number;
  z?: number[][];
  error?: Reason;
}

export interface MatrixCase extends Options {
  kernel: number[];
  length: number;
  matrix?: number[][];
  error?: Reason;
}

export interface KernelCase {
  name: KernelName;
  size: number;
  weights: number[] | null;
}

export interface Golden {
  cases: ConvolutionCase[];
  matrices: MatrixCase[];
  kernels: KernelCase[];
}

const file = new URL("../golden/convolution-1d.json", import.meta.url);

export const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

/** What `problem` must say for each reason for which torch refuses. */
export const SENTENCES: Record<Reason, RegExp> = {
  "empty-signal": /^The signal has no values/,
  "empty-kernel": /^The kernel has no weights/,
  stride: /^The stride is 0/,
  dilation: /^The dilation is 0/,
  "kernel-too-long": /^The kernel spans \d+ values, but the signal has only \d+/,
  "reflect-too-short": /^Reflect padding needs/,
  "circular-too-short": /^Circular padding needs/,
};

/** The largest difference between two nested lists of numbers; infinite where shapes differ. */
export function deviation(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") {
    return Number.isFinite(a - b) ? Math.abs(a - b) : Number.POSITIVE_INFINITY;
  }
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) {
    return Number.POSITIVE_INFINITY;
  }
  return Math.max(0, ...a.map((value, i) => deviation(value, b[i])));
}
