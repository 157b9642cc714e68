"""Upsampling by repeating every value."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.convolution.checks import check_batch
from course_lib.convolution.counts import check_count, pair


def duplicate1d(x: Tensor, factor: int = 2) -> Tensor:
    r"""Return a signal with every value repeated: :math:`y_i = x_{\lfloor i / f \rfloor}`.

    Parameters
    ----------
    x : Tensor, shape (N, C, L)
    factor : int
        How many times each value stands in the output.

    Returns
    -------
    y : Tensor, shape (N, C, factor · L)
        It agrees with ``torch.nn.functional.interpolate(x, scale_factor=factor)``.

    Raises
    ------
    ValueError
        If `x` has another rank or no channel, or the factor is less than 1.

    Notes
    -----
    Slides, "Upsampling"; Prince, *Understanding Deep Learning*, section 10.4.2.
    """
    check_batch(x, dimensions=1)
    check_count("factor", factor)
    return x[:, :, _duplicated(x.shape[-1], factor, x)]


def duplicate2d(x: Tensor, factor: int | Sequence[int] = 2) -> Tensor:
    """Return an image with every row and every column repeated; see `duplicate1d`.

    Parameters
    ----------
    x : Tensor, shape (N, C, H, W)
    factor : int or pair of int
        How many times each row, and each column, stands in the output.

    Returns
    -------
    y : Tensor, shape (N, C, factor · H, factor · W)

    Raises
    ------
    ValueError
        If `x` has another rank or no channel, or a factor is less than 1.
    """
    check_batch(x, dimensions=2)
    down, across = pair("factor", factor)
    check_count("factor", min(down, across))
    rows = _duplicated(x.shape[-2], down, x)
    return x[:, :, rows[:, None], _duplicated(x.shape[-1], across, x)]


def _duplicated(length: int, factor: int, x: Tensor) -> Tensor:
    return torch.arange(factor * length, device=x.device) // factor
