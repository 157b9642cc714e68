"""Pictures one after another as an animated file: the same input, the same bytes.

An animated PNG or WebP is for pages and newer programs, a GIF for all others. All frames share one
palette, so that no colour changes from frame to frame and files stay small. Each is played a few
times and then rests on its last frame: nothing moves for ever that cannot be stopped (WCAG 2.2.2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

Moving = Literal["apng", "webp", "gif"]
MOVING: tuple[Moving, ...] = get_args(Moving)

Colour = tuple[int, int, int]

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
        settings |= {"format": "PNG", "pnginfo": words, "loop": ROUNDS}
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

    counts: Counter[Colour] = Counter()
    for picture in pictures:
        found: Any = picture.getcolors(picture.width * picture.height)
        for count, colour in found:
            counts[colour] += count
    # Of two that are as frequent the darker goes first, so that the order is always the same.
    there = sorted(counts, key=lambda colour: (-counts[colour], colour))
    palette = np.array(there[:COLOURS])
    nearest = np.zeros((256, 256, 256), np.uint8)
    for colour in there:
        nearest[colour] = ((palette - colour) ** 2).sum(axis=1).argmin()
    reduced = []
    for picture in pictures:
        bands = (np.asarray(band) for band in picture.split())
        reduced.append(Image.fromarray(nearest[tuple(bands)]))
        reduced[-1].putpalette(palette.astype(np.uint8).tobytes())
    return reduced
