"""Textures: how much of a second colour stands at each place of an object.

Each is a function of the place alone, with edges that are as soft as a pixel is wide, so that a
texture looks the same at every size and fades where it is too fine to be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_lib.datasets.scenes.chance import cosine_sine
from course_lib.datasets.scenes.noise import Array, hashed, value_noise


@dataclass(frozen=True)
class Texture:
    """The parameters of a texture.

    Parameters
    ----------
    family : str
        One of ``FAMILIES``.
    frequency : float
        Repetitions over the length of the object.
    angle : float
        Degrees clockwise, relative to the object; on a dial, the hour hand's.
    share : float
        About how much of the surface the second colour takes, in (0, 1).
    seed : int
        Of the hash that scatters spots and blotches; from 0 to 2³² − 1.
    """

    family: str
    frequency: float
    angle: float
    share: float
    seed: int


def texture_cover(texture: Texture, u: Array, v: Array, pixel: float) -> Array:
    """Return how much of the second colour stands at each place.

    Parameters
    ----------
    texture : Texture
    u, v : arrays of one shape
        Places, in units of the object.
    pixel : float
        The width of a pixel in the same unit.

    Returns
    -------
    cover : array of the same shape, in [0, 1]
    """
    cosine, sine = cosine_sine(texture.angle)
    f = texture.frequency
    along, across = (u * cosine + v * sine) * f, (v * cosine - u * sine) * f
    return FAMILIES[texture.family](along, across, texture, pixel * f)


def soft_step(x: Array, width: float | Array) -> Array:
    """Return 0 for x well below 0, 1 well above, and a ramp of the given width between."""
    ramp = x / width
    ramp += 0.5
    # Twice as fast as np.clip on arrays as small as an object.
    np.maximum(ramp, 0.0, out=ramp)
    return np.minimum(ramp, 1.0, out=ramp)


# Below, x and y count repetitions, and w is the width of a pixel in them.


def _triangle(x: Array) -> Array:
    """Return a wave that is 1 at whole numbers, 0 half way between, and straight in between."""
    return np.abs(2 * (x - np.floor(x)) - 1)


def _cell(x: Array) -> Array:
    """Return the place within a cell, from −½ to ½."""
    return x - np.floor(x) - 0.5


def _staggered(x: Array, y: Array) -> Array:
    """Return x with every other row moved by half a cell."""
    rows = np.floor(y)
    moved: Array = x + 0.5 * (rows - 2 * np.floor(rows / 2))
    return moved


def _stripes(x: Array, y: Array, t: Texture, w: float) -> Array:
    return soft_step(_triangle(x) - (1 - t.share), 2 * w)


def _checks(x: Array, y: Array, t: Texture, w: float) -> Array:
    columns = soft_step(_triangle(x / 1.5) - 0.5, 2 * w)
    rows = soft_step(_triangle(y / 1.5) - 0.5, 2 * w)
    return columns + rows - 2 * columns * rows


def _waves(x: Array, y: Array, t: Texture, w: float) -> Array:
    sway = _triangle(x / 2)
    sway *= sway * (3 - 2 * sway)
    return _stripes(y + 0.7 * sway, x, t, 1.5 * w)


def _spots(x: Array, y: Array, t: Texture, w: float) -> Array:
    shifted = _staggered(x, y)
    column, row = np.floor(shifted).astype(np.int64), np.floor(y).astype(np.int64)
    chance = hashed(column, row, t.seed)
    # One hash serves twice: its upper digits set the radius, what follows them the place.
    place = chance * 16 - np.floor(chance * 16)
    radius = 0.2 + 0.2 * t.share + 0.1 * chance
    p, q = _cell(shifted) + 0.16 * (place - 0.5), _cell(y) + 0.16 * (chance - 0.5)
    return soft_step(radius - np.sqrt(p * p + q * q), w)


def _seeds(x: Array, y: Array, t: Texture, w: float) -> Array:
    p, q = _cell(_staggered(x, y)), _cell(y)
    return soft_step(0.12 + 0.14 * t.share - np.sqrt(2.5 * p * p + q * q), w)


def _scales(x: Array, y: Array, t: Texture, w: float) -> Array:
    p, q = np.abs(_cell(_staggered(x, y))), _cell(y)
    # A line is thick, so it reaches into the rows above and below, where scales stand between.
    between = 0.5 - p
    own = _arc(p, q - 0.5)
    near = np.minimum(_arc(between, q + 0.5), _arc(between, q - 1.5))
    return soft_step(0.05 + 0.16 * t.share - np.minimum(own, near), w)


def _arc(p: Array, q: Array) -> Array:
    """Return the distance to the parabola q = −4p², first-order."""
    distance: Array = np.abs(q + 4 * p * p) / np.sqrt(1 + 64 * p * p)
    return distance


def _bricks(x: Array, y: Array, t: Texture, w: float) -> Array:
    p, q = _cell(_staggered(x / 2, y)), _cell(y)
    to_joint = np.minimum((0.5 - np.abs(p)) * 2, 0.5 - np.abs(q))
    return soft_step(0.05 + 0.16 * t.share - to_joint, w)


def _gores(x: Array, y: Array, t: Texture, w: float) -> Array:
    # On a ball of diameter f seen from the side, meridians meet in the poles.
    half = t.frequency / 2
    chord = np.sqrt(np.maximum(half * half - y * y, 0.04 * half))
    longitude = x / chord
    longitude += 0.25 * longitude * longitude * longitude
    turns = longitude * (t.frequency / 4) + 0.25
    return soft_step(_triangle(turns) - (1 - t.share), np.maximum(w / chord, 2 * w / half) * half)


def _veins(x: Array, y: Array, t: Texture, w: float) -> Array:
    beside = np.abs(x)
    middle = soft_step(0.025 * t.frequency - beside, w)
    sides = soft_step(_triangle(y + 0.9 * beside) - (1 - 0.5 * t.share), 2.7 * w)
    return np.maximum(middle, sides)


def _dial(x: Array, y: Array, t: Texture, w: float) -> Array:
    f = t.frequency
    cosine, sine = cosine_sine(t.angle)
    # The dial stands still: back to the object's own axes, where only the hands are turned.
    u, v = (x * cosine - y * sine) / f, (x * sine + y * cosine) / f
    hour = _hand(u, v, t.angle, 0.2, 0.034)
    minute = _hand(u, v, 12 * t.angle, 0.31, 0.022)
    p, q = np.abs(u), np.abs(v)
    p, q = np.maximum(p, q), np.minimum(p, q)
    quarter = np.sqrt((p - 0.35) * (p - 0.35) + q * q) - 0.034
    others = np.sqrt((p - 0.35 * _COS_30) ** 2 + (q - 0.175) ** 2) - 0.02
    marks = np.minimum(np.minimum(quarter, others), np.minimum(hour, minute))
    return soft_step(-marks, w / f)


_COS_30 = 0.8660254037844386


def _hand(u: Array, v: Array, angle: float, length: float, half_width: float) -> Array:
    """Return the distance to a clock's hand; 0° points up."""
    cosine, sine = cosine_sine(angle)
    along = np.clip(u * sine - v * cosine, 0.0, length)
    p, q = u - along * sine, v + along * cosine
    return np.sqrt(p * p + q * q) - half_width


def _blotches(x: Array, y: Array, t: Texture, w: float) -> Array:
    noise = 0.7 * value_noise(x, y, t.seed) + 0.3 * value_noise(2 * x, 2 * y, t.seed ^ 1)
    # The slope of this noise is about 1, and its values crowd around ½.
    return soft_step(noise - (0.75 - 0.5 * t.share), w + 0.04)


FAMILIES: dict[str, Callable[[Array, Array, Texture, float], Array]] = {
    "stripes": _stripes,
    "checks": _checks,
    "waves": _waves,
    "spots": _spots,
    "seeds": _seeds,
    "scales": _scales,
    "bricks": _bricks,
    "gores": _gores,
    "veins": _veins,
    "dial": _dial,
    "blotches": _blotches,
}
"""Every texture family by name."""
