"""The deconvolution network of 2015, level by level."""

from __future__ import annotations

from functools import cache

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.down_and_up import (
    Level,
    Shape,
    draw_down_and_up,
    height_of,
    said,
    spelt,
)
from course_lib.figures.registry import figure

SIZES = (224, 256, 288, 320)
FOOT = 30.0


@cache
def _levels(classes: int, size: int) -> tuple[tuple[Level, ...], tuple[Shape, ...], Shape, int]:
    """Return the levels, the bridge's maps, the output and the parameters."""
    from course_lib.networks import build, summarise

    if not 2 <= classes <= 1000:
        raise ValueError(f"classes={classes}: expected from 2 to 1000")
    if size not in SIZES:
        raise ValueError(f"size={size}: expected one of {', '.join(map(str, SIZES))}")
    network = build("deconvolution-network", device="meta", classes=classes)
    layers = summarise(network, (3, size, size))
    last: dict[str, Shape] = {}
    for layer in layers:
        last[layer.name.rpartition(".")[0]] = layer.output_shape
    depth = sum(name.startswith("encoder.") for name in last)
    levels = tuple(
        Level(last[f"encoder.{n}"], last[f"decoder.{depth - 1 - n}"]) for n in range(depth)
    )
    named = {layer.name: layer.output_shape for layer in layers}
    bridge = (named[f"pools.{depth - 1}"], named["bridge.3"], named["bridge.6"])
    return levels, bridge, named["output"], sum(layer.parameters for layer in layers)


def _alt(classes: int, size: int) -> str:
    levels, bridge, output, parameters = _levels(classes, size)
    return (
        f"The deconvolution network for an image of 3 × {size} × {size}. Down on the left, up on "
        "the right, a level a row, channels by height by width: "
        f"{said(levels)}. At the bottom {', then '.join(spelt(shape) for shape in bridge)}. A "
        "dashed line leads across each level: the positions of the maxima, no values. "
        f"The output has {spelt(output)} scores. {parameters:,} parameters."
    )


@figure(
    "segmentation/encoder-decoder",
    title="An encoder and a decoder",
    slide="Semantic Segmentation (2015)",
    alt=_alt,
)
def encoder_decoder(classes: int = 21, size: int = 224) -> Figure:
    """Draw the deconvolution network with the shapes that torch gives it.

    Parameters
    ----------
    classes : int, 2 to 1000
        With the background.
    size : int
        Pixels of the image's side: 224, 256, 288 or 320.
    """
    levels, bridge, output, parameters = _levels(classes, size)
    tall = height_of(levels)
    canvas = Canvas(COLUMN, tall + FOOT)
    draw_down_and_up(
        canvas,
        levels,
        bridge,
        "positions",
        titles=("convolve, max-pool", "unpool, transposed"),
    )
    canvas.text(
        0,
        tall + 16,
        f"{parameters / 1e6:.0f} million parameters",
        "kernel-text",
        size=SMALL,
        anchor="start",
        bold=True,
    )
    words = f"scores: {spelt(output)}"
    canvas.text(COLUMN, tall + 16, words, "output", size=SMALL, anchor="end", bold=True)
    return canvas.figure
