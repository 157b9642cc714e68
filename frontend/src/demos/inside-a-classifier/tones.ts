/** The image's size, and what the pen draws with. */

export const SIDE = 96;

/** Red, green and blue; course_lib/demos/inside_a_classifier.py has the same. */
export const TONES = [
  { name: "black", rgb: [0, 0, 0] },
  { name: "white", rgb: [255, 255, 255] },
  { name: "red", rgb: [204, 38, 38] },
  { name: "yellow", rgb: [242, 204, 38] },
  { name: "green", rgb: [38, 140, 64] },
  { name: "blue", rgb: [38, 89, 204] },
] as const;

/** A dot's pixels are at most so far from its middle. */
export const RADIUS = 3;
