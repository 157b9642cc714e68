"""Downsampling without looking: every other position, whatever stands there."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from course_lib.convolution.checks import check_batch
from course_lib.convolution.counts import check_count, pair


def subsample1d(x: Tensor, step: int = 2) -> Tensor:
    """Return every `step`-th position of a signal: what a stride does to a convolution's output.

    Parameters
    ----------
    x : Tensor, shape (N, C, L)
    step : int

    Returns
    -------
    y : Tensor, shape (N, C, ceil(L / step))
        A view of `x`.

    Raises
    ------
    ValueError
        If `x` has another rank or no channel, or the step is less than 1.

    Notes
    -----
    Slides, "Downsampling"; Prince, *Understanding Deep Learning*, section 10.4.1.
    """
    check_batch(x, dimensions=1)
    check_count("step", step)
    return x[:, :, ::step]


def subsample2d(x: Tensor, step: int | Sequence[int] = 2) -> Tensor:
    """Return every `step`-th row and column of an image; see `subsample1d`.

    Parameters
    ----------
    x : Tensor, shape (N, C, H, W)
    step : int or pair of int

    Returns
    -------
    y : Tensor, shape (N, C, ceil(H / step), ceil(W / step))
        A view of `x`.

    Raises
    ------
    ValueError
        If `x` has another rank or no channel, or a step is less than 1.
    """
    check_batch(x, dimensions=2)
    down, across = pair("step", step)
    check_count("step", min(down, across))
    return x[:, :, ::down, ::across]
