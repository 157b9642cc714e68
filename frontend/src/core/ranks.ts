/** How alike two pictures are, whatever their scales. */

/** Places in ascending order, from 0; equal values share the mean of theirs. */
export function ranks(values: ArrayLike<number>): Float64Array {
  // Sorted as plain numbers, which is far quicker than by a function that compares.
  const sorted = Float64Array.from(values).sort();
  const places = new Float64Array(values.length);
  for (let i = 0; i < places.length; i++) {
    const value = values[i]!;
    let first = bound(sorted, value);
    const start = first;
    while (sorted[first + 1] === value) first += 1;
    places[i] = (start + first) / 2;
  }
  return places;
}

/** Where a value first stands among sorted ones. */
function bound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Spearman's rank correlation, from −1 to 1; 0 where either holds one value only. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (x.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [u, v] = [x[i]! - middle, y[i]! - middle];
    xy += u * v;
    xx += u * u;
    yy += v * v;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
