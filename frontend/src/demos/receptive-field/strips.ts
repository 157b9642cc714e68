/** What stands above the inputs: how many paths lead from each, or how large its gradient is. */

import { format } from "../../core/format.ts";
import type { Layout } from "./layout.ts";
import type { Bar, Words } from "./marks.ts";

const PATHS_HEIGHT = 84;
const SQUARED_HEIGHT = 76;
const SIGNED_HEIGHT = 32;
const CHARACTER = 7;

export interface Strips {
  bars: Bar[];
  labels: Words[];
}

export function pathStrip(now: Layout, counts: readonly number[]): Strips {
  const base = now.bases[0]!;
  const bars = upwards(now, counts, base, PATHS_HEIGHT, "amount");
  return {
    bars,
    labels: [title(now, "paths", base - PATHS_HEIGHT), ...numbers(now, counts, bars, String)],
  };
}

/** The mean squares above, and below them the means on the scale of their own spread. */
export function gradientStrips(
  now: Layout,
  squared: readonly number[],
  signed: readonly number[],
): Strips {
  const [top, bottom] = now.bases as [number, number];
  const bars = upwards(now, squared, top, SQUARED_HEIGHT, "amount");
  const total = squared.reduce((a, b) => a + b, 0);
  const shares = squared.map((value) => (total === 0 ? 0 : (100 * value) / total));
  // A single draw's size: what the mean must be compared with.
  const unit = Math.sqrt(Math.max(...squared)) || 1;
  const means = signed.map((value, i): Bar => {
    const height = Math.min(1, Math.abs(value) / unit) * SIGNED_HEIGHT;
    return {
      x: now.x(i) - 0.36 * now.pitch,
      y: value < 0 ? bottom : bottom - height,
      width: 0.72 * now.pitch,
      height,
      kind: value < 0 ? "negative" : "positive",
    };
  });
  return {
    bars: [...bars, ...means.filter(({ height }) => height > 0.05)],
    labels: [
      title(now, "squared", top - SQUARED_HEIGHT),
      title(now, "signed", bottom - SIGNED_HEIGHT + 12),
      ...numbers(now, shares, bars, (share) => format(share, share < 9.95 ? 1 : 0)),
      ...(total > 0 && now.pitch >= 26 ? [unitOf(now, top)] : []),
    ],
  };
}

const title = (now: Layout, words: string, y: number): Words => ({
  x: 0,
  y: y + 4,
  words,
  anchor: "start",
  kind: now.gutter < 60 ? "small" : "",
});

const unitOf = (now: Layout, base: number): Words => ({
  x: 0,
  y: base - SQUARED_HEIGHT + 20,
  words: "in %",
  anchor: "start",
  kind: now.gutter < 60 ? "small" : "",
});

function upwards(
  now: Layout,
  values: readonly number[],
  base: number,
  tallest: number,
  kind: string,
): Bar[] {
  const largest = Math.max(...values) || 1;
  return values.map((value, i) => {
    const height = (value / largest) * tallest;
    return {
      x: now.x(i) - 0.36 * now.pitch,
      y: base - height,
      width: 0.72 * now.pitch,
      height,
      kind,
    };
  });
}

/** Numbers above the bars, where the widest of them has room. */
function numbers(
  now: Layout,
  values: readonly number[],
  bars: readonly Bar[],
  spell: (value: number) => string,
): Words[] {
  const spelt = values.map((value) => (value === 0 ? "" : spell(value)));
  const widest = Math.max(...spelt.map(({ length }) => length));
  if (now.pitch < widest * CHARACTER) return [];
  return spelt.flatMap((words, i): Words[] =>
    words === "" ? [] : [{ x: now.x(i), y: bars[i]!.y - 5, words, kind: "amount-number" }],
  );
}
