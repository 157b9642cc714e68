"""Downsampling by the largest value of each window, which keeps where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from course_lib.convolution.checks import check_batch
from course_lib.convolution.pooling_geometry import pooled_length
from course_lib.convolution.pooling_windows import window_reads


class MaxPooled(NamedTuple):
    """What max pooling returns."""

    values: Tensor
    """The largest value of each window."""
    positions: Tensor
    """Where it stood, int64: counted along the signal, or row by row through the image."""


def max_pool1d(
    x: Tensor,
    kernel_size: int,
    *,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> MaxPooled:
    """Return the largest value of each window of a signal, and where it stood.

    Parameters
    ----------
    x : Tensor, shape (N, C, L)
    kernel_size, stride, padding, dilation, ceil_mode
        As for `pooled_length`.

    Returns
    -------
    values, positions : Tensor, shape (N, C, L_out)
        See `max_pool2d`: a signal is pooled as an image of one row.

    Raises
    ------
    ValueError
        If `x` has another rank or no channel, a setting is impossible, or a window reads nothing
        but padding.
    TypeError
        If `x` is no tensor of numbers.
    """
    check_batch(x, dimensions=1)
    stride = kernel_size if stride is None else stride
    pooled_length(
        x.shape[-1],
        kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
        ceil_mode=ceil_mode,
    )
    values, positions = max_pool2d(
        x[:, :, None],
        (1, kernel_size),
        stride=(1, stride),
        padding=(0, padding),
        dilation=(1, dilation),
        ceil_mode=ceil_mode,
    )
    return MaxPooled(values[:, :, 0], positions[:, :, 0])


def max_pool2d(
    x: Tensor,
    kernel_size: int | Sequence[int],
    *,
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
) -> MaxPooled:
    r"""Return the largest value of each window of an image, and where it stood.

    .. math:: y_{b,c,i,j} = \max_{m,n}
              x_{b,\,c,\,i s_h - P_h + m d_h,\, j s_w - P_w + n d_w}

    Positions in the padding do not take part. Of equal values the first counts, row by row, and a
    NaN counts as largest, the last one of several: so it is in torch, whose
    ``max_pool2d(..., return_indices=True)`` this agrees with, gradients and all.

    Parameters
    ----------
    x : Tensor, shape (N, C, H, W)
    kernel_size, stride, padding, dilation : int or pair of int
        As for `pooled_length`, down and across.
    ceil_mode : bool
        As for `pooled_length`.

    Returns
    -------
    values : Tensor, shape (N, C, H_out, W_out)
        The size is `pooled_size`.
    positions : Tensor, shape (N, C, H_out, W_out), int64
        Row times W plus column, in the image without padding: what `max_unpool2d` takes.

    Raises
    ------
    ValueError
        If `x` has another rank or no channel, a setting is impossible, or a window reads nothing
        but padding (which a dilation can bring about; torch then returns minus infinity, with a
        position that need not exist).
    TypeError
        If `x` is no tensor of numbers.

    Notes
    -----
    Slides, "Downsampling"; Prince, *Understanding Deep Learning*, section 10.4.1.
    """
    check_batch(x, dimensions=2)
    _, _, height, width = x.shape
    rows, columns = (
        reads.to(x.device)
        for reads in window_reads(
            (height, width), kernel_size, stride, padding, dilation, ceil_mode
        )
    )

    pooled_shape = (*x.shape[:2], len(rows), len(columns))
    values = x.new_zeros(pooled_shape)
    positions = torch.full(pooled_shape, -1, device=x.device)  # nothing seen yet
    for i in rows.T[:, :, None]:
        for j in columns.T:
            # The next value of every window: i has shape (H_out, 1), j (W_out,).
            inside = (i >= 0) & (i < height) & (j >= 0) & (j < width)
            value = x[:, :, i.clamp(0, height - 1), j.clamp(0, width - 1)]
            larger = (value > values) | value.isnan() | (positions < 0)
            values = torch.where(inside & larger, value, values)
            positions = torch.where(inside & larger, i * width + j, positions)
    if (positions < 0).any():
        raise ValueError(
            f"kernel_size={kernel_size} with dilation={dilation} and padding={padding} has a "
            f"window that reads nothing of the {height} × {width} image: expected less padding or "
            "dilation"
        )
    return MaxPooled(values, positions)
