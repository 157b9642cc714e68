"""Shapes by their distance to the outline: negative inside, zero on it, positive outside.

Lengths are in units of the object, whose outline is about 1 across; u runs to the right and v down.
The distances are exact inside and near the outline, which is where they are used; beyond the
corner of a polygon they are too small (a mitre where the truth is an arc), beyond an ellipse they
are first-order. Union, difference and intersection are minimum and maximum.

The construction is A. Ricci's ("A constructive geometry for computer graphics", The Computer
Journal 16(2), 1973).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import sqrt
from typing import Protocol

import numpy as np

from course_lib.datasets.scenes.chance import cosine_sine
from course_lib.datasets.scenes.noise import Array

Point = tuple[float, float]

_ON_THE_OUTLINE = 1e-6
_POINTS_AROUND = 72
_HALVINGS = 20


class Shape(Protocol):
    """Anything with a distance."""

    def distance(self, u: Array, v: Array) -> Array:
        """Return the signed distance of each place (u, v)."""

    def boundary(self) -> Iterator[Point]:
        """Yield points of the outline whose hull is that of the shape."""


@dataclass(frozen=True)
class Ellipse:
    """An ellipse with upright axes; `height` is left out for a disc."""

    u: float
    v: float
    width: float
    height: float | None = None

    def distance(self, u: Array, v: Array) -> Array:
        """Return the signed distance, first-order for an ellipse: f / |∇f| (Taubin, 1991)."""
        x, y = u - self.u, v - self.v
        a = self.width / 2
        if self.height is None:
            x *= x
            y *= y
            x += y
            root: Array = np.sqrt(x)
            return root - a
        b = self.height / 2
        x /= a
        y /= b
        radius: Array = np.sqrt(x * x + y * y)
        x /= a
        y /= b
        # The gradient vanishes in the centre, where any negative number does.
        slope: Array = np.maximum(np.sqrt(x * x + y * y), 1e-9)
        return radius * (radius - 1) / slope

    def boundary(self) -> Iterator[Point]:
        """Yield points all around."""
        a, b = self.width / 2, (self.width if self.height is None else self.height) / 2
        for k in range(_POINTS_AROUND):
            cosine, sine = cosine_sine(360 / _POINTS_AROUND * k)
            yield self.u + a * cosine, self.v + b * sine


@dataclass(frozen=True)
class Lens:
    """Two arcs that meet in points above and below a centre, as a leaf does."""

    u: float
    v: float
    width: float
    height: float

    def distance(self, u: Array, v: Array) -> Array:
        """Return the signed distance to the nearer arc, carried on beyond the tips."""
        a, b = self.width / 2, self.height / 2
        away = (b * b - a * a) / (2 * a)
        x, y = np.abs(u - self.u) + away, v - self.v
        return np.sqrt(x * x + y * y) - (a + away)

    def boundary(self) -> Iterator[Point]:
        """Yield both tips and points of both arcs."""
        a, b = self.width / 2, self.height / 2
        away = (b * b - a * a) / (2 * a)
        radius = a + away
        steps = _POINTS_AROUND // 4
        for k in range(-steps, steps + 1):
            y = b * k / steps
            x = max(sqrt(radius * radius - y * y) - away, 0.0)
            yield self.u + x, self.v + y
            yield self.u - x, self.v + y


@dataclass(frozen=True)
class Polygon:
    """A convex polygon, its corners listed clockwise as seen on the screen."""

    corners: tuple[Point, ...]

    @cached_property
    def sides(self) -> tuple[tuple[float, float, float], ...]:
        """The outward unit normal of each side, and the side's distance from (0, 0) along it."""
        sides = []
        for (u0, v0), (u1, v1) in pairwise((*self.corners, self.corners[0])):
            length = sqrt((u1 - u0) * (u1 - u0) + (v1 - v0) * (v1 - v0))
            normal_u, normal_v = (v1 - v0) / length, (u0 - u1) / length
            sides.append((normal_u, normal_v, normal_u * u0 + normal_v * v0))
        return tuple(sides)

    def distance(self, u: Array, v: Array) -> Array:
        """Return the largest of the signed distances to the sides' lines."""
        furthest: Array | None = None
        for normal_u, normal_v, offset in self.sides:
            side = u * normal_u
            side += v * normal_v
            side -= offset
            furthest = side if furthest is None else np.maximum(furthest, side, out=furthest)
        assert furthest is not None
        return furthest

    def boundary(self) -> Iterator[Point]:
        """Yield the corners."""
        yield from self.corners


@dataclass(frozen=True)
class Mirrored:
    """A shape and its mirror image about u = 0; the shape is what stands at u ≥ 0."""

    shape: Shape

    def distance(self, u: Array, v: Array) -> Array:
        """Return the signed distance of the half, at |u|."""
        return self.shape.distance(np.abs(u), v)

    def boundary(self) -> Iterator[Point]:
        """Yield the half's points on both sides."""
        for u, v in self.shape.boundary():
            if u >= 0:
                yield u, v
                yield -u, v


@dataclass(frozen=True)
class Union:
    """All that is in one shape or another."""

    shapes: tuple[Shape, ...]

    def distance(self, u: Array, v: Array) -> Array:
        """Return the least of the distances."""
        nearest = self.shapes[0].distance(u, v)
        for shape in self.shapes[1:]:
            np.minimum(nearest, shape.distance(u, v), out=nearest)
        return nearest

    def boundary(self) -> Iterator[Point]:
        """Yield the points of all."""
        for shape in self.shapes:
            yield from shape.boundary()


@dataclass(frozen=True)
class Intersection:
    """What is in both of two shapes."""

    first: Shape
    second: Shape

    def distance(self, u: Array, v: Array) -> Array:
        """Return the larger of the distances."""
        return np.maximum(self.first.distance(u, v), self.second.distance(u, v))

    def boundary(self) -> Iterator[Point]:
        """Yield the points of each that are in the other."""
        yield from _inside(self.first, self.second)
        yield from _inside(self.second, self.first)


@dataclass(frozen=True)
class Difference:
    """What is in one shape and not in another, which leaves the first one's hull as it is."""

    shape: Shape
    hole: Shape

    def distance(self, u: Array, v: Array) -> Array:
        """Return the distance with the hole turned inside out."""
        return np.maximum(self.shape.distance(u, v), -self.hole.distance(u, v))

    def boundary(self) -> Iterator[Point]:
        """Yield the first shape's points."""
        yield from self.shape.boundary()


def box(left: float, top: float, right: float, bottom: float) -> Polygon:
    """Return an upright rectangle."""
    return Polygon(((left, top), (right, top), (right, bottom), (left, bottom)))


def _inside(points_of: Shape, shape: Shape) -> Iterator[Point]:
    """Yield the boundary points of one shape in another, and where its outline enters or leaves."""
    before: Point | None = None
    was_inside = False
    for point in points_of.boundary():
        is_inside = _contains(shape, point)
        if before is not None and is_inside != was_inside:
            yield _crossing(shape, *((before, point) if was_inside else (point, before)))
        if is_inside:
            yield point
        before, was_inside = point, is_inside


def _crossing(shape: Shape, inside: Point, outside: Point) -> Point:
    """Return where a straight line leaves a shape, by bisection."""
    for _ in range(_HALVINGS):
        middle = (inside[0] + outside[0]) / 2, (inside[1] + outside[1]) / 2
        if _contains(shape, middle):
            inside = middle
        else:
            outside = middle
    return inside


def _contains(shape: Shape, point: Point) -> bool:
    u, v = point
    return bool(shape.distance(np.array([u]), np.array([v]))[0] <= _ON_THE_OUTLINE)
