/** Coordinates of drawings, as short as a reader can see. */

const GEOMETRY = [
  ...["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy"],
  ...["width", "height", "d", "points", "transform"],
];
const LONG = /-?\d*\.\d{3,}(?:e[-+]?\d+)?/g;
const WIDE = 100;

/**
 * Round the coordinates of the drawings in an element to a hundredth of a pixel.
 *
 * Computed ones have up to 17 digits, none like the other: they are most of what a compressed
 * drawing weighs. Where a unit is more than a pixel, in a drawing of less than 100 units, they stay.
 */
export function roundCoordinates(root: ParentNode): void {
  for (const shape of root.querySelectorAll("svg, svg *")) {
    const box = shape.closest("svg")?.getAttribute("viewBox");
    if (box && Number(box.split(" ")[2]) < WIDE) continue;
    for (const name of GEOMETRY) {
      const value = shape.getAttribute(name);
      if (value)
        shape.setAttribute(
          name,
          value.replace(LONG, (long) => `${+(+long).toFixed(2)}`),
        );
    }
  }
}
