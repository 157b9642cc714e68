"""Three photographs, 64 by 64: small enough for a page, large enough to be recognised.

Each pixel is the mean of a square block of the photograph, rounded. All three come as PNG files, so
that every decoder gives the same bytes.
"""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from course_lib.datasets.photographs import load_photograph_bytes

SIDE = 64
"""Pixels along an edge."""

# The square that is taken: top, left and side, in pixels of the photograph; the side is a multiple
# of 64.
_SQUARES = {
    "camera": (0, 0, 512),
    "astronaut": (0, 0, 512),
    "coffee": (16, 100, 384),
}

THUMBNAILS: tuple[str, ...] = tuple(_SQUARES)
"""Their names; ``PHOTOGRAPHS`` says what each shows, and whose it is."""


@lru_cache(maxsize=len(_SQUARES))
def _thumbnail(name: str) -> Tensor:
    top, left, side = _SQUARES[name]
    block = side // SIDE
    square = load_photograph_bytes(name)[:, top : top + side, left : left + side]
    blocks = square.to(torch.int64).reshape(3, SIDE, block, SIDE, block)
    count = block * block
    return ((blocks.sum(dim=(2, 4)) + count // 2) // count).to(torch.uint8)


def load_thumbnail(name: str) -> Tensor:
    """Return a small photograph as bytes.

    Parameters
    ----------
    name : str
        One of ``THUMBNAILS``.

    Returns
    -------
    image : Tensor, shape (3, 64, 64), uint8
        Red, green and blue; three times the same where the photograph is grey.

    Raises
    ------
    ValueError
        If there is none of this name.
    FileNotFoundError, OSError
        As `load_photograph_bytes`.
    """
    if name not in _SQUARES:
        raise ValueError(f"name={name!r}: expected one of {', '.join(THUMBNAILS)}")
    return _thumbnail(name).clone()


def grey_bytes(image: Tensor) -> Tensor:
    """Return a colour image in grey: 0.299 red, 0.587 green and 0.114 blue, rounded.

    Parameters
    ----------
    image : Tensor, shape (3, H, W), uint8

    Returns
    -------
    grey : Tensor, shape (H, W), uint8

    Raises
    ------
    ValueError
        If there are not three channels.
    """
    if image.ndim != 3 or image.shape[0] != 3:
        raise ValueError(f"image has shape {tuple(image.shape)}: expected (3, H, W)")
    red, green, blue = image.to(torch.int64)
    grey: Tensor = (299 * red + 587 * green + 114 * blue + 500) // 1000
    return grey.to(torch.uint8)
