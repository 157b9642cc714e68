/** Images that a reader makes: drawings to begin with, and the grey levels of a picture. */

export const DRAWINGS = ["ring", "cross", "blank"] as const;

const SIDE = 16;

export const grid = (side: number, value: (r: number, c: number) => number) =>
  Array.from({ length: side }, (_, r) => Array.from({ length: side }, (__, c) => value(r, c)));

/** Chalk is 1, and where there is none is 0. */
export function drawingNamed(name: (typeof DRAWINGS)[number]): number[][] {
  const middle = (SIDE - 1) / 2;
  switch (name) {
    case "ring":
      return grid(SIDE, (r, c) => {
        const far = Math.hypot(r - middle, c - middle);
        return far >= 4 && far < 6 ? 1 : 0;
      });
    case "cross":
      return grid(SIDE, (r, c) => {
        const arm = (a: number, b: number) => Math.abs(a - middle) < 1 && Math.abs(b - middle) < 5;
        return arm(r, c) || arm(c, r) ? 1 : 0;
      });
    default:
      return grid(SIDE, () => 0);
  }
}

/** Rows of grey levels from red, green and blue: 0.299, 0.587 and 0.114 of each, rounded. */
export function greyRows(rgb: Uint8Array, side: number): number[][] {
  return grid(side, (r, c) => {
    const at = 3 * (r * side + c);
    const [red, green, blue] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    return Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
  });
}
