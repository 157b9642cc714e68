/** Signals that each show one thing. */

import { mulberry32 } from "../../core/random.ts";

export const SIGNALS = ["lecture", "impulse", "step", "ramp", "wave", "random"] as const;

export type SignalName = (typeof SIGNALS)[number];

const LENGTH = 12;

/** The lecture's example, and five of the same length; only "random" depends on the seed. */
export function signalNamed(name: SignalName, seed = 0): number[] {
  switch (name) {
    case "lecture":
      return [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1];
    case "impulse":
      return each((i) => (i === 5 ? 1 : 0));
    case "step":
      return each((i) => (i < 6 ? 0 : 1));
    case "ramp":
      return each((i) => i);
    case "wave":
      return each((i) => Number((5 * Math.sin((2 * Math.PI * i) / 6)).toFixed(1)));
    case "random": {
      const random = mulberry32(seed);
      return each(() => Math.round(random() * 100) / 10);
    }
  }
}

const each = (value: (i: number) => number) => Array.from({ length: LENGTH }, (_, i) => value(i));
