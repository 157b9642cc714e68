"""Held-out scenes as a network sees them: the true outlines, and what it says is inside."""

from __future__ import annotations

from functools import cache
from typing import Any

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas, Point
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.figures.segmentation.class_iou import NAMES, run_of

SIDE = 96
DRAWN = 192.0
GAP = 32.0
ROW = DRAWN + 56.0
SPECK = 30
"""Pixels below which what a network says of a place is not named."""

Outline = list[tuple[float, float]]


@cache
def _scene(network: str, index: int) -> tuple[Any, Any, float]:
    """Return a scene's truth, what the network says, and the mean IoU in per cent."""
    import torch

    from course_lib.datasets import CLASSES, describe, render
    from course_lib.networks import trained_network
    from course_lib.segmentation import confusion_matrix, mean_iou

    if not 0 <= index <= 9999:
        raise ValueError(f"scenes has {index}: expected numbers from 0 to 9999")
    scene = render(describe("test", "segmentation", index), SIDE)
    with torch.inference_mode():
        scores = trained_network(run_of(network).name)(scene.image[None] / 255)
    said = scores[0].argmax(dim=0)
    return scene.mask, said, 100 * mean_iou(confusion_matrix(said, scene.mask, len(CLASSES) + 1))


def _chosen(network: str, scenes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the scenes to draw: those given, or two as they come and the two worst."""
    if scenes != (-1,) and not 1 <= len(scenes) <= 4:
        raise ValueError(f"scenes={list(scenes)}: expected 1 to 4 numbers, or -1")
    worst = run_of(network).failures
    return (3, 4, worst[0].scene, worst[1].scene) if scenes == (-1,) else scenes


def _alt(network: str, scenes: tuple[int, ...]) -> str:
    from course_lib.datasets import CLASSES

    parts = []
    for index in _chosen(network, scenes):
        truth, said, iou = _scene(network, index)
        there, seen = (
            ", ".join(CLASSES[c - 1] for c in _named(mask)) or "nothing" for mask in (truth, said)
        )
        parts.append(f"scene {index}: there is {there}; it sees {seen}; mean IoU {fixed(iou, 1)}")
    return (
        f"Held-out scenes and what the {NAMES[network]} says of them. The outlines are the true "
        "ones, the filled areas what the network calls an object. " + ". ".join(parts) + "."
    )


@figure(
    "segmentation/held-out",
    title="Held-out scenes, and the worst of them",
    slide="Semantic segmentation results",
    alt=_alt,
)
def held_out(network: str = "u-net", scenes: tuple[int, ...] = (-1,)) -> Figure:
    """Draw what a network says of held-out scenes, and what is true.

    Parameters
    ----------
    network : {"encoder-decoder", "u-net", "u-net-without-skips"}
    scenes : 1 to 4 numbers
        Of the test split; -1 takes two as they come and the two worst of the first 2,000.
    """
    chosen = _chosen(network, scenes)
    rows = (len(chosen) + 1) // 2
    canvas = Canvas(COLUMN, rows * ROW + 28)
    canvas.box(0, 6, 14, 12, fill="output", alpha=0.35, radius=1)
    canvas.text(22, 12, "what it says", "output", size=SMALL, anchor="start")
    canvas.lines([[(132, 12), (152, 12)]], "text", width=1.5)
    canvas.text(160, 12, "the truth", size=SMALL, anchor="start")
    for n, index in enumerate(chosen):
        left, top = (DRAWN + GAP) * (n % 2), 36 + ROW * (n // 2)
        truth, said, iou = _scene(network, index)
        canvas.box(left, top, DRAWN, DRAWN, edge="grid", line=1, radius=1)
        _regions(canvas, left, top, said)
        for outline in _outlines(truth):
            canvas.lines([_placed(outline, left, top)], "text", width=1.25)
        y = top + DRAWN + 18
        canvas.text(left, y, f"scene {index}", "muted", size=SMALL, anchor="start")
        words = f"mean IoU {fixed(iou, 0)}"
        canvas.text(left + DRAWN, y, words, "output", size=SMALL, anchor="end")
    return canvas.figure


def _regions(canvas: Canvas, left: float, top: float, said: Any) -> None:
    """Fill what the network calls an object, and write the names."""
    from course_lib.datasets import CLASSES

    for outline in _outlines(said):
        canvas.area(_placed(outline, left, top), "output", alpha=0.35)
    taken: list[tuple[float, float, float]] = []
    scale = DRAWN / SIDE
    for label in _named(said):
        name = CLASSES[label - 1]
        half = 5.2 * len(name)
        row, column = (said == label).nonzero().float().mean(dim=0).tolist()
        x = min(left + DRAWN - half, max(left + half, left + scale * column))
        y = min(top + DRAWN - 12, max(top + 12, top + scale * row))
        places = sorted((y + 20 * step for step in range(-8, 9)), key=lambda at: abs(at - y))
        for at in places:
            inside = top + 10 <= at <= top + DRAWN - 10
            free = all(abs(x - u) >= half + w or abs(at - v) >= 20 for u, v, w in taken)
            if inside and free:
                taken.append((x, at, half))
                canvas.text(x, at, name, size=SMALL, bold=True)
                break


def _named(mask: Any) -> list[int]:
    """Return the classes with more than a speck, the largest first."""
    counts = {int(c): int((mask == c).sum()) for c in mask.unique() if c > 0}
    return sorted((c for c in counts if counts[c] >= SPECK), key=lambda c: -counts[c])


def _placed(outline: Outline, left: float, top: float) -> list[Point]:
    scale = DRAWN / SIDE
    return [(left + scale * x, top + scale * y) for x, y in outline]


def _outlines(mask: Any) -> list[Outline]:
    """Return the outline of each region of each class, specks left out, in pixels of the scene."""
    import numpy as np
    from contourpy import contour_generator

    found: list[Outline] = []
    for label in (int(c) for c in mask.unique() if c > 0):
        inside = np.pad((mask == label).numpy().astype(float), 1)
        places = np.arange(SIDE + 2) - 0.5
        lines: Any = contour_generator(places, places, inside).lines(0.5)
        for line in lines:
            reach = line.max(axis=0) - line.min(axis=0)
            if reach.prod() >= SPECK:
                found.append(_simpler([(float(x), float(y)) for x, y in line]))
    return found


def _simpler(line: Outline, away: float = 0.75) -> Outline:
    """Leave out what lies less than so many pixels off the line (Douglas and Peucker, 1973)."""
    if len(line) < 3:
        return line
    (x0, y0), (x1, y1) = line[0], line[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5

    def off(point: Point) -> float:
        x, y = point[0] - x0, point[1] - y0
        if length == 0:
            return float((x * x + y * y) ** 0.5)
        return float(abs(x * (y1 - y0) - y * (x1 - x0)) / length)

    farthest = max(range(1, len(line) - 1), key=lambda n: off(line[n]))
    if off(line[farthest]) < away:
        return [line[0], line[-1]]
    return [*_simpler(line[: farthest + 1], away)[:-1], *_simpler(line[farthest:], away)]
