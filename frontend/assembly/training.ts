/**
 * The arithmetic of training, for WebAssembly with 128-bit vectors: forward, backward, update.
 *
 * Twenty samples lie side by side, in five vectors: every activation is one row of them, and each
 * weight is spread over a vector and meets twenty samples at once. A layer is a matrix that is
 * applied at one or more positions: at several it is a convolution (its rows of the input overlap),
 * at one a fully connected layer. Whoever calls gives the addresses; nothing is allocated here.
 */

/** Bytes of a row: twenty samples in single precision. */
const ROW: usize = 80;
const LANES: i32 = 20;

// @ts-ignore: decorator
@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  // One rounding instead of two, where the machine multiplies and adds at once.
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
function rectified(value: v128, relu: bool): v128 {
  return relu ? f32x4.max(value, f32x4.splat(0)) : value;
}

/**
 * Two rows of weighted sums: each is what stands there, or a bias, and its weights times the terms.
 * `toOther` and `toNext` lead, in bytes, from a weight to the other row's and to the next term's.
 */
function two(
  out: usize, x: usize, w: usize, toOther: usize, toNext: usize, terms: i32, bias: usize, relu: bool,
): void {
  const other = out + ROW;
  let a0: v128, a1: v128, a2: v128, a3: v128, a4: v128;
  let b0: v128, b1: v128, b2: v128, b3: v128, b4: v128;
  if (bias) {
    a0 = v128.load32_splat(bias);
    a1 = a0; a2 = a0; a3 = a0; a4 = a0;
    b0 = v128.load32_splat(bias, 4);
    b1 = b0; b2 = b0; b3 = b0; b4 = b0;
  } else {
    a0 = v128.load(out); a1 = v128.load(out, 16); a2 = v128.load(out, 32);
    a3 = v128.load(out, 48); a4 = v128.load(out, 64);
    b0 = v128.load(other); b1 = v128.load(other, 16); b2 = v128.load(other, 32);
    b3 = v128.load(other, 48); b4 = v128.load(other, 64);
  }
  for (let i = 0; i < terms; i++) {
    const u = v128.load32_splat(w);
    const v = v128.load32_splat(w + toOther);
    let t = v128.load(x);
    a0 = madd(a0, u, t); b0 = madd(b0, v, t);
    t = v128.load(x, 16);
    a1 = madd(a1, u, t); b1 = madd(b1, v, t);
    t = v128.load(x, 32);
    a2 = madd(a2, u, t); b2 = madd(b2, v, t);
    t = v128.load(x, 48);
    a3 = madd(a3, u, t); b3 = madd(b3, v, t);
    t = v128.load(x, 64);
    a4 = madd(a4, u, t); b4 = madd(b4, v, t);
    w += toNext;
    x += ROW;
  }
  v128.store(out, rectified(a0, relu)); v128.store(out, rectified(a1, relu), 16);
  v128.store(out, rectified(a2, relu), 32); v128.store(out, rectified(a3, relu), 48);
  v128.store(out, rectified(a4, relu), 64);
  v128.store(other, rectified(b0, relu)); v128.store(other, rectified(b1, relu), 16);
  v128.store(other, rectified(b2, relu), 32); v128.store(other, rectified(b3, relu), 48);
  v128.store(other, rectified(b4, relu), 64);
}

/** The same for the last row of an odd number. */
function one(
  out: usize, x: usize, w: usize, toNext: usize, terms: i32, bias: usize, relu: bool,
): void {
  let a0: v128, a1: v128, a2: v128, a3: v128, a4: v128;
  if (bias) {
    a0 = v128.load32_splat(bias);
    a1 = a0; a2 = a0; a3 = a0; a4 = a0;
  } else {
    a0 = v128.load(out); a1 = v128.load(out, 16); a2 = v128.load(out, 32);
    a3 = v128.load(out, 48); a4 = v128.load(out, 64);
  }
  for (let i = 0; i < terms; i++) {
    const u = v128.load32_splat(w);
    a0 = madd(a0, u, v128.load(x)); a1 = madd(a1, u, v128.load(x, 16));
    a2 = madd(a2, u, v128.load(x, 32)); a3 = madd(a3, u, v128.load(x, 48));
    a4 = madd(a4, u, v128.load(x, 64));
    w += toNext;
    x += ROW;
  }
  v128.store(out, rectified(a0, relu)); v128.store(out, rectified(a1, relu), 16);
  v128.store(out, rectified(a2, relu), 32); v128.store(out, rectified(a3, relu), 48);
  v128.store(out, rectified(a4, relu), 64);
}

/**
 * z = W x + b at every position, rectified if asked. W has `rows` rows of `stride` weights, of which
 * `cols` count; a position's input begins `step` rows after the one before it.
 */
export function forward(
  out: usize, x: usize, w: usize, bias: usize, rows: i32, cols: i32, stride: i32,
  positions: i32, step: i32, blocks: i32, outBlock: i32, xBlock: i32, relu: bool,
): void {
  const toOther = <usize>stride * 4;
  for (let block = 0; block < blocks; block++) {
    for (let p = 0; p < positions; p++) {
      const from = x + <usize>(block * xBlock + p * step) * ROW;
      const to = out + <usize>(block * outBlock + p * rows) * ROW;
      let r = 0;
      for (; r + 1 < rows; r += 2) {
        const weights = w + <usize>r * toOther;
        two(to + <usize>r * ROW, from, weights, toOther, 4, cols, bias + <usize>r * 4, relu);
      }
      if (r < rows) {
        one(to + <usize>r * ROW, from, w + <usize>r * toOther, 4, cols, bias + <usize>r * 4, relu);
      }
    }
  }
}

/** dx = Wᵀ dz, added up where positions overlap. */
export function backward(
  dx: usize, dz: usize, w: usize, rows: i32, cols: i32, stride: i32,
  positions: i32, step: i32, blocks: i32, zBlock: i32, xBlock: i32,
): void {
  memory.fill(dx, 0, <usize>(blocks * xBlock) * ROW);
  for (let block = 0; block < blocks; block++) {
    for (let p = 0; p < positions; p++) {
      const from = dz + <usize>(block * zBlock + p * rows) * ROW;
      const to = dx + <usize>(block * xBlock + p * step) * ROW;
      let c = 0;
      for (; c + 1 < cols; c += 2) {
        two(to + <usize>c * ROW, from, w + <usize>c * 4, 4, <usize>stride * 4, rows, 0, false);
      }
      if (c < cols) {
        one(to + <usize>c * ROW, from, w + <usize>c * 4, <usize>stride * 4, rows, 0, false);
      }
    }
  }
}

/** The four sums over each of four vectors. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(
    v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7),
  );
  const cd = f32x4.add(
    v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7),
  );
  return f32x4.add(
    v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7),
  );
}

/**
 * dW = Σ dz xᵀ over samples and positions, two rows and four columns at a time. The columns from
 * `cols` up to a multiple of four fill with numbers that nothing reads.
 */
export function weightGradient(
  dw: usize, dz: usize, x: usize, rows: i32, cols: i32, stride: i32,
  positions: i32, step: i32, blocks: i32, zBlock: i32, xBlock: i32,
): void {
  for (let c = 0; c < cols; c += 4) {
    for (let r = 0; r < rows; r += 2) {
      // The last row of an odd number goes with itself.
      const other = <usize>(r + 1 < rows ? ROW : 0);
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
      let b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      for (let block = 0; block < blocks; block++) {
        let z = dz + <usize>(block * zBlock + r) * ROW;
        let t = x + <usize>(block * xBlock + c) * ROW;
        for (let p = 0; p < positions; p++) {
          for (let v: usize = 0; v < ROW; v += 16) {
            const u0 = v128.load(z + v);
            const u1 = v128.load(z + other + v);
            let s = v128.load(t + v);
            a0 = madd(a0, u0, s); b0 = madd(b0, u1, s);
            s = v128.load(t + v, 80);
            a1 = madd(a1, u0, s); b1 = madd(b1, u1, s);
            s = v128.load(t + v, 160);
            a2 = madd(a2, u0, s); b2 = madd(b2, u1, s);
            s = v128.load(t + v, 240);
            a3 = madd(a3, u0, s); b3 = madd(b3, u1, s);
          }
          z += <usize>rows * ROW;
          t += <usize>step * ROW;
        }
      }
      const to = dw + <usize>(r * stride + c) * 4;
      v128.store(to, sums(a0, a1, a2, a3));
      if (other) v128.store(to + <usize>stride * 4, sums(b0, b1, b2, b3));
    }
  }
}

/** db = Σ dz over samples and positions. */
export function biasGradient(
  db: usize, dz: usize, rows: i32, positions: i32, blocks: i32, zBlock: i32,
): void {
  for (let r = 0; r < rows; r++) {
    let sum = f32x4.splat(0);
    for (let block = 0; block < blocks; block++) {
      for (let p = 0; p < positions; p++) {
        const z = dz + <usize>(block * zBlock + p * rows + r) * ROW;
        for (let v: usize = 0; v < ROW; v += 16) sum = f32x4.add(sum, v128.load(z + v));
      }
    }
    const zero = f32x4.splat(0);
    f32.store(db + <usize>r * 4, f32x4.extract_lane(sums(sum, zero, zero, zero), 0));
  }
}

/** The gradient passes where the unit was active: elsewhere it becomes zero. */
export function gate(dz: usize, activation: usize, rows: i32): void {
  const end = dz + <usize>rows * ROW;
  for (; dz < end; dz += 16, activation += 16) {
    const active = f32x4.gt(v128.load(activation), f32x4.splat(0));
    v128.store(dz, v128.and(v128.load(dz), active));
  }
}

/** eˣ for x ≤ 0, to the last bit or two (the polynomial of Moshier's Cephes library). */
// @ts-ignore: decorator
@inline
function exponential(given: v128): v128 {
  const x = f32x4.max(given, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let y = f32x4.splat(1.9875691500e-4);
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.3981999507e-3));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(8.3334519073e-3));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(4.1665795894e-2));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.6666665459e-1));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(5.0000001201e-1));
  y = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(y, r), r), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}

/** How many of the last call's samples were classified wrongly. */
export let wrong: i32 = 0;

/**
 * Softmax and cross-entropy: writes (softmax − target) · scale, returns the sum of the losses.
 * A label of −1 marks a place without a sample.
 */
export function crossEntropy(
  dz: usize, z: usize, labels: usize, classes: i32, blocks: i32, block: i32, scale: f32,
): f64 {
  let total: f64 = 0;
  wrong = 0;
  for (let i = 0; i < blocks; i++) {
    for (let v: usize = 0; v < ROW; v += 16) {
      const from = z + <usize>(i * block) * ROW + v;
      const to = dz + <usize>(i * block) * ROW + v;
      const label = v128.load(labels + <usize>(i * LANES) * 4 + v);
      const present = i32x4.ge_s(label, i32x4.splat(0));
      let most = v128.load(from);
      for (let c = 1; c < classes; c++) most = f32x4.max(most, v128.load(from + <usize>c * ROW));
      let sum = f32x4.splat(0);
      let own = most;
      for (let c = 0; c < classes; c++) {
        const score = v128.load(from + <usize>c * ROW);
        own = v128.bitselect(score, own, i32x4.eq(label, i32x4.splat(c)));
        const e = exponential(f32x4.sub(score, most));
        sum = f32x4.add(sum, e);
        v128.store(to + <usize>c * ROW, e);
      }
      const share = v128.and(f32x4.div(f32x4.splat(scale), sum), present);
      for (let c = 0; c < classes; c++) {
        const target = v128.and(i32x4.eq(label, i32x4.splat(c)), f32x4.splat(scale));
        const place = to + <usize>c * ROW;
        v128.store(place, f32x4.sub(f32x4.mul(v128.load(place), share), target));
      }
      const margin = f32x4.sub(most, own);
      const missed = v128.and(present, f32x4.gt(margin, f32x4.splat(0)));
      wrong += popcnt(i32x4.bitmask(missed));
      const here = i32x4.bitmask(present);
      if (here & 1) total += loss(f32x4.extract_lane(sum, 0), f32x4.extract_lane(margin, 0));
      if (here & 2) total += loss(f32x4.extract_lane(sum, 1), f32x4.extract_lane(margin, 1));
      if (here & 4) total += loss(f32x4.extract_lane(sum, 2), f32x4.extract_lane(margin, 2));
      if (here & 8) total += loss(f32x4.extract_lane(sum, 3), f32x4.extract_lane(margin, 3));
    }
  }
  return total;
}

// @ts-ignore: decorator
@inline
function loss(sum: f32, margin: f32): f64 {
  return Mathf.log(sum) + margin;
}

/** v ← μ v + g and ω ← ω − η v, for a multiple of four numbers. */
export function update(w: usize, v: usize, g: usize, count: i32, rate: f32, momentum: f32): void {
  const mu = f32x4.splat(momentum);
  const eta = f32x4.splat(rate);
  for (let i: usize = 0; i < <usize>count * 4; i += 16) {
    const velocity = f32x4.add(f32x4.mul(mu, v128.load(v + i)), v128.load(g + i));
    v128.store(v + i, velocity);
    v128.store(w + i, f32x4.sub(v128.load(w + i), f32x4.mul(eta, velocity)));
  }
}

/** Put samples side by side: sample i of the batch into lane i, its values one row each. */
export function gather(
  x: usize, labels: usize, data: usize, classes: usize, order: usize, count: i32, length: i32,
): void {
  for (let i = 0; i < count; i++) {
    const index = i32.load(order + <usize>i * 4);
    const from = data + <usize>(index * length) * 4;
    const to = x + <usize>((i / LANES) * length) * ROW + <usize>(i % LANES) * 4;
    for (let t = 0; t < length; t++) {
      f32.store(to + <usize>t * ROW, f32.load(from + <usize>t * 4));
    }
    i32.store(labels + <usize>i * 4, load<u8>(classes + <usize>index));
  }
}
