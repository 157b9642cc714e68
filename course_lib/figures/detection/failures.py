"""Held-out scenes on which a detector fails, drawn as outlines with their boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas, Point
from course_lib.figures.numbers import counted
from course_lib.figures.registry import figure

if TYPE_CHECKING:
    from torch import Tensor

SIDE = 96
PANEL = 192.0
GAP = COLUMN - 2 * PANEL
FOOT = 52.0
SURE = 0.3
"""The least score that is drawn, as in the count of what is missed."""
DETECTOR = "scene-detector-scratch"
SCENES = (85, 189, 1, 39)
"""Test scenes with many mistakes."""
CORNERS = 24
"""About so many corners an outline is drawn with."""


class Said(NamedTuple):
    """A box of the detector, and whether it found an object."""

    box: Sequence[float]
    name: str
    right: bool


class Scene(NamedTuple):
    """What is in a scene, and what the detector says."""

    outlines: list[list[Point]]
    missed: list[tuple[Sequence[float], str]]
    said: list[Said]


def _check(scenes: Sequence[int]) -> None:
    if not 1 <= len(scenes) <= 6 or any(not 0 <= index < 10_000 for index in scenes):
        raise ValueError(f"scenes={list(scenes)}: expected 1 to 6 numbers from 0 to 9,999")


def _look(index: int) -> Scene:
    """Run the detector on a scene and judge each box."""
    import torch

    from course_lib.datasets.scenes import CLASSES, describe, render
    from course_lib.detection import Grid, decode_grid, iou, squash, suppress
    from course_lib.networks import trained_network

    drawn = render(describe("test", "segmentation", index), SIDE, dtype=torch.float32)
    with torch.no_grad():
        output = trained_network(DETECTOR)(drawn.image[None])
    (all_boxes,) = decode_grid(squash(output, Grid(6, 2, 10)), (SIDE, SIDE), Grid(6, 2, 10))
    found = suppress(all_boxes, iou_threshold=0.5, score_threshold=SURE)
    overlaps = iou(found.boxes, drawn.visible_boxes)
    overlaps[found.classes[:, None] != drawn.labels[None]] = 0
    taken: set[int] = set()
    said = []
    for box, label, row in zip(found.boxes.tolist(), found.classes.tolist(), overlaps, strict=True):
        nearest = int(row.argmax()) if len(row) else 0
        right = bool(len(row)) and float(row[nearest]) >= 0.5 and nearest not in taken
        taken |= {nearest} if right else set()
        said.append(Said(box, CLASSES[label], right))
    missed = [
        (box, CLASSES[label])
        for n, (box, label) in enumerate(
            zip(drawn.visible_boxes.tolist(), drawn.labels.tolist(), strict=True)
        )
        if n not in taken
    ]
    return Scene([_outline(mask) for mask in drawn.visible if mask.any()], missed, said)


def _outline(mask: Tensor) -> list[Point]:
    """Return the longest contour of a mask, in pixels, with few corners."""
    import contourpy
    import numpy as np

    padded = np.pad(mask.numpy().astype(float), 1)
    lines: list[Any] = list(contourpy.contour_generator(z=padded).lines(0.5))
    longest = max(lines, key=len)
    step = max(1, len(longest) // CORNERS)
    return [(float(x) - 0.5, float(y) - 0.5) for x, y in longest[::step]]


def _alt(scenes: Sequence[int]) -> str:
    _check(scenes)
    said = []
    for index in scenes:
        scene = _look(index)
        wrong = [one.name for one in scene.said if not one.right]
        parts = [f"{counted(sum(one.right for one in scene.said), 'object')} found"]
        if scene.missed:
            parts.append(f"missed: {', '.join(name for _, name in scene.missed)}")
        if wrong:
            parts.append(f"wrong: {', '.join(wrong)}")
        said.append(f"scene {index}, {'; '.join(parts)}")
    return (
        f"Outlines of the objects of {counted(len(scenes), 'held-out scene')} with the boxes of "
        f"the detector that score at least {SURE}: {'. '.join(said)}."
    )


@figure(
    "detection/failures",
    title="Scenes on which the detector fails",
    slide="Results",
    alt=_alt,
)
def failures(scenes: Sequence[int] = SCENES) -> Figure:
    """Draw scenes with what is found, wrong and missed.

    Parameters
    ----------
    scenes : sequence of int, at most 6
        Numbers of test scenes, 0 to 9,999.
    """
    _check(scenes)
    rows = (len(scenes) + 1) // 2
    canvas = Canvas(COLUMN, 32 + rows * (PANEL + FOOT))
    legend = (("right", "found", False), ("wrong", "wrong", True), ("input", "missed", True))
    for n, (role, words, dashed) in enumerate(legend):
        x = 112.0 * n
        canvas.box(x + 1, 1, 22, 14, edge=role, line=2, dashed=dashed, radius=0.01)
        if role == "wrong":
            canvas.lines([[(x + 1, 15), (x + 23, 1)]], role)
        canvas.text(x + 32, 8, words, role, size=SMALL, anchor="start")
    for n, index in enumerate(scenes):
        left, top = (n % 2) * (PANEL + GAP), 32 + (n // 2) * (PANEL + FOOT)
        _panel(canvas, _look(index), left, top)
        canvas.text(left, top + PANEL + 16, f"scene {index}", "muted", size=SMALL, anchor="start")
    return canvas.figure


def _panel(canvas: Canvas, scene: Scene, left: float, top: float) -> None:
    scale = PANEL / SIDE
    canvas.box(left, top, PANEL, PANEL, edge="grid", line=1, radius=2)
    for outline in scene.outlines:
        canvas.area([(left + x * scale, top + y * scale) for x, y in outline], "input", alpha=0.2)

    def frame(box: Sequence[float], role: str, dashed: bool) -> None:
        x1, y1, x2, y2 = (min(SIDE, max(0.0, n)) * scale for n in box)
        place = (left + x1, top + y1, x2 - x1, y2 - y1)
        canvas.box(*place, edge=role, line=2, dashed=dashed, radius=0.01)
        if role == "wrong":  # struck out, so that it is not told by its colour alone
            canvas.lines([[(left + x1, top + y2), (left + x2, top + y1)]], role)

    for box, _ in scene.missed:
        frame(box, "input", True)
    for one in scene.said:
        frame(one.box, "right" if one.right else "wrong", not one.right)
