"""Pictures one after another as an animated file: the same input, the same bytes.

An animated PNG or WebP is for pages and newer programs, a GIF for all others. All frames share one
palette, so that no colour changes from frame to frame and files stay small. Each is played a few
times and then rests on its last frame: nothing moves for ever that cannot be stopped (WCAG 2.2.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Moving = Literal["apng", "webp", "gif"]
MOVING: tuple[Moving, ...] = get_args(Moving)

ROUNDS = 3  # how often a film is played
COLOURS = 255  # a GIF's palette has room for one more: what did not change


def as_moving(
    frames: Sequence[bytes],
    seconds: Sequence[float],
    format: Moving,
    about: Mapping[str, str],
) -> bytes:
    """Return an animated picture.

    Parameters
    ----------
    frames : sequence of bytes
        PNG files of one size, without transparency.
    seconds : sequence of float
        How long each frame stays.
    format : {"apng", "webp", "gif"}
    about : mapping of str to str
        What an animated PNG says of itself.
    """
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    pictures = _with_few_colours([Image.open(BytesIO(frame)).convert("RGB") for frame in frames])
    settings: dict[str, Any] = {"save_all": True}
    settings["duration"] = [round(1000 * time) for time in seconds]
    if format == "apng":
        words = PngInfo()
        for key, text in about.items():
            words.add_itxt(key, text)
        settings |= {"format": "PNG", "pnginfo": words, "loop": ROUNDS, "optimize": True}
    elif format == "webp":
        settings |= {"format": "WEBP", "lossless": True, "loop": ROUNDS}
        settings |= {"quality": 50, "method": 4, "minimize_size": True}
        pictures = [picture.convert("RGB") for picture in pictures]
    else:
        # A GIF counts how often it is played again.
        settings |= {"format": "GIF", "loop": ROUNDS - 1, "optimize": True, "disposal": 1}
    file = BytesIO()
    pictures[0].save(file, append_images=pictures[1:], **settings)
    return file.getvalue()


def _with_few_colours(pictures: Sequence[Image]) -> list[Image]:
    """Return the pictures in the colours that most of their pixels have.

    A drawing has few colours, and the rest are blends at its edges: each takes the nearest.
    """
    from PIL import Image

    packed = [_packed(picture) for picture in pictures]
    counts = np.zeros(1 << 24, np.int64)
    for one in packed:
        counts += np.bincount(one.ravel(), minlength=1 << 24)
    there = np.flatnonzero(counts)
    # Where two are as frequent the smaller number goes first, so that the order is always the same.
    kept = there[np.lexsort((there, -counts[there]))][:COLOURS]
    palette = _split(kept)
    nearest = np.zeros(1 << 24, np.uint8)
    for colour, parts in zip(there, _split(there), strict=True):
        nearest[colour] = ((palette - parts) ** 2).sum(axis=1).argmin()
    reduced = [Image.fromarray(nearest[one]) for one in packed]
    for picture in reduced:
        picture.putpalette(palette.astype(np.uint8).tobytes())
    return reduced


def _packed(picture: Image) -> NDArray[np.int64]:
    """Return each pixel's colour as one number."""
    red, green, blue = (np.asarray(band, np.int64) for band in picture.split())
    return red << 16 | green << 8 | blue


def _split(colours: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the parts of colours that are one number each, shape (N, 3)."""
    return np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
