/**
 * The arithmetic of inference, for WebAssembly with 128-bit vectors: one image through the layers.
 *
 * The channels of a pixel lie side by side, padded to a multiple of eight, and a map may have a halo
 * of zeros around it, as wide as the convolutions that read it ask for: so no window needs a test at
 * a border, and a row of a window is one run of numbers. Eight channels of four neighbouring pixels
 * are summed at once. Whoever calls gives the addresses, in bytes, of a map's first pixel and the
 * steps to the next pixel and the next row; nothing is allocated here.
 */

/** Output channels that are computed at once: two vectors. */
const BLOCK: usize = 32;

// @ts-ignore: decorator
@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  // One rounding instead of two, where the machine multiplies and adds at once.
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** What is below zero, times `slope`: 0 is a ReLU, 1 leaves everything. */
// @ts-ignore: decorator
@inline
function activated(value: v128, slope: v128): v128 {
  const zero = f32x4.splat(0);
  return f32x4.add(f32x4.pmax(value, zero), f32x4.mul(slope, f32x4.pmin(value, zero)));
}

/** Eight channels of four neighbouring pixels of an output. */
function four(
  x: usize, step: usize, w: usize, rows: i32, rowStep: usize, cols: i32, colStep: usize, run: i32,
  out: usize, outStep: usize, bias: usize, slope: v128,
): void {
  let a0 = v128.load(bias), a1 = a0, a2 = a0, a3 = a0;
  let b0 = v128.load(bias, 16), b1 = b0, b2 = b0, b3 = b0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      let p0 = x + <usize>c * colStep;
      let p1 = p0 + step;
      let p2 = p1 + step;
      let p3 = p2 + step;
      for (let k = run; k > 0; k--) {
        const u = v128.load(w);
        const v = v128.load(w, 16);
        let t = v128.load32_splat(p0);
        a0 = madd(a0, t, u); b0 = madd(b0, t, v);
        t = v128.load32_splat(p1);
        a1 = madd(a1, t, u); b1 = madd(b1, t, v);
        t = v128.load32_splat(p2);
        a2 = madd(a2, t, u); b2 = madd(b2, t, v);
        t = v128.load32_splat(p3);
        a3 = madd(a3, t, u); b3 = madd(b3, t, v);
        w += BLOCK; p0 += 4; p1 += 4; p2 += 4; p3 += 4;
      }
    }
    x += rowStep;
  }
  v128.store(out, activated(a0, slope)); v128.store(out, activated(b0, slope), 16);
  out += outStep;
  v128.store(out, activated(a1, slope)); v128.store(out, activated(b1, slope), 16);
  out += outStep;
  v128.store(out, activated(a2, slope)); v128.store(out, activated(b2, slope), 16);
  out += outStep;
  v128.store(out, activated(a3, slope)); v128.store(out, activated(b3, slope), 16);
}

/** Eight channels of one pixel, where a row has fewer than four; in two halves, not to wait. */
function one(
  x: usize, w: usize, rows: i32, rowStep: usize, cols: i32, colStep: usize, run: i32,
  out: usize, bias: usize, slope: v128,
): void {
  let a0 = v128.load(bias), b0 = v128.load(bias, 16);
  let a1 = f32x4.splat(0), b1 = a1;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      let p = x + <usize>c * colStep;
      let k = run;
      for (; k > 1; k -= 2) {
        let t = v128.load32_splat(p);
        a0 = madd(a0, t, v128.load(w)); b0 = madd(b0, t, v128.load(w, 16));
        t = v128.load32_splat(p, 4);
        a1 = madd(a1, t, v128.load(w, 32)); b1 = madd(b1, t, v128.load(w, 48));
        w += 2 * BLOCK; p += 8;
      }
      if (k > 0) {
        const t = v128.load32_splat(p);
        a0 = madd(a0, t, v128.load(w)); b0 = madd(b0, t, v128.load(w, 16));
        w += BLOCK;
      }
    }
    x += rowStep;
  }
  v128.store(out, activated(f32x4.add(a0, a1), slope));
  v128.store(out, activated(f32x4.add(b0, b1), slope), 16);
}

/**
 * Weighted sums over windows: a convolution, one phase of a transposed one, or a linear layer.
 *
 * `x` is where the first window begins, `step` and `xRow` lead to the next window to the right and
 * below. A window has `rows` × `cols` runs of `run` numbers, `rowStep` and `colStep` apart. The
 * weights of each block of eight channels follow one another, `wBlock` bytes a block.
 */
export function convolve(
  x: usize, step: usize, xRow: usize,
  rows: i32, rowStep: usize, cols: i32, colStep: usize, run: i32,
  w: usize, wBlock: usize, bias: usize, blocks: i32,
  out: usize, outStep: usize, outRow: usize, width: i32, height: i32, slope: f32,
): void {
  const slopes = f32x4.splat(slope);
  for (let block = 0; block < blocks; block++) {
    for (let j = 0; j < height; j++) {
      const from = x + <usize>j * xRow;
      const to = out + <usize>j * outRow;
      if (width < 4) {
        for (let i = 0; i < width; i++) {
          one(
            from + <usize>i * step, w, rows, rowStep, cols, colStep, run,
            to + <usize>i * outStep, bias, slopes,
          );
        }
        continue;
      }
      for (let i = 0; i < width; i += 4) {
        // The last four of a row may overlap the four before them.
        const at = <usize>min(i, width - 4);
        four(
          from + at * step, step, w, rows, rowStep, cols, colStep, run,
          to + at * outStep, outStep, bias, slopes,
        );
      }
    }
    w += wBlock;
    bias += BLOCK;
    out += BLOCK;
  }
}

/** The largest value of each window, and where it stands in its channel (the first, of equals). */
export function maxPool(
  x: usize, step: usize, xRow: usize, xWidth: i32, xHeight: i32,
  kRows: i32, kCols: i32, down: i32, right: i32, top: i32, left: i32,
  out: usize, outRow: usize, width: i32, height: i32, positions: usize,
): void {
  for (let j = 0; j < height; j++) {
    const y0 = max(0, j * down - top);
    const y1 = min(xHeight, j * down - top + kRows);
    for (let i = 0; i < width; i++) {
      const x0 = max(0, i * right - left);
      const x1 = min(xWidth, i * right - left + kCols);
      const to = out + <usize>j * outRow + <usize>i * step;
      const marks = positions + <usize>(j * width + i) * step;
      for (let c: usize = 0; c < step; c += 16) {
        let best = f32x4.splat(-Infinity);
        let where = i32x4.splat(y0 * xWidth + x0);
        for (let y = y0; y < y1; y++) {
          let from = x + <usize>y * xRow + <usize>x0 * step + c;
          for (let xx = x0; xx < x1; xx++) {
            const value = v128.load(from);
            if (positions) {
              const larger = f32x4.gt(value, best);
              where = v128.bitselect(i32x4.splat(y * xWidth + xx), where, larger);
            }
            best = f32x4.pmax(best, value);
            from += step;
          }
        }
        v128.store(to + c, best);
        if (positions) v128.store(marks + c, where);
      }
    }
  }
}

function clear(out: usize, outRow: usize, bytes: usize, height: i32): void {
  for (let j = 0; j < height; j++) memory.fill(out + <usize>j * outRow, 0, bytes);
}

/** Every value back to the position that `maxPool` noted; zero elsewhere; or added up there. */
export function unpool(
  x: usize, step: usize, xRow: usize, xWidth: i32, xHeight: i32, channels: i32, positions: usize,
  out: usize, outRow: usize, width: i32, height: i32, add: bool,
): void {
  clear(out, outRow, <usize>width * step, height);
  for (let j = 0; j < xHeight; j++) {
    for (let i = 0; i < xWidth; i++) {
      const from = x + <usize>j * xRow + <usize>i * step;
      const marks = positions + <usize>(j * xWidth + i) * step;
      for (let c = 0; c < channels; c++) {
        const at = <usize>c * 4;
        const where = load<i32>(marks + at);
        const row = where / width;
        const to = out + <usize>row * outRow + <usize>(where - row * width) * step + at;
        const value = load<f32>(from + at);
        store<f32>(to, add ? load<f32>(to) + value : value);
      }
    }
  }
}

/** Each pixel `down` × `right` times. */
export function duplicate(
  x: usize, step: usize, xRow: usize, down: i32, right: i32,
  out: usize, outRow: usize, width: i32, height: i32,
): void {
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const from = x + <usize>(j / down) * xRow + <usize>(i / right) * step;
      const to = out + <usize>j * outRow + <usize>i * step;
      for (let c: usize = 0; c < step; c += 16) v128.store(to + c, v128.load(from + c));
    }
  }
}

/** Where a pixel of the output lies in the input: `scale` inputs an output, corners or edges met. */
// @ts-ignore: decorator
@inline
function source(at: i32, scale: f32, corners: bool): f32 {
  return corners ? scale * <f32>at : max<f32>(0, scale * (<f32>at + 0.5) - 0.5);
}

/** Between the four nearest pixels, in proportion to how near they are. */
export function bilinear(
  x: usize, step: usize, xRow: usize, xWidth: i32, xHeight: i32, down: f32, right: f32,
  corners: bool, out: usize, outRow: usize, width: i32, height: i32,
): void {
  for (let j = 0; j < height; j++) {
    const y = source(j, down, corners);
    const y0 = min(<i32>y, xHeight - 1);
    const below = <usize>(y0 + 1 < xHeight ? xRow : 0);
    const v = f32x4.splat(y - <f32>y0);
    for (let i = 0; i < width; i++) {
      const at = source(i, right, corners);
      const x0 = min(<i32>at, xWidth - 1);
      const next = <usize>(x0 + 1 < xWidth ? step : 0);
      const u = f32x4.splat(at - <f32>x0);
      const from = x + <usize>y0 * xRow + <usize>x0 * step;
      const to = out + <usize>j * outRow + <usize>i * step;
      for (let c: usize = 0; c < step; c += 16) {
        const a = v128.load(from + c);
        const b = v128.load(from + c + below);
        const upper = madd(a, u, f32x4.sub(v128.load(from + c + next), a));
        const lower = madd(b, u, f32x4.sub(v128.load(from + c + below + next), b));
        v128.store(to + c, madd(upper, v, f32x4.sub(lower, upper)));
      }
    }
  }
}

/** Some channels of a map, or zeros, into those of another of the same width and height. */
export function copy(
  x: usize, step: usize, xRow: usize, channels: i32,
  out: usize, outStep: usize, outRow: usize, width: i32, height: i32,
): void {
  const bytes = <usize>channels * 4;
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const from = x + <usize>j * xRow + <usize>i * step;
      const to = out + <usize>j * outRow + <usize>i * outStep;
      let c: usize = 0;
      if (x) {
        for (; c + 16 <= bytes; c += 16) v128.store(to + c, v128.load(from + c));
        for (; c < bytes; c += 4) store<f32>(to + c, load<f32>(from + c));
      } else for (; c < bytes; c += 4) store<f32>(to + c, 0);
    }
  }
}

/** The sum of two maps (or one of them alone), activated. */
export function add(
  x: usize, xRow: usize, other: usize, otherRow: usize,
  out: usize, outRow: usize, bytes: usize, height: i32, slope: f32,
): void {
  const slopes = f32x4.splat(slope);
  for (let j = 0; j < height; j++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      let value = v128.load(x + at);
      if (other) value = f32x4.add(value, v128.load(other + at));
      v128.store(out + at, activated(value, slopes));
    }
    x += xRow;
    if (other) other += otherRow;
    out += outRow;
  }
}

/** The gradient before an activation: as it came where the output is above zero, else × `slope`. */
export function gate(
  g: usize, gRow: usize, active: usize, activeRow: usize,
  out: usize, outRow: usize, bytes: usize, height: i32, slope: f32,
): void {
  const slopes = f32x4.splat(slope);
  const zero = f32x4.splat(0);
  for (let j = 0; j < height; j++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const value = v128.load(g + at);
      const positive = f32x4.gt(v128.load(active + at), zero);
      v128.store(out + at, v128.bitselect(value, f32x4.mul(value, slopes), positive));
    }
    g += gRow; active += activeRow; out += outRow;
  }
}

/** The mean of each channel. */
export function mean(
  x: usize, step: usize, xRow: usize, width: i32, height: i32, out: usize,
): void {
  const share = f32x4.splat(1 / <f32>(width * height));
  for (let c: usize = 0; c < step; c += 16) {
    let sum = f32x4.splat(0);
    for (let j = 0; j < height; j++) {
      const from = x + <usize>j * xRow + c;
      for (let i = 0; i < width; i++) sum = f32x4.add(sum, v128.load(from + <usize>i * step));
    }
    v128.store(out + c, f32x4.mul(sum, share));
  }
}
