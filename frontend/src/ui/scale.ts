/** From values to pixels, and round numbers that enclose them. */

export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
}

export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [d0, d1] = domain;
  const [r0, r1] = range;
  const slope = (r1 - r0) / (d1 - d0);
  const scale = (value: number) => r0 + (value - d0) * slope;
  return Object.assign(scale, { invert: (pixel: number) => d0 + (pixel - r0) / slope });
}

/** The smallest round interval that holds zero and all values, and is never empty. */
export function enclose(values: readonly number[]): [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  // Not only zeros: the logarithm of a number near the smallest one is not to be trusted.
  if (high - low < 1e-100) return [0, 1];
  const step = roundStep((high - low) / 8);
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step];
}

/** 1, 2 or 5 times a power of ten, at least `raw`. */
export function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((f) => f * power >= raw * (1 - 1e-9)) ?? 10;
  return factor * power;
}
