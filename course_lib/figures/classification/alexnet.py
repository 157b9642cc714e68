"""AlexNet's eight layers, and how they were dealt out to two cards."""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

if TYPE_CHECKING:
    from course_lib.networks import LayerSummary


LEFT = 14.0
PITCH = 45.0
MIDDLE = 104.0  # of the blocks
CROSSING = (2, 5, 6, 7)  # layers that read both cards' maps, counted from 0
DENSE = 5  # the first of the dense layers


@cache
def _layers() -> tuple[LayerSummary, ...]:
    """Return the eight layers with weights."""
    from course_lib.networks import build, summarise

    rows = summarise(build("alexnet", device="meta"), (3, 227, 227))
    return tuple(row for row in rows if row.parameters)


def _check(image: int) -> None:
    if image not in (224, 227):
        raise ValueError(f"image={image!r}: expected 224 or 227")


def _shapes(image: int) -> list[tuple[int, int]]:
    """Return channels and side of the input and of each layer's output; side 1 for a vector."""
    shapes = [row.output_shape for row in _layers()]
    return [(3, image), *((s[0], s[-1] if len(s) > 1 else 1) for s in shapes)]


def _alt(image: int) -> str:
    _check(image)
    words = "; ".join(
        f"{channels} channels of {side} × {side}" if side > 1 else f"{channels:,} values"
        for channels, side in _shapes(image)[1:]
    )
    return (
        f"Nine blocks from left to right. The image of 3 × {image} × {image} is tall and thin. Five"
        f" convolutions make blocks that become lower and wider, then three fully-connected layers"
        f" make bars: {words}."
    )


@figure(
    "classification/alexnet",
    title="AlexNet's layers",
    slide="AlexNet (2012)",
    alt=_alt,
)
def alexnet(image: int = 227) -> Figure:
    """Draw the outputs of AlexNet's layers as blocks.

    Parameters
    ----------
    image : int
        Side of the image: 227, or 224 with a padding of 2.
    """
    _check(image)
    canvas = Canvas(COLUMN, 264)
    for n, (channels, side) in enumerate(_shapes(image)):
        x = LEFT + 8 + PITCH * n
        dense = n > DENSE
        height = 7.2 * sqrt(side) if not dense else 1.35 * sqrt(channels)
        width = 1.55 * sqrt(channels) if not dense else 8.0
        role = "input" if n == 0 else "negative" if dense else "kernel"
        canvas.box(
            x - width / 2,
            MIDDLE - height / 2,
            width,
            height,
            fill=role,
            edge=role,
            radius=1.5,
            alpha=0.3,
        )
        canvas.text(x, 182, f"{channels}", size=SMALL)
        canvas.text(x, 204, f"{side}²" if not dense else "–", "muted", size=SMALL)
        if n > 0:
            canvas.text(x, 20, str(n), "muted", size=SMALL)
    canvas.text(0, 232, "above: channels, below: positions", "muted", size=SMALL, anchor="start")
    canvas.text(0, 254, "1 to 5: convolutions", "kernel-text", size=SMALL, anchor="start")
    canvas.text(172, 254, "6 to 8: fully connected", "negative", size=SMALL, anchor="start")
    return canvas.figure


def _alt_split(towers: int) -> str:
    if towers != 2 and towers != 1:
        raise ValueError(f"towers={towers!r}: expected 1 or 2")
    if towers == 1:
        return "One row of 8 layers, each of which reads all maps of the layer before."
    return (
        "Two rows of 8 layers, one a card. Each layer has half its channels in each row. Layers 2,"
        " 4 and 5 read the maps of their own row alone; layers 3, 6, 7 and 8 read both rows, and"
        " lines cross there."
    )


@figure(
    "classification/two-gpus",
    title="AlexNet on two cards",
    slide="AlexNet (2012)",
    alt=_alt_split,
)
def two_gpus(towers: int = 2) -> Figure:
    """Draw who reads whom between the layers on each card.

    Parameters
    ----------
    towers : int
        2, as published; 1 for the whole network on one card.
    """
    _alt_split(towers)
    canvas = Canvas(COLUMN, 212)
    ys = [56.0, 136.0] if towers == 2 else [96.0]
    xs = [76 + 43.0 * n for n in range(8)]
    counts = [channels for channels, _ in _shapes(227)[1:]]
    for card, y in enumerate(ys):
        canvas.text(0, y, f"card {card + 1}", "muted", size=SMALL, anchor="start")
    for n in range(1, 8):
        for i, above in enumerate(ys):
            for j, below in enumerate(ys):
                if i != j and n not in CROSSING:
                    continue
                role = "kernel" if i != j else "muted"
                width = 1.75 if i != j else 1.25
                start, end = (xs[n - 1] + 13, above), (xs[n] - 13, below)
                canvas.lines([[start, end]], role, width=width)
    for n, x in enumerate(xs):
        canvas.text(x, 16, str(n + 1), "muted", size=SMALL)
        for y in ys:
            role = "negative" if n >= DENSE else "kernel"
            canvas.box(x - 12, y - 17, 24, 34, fill="paper", edge=role, radius=3)
            canvas.box(x - 12, y - 17, 24, 34, fill=role, radius=3, alpha=0.25)
        canvas.text(x, 180, f"{counts[n] // towers}", size=SMALL)
    canvas.text(0, 180, "channels", "muted", size=SMALL, anchor="start")
    each = "a card" if towers == 2 else "a layer"
    canvas.text(0, 200, each, "muted", size=SMALL, anchor="start")
    return canvas.figure
