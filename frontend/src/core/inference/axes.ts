/** Which inputs each output of a convolution meets, along one axis. */

/** One axis of the windows of a convolution. */
export interface Axis {
  /** Where the first window begins, how far the next is, and of how many taps each consists. */
  start: number;
  step: number;
  taps: number;
  dilation: number;
  /** Outputs: how many, where the first stands, how far the next is. */
  count: number;
  outStart: number;
  outStep: number;
}

/** How many zeros an axis of `length` values needs before and after it. */
export function haloOf(axis: Axis, length: number): readonly [number, number] {
  if (axis.count === 0 || axis.taps === 0) return [0, 0];
  const last = axis.start + (axis.count - 1) * axis.step + (axis.taps - 1) * axis.dilation;
  return [Math.max(0, -axis.start), Math.max(0, last - length + 1)];
}

export function convolutionAxis(
  kernel: number,
  stride: number,
  padding: number,
  dilation: number,
  count: number,
): Axis {
  const axis = { start: -padding, step: stride, taps: kernel, dilation, count };
  return { ...axis, outStart: 0, outStep: 1 };
}

/**
 * A transposed convolution along one axis, as `stride` ordinary ones: every stride-th output has
 * the same taps. `taps` of each says which ones, in the order of the inputs they meet.
 */
export function transposedAxes(
  kernel: number,
  stride: number,
  padding: number,
  length: number,
): { axis: Axis; taps: number[] }[] {
  return Array.from({ length: Math.min(stride, length) }, (_, phase) => {
    const first = (phase + padding) % stride;
    const taps: number[] = [];
    for (let k = first; k < kernel; k += stride) taps.unshift(k);
    const start = (phase + padding - first) / stride - (taps.length - 1);
    const count = Math.ceil((length - phase) / stride);
    const windows = { start, step: 1, taps: taps.length, dilation: 1, count };
    return { axis: { ...windows, outStart: phase, outStep: stride }, taps };
  });
}
