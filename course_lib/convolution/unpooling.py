"""Upsampling by returning each maximum to where it stood."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.convolution.checks import check_batch
from course_lib.convolution.pooling_geometry import unpooled_length, unpooled_size


def max_unpool1d(
    x: Tensor,
    positions: Tensor,
    kernel_size: int,
    *,
    stride: int | None = None,
    padding: int = 0,
    output_size: int | None = None,
) -> Tensor:
    """Return each value to the position where max pooling found it, among zeros.

    Parameters
    ----------
    x, positions : Tensor, shape (N, C, L)
        Values, and what `max_pool1d` said of where they stood.
    kernel_size, stride, padding
        Those of the pooling.
    output_size : int, optional
        Length of the signal that was pooled: the original of `unpooled_length`, which see.

    Returns
    -------
    y : Tensor, shape (N, C, L_out)
        See `max_unpool2d`: a signal is unpooled as an image of one row.

    Raises
    ------
    ValueError
        If shapes do not fit, a setting is impossible, or a position does not exist.
    TypeError
        If an argument is no tensor, or the positions are no int64.
    """
    check_batch(x, dimensions=1)
    _check_positions(positions, x)
    stride = kernel_size if stride is None else stride
    length = unpooled_length(
        x.shape[-1], kernel_size, stride=stride, padding=padding, original=output_size
    )
    return max_unpool2d(
        x[:, :, None],
        positions[:, :, None],
        (1, kernel_size),
        stride=(1, stride),
        padding=(0, padding),
        output_size=(1, length),
    )[:, :, 0]


def max_unpool2d(
    x: Tensor,
    positions: Tensor,
    kernel_size: int | Sequence[int],
    *,
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    output_size: int | Sequence[int] | None = None,
) -> Tensor:
    """Return each value to the position where max pooling found it, among zeros.

    The result agrees with ``torch.nn.functional.max_unpool2d``, and gradients flow through it.
    Windows that overlap may name one position twice; then one of their values stays, which makes
    no difference as long as they are the values that the pooling found.

    Parameters
    ----------
    x, positions : Tensor, shape (N, C, H, W)
        Values, and what `max_pool2d` said of where they stood.
    kernel_size, stride, padding : int or pair of int
        Those of the pooling.
    output_size : int or pair of int, optional
        Size of the image that was pooled: the originals of `unpooled_length`, which see.

    Returns
    -------
    y : Tensor, shape (N, C, H_out, W_out)

    Raises
    ------
    ValueError
        If shapes do not fit, a setting is impossible, or a position does not exist.
    TypeError
        If an argument is no tensor, or the positions are no int64.

    Notes
    -----
    Slides, "Upsampling"; Prince, *Understanding Deep Learning*, section 10.4.2; H. Noh, S. Hong and
    B. Han, "Learning deconvolution network for semantic segmentation", ICCV 2015.
    """
    check_batch(x, dimensions=2)
    _check_positions(positions, x)
    height, width = unpooled_size(
        x.shape[-2:], kernel_size, stride=stride, padding=padding, original=output_size
    )
    if positions.numel() and not (positions.min() >= 0 and positions.max() < height * width):
        raise ValueError(
            f"positions run from {positions.min()} to {positions.max()}: expected them within "
            f"the {height} × {width} output, from 0 to {height * width - 1}"
        )
    empty = x.new_zeros(*x.shape[:2], height * width)
    flat = empty.scatter(-1, positions.flatten(2), x.flatten(2))
    return flat.reshape(*x.shape[:2], height, width)


def _check_positions(positions: Tensor, x: Tensor) -> None:
    if not isinstance(positions, Tensor) or positions.dtype != torch.int64:
        kind = positions.dtype if isinstance(positions, Tensor) else type(positions).__name__
        raise TypeError(f"positions has dtype {kind}: expected torch.int64")
    if positions.shape != x.shape:
        raise ValueError(
            f"positions has shape {tuple(positions.shape)}: expected {tuple(x.shape)}, as x has"
        )
    if positions.device != x.device:
        raise ValueError(f"positions is on {positions.device}: expected {x.device}, where x is")
