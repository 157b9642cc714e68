/** NumPy's legacy generator (`numpy.random.RandomState`), frozen since 2019: equal seeds, equal numbers. */

const N = 624;
const M = 397;

/** The Mersenne Twister of Matsumoto and Nishimura (1998), with the four draws of NumPy's used here. */
export class RandomState {
  readonly #key = new Uint32Array(N);
  #at = N;
  #spare: number | null = null;

  constructor(seed: number) {
    this.#key[0] = seed >>> 0;
    for (let i = 1; i < N; i++) {
      const before = this.#key[i - 1]!;
      this.#key[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  /** A generator that goes on from here by itself. */
  copy(): RandomState {
    const twin = new RandomState(0);
    twin.#key.set(this.#key);
    twin.#at = this.#at;
    twin.#spare = this.#spare;
    return twin;
  }

  #next(): number {
    if (this.#at === N) this.#refill();
    let y = this.#key[this.#at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #refill(): void {
    const key = this.#key;
    for (let i = 0; i < N; i++) {
      const y = (key[i]! & 0x80000000) | (key[(i + 1) % N]! & 0x7fffffff);
      key[i] = key[(i + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#at = 0;
  }

  /** `random_sample()`: 53 random bits, in [0, 1). */
  uniform(): number {
    const high = this.#next() >>> 5;
    const low = this.#next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** `standard_normal()`: Marsaglia's polar method, which makes two at a time. */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = factor * x;
      return factor * y;
    }
  }

  /** A whole number from 0 to `most`: bits are drawn until they make one that is not too large. */
  whole(most: number): number {
    const mask = most === 0 ? 0 : 2 ** (32 - Math.clz32(most)) - 1;
    for (;;) {
      const value = (this.#next() & mask) >>> 0;
      if (value <= most) return value;
    }
  }

  /** `permutation(count)`. */
  permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.whole(i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}
