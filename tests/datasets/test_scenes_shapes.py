import math

import numpy as np
import pytest
from numpy.typing import NDArray

from course_lib.datasets.scenes.kinds import KINDS
from course_lib.datasets.scenes.shapes import (
    Difference,
    Ellipse,
    Intersection,
    Lens,
    Mirrored,
    Polygon,
    Shape,
    Union,
    box,
)

Array = NDArray[np.float64]

PLACES = np.random.default_rng(0).uniform(-0.8, 0.8, (2, 2000))
TRIANGLE = ((0.0, -0.4), (0.5, 0.3), (-0.3, 0.45))


def inside_by_winding(corners: tuple[tuple[float, float], ...], u: Array, v: Array) -> Array:
    """Tell inside by the angle that the corners sweep: 2π around a point within, 0 without."""
    swept = np.zeros_like(u)
    for (u0, v0), (u1, v1) in zip(corners, corners[1:] + corners[:1], strict=True):
        a, b = np.arctan2(v0 - v, u0 - u), np.arctan2(v1 - v, u1 - u)
        swept += (b - a + math.pi) % (2 * math.pi) - math.pi
    return np.abs(swept) > math.pi


INSIDE = {
    "disc": (Ellipse(0.1, -0.2, 0.7), lambda u, v: np.hypot(u - 0.1, v + 0.2) < 0.35),
    "ellipse": (
        Ellipse(0.1, -0.2, 0.9, 0.4),
        lambda u, v: ((u - 0.1) / 0.45) ** 2 + ((v + 0.2) / 0.2) ** 2 < 1,
    ),
    "polygon": (Polygon(TRIANGLE), lambda u, v: inside_by_winding(TRIANGLE, u, v)),
    "lens": (
        # Half width 0.3, half height 0.4: circles of radius 5/12 about ±7/60.
        Lens(0, 0, 0.6, 0.8),
        lambda u, v: (np.hypot(u - 7 / 60, v) < 5 / 12) & (np.hypot(u + 7 / 60, v) < 5 / 12),
    ),
    "mirrored": (
        Mirrored(Ellipse(0.3, 0, 0.4)),
        lambda u, v: (np.hypot(u - 0.3, v) < 0.2) | (np.hypot(u + 0.3, v) < 0.2),
    ),
    "union": (
        Union((Ellipse(0, 0, 0.5), box(-0.1, 0, 0.1, 0.7))),
        lambda u, v: (np.hypot(u, v) < 0.25) | ((abs(u) < 0.1) & (v > 0) & (v < 0.7)),
    ),
    "intersection": (
        Intersection(Ellipse(0, 0, 0.5), box(-0.1, 0, 0.1, 0.7)),
        lambda u, v: (np.hypot(u, v) < 0.25) & (abs(u) < 0.1) & (v > 0),
    ),
    "difference": (
        Difference(Ellipse(0, 0, 0.5), box(-0.1, 0, 0.1, 0.7)),
        lambda u, v: (np.hypot(u, v) < 0.25) & ~((abs(u) < 0.1) & (v > 0)),
    ),
}


@pytest.mark.parametrize("name", INSIDE)
def test_the_distance_is_negative_exactly_inside(name: str) -> None:
    shape, inside = INSIDE[name]
    u, v = PLACES
    np.testing.assert_array_equal(shape.distance(u, v) < 0, inside(u, v))


@pytest.mark.parametrize("name", ["disc", "ellipse", "polygon", "lens"])
def test_near_the_outline_the_distance_is_that_to_its_nearest_point(name: str) -> None:
    shape: Shape = INSIDE[name][0]
    u, v = PLACES
    # The outline by brute force: where the sign changes along a fine fan of rays.
    angles = np.linspace(0, 2 * math.pi, 1201)
    centre = (0.1, -0.2) if name in ("disc", "ellipse") else (0.0, 0.0)
    low, high = np.zeros_like(angles), np.full_like(angles, 2.0)
    for _ in range(50):
        middle = (low + high) / 2
        x, y = centre[0] + middle * np.cos(angles), centre[1] + middle * np.sin(angles)
        outside = shape.distance(x, y) > 0
        low, high = np.where(outside, low, middle), np.where(outside, middle, high)
    x, y = centre[0] + low * np.cos(angles), centre[1] + low * np.sin(angles)
    nearest = np.hypot(u[:, None] - x, v[:, None] - y).min(axis=1)
    close = (nearest < 0.03) & (shape.distance(u, v) < 0)
    assert close.sum() > 25
    np.testing.assert_allclose(-shape.distance(u, v)[close], nearest[close], rtol=0.12, atol=1e-3)


@pytest.mark.parametrize("name", KINDS)
def test_an_outline_is_as_large_as_its_boundary_says(name: str) -> None:
    outline = KINDS[name].outline
    grid = (np.arange(900) + 0.5) / 900 * 1.2 - 0.6
    u, v = np.meshgrid(grid, grid)
    inside = outline.distance(u, v) <= 0
    points = np.array(list(outline.boundary()))
    for angle in (0, 0.4, -0.5, 2.0):
        across = u[inside] * math.cos(angle) + v[inside] * math.sin(angle)
        hull = points[:, 0] * math.cos(angle) + points[:, 1] * math.sin(angle)
        assert hull.max() == pytest.approx(across.max(), abs=3e-3)
        assert hull.min() == pytest.approx(across.min(), abs=3e-3)


@pytest.mark.parametrize("name", KINDS)
def test_every_object_is_about_one_across_and_centred(name: str) -> None:
    points = np.array(list(KINDS[name].outline.boundary()))
    low, high = points.min(axis=0), points.max(axis=0)
    assert 0.85 < (high - low).max() <= 1.001
    assert abs(low + high).max() / 2 < 0.06


def test_every_polygon_of_the_classes_is_convex_and_runs_clockwise() -> None:
    def polygons(shape: object) -> list[Polygon]:
        if isinstance(shape, Polygon):
            return [shape]
        inner = getattr(shape, "__dict__", {}).values()
        parts = [p for v in inner for p in (v if isinstance(v, tuple) else (v,))]
        return [polygon for part in parts for polygon in polygons(part)]

    found = [p for k in KINDS.values() for s in (k.outline, *k.layers) for p in polygons(s)]
    assert len(found) > 15
    for polygon in found:
        corners = np.array([*polygon.corners, *polygon.corners[:2]])
        steps = np.diff(corners, axis=0)
        turns = steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]
        assert (turns > 0).all(), polygon  # with v downward, clockwise is positive
