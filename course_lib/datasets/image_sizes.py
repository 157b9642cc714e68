"""Cutting and shrinking images, to the same bytes on every machine."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor


def crop(image: Tensor, top: int, left: int, height: int, width: int) -> Tensor:
    """Return a rectangle of an image.

    Parameters
    ----------
    image : Tensor, shape (..., H, W)
    top, left : int
        Row and column of its first pixel.
    height, width : int
        Its size in pixels, at least 1 by 1.

    Returns
    -------
    cropped : Tensor, shape (..., height, width)
        A view.

    Raises
    ------
    ValueError
        If the rectangle is empty or reaches beyond the image.
    """
    rows, columns = _size(image)
    if height < 1 or width < 1:
        raise ValueError(f"height={height}, width={width}: expected at least 1 by 1")
    if top < 0 or left < 0 or top + height > rows or left + width > columns:
        raise ValueError(
            f"top={top}, left={left}, height={height}, width={width}: expected a rectangle within "
            f"the image of {rows} by {columns}"
        )
    return image[..., top : top + height, left : left + width]


def crop_centre(image: Tensor, height: int, width: int) -> Tensor:
    """Return the largest rectangle of given proportions about the middle of an image.

    Parameters
    ----------
    image : Tensor, shape (..., H, W)
    height, width : int
        Only their ratio counts: 1, 1 cuts a square.

    Returns
    -------
    cropped : Tensor, shape (..., h, w)
        A view, as high or as wide as the image. Where the ratio falls between pixels, and where
        the middle does, it is rounded down.

    Raises
    ------
    ValueError
        If the proportions are below 1, or so extreme that less than a pixel would be left.
    """
    rows, columns = _size(image)
    if height < 1 or width < 1:
        raise ValueError(f"height={height}, width={width}: expected at least 1 to 1")
    high = min(rows, columns * height // width)
    wide = min(columns, rows * width // height)
    return crop(image, (rows - high) // 2, (columns - wide) // 2, high, wide)


def resize_area(image: Tensor, height: int, width: int) -> Tensor:
    r"""Return a smaller image, each pixel the mean of the area that it covers in the larger one.

    A pixel that is covered in part counts in part. All weights are whole numbers (an overlap of
    intervals, in units of :math:`1/h` of a pixel), so bytes are summed and rounded exactly, halves
    upward: :math:`\lfloor (2s + n) / 2n \rfloor`.

    Parameters
    ----------
    image : Tensor, shape (..., H, W), uint8 or floating
    height, width : int
        The new size, from 1 by 1 to H by W: this shrinks only.

    Returns
    -------
    resized : Tensor, shape (..., height, width)
        Of the image's dtype. Floating images are summed in double precision.

    Raises
    ------
    TypeError
        If the image is neither uint8 nor floating.
    ValueError
        If the new size is out of range.
    """
    rows, columns = _size(image)
    if image.dtype != torch.uint8 and not image.is_floating_point():
        raise TypeError(f"image has dtype {image.dtype}: expected torch.uint8 or a floating dtype")
    if not (1 <= height <= rows and 1 <= width <= columns):
        raise ValueError(
            f"height={height}, width={width}: expected from 1 by 1 to the image's {rows} by "
            f"{columns}, for an area average only shrinks"
        )
    down = _overlaps(rows, height).to(image.device)  # (h, H), each row summing to H
    across = _overlaps(columns, width).to(image.device)  # (w, W), each row summing to W
    # Whole numbers far below 2**53: exact in double precision, in whatever order they are added.
    total = down @ image.to(torch.float64) @ across.T
    if image.dtype == torch.uint8:
        area = rows * columns
        return ((2 * total.to(torch.int64) + area) // (2 * area)).to(torch.uint8)
    return (total / (rows * columns)).to(image.dtype)


@lru_cache(maxsize=64)
def _overlaps(old: int, new: int) -> Tensor:
    """Return how much of old pixel j lies under new pixel i, in units of 1/new of an old pixel."""
    i = torch.arange(new)[:, None]  # covers i·old to (i+1)·old of these units
    j = torch.arange(old)  # covers j·new to (j+1)·new
    end = torch.minimum((i + 1) * old, (j + 1) * new)
    start = torch.maximum(i * old, j * new)
    return (end - start).clamp(min=0).to(torch.float64)


def _size(image: Tensor) -> tuple[int, int]:
    if image.ndim < 2 or 0 in image.shape:
        raise ValueError(
            f"image has shape {tuple(image.shape)}: expected (..., H, W) and at least one pixel"
        )
    return image.shape[-2], image.shape[-1]
