"""What a valid U-Net crops from each map before it copies it, to scale."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure
from course_lib.figures.u_nets.shapes import unet_shapes

LARGEST = 148.0
TOP = 44.0


def _alt(size: int) -> str:
    u = unet_shapes(size, 2, "valid")
    pairs = "; ".join(
        f"{level.down[-1]} to {copied[-1]}"
        for level, copied in zip(u.levels, u.copied, strict=True)
    )
    return (
        f"Squares to scale. The image has {size} pixels a side and the output, in its middle, "
        f"{u.output[-1]}. Then the maps of the way down, each with the part in its middle that is "
        f"copied; pixels a side: {pairs}."
    )


@figure(
    "u-nets/cropping",
    title="What is cropped, level by level",
    slide="U-Nets and hourglass networks",
    alt=_alt,
)
def cropping(size: int = 572) -> Figure:
    """Draw the maps of the valid U-Net and what is copied of each.

    Parameters
    ----------
    size : int
        Pixels of the image's side, one that the network takes.
    """
    u = unet_shapes(size, 2, "valid")
    canvas = Canvas(COLUMN, TOP + LARGEST + 176)
    pairs = [(size, u.output[-1])]
    pairs += [
        (level.down[-1], copied[-1]) for level, copied in zip(u.levels, u.copied, strict=True)
    ]
    scale = LARGEST / size
    _nested(canvas, LARGEST / 2, TOP, pairs[0], scale, ("input", "output"))
    x = LARGEST + 36
    canvas.text(LARGEST / 2, 16, "image and output", size=SMALL, bold=True)
    canvas.text(LARGEST + 36, TOP + 20, "What the image shows in", size=SMALL, anchor="start")
    canvas.text(x, TOP + 40, "the border is read, but", size=SMALL, anchor="start")
    canvas.text(x, TOP + 60, "gets no answer:", size=SMALL, anchor="start")
    lost = 100 * (1 - (pairs[0][1] / pairs[0][0]) ** 2)
    words = f"{lost:.0f} % of its pixels"
    canvas.text(x, TOP + 80, words, "output", size=SMALL, anchor="start", bold=True)
    canvas.text(
        0, TOP + LARGEST + 40, "maps, and what is copied", size=SMALL, bold=True, anchor="start"
    )
    base = TOP + LARGEST + 60
    widest = 92.0
    gaps = (COLUMN - 4 * widest) / 3
    for n, pair in enumerate(pairs[1:]):
        middle = widest / 2 + n * (widest + gaps)
        # Each to its own scale, or the smallest would be a dot.
        _nested(canvas, middle, base, pair, 68 / pair[0], ("input", "kernel"))
    return canvas.figure


def _nested(
    canvas: Canvas,
    middle: float,
    top: float,
    pair: tuple[int, int],
    scale: float,
    roles: tuple[str, str],
) -> None:
    """Draw a square, the one in its middle, and the sides of both below."""
    outer, inner = (scale * side for side in pair)
    y = top + outer / 2
    canvas.square(middle, y, outer, fill="paper", edge=roles[0])
    canvas.square(middle, y, inner, fill=roles[1], edge=roles[1], alpha=0.3, dashed=True)
    canvas.text(middle, y, str(pair[1]), "text", size=SMALL, bold=True)
    canvas.text(middle, top + outer + 16, f"of {pair[0]}", "muted", size=SMALL)
