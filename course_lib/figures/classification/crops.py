"""Five crops of one photograph and their mirror images: what AlexNet averages over."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

if TYPE_CHECKING:
    from torch import Tensor


IMAGE = 256
PIXELS = 28  # of a crop in the figure
NAMES = ("top left", "top right", "middle", "low left", "low right")


@cache
def photograph() -> Tensor:
    """Return 256 rows and columns of the photograph of a cat, shape (3, 256, 256)."""
    from course_lib.datasets import load_photograph_bytes

    return load_photograph_bytes("chelsea")[:, 4 : 4 + IMAGE, 116 : 116 + IMAGE]


def _check(crop: int) -> None:
    if not isinstance(crop, int) or not 64 <= crop <= IMAGE:
        raise ValueError(f"crop={crop!r}: expected a whole number from 64 to {IMAGE}")


def _alt(crop: int) -> str:
    _check(crop)
    room = IMAGE - crop
    return (
        f"A photograph of a cat, ten times in two rows: crops of {crop} × {crop} from the four"
        f" corners and the middle of {IMAGE} × {IMAGE}, and below each its mirror image. They"
        f" differ by at most {room} pixels, so they look almost alike."
    )


@figure(
    "classification/ten-crops",
    title="Five crops and their mirror images",
    slide="Details",
    alt=_alt,
)
def ten_crops(crop: int = 224) -> Figure:
    """Draw the five crops of one photograph that are averaged at test time, and their mirrors.

    Parameters
    ----------
    crop : int
        Side of a crop, in an image of 256.
    """
    import torch
    from torch.nn.functional import interpolate

    _check(crop)
    room = IMAGE - crop
    canvas = Canvas(COLUMN, 214)
    offsets = [(0, 0), (0, room), (room // 2, room // 2), (room, 0), (room, room)]
    for n, (name, (top, left)) in enumerate(zip(NAMES, offsets, strict=True)):
        x = 84.0 * n
        part = photograph()[:, top : top + crop, left : left + crop]
        small = interpolate(part[None].float(), (PIXELS, PIXELS), mode="area")[0]
        pixels = small.round().to(torch.uint8).permute(1, 2, 0).numpy()
        canvas.image(x, 24, 78, 78, pixels)
        canvas.image(x, 132, 78, 78, pixels[:, ::-1])
        canvas.text(x, 10, name, "muted", size=SMALL, anchor="start")
    canvas.text(0, 118, "mirrored", "muted", size=SMALL, anchor="start")
    return canvas.figure
