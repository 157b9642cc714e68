/** Where things stand in the picture: layers across, sizes up on a scale of powers of ten. */

export const HEIGHT = 404;
export const STRIP = 34;
/** Top and bottom of the two plots. */
export const PLOTS = [
  { top: 92, bottom: 212 },
  { top: 252, bottom: 372 },
] as const;

const LEFT = 56;
const RIGHT = 16;
/** At most so many lines of the grid, one more for zero. */
const LINES = 5;
/** Fewer powers of ten than these would make much of nothing. */
const LEAST = 2;

export interface Across {
  (layer: number): number;
  pitch: number;
  left: number;
  right: number;
}

export function across(width: number, depth: number): Across {
  const pitch = (width - LEFT - RIGHT) / depth;
  const x = (layer: number) => LEFT + layer * pitch;
  return Object.assign(x, { pitch, left: LEFT, right: width - RIGHT });
}

export interface Decades {
  low: number;
  high: number;
  /** The powers that have a line. */
  lines: number[];
}

/** Whole powers of ten that enclose all sizes but zero. */
export function decades(sizes: readonly number[]): Decades {
  const logs = sizes.filter((size) => size > 0).map(Math.log10);
  let low = logs.length > 0 ? Math.floor(Math.min(...logs)) : -1;
  let high = logs.length > 0 ? Math.ceil(Math.max(...logs)) : 1;
  while (high - low < LEAST) [low, high] = high <= 0 ? [low, high + 1] : [low - 1, high];
  const step = Math.ceil((high - low) / (LINES - 1));
  // From a round power down, so that the uppermost line is the uppermost value's.
  low = high - step * Math.ceil((high - low) / step);
  const lines: number[] = [];
  for (let power = low; power <= high; power += step) lines.push(power);
  return { low, high, lines };
}

/** How high a size stands; zero lies on the floor. */
export function height({ low, high }: Decades, plot: number, size: number): number {
  const { top, bottom } = PLOTS[plot]!;
  if (size === 0) return bottom;
  return bottom - ((Math.log10(size) - low) / (high - low)) * (bottom - top);
}

/** The layers that are numbered below the picture. */
export function ticks(depth: number, pitch: number): number[] {
  const step = [1, 2, 5, 10, 20].find((s) => s * pitch >= 34) ?? 50;
  const all: number[] = [];
  for (let layer = 0; layer <= depth; layer += step) all.push(layer);
  return all;
}
