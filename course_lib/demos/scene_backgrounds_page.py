"""The photographs behind the scenes, packed without loss for the page.

Written into ``frontend/src/data/scene-backgrounds.json`` by ``python -m tests.golden``; a test
holds the two to each other. The front end unpacks them in ``frontend/src/core/scene/packed.ts``.

Each plane (green, then red and blue less green; a grey photograph has one) is predicted pixel by
pixel as in LOCO-I (Weinberger, Seroussi, Sapiro, 2000), and what is left is written in Rice codes,
whose parameter depends on how busy the pixels already known are.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAMES = ("astronaut", "coins", "page", "retina", "brick", "camera")
"""Those in the page: all of the test split, and two of training."""

LIMITS = (1, 3, 6, 10, 16, 24, 36, 56, 90, 140, 220)
"""Where one context ends and the next begins."""

Integers = NDArray[np.int64]


def page_data() -> dict[str, Any]:
    """Return each photograph's size, its Rice parameters by plane and context, and its bits."""
    from course_lib.datasets.scenes import background_pixels

    return {
        "limits": LIMITS,
        "photographs": {name: packed(background_pixels(name)) for name in NAMES},
    }


def packed(pixels: NDArray[np.uint8]) -> dict[str, Any]:
    """Return a photograph without loss in few bytes.

    Parameters
    ----------
    pixels : uint8 array, shape (H, W, 3)

    Returns
    -------
    packed : dict
        ``height``, ``width``; ``parameters``, a list a plane of one a context; ``bits``, base 64.
    """
    parameters, bits = [], []
    before: Integers | None = None
    for plane in _planes(pixels.astype(np.int64)):
        left, activity = _predicted(plane)
        if before is not None:
            activity = activity + 2 * np.abs(before)
        context = np.searchsorted(LIMITS, activity.ravel(), side="right")
        # 0, −1, 1, −2, 2 … as 0, 1, 2, 3, 4 …
        values = np.where(left >= 0, 2 * left, -2 * left - 1).ravel()
        chosen = [_parameter(values[context == c]) for c in range(len(LIMITS) + 1)]
        parameters.append(chosen)
        bits.append(_rice(values, np.array(chosen)[context]))
        before = left
    stream = np.packbits(np.concatenate(bits)).tobytes()
    return {
        "height": pixels.shape[0],
        "width": pixels.shape[1],
        "parameters": parameters,
        "bits": b64encode(stream).decode("ascii"),
    }


def _planes(pixels: Integers) -> list[Integers]:
    """Return the one plane of a grey photograph; of a coloured one G, R − G and B − G, mod 256."""
    red, green, blue = (pixels[..., c] for c in range(3))
    if (red == green).all() and (blue == green).all():
        return [green]
    return [green, (red - green + 128) & 255, (blue - green + 128) & 255]


def _predicted(plane: Integers) -> tuple[Integers, Integers]:
    """Return what the prediction leaves, from −128 to 127, and how busy the known pixels are."""
    height, width = plane.shape
    around = np.full((height + 1, width + 2), 128, dtype=np.int64)
    around[1:, 1:-1] = plane
    around[1:, 0] = around[:-1, 1]
    around[:, -1] = around[:, -2]
    west, north = around[1:, :-2], around[:-1, 1:-1]
    north_west, north_east = around[:-1, :-2], around[:-1, 2:]
    low, high = np.minimum(west, north), np.maximum(west, north)
    prediction = np.clip(west + north - north_west, low, high)
    activity = np.abs(west - north_west) + np.abs(north_west - north) + np.abs(north - north_east)
    return ((plane - prediction + 128) & 255) - 128, activity


def _parameter(values: Integers) -> int:
    """Return the Rice parameter that makes values shortest."""
    return min(range(8), key=lambda k: int(((values >> k) + k).sum()))


def _rice(values: Integers, parameter: Integers) -> NDArray[np.uint8]:
    """Return bits: value >> k ones and a zero, then the k lowest bits, highest first."""
    ones = values >> parameter
    starts = np.concatenate([[0], np.cumsum(ones + 1 + parameter)])
    edges = np.zeros(starts[-1] + 1, dtype=np.int64)
    np.add.at(edges, starts[:-1], 1)
    np.add.at(edges, starts[:-1] + ones, -1)
    bits = np.cumsum(edges)[:-1].astype(np.uint8)
    for place in range(int(parameter.max())):
        has = parameter > place
        shift = (parameter - 1 - place)[has]
        bits[(starts[:-1] + ones + 1 + place)[has]] = values[has] >> shift & 1
    return bits
