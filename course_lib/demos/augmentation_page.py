"""The pictures that the demo of augmentation changes, as its front end reads them.

Written into ``frontend/src/data/augmentation.json`` by ``python -m tests.golden``; a test holds the
two to each other. Two are photographs; three are drawn here from distances to lines and rings.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from typing import Any

import torch
from torch import Tensor

SIDE = 128
"""Pixels along an edge."""

PICTURES = ("cat", "coffee", "six", "letter b", "arrow")

_SQUARES = {"cat": ("chelsea", 4, 116, 256), "coffee": ("coffee", 16, 100, 384)}
"""Photograph, and the square that is taken of it: top, left and side."""

BOXES = {
    "cat": (0.05, 0.1, 0.95, 0.95),
    "coffee": (0.1, 0.15, 0.9, 0.85),
    "six": (0.28, 0.16, 0.72, 0.84),
    "letter b": (0.3, 0.16, 0.72, 0.84),
    "arrow": (0.18, 0.27, 0.82, 0.73),
}
"""Where the object is, in shares of the side: left, top, right, bottom."""

THICK = 0.05  # half the width of a stroke
PAPER, INK = (232.0, 226.0, 210.0), (30.0, 44.0, 78.0)


@cache
def picture(name: str) -> Tensor:
    """Return a picture.

    Parameters
    ----------
    name : str
        One of ``PICTURES``.

    Returns
    -------
    image : Tensor, shape (3, 128, 128), uint8
    """
    return _photograph(name) if name in _SQUARES else _drawing(name)


def _photograph(name: str) -> Tensor:
    from course_lib.datasets import load_photograph_bytes

    source, top, left, side = _SQUARES[name]
    block = side // SIDE
    square = load_photograph_bytes(source)[:, top : top + side, left : left + side]
    blocks = square.to(torch.int64).reshape(3, SIDE, block, SIDE, block)
    count = block * block
    return ((blocks.sum(dim=(2, 4)) + count // 2) // count).to(torch.uint8)


def _drawing(name: str) -> Tensor:
    """Draw strokes: a pixel's ink falls off over one pixel at the edge of the nearest."""
    at = (torch.arange(SIDE, dtype=torch.float64) + 0.5) / SIDE
    y, x = torch.meshgrid(at, at, indexing="ij")
    distance = torch.stack(list(_strokes(name, x, y))).amin(dim=0)
    ink = ((THICK - distance) * SIDE + 0.5).clamp(0, 1)
    paper, dark = (torch.tensor(c, dtype=torch.float64).reshape(3, 1, 1) for c in (PAPER, INK))
    return (paper + (dark - paper) * ink).round().to(torch.uint8)


def _strokes(name: str, x: Tensor, y: Tensor) -> list[Tensor]:
    if name == "six":
        below = _ring(x, y, 0.5, 0.62, 0.17)
        # The stem is an arc of a larger ring, from the left of the bowl to the top.
        around = _ring(x, y, 0.68, 0.56, 0.35)
        stem = torch.where((x < 0.56) & (y < 0.6), around, torch.inf)
        tip = ((x - 0.56).square() + (y - 0.231).square()).sqrt()
        return [below, stem, tip]
    if name == "letter b":
        return [_line(x, y, (0.36, 0.21), (0.36, 0.79)), _ring(x, y, 0.53, 0.63, 0.16)]
    return [
        _line(x, y, (0.23, 0.5), (0.76, 0.5)),
        _line(x, y, (0.59, 0.32), (0.77, 0.5)),
        _line(x, y, (0.59, 0.68), (0.77, 0.5)),
    ]


def _ring(x: Tensor, y: Tensor, cx: float, cy: float, radius: float) -> Tensor:
    return (((x - cx).square() + (y - cy).square()).sqrt() - radius).abs()


def _line(x: Tensor, y: Tensor, start: tuple[float, float], end: tuple[float, float]) -> Tensor:
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    along = (((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)).clamp(0, 1)
    return ((x - x0 - along * dx).square() + (y - y0 - along * dy).square()).sqrt()


@cache
def colour_components() -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """Return the principal components of the colours of the course's colour photographs.

    Returns
    -------
    variances : tuple of 3 floats
        Eigenvalues of the covariance of red, green and blue from 0 to 1, the greatest first.
    directions : tuple of 3 tuples of 3 floats
        The eigenvectors, one after the other, each with a positive sum or a positive first entry.
    """
    from course_lib.datasets import PHOTOGRAPHS, load_photograph_bytes

    colours = [
        load_photograph_bytes(name)[:, ::8, ::8].reshape(3, -1).double() / 255
        for name, entry in PHOTOGRAPHS.items()
        if entry.colour and entry.file.endswith(".png")
    ]
    variances, vectors = torch.linalg.eigh(torch.cov(torch.cat(colours, dim=1)))
    columns = [vectors[:, i] for i in (2, 1, 0)]
    signed = [v * (1 if (v[0] if abs(v.sum()) < 0.5 else v.sum()) > 0 else -1) for v in columns]
    return (
        tuple(round(float(v), 6) for v in variances.flip(0)),
        tuple(tuple(round(float(c), 6) for c in v) for v in signed),
    )


def page_data() -> dict[str, Any]:
    """Return the pictures' bytes, channel by channel, their objects' boxes, and the components."""
    variances, directions = colour_components()
    return {
        "side": SIDE,
        "variances": variances,
        "directions": directions,
        "pictures": {
            name: {
                "box": BOXES[name],
                "bytes": b64encode(bytes(picture(name).flatten().tolist())).decode("ascii"),
            }
            for name in PICTURES
        },
    }
