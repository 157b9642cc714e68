"""Where the windows of a pooling stand."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.convolution.counts import pair
from course_lib.convolution.pooling_geometry import pooled_size


def window_reads(
    size: Sequence[int],
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None,
    padding: int | Sequence[int],
    dilation: int | Sequence[int],
    ceil_mode: bool,
) -> tuple[Tensor, Tensor]:
    """Return the rows and the columns that each window of a pooling reads.

    Parameters
    ----------
    size : pair of int
        Height and width of the image.
    kernel_size, stride, padding, dilation, ceil_mode
        As for `pooled_size`.

    Returns
    -------
    rows : Tensor, shape (H_out, K_h), int64
    columns : Tensor, shape (W_out, K_w), int64
        Positions in the padding are negative, or not less than the size.

    Raises
    ------
    ValueError
        If a setting is impossible, or there is no window.
    """
    counts = pooled_size(
        size,
        kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
        ceil_mode=ceil_mode,
    )
    settings = zip(
        counts,
        pair("kernel_size", kernel_size),
        pair("stride", kernel_size if stride is None else stride),
        pair("padding", padding),
        pair("dilation", dilation),
        strict=True,
    )
    rows, columns = (
        (torch.arange(count) * s - p)[:, None] + torch.arange(size) * d
        for count, size, s, p, d in settings
    )
    return rows, columns
