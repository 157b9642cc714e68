"""VGG: many small convolutions in five stages, then three dense layers."""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

if TYPE_CHECKING:
    from course_lib.networks import LayerSummary

DEPTHS = (16, 19)
IMAGE = 224
DENSE = 3
FIRST = 24.0  # from the image to the first convolution, pixels
PITCH = 14.5
APART = 11.0  # between stages
MIDDLE = 108.0


@cache
def _layers(depth: int) -> tuple[LayerSummary, ...]:
    """Return the layers with weights."""
    from course_lib.networks import build, summarise

    if depth not in DEPTHS:
        raise ValueError(f"depth={depth}: expected 16 or 19")
    rows = summarise(build(f"vgg-{depth}", device="meta"), (3, IMAGE, IMAGE))
    return tuple(row for row in rows if row.parameters)


def _stages(depth: int) -> list[tuple[int, int, int]]:
    """Return of each stage how many convolutions it has, their channels and their side."""
    stages: list[tuple[int, int, int]] = []
    for row in _layers(depth)[:-DENSE]:
        channels, side = row.output_shape[0], row.output_shape[-1]
        if stages and stages[-1][2] == side:
            stages[-1] = (stages[-1][0] + 1, channels, side)
        else:
            stages.append((1, channels, side))
    return stages


def _alt(depth: int) -> str:
    said = "; ".join(
        f"{count} convolutions of {channels} channels at {side} × {side}"
        for count, channels, side in _stages(depth)
    )
    dense = ", ".join(f"{row.output_shape[0]:,}" for row in _layers(depth)[-DENSE:])
    total = sum(row.parameters for row in _layers(depth))
    return (
        f"VGG with {depth} layers from left to right, after an image of 3 × {IMAGE} × {IMAGE}: "
        f"{said}. A pooling halves the side after each stage. Then three dense layers of {dense} "
        f"units. {total:,} parameters."
    )


@figure("classification/vgg", title="VGG's layers", slide="VGG (2015)", alt=_alt)
def vgg(depth: int = 19) -> Figure:
    """Draw the outputs of VGG's layers, stage by stage.

    Parameters
    ----------
    depth : {16, 19}
        Layers with weights.
    """
    stages = _stages(depth)
    canvas = Canvas(COLUMN, 268)
    high = 8.4 * sqrt(IMAGE)
    canvas.box(0, MIDDLE - high / 2, 5, high, fill="input", edge="input", radius=1, alpha=0.3)
    x = FIRST
    for count, channels, side in stages:
        high, wide = 8.4 * sqrt(side), 2 + 0.36 * sqrt(channels)
        middle = x + PITCH * (count - 1) / 2
        for n in range(count):
            left = x + PITCH * n - wide / 2
            place = (left, MIDDLE - high / 2, wide, high)
            canvas.box(*place, fill="kernel", edge="kernel", radius=1, alpha=0.3, line=1)
        canvas.text(middle, 20, f"{count}", "kernel-text", size=SMALL, bold=True)
        canvas.text(middle, 192, f"{channels}", size=SMALL)
        canvas.text(middle, 214, f"{side}²", "muted", size=SMALL)
        x += PITCH * (count - 1) + APART + PITCH
    for n, row in enumerate(_layers(depth)[-DENSE:]):
        high = 1.9 * sqrt(row.output_shape[0])
        place = (x + PITCH * n - 3, MIDDLE - high / 2, 6, high)
        canvas.box(*place, fill="negative", edge="negative", radius=1, alpha=0.3, line=1)
    canvas.text(x + PITCH, 20, str(DENSE), "negative", size=SMALL, bold=True)
    canvas.text(
        0, 242, "above: layers; below: channels and positions", "muted", size=SMALL, anchor="start"
    )
    canvas.text(0, 262, "convolutions of 3 × 3", "kernel-text", size=SMALL, anchor="start")
    canvas.text(
        172, 262, "fully connected: 4096, 4096, 1000", "negative", size=SMALL, anchor="start"
    )
    return canvas.figure
