"""Draws a description at any size: image, masks and boxes.

Every operation is + − × ÷ √, a comparison or a rounding to a whole number, in double precision and
in an order that is written out: IEEE 754 leaves no choice for the result, so that another language
draws the same scene.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from course_lib.datasets.scenes.backgrounds import sampled
from course_lib.datasets.scenes.chance import cosine_sine
from course_lib.datasets.scenes.description import Description, SceneObject
from course_lib.datasets.scenes.kinds import KINDS, SLOTS
from course_lib.datasets.scenes.noise import Array, value_noise
from course_lib.datasets.scenes.textures import soft_step, texture_cover

SMALLEST, LARGEST = 16, 4096
"""The sizes that `render` draws, in pixels."""

Flags = NDArray[np.bool_]

_INK_WIDTH = 0.022
_SHADE = 0.28
_GRAIN = 0.16
_GRAIN_FREQUENCY = 4.0


@dataclass(frozen=True)
class Rendered:
    """A scene in pixels. N is the number of objects, from the lowest to the highest.

    Parameters
    ----------
    image : Tensor, shape (3, H, W)
        RGB: uint8 from 0 to 255, or float32 from 0 to 1.
    mask : Tensor of int64, shape (H, W)
        Of each pixel the class of the highest object there, plus 1; 0 is the background.
    instances : Tensor of uint8, shape (H, W)
        Of each pixel the highest object there, counted from 1; 0 is the background.
    visible, whole : Tensor of bool, shape (N, H, W)
        Of each object what is seen, and all of it as if nothing stood before it.
    labels : Tensor of int64, shape (N,)
        Places in ``CLASSES``.
    boxes, visible_boxes : Tensor of float32, shape (N, 4)
        x₁, y₁, x₂, y₂ in pixels, of the whole object and of what is seen of it. They are the
        extent of the mask: x₁ is the left edge of its first column, x₂ the right edge of its last.
        Where a mask is empty, all four are 0.
    """

    image: Tensor
    mask: Tensor
    instances: Tensor
    visible: Tensor
    whole: Tensor
    labels: Tensor
    boxes: Tensor
    visible_boxes: Tensor


@dataclass(frozen=True)
class _Window:
    """The pixels that an object may touch, and where they lie in its own units."""

    rows: slice
    columns: slice
    u: Array
    v: Array
    screen_u: Array
    screen_v: Array


def render(
    description: Description, size: int = 96, *, dtype: torch.dtype = torch.uint8
) -> Rendered:
    """Draw a scene.

    Parameters
    ----------
    description : Description
    size : int
        Pixels of each side, from 16 to 4096.
    dtype : torch.dtype
        ``torch.uint8`` for an image from 0 to 255; ``torch.float32`` for the same divided by 255.

    Returns
    -------
    rendered : Rendered

    Raises
    ------
    TypeError, ValueError
        If the size or the dtype is none of these.
    """
    check_size(size)
    check_dtype(dtype)
    cut = description.background
    canvas = sampled(cut.photograph, cut.left, cut.top, cut.side, size)
    if cut.mirrored:
        canvas = np.ascontiguousarray(canvas[:, :, ::-1])
    count = len(description.objects)
    whole = np.zeros((count, size, size), dtype=np.bool_)
    owner = np.zeros((size, size), dtype=np.uint8)
    for index, item in enumerate(description.objects):
        _draw(item, canvas, whole[index], size)
        owner[whole[index]] = index + 1
    visible = owner == np.arange(1, count + 1, dtype=np.uint8)[:, None, None]
    labels = np.array([item.label for item in description.objects], dtype=np.int64)

    image = torch.from_numpy(np.floor(canvas + 0.5).astype(np.uint8))
    return Rendered(
        image=image if dtype == torch.uint8 else image / 255,
        mask=torch.from_numpy(np.concatenate([[0], labels + 1])[owner]),
        instances=torch.from_numpy(owner),
        visible=torch.from_numpy(visible),
        whole=torch.from_numpy(whole),
        labels=torch.from_numpy(labels),
        boxes=torch.from_numpy(_extents(whole)),
        visible_boxes=torch.from_numpy(_extents(visible)),
    )


def outline_mask(item: SceneObject, size: int) -> Flags:
    """Return which pixels have their centre inside the outline of an object, or on it.

    Parameters
    ----------
    item : SceneObject
    size : int
        Pixels of each side of the image.

    Returns
    -------
    mask : bool array, shape (size, size)
    """
    mask = np.zeros((size, size), dtype=np.bool_)
    window = _window(item, size)
    if window is not None:
        distance = KINDS[item.class_name].outline.distance(window.u, window.v)
        mask[window.rows, window.columns] = distance <= 0
    return mask


@cache
def hull(class_name: str) -> Array:
    """Return points around the outline of a class, in its own units: shape (2, P), u and v."""
    return np.array(list(KINDS[class_name].outline.boundary())).T


@lru_cache(maxsize=1024)
def extent(class_name: str, angle: float, mirrored: bool) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a turned object about its origin, in its own units."""
    u, v = hull(class_name)
    cosine, sine = cosine_sine(angle)
    u = -u if mirrored else u
    x, y = u * cosine - v * sine, u * sine + v * cosine
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def check_size(size: int) -> None:
    """Raise unless `render` can draw at a size."""
    if isinstance(size, bool) or not isinstance(size, int):
        raise TypeError(f"size={size!r}: expected an int, got {type(size).__name__}")
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(f"size={size}: expected from {SMALLEST} to {LARGEST} pixels")


def check_dtype(dtype: torch.dtype) -> None:
    """Raise unless images come in a dtype."""
    if dtype not in (torch.uint8, torch.float32):
        raise ValueError(f"dtype={dtype}: expected torch.uint8 or torch.float32")


def _window(item: SceneObject, size: int) -> _Window | None:
    """Return the pixels around an object, or None if it stands beyond the image."""
    left, top, right, bottom = extent(item.class_name, item.angle, item.mirrored)
    columns = _span(item.x + left * item.scale, item.x + right * item.scale, size)
    rows = _span(item.y + top * item.scale, item.y + bottom * item.scale, size)
    if columns.start >= columns.stop or rows.start >= rows.stop:
        return None
    x = ((np.arange(columns.start, columns.stop) + 0.5) / size - item.x) / item.scale
    y = ((np.arange(rows.start, rows.stop) + 0.5) / size - item.y) / item.scale
    cosine, sine = cosine_sine(item.angle)
    u = (x * cosine)[None, :] + (y * sine)[:, None]
    v = (y * cosine)[:, None] - (x * sine)[None, :]
    if item.mirrored:
        u = -u
    return _Window(rows, columns, u, v, x, y)


def _span(low: float, high: float, size: int) -> slice:
    """Return the pixels from one end to the other with two more on each side, in the image."""
    start = int(np.floor(low * size)) - 2
    stop = int(np.floor(high * size)) + 3
    return slice(max(start, 0), min(stop, size))


def _draw(item: SceneObject, canvas: Array, whole: Flags, size: int) -> None:
    """Paint one object on the canvas and mark its pixels."""
    window = _window(item, size)
    if window is None:
        return
    kind = KINDS[item.class_name]
    pixel = 1 / (item.scale * size)
    distance = kind.outline.distance(window.u, window.v)
    whole[window.rows, window.columns] = distance <= 0
    # Only what is drawn on is worked on from here: half of the window or less.
    touched = (distance < pixel / 2).ravel().nonzero()[0]
    u, v, distance = window.u.take(touched), window.v.take(touched), distance.take(touched)
    if not len(u):
        return

    colours = {
        slot: np.array(colour, dtype=np.float64)[:, None]
        for slot, colour in zip(SLOTS, item.colours, strict=True)
    }
    paint: Array | None = None
    for layer in kind.layers:
        colour = colours[layer.colour]
        if layer.over is not None:
            cover = texture_cover(item.texture, u, v, pixel)
            colour = colour + (colours[layer.over] - colour) * cover
        if paint is None:
            paint = np.broadcast_to(colour, (3, len(u))).copy()
        elif layer.shape is None:
            paint[:] = colour
        else:
            cover = soft_step(-layer.shape.distance(u, v), pixel)
            inside = cover.nonzero()[0]
            if not len(inside):
                continue
            part = paint.take(inside, axis=1)
            fill = colour.take(inside, axis=1) if layer.over is not None else colour
            change = fill - part
            change *= cover.take(inside)
            part += change
            paint[:, inside] = part
    assert paint is not None

    fall = window.screen_u[None, :] * 0.5 + window.screen_v[:, None]
    grain = value_noise(u * _GRAIN_FREQUENCY, v * _GRAIN_FREQUENCY, item.texture.seed)
    light = (1 - _SHADE * fall.take(touched)) + _GRAIN * (grain - 0.5)
    light *= 1 - item.ink * soft_step(distance + _INK_WIDTH, pixel)
    light *= item.light
    paint *= light
    np.minimum(paint, 255.0, out=paint)

    row, column = np.divmod(touched, len(window.screen_u))
    place = (row + window.rows.start) * size + (column + window.columns.start)
    pixels = canvas.reshape(3, -1)
    beneath = pixels.take(place, axis=1)
    paint -= beneath
    paint *= soft_step(-distance, pixel)
    paint += beneath
    pixels[:, place] = paint


def _extents(masks: Flags) -> NDArray[np.float32]:
    """Return the box of each mask, (0, 0, 0, 0) for an empty one."""
    boxes = np.zeros((len(masks), 4), dtype=np.float32)
    for box, mask in zip(boxes, masks, strict=True):
        y = mask.any(axis=1).nonzero()[0]
        if len(y):
            x = mask[y[0] : y[-1] + 1].any(axis=0).nonzero()[0]
            box[:] = x[0], y[0], x[-1] + 1, y[-1] + 1
    return boxes
