"""Downsampling by the mean of each window."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.convolution.checks import check_batch, check_floating
from course_lib.convolution.counts import pair
from course_lib.convolution.pooling_geometry import pooled_length
from course_lib.convolution.pooling_windows import window_reads


def mean_pool1d(
    x: Tensor,
    kernel_size: int,
    *,
    stride: int | None = None,
    padding: int = 0,
    ceil_mode: bool = False,
    count_padding: bool = True,
) -> Tensor:
    """Return the mean of each window of a signal.

    Parameters
    ----------
    x : Tensor, shape (N, C, L), floating point
    kernel_size, stride, padding, ceil_mode
        As for `pooled_length`.
    count_padding : bool
        As for `mean_pool2d`.

    Returns
    -------
    y : Tensor, shape (N, C, L_out)
        See `mean_pool2d`: a signal is pooled as an image of one row.

    Raises
    ------
    ValueError
        If `x` has another rank or no channel, or a setting is impossible.
    TypeError
        If `x` is no tensor of floating-point numbers.
    """
    check_batch(x, dimensions=1)
    stride = kernel_size if stride is None else stride
    pooled_length(x.shape[-1], kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode)
    return mean_pool2d(
        x[:, :, None],
        (1, kernel_size),
        stride=(1, stride),
        padding=(0, padding),
        ceil_mode=ceil_mode,
        count_padding=count_padding,
    )[:, :, 0]


def mean_pool2d(
    x: Tensor,
    kernel_size: int | Sequence[int],
    *,
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    ceil_mode: bool = False,
    count_padding: bool = True,
) -> Tensor:
    r"""Return the mean of each window of an image.

    .. math:: y_{b,c,i,j} = \frac{1}{K_h K_w} \sum_{m,n}
              x_{b,\,c,\,i s_h - P_h + m,\, j s_w - P_w + n}

    The result agrees with ``torch.nn.functional.avg_pool2d``, and gradients flow through it.

    Parameters
    ----------
    x : Tensor, shape (N, C, H, W), floating point
    kernel_size, stride, padding : int or pair of int
        As for `pooled_length`, down and across.
    ceil_mode : bool
        As for `pooled_length`. What lies beyond the padding is never counted.
    count_padding : bool
        Whether the zeros of the padding count as values, or the mean is that of the image's own.

    Returns
    -------
    y : Tensor, shape (N, C, H_out, W_out)
        The size is `pooled_size`.

    Raises
    ------
    ValueError
        If `x` has another rank or no channel, or a setting is impossible.
    TypeError
        If `x` is no tensor of floating-point numbers.

    Notes
    -----
    Slides, "Downsampling"; Prince, *Understanding Deep Learning*, section 10.4.1.
    """
    check_batch(x, dimensions=2)
    check_floating("x", x)
    _, _, height, width = x.shape
    rows, columns = (
        reads.to(x.device)
        for reads in window_reads((height, width), kernel_size, stride, padding, 1, ceil_mode)
    )
    below, beyond = pair("padding", padding)

    zero = x.new_zeros(())
    total = x.new_zeros(*x.shape[:2], len(rows), len(columns))
    count = x.new_zeros(len(rows), len(columns))
    for i in rows.T[:, :, None]:
        for j in columns.T:
            inside = (i >= 0) & (i < height) & (j >= 0) & (j < width)
            value = x[:, :, i.clamp(0, height - 1), j.clamp(0, width - 1)]
            total = total + torch.where(inside, value, zero)
            counts = (i < height + below) & (j < width + beyond) if count_padding else inside
            count = count + counts
    return total / count
