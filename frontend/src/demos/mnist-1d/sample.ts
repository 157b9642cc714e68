/** What the networks read: a sample of MNIST-1D, or the reader's own signal in its place. */

import { LENGTH, samples } from "../../data/mnist1d.ts";
import { checkNumbers, checkWhole } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export interface Chosen {
  /** Which of the samples. */
  sample: number;
  /** The reader's own signal, or nothing. */
  signal: number[];
}

export const SAMPLE_LIMITS = {
  sample: { min: 0, max: 19 },
  value: { min: -100, max: 100 },
} as const;

/** The values, and their class where it is known. */
export function original({ sample, signal }: Chosen): {
  values: readonly number[];
  label: number | null;
} {
  return signal.length > 0 ? { values: signal, label: null } : samples()[sample]!;
}

export function checkChosen({ sample, signal }: Chosen): Problem | null {
  return checkWhole("sample", "The sample", sample, SAMPLE_LIMITS.sample) ?? checkSignal(signal);
}

function checkSignal(signal: unknown): Problem | null {
  if (Array.isArray(signal) && signal.length === 0) return null;
  const exactly = { min: LENGTH, max: LENGTH };
  if (!checkNumbers("signal", "The signal", signal, exactly, SAMPLE_LIMITS.value)) return null;
  const { min, max } = SAMPLE_LIMITS.value;
  return {
    control: "signal",
    message: `The signal takes ${LENGTH} numbers from ${min} to ${max}, or none for the sample itself.`,
  };
}
