/**
 * Shapes by their distance to the outline: negative inside, zero on it, positive outside. Lengths
 * are in units of the object, u to the right and v down; see course_lib/datasets/scenes/shapes.py.
 */

import { cosineSine } from "./chance.ts";

type Point = readonly [number, number];

/** A shape as the catalogue has it. */
export type Shape =
  | { shape: "Ellipse"; u: number; v: number; width: number; height: number | null }
  | { shape: "Lens"; u: number; v: number; width: number; height: number }
  | { shape: "Polygon"; corners: readonly (readonly number[])[] }
  | { shape: "Mirrored"; of: Shape }
  | { shape: "Union"; shapes: readonly Shape[] }
  | { shape: "Intersection"; first: Shape; second: Shape }
  | { shape: "Difference"; of: Shape; hole: Shape };

export type Distance = (u: number, v: number) => number;

/** The function that gives the signed distance of a place. */
export function distanceOf(shape: Shape): Distance {
  switch (shape.shape) {
    case "Ellipse":
      return shape.height === null
        ? disc(shape.u, shape.v, shape.width / 2)
        : ellipse(shape.u, shape.v, shape.width / 2, shape.height / 2);
    case "Lens": {
      const [a, b] = [shape.width / 2, shape.height / 2];
      const away = (b * b - a * a) / (2 * a);
      const radius = a + away;
      return (u, v) => {
        const x = Math.abs(u - shape.u) + away;
        const y = v - shape.v;
        return Math.sqrt(x * x + y * y) - radius;
      };
    }
    case "Polygon":
      return polygon(shape.corners);
    case "Mirrored": {
      const half = distanceOf(shape.of);
      return (u, v) => half(Math.abs(u), v);
    }
    case "Union": {
      const parts = shape.shapes.map(distanceOf);
      return (u, v) => {
        let nearest = parts[0]!(u, v);
        for (let i = 1; i < parts.length; i++) nearest = Math.min(nearest, parts[i]!(u, v));
        return nearest;
      };
    }
    case "Intersection": {
      const [first, second] = [distanceOf(shape.first), distanceOf(shape.second)];
      return (u, v) => Math.max(first(u, v), second(u, v));
    }
    case "Difference": {
      const [whole, hole] = [distanceOf(shape.of), distanceOf(shape.hole)];
      return (u, v) => Math.max(whole(u, v), -hole(u, v));
    }
  }
}

function disc(centreU: number, centreV: number, radius: number): Distance {
  return (u, v) => {
    const x = u - centreU;
    const y = v - centreV;
    return Math.sqrt(x * x + y * y) - radius;
  };
}

/** First-order: f / |∇f| (Taubin, 1991). */
function ellipse(centreU: number, centreV: number, a: number, b: number): Distance {
  return (u, v) => {
    let x = (u - centreU) / a;
    let y = (v - centreV) / b;
    const radius = Math.sqrt(x * x + y * y);
    x /= a;
    y /= b;
    // The gradient vanishes in the centre, where any negative number does.
    return (radius * (radius - 1)) / Math.max(Math.sqrt(x * x + y * y), 1e-9);
  };
}

/** The largest of the signed distances to the sides' lines. */
function polygon(corners: readonly (readonly number[])[]): Distance {
  const sides = new Float64Array(3 * corners.length);
  corners.forEach((corner, i) => {
    const [u0, v0] = [corner[0]!, corner[1]!];
    const following = corners[(i + 1) % corners.length]!;
    const [u1, v1] = [following[0]!, following[1]!];
    const length = Math.sqrt((u1 - u0) * (u1 - u0) + (v1 - v0) * (v1 - v0));
    const [normalU, normalV] = [(v1 - v0) / length, (u0 - u1) / length];
    sides.set([normalU, normalV, normalU * u0 + normalV * v0], 3 * i);
  });
  return (u, v) => {
    let furthest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < sides.length; i += 3) {
      const side = u * sides[i]! + v * sides[i + 1]! - sides[i + 2]!;
      if (side > furthest) furthest = side;
    }
    return furthest;
  };
}

const ON_THE_OUTLINE = 1e-6;
const POINTS_AROUND = 72;
const HALVINGS = 20;

/** Points of the outline whose hull is that of the shape. */
export function* boundary(shape: Shape): Generator<Point> {
  switch (shape.shape) {
    case "Ellipse": {
      const [a, b] = [shape.width / 2, (shape.height ?? shape.width) / 2];
      for (let k = 0; k < POINTS_AROUND; k++) {
        const [cosine, sine] = cosineSine((360 / POINTS_AROUND) * k);
        yield [shape.u + a * cosine, shape.v + b * sine];
      }
      break;
    }
    case "Lens": {
      const [a, b] = [shape.width / 2, shape.height / 2];
      const away = (b * b - a * a) / (2 * a);
      const radius = a + away;
      const steps = POINTS_AROUND / 4;
      for (let k = -steps; k <= steps; k++) {
        const y = (b * k) / steps;
        const x = Math.max(Math.sqrt(radius * radius - y * y) - away, 0);
        yield [shape.u + x, shape.v + y];
        yield [shape.u - x, shape.v + y];
      }
      break;
    }
    case "Polygon":
      for (const corner of shape.corners) yield [corner[0]!, corner[1]!];
      break;
    case "Mirrored":
      for (const [u, v] of boundary(shape.of)) {
        if (u < 0) continue;
        yield [u, v];
        yield [-u, v];
      }
      break;
    case "Union":
      for (const part of shape.shapes) yield* boundary(part);
      break;
    case "Intersection":
      yield* inside(shape.first, shape.second);
      yield* inside(shape.second, shape.first);
      break;
    case "Difference":
      yield* boundary(shape.of);
  }
}

/** The boundary points of one shape in another, and where its outline enters or leaves. */
function* inside(pointsOf: Shape, shape: Shape): Generator<Point> {
  const distance = distanceOf(shape);
  const contains = ([u, v]: Point) => distance(u, v) <= ON_THE_OUTLINE;
  let before: Point | null = null;
  let wasInside = false;
  for (const point of boundary(pointsOf)) {
    const isInside = contains(point);
    if (before !== null && isInside !== wasInside) {
      yield wasInside ? crossing(contains, before, point) : crossing(contains, point, before);
    }
    if (isInside) yield point;
    [before, wasInside] = [point, isInside];
  }
}

/** Where a straight line leaves a shape, by bisection. */
function crossing(contains: (point: Point) => boolean, inner: Point, outer: Point): Point {
  let [within, beyond] = [inner, outer];
  for (let i = 0; i < HALVINGS; i++) {
    const middle: Point = [(within[0] + beyond[0]) / 2, (within[1] + beyond[1]) / 2];
    if (contains(middle)) within = middle;
    else beyond = middle;
  }
  return within;
}
