"""The U-Net of 2015, or one with padding, level by level."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.down_and_up import draw_down_and_up, height_of, said, spelt
from course_lib.figures.registry import figure
from course_lib.figures.u_nets.shapes import unet_shapes

FOOT = 30.0


def _alt(size: int, classes: int, padding: str) -> str:
    u = unet_shapes(size, classes, padding)
    return (
        f"A U-Net for an image of 1 × {size} × {size}. Down on the left, up on the right, a level "
        f"a row, channels by height by width: {said(u.levels)}; at the bottom "
        f"{spelt(u.bottom)}. At each level an arrow copies the map of the way down, "
        f"{', '.join(spelt(shape) for shape in u.copied)}, to the way up, where it is laid "
        f"beside what comes from below. The output has {spelt(u.output)} scores. "
        f"{u.parameters:,} parameters."
    )


@figure(
    "u-nets/u-net",
    title="A U-Net, level by level",
    slide="U-Nets and hourglass networks",
    alt=_alt,
)
def u_net(size: int = 572, classes: int = 2, padding: str = "valid") -> Figure:
    """Draw the published U-Net, or its padded twin, with the shapes that torch gives it.

    Parameters
    ----------
    size : int
        Pixels of the image's side, one that the network takes.
    classes : int, 2 to 1000
    padding : {"valid", "zeros"}
        Published: valid.
    """
    u = unet_shapes(size, classes, padding)
    tall = height_of(u.levels)
    canvas = Canvas(COLUMN, tall + FOOT)
    draw_down_and_up(
        canvas, u.levels, [u.bottom], "concatenate", titles=("convolve, max-pool", "up, convolve")
    )
    words = f"{u.parameters / 1e6:.0f} million parameters"
    canvas.text(0, tall + 16, words, "kernel-text", size=SMALL, anchor="start", bold=True)
    words = f"scores: {spelt(u.output)}"
    canvas.text(COLUMN, tall + 16, words, "output", size=SMALL, anchor="end", bold=True)
    return canvas.figure
