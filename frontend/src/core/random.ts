/** Random numbers that are the same for the same seed. */

/**
 * A generator of numbers in [0, 1).
 *
 * Mulberry32 by Tommy Ettinger (2017, public domain): 32 bits of state, enough for a preset or a
 * picture, not for statistics.
 */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
