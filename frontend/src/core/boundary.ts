/** How well outlines agree: as `course_lib.segmentation.boundary`. */

/** The pixels of a class that have one of their four neighbours in another class. */
export function boundaryOf(map: ArrayLike<number>, wide: number, label: number): number[] {
  const places: number[] = [];
  const tall = map.length / wide;
  for (let row = 0, at = 0; row < tall; row++) {
    for (let column = 0; column < wide; column++, at++) {
      if (map[at] !== label) continue;
      const touches =
        (row > 0 && map[at - wide] !== label) ||
        (row + 1 < tall && map[at + wide] !== label) ||
        (column > 0 && map[at - 1] !== label) ||
        (column + 1 < wide && map[at + 1] !== label);
      if (touches) places.push(at);
    }
  }
  return places;
}

/** Steps down and across that are no longer than a distance. */
function disc(distance: number): [number, number][] {
  const reach = Math.floor(distance);
  const steps: [number, number][] = [];
  for (let down = -reach; down <= reach; down++) {
    for (let across = -reach; across <= reach; across++) {
      if (Math.hypot(down, across) <= distance) steps.push([down, across]);
    }
  }
  return steps;
}

/** Which part of some pixels lie near one of the others; 0 where there are none. */
function partNear(
  some: readonly number[],
  others: readonly number[],
  [tall, wide]: readonly [number, number],
  steps: readonly [number, number][],
): number {
  if (some.length === 0) return 0;
  const there = new Uint8Array(tall * wide);
  for (const place of others) there[place] = 1;
  let count = 0;
  for (const place of some) {
    const column = place % wide;
    const row = (place - column) / wide;
    const near = steps.some(([down, across]) => {
      const [r, c] = [row + down, column + across];
      return r >= 0 && r < tall && c >= 0 && c < wide && there[r * wide + c] === 1;
    });
    if (near) count += 1;
  }
  return count / some.length;
}

/** Of each class; null where it has a boundary in neither map. */
export function boundaryF(
  predicted: ArrayLike<number>,
  truth: ArrayLike<number>,
  classes: number,
  wide: number,
  tolerance: number,
): (number | null)[] {
  const size = [truth.length / wide, wide] as const;
  const steps = disc(tolerance);
  return Array.from({ length: classes }, (_, label) => {
    const [found, true_] = [predicted, truth].map((map) => boundaryOf(map, wide, label)) as [
      number[],
      number[],
    ];
    if (found.length === 0 && true_.length === 0) return null;
    const precision = partNear(found, true_, size, steps);
    const recall = partNear(true_, found, size, steps);
    return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  });
}

/** Over the classes that have one; 1 where no class has: there is nothing to get wrong. */
export function meanBoundaryF(scores: readonly (number | null)[]): number {
  const known = scores.filter((score) => score !== null);
  return known.length > 0 ? known.reduce((sum, f) => sum + f, 0) / known.length : 1;
}
