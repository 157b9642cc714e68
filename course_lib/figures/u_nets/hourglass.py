"""One hourglass of the stack of 2016: skips that add, and the same width at every level."""

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


@cache
def _shapes(stacks: int, width: int) -> tuple[tuple[Level, ...], Shape, Shape, int]:
    """Return the levels, the bottom, the heat maps and the parameters of the stack."""
    from course_lib.networks import build, summarise

    if not 1 <= stacks <= 8:
        raise ValueError(f"stacks={stacks}: expected from 1 to 8")
    network = build("stacked-hourglass", device="meta", stacks=stacks, width=width)
    layers = summarise(network, (3, 256, 256))
    shape = {layer.name: layer.output_shape for layer in layers}
    levels = []
    inside = "stacks.0.0"
    while f"{inside}.add" in shape and f"{inside}.pool" in shape:
        levels.append(Level(shape[f"{inside}.skip.add"], shape[f"{inside}.add"]))
        inside += ".inner"
    bottom = shape[f"{inside}.add"]
    return tuple(levels), bottom, shape["heads.0"], sum(layer.parameters for layer in layers)


def _alt(stacks: int, width: int) -> str:
    levels, bottom, maps, parameters = _shapes(stacks, width)
    return (
        f"One hourglass. Down on the left, up on the right, a level a row, channels by height by "
        f"width: {said(levels)}; at the bottom {spelt(bottom)}. At each level an arrow leads "
        "across and is added to what comes from below, so both have the same shape. "
        f"{spelt(maps)} heat maps come out. {stacks} of them, one after the other, have "
        f"{parameters:,} parameters."
    )


@figure(
    "u-nets/hourglass",
    title="An hourglass, level by level",
    slide="U-Nets and hourglass networks",
    alt=_alt,
)
def hourglass(stacks: int = 8, width: int = 256) -> Figure:
    """Draw one hourglass with the shapes that torch gives it, and count the stack.

    Parameters
    ----------
    stacks : int, 1 to 8
    width : int
        Channels, a multiple of 4.
    """
    levels, bottom, maps, parameters = _shapes(stacks, width)
    tall = height_of(levels)
    canvas = Canvas(COLUMN, tall + 30)
    draw_down_and_up(
        canvas, levels, [bottom], "add", titles=("residual, max-pool", "duplicate, add")
    )
    words = f"{stacks} of them: {parameters / 1e6:.1f} million"
    canvas.text(0, tall + 16, words, "kernel-text", size=SMALL, anchor="start", bold=True)
    words = f"maps: {spelt(maps)}"
    canvas.text(COLUMN, tall + 16, words, "output", size=SMALL, anchor="end", bold=True)
    return canvas.figure
