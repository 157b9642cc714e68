"""Resampling on the straight lines between neighbouring values."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.convolution.checks import check_batch, check_floating
from course_lib.convolution.counts import check_count, pair


def interpolate_linear(x: Tensor, length: int, *, align_corners: bool = False) -> Tensor:
    r"""Return a signal resampled on straight lines between its neighbouring values.

    Output :math:`i` reads the signal at the position

    .. math:: t_i = \left(i + \tfrac12\right) \frac{L}{L_\text{out}} - \tfrac12
              \qquad\text{or, with aligned corners,}\qquad
              t_i = i \, \frac{L - 1}{L_\text{out} - 1}

    and takes :math:`(1 - f)\, x_k + f\, x_{k+1}`, where :math:`k = \lfloor t_i \rfloor` and
    :math:`f = t_i - k`. The first sees values as the middles of equal cells, and repeats the end
    values beyond them; the second keeps the ends where they are.

    Parameters
    ----------
    x : Tensor, shape (N, C, L), floating point
    length : int
        Number of outputs :math:`L_\text{out}`.
    align_corners : bool
        Which of the two; the names and the values are those of ``torch.nn.functional.interpolate``.

    Returns
    -------
    y : Tensor, shape (N, C, length)

    Raises
    ------
    ValueError
        If `x` has another rank, no channel or no value, or the length is less than 1.
    TypeError
        If `x` is no tensor of floating-point numbers.
    """
    check_batch(x, dimensions=1)
    check_floating("x", x)
    check_count("length", length)
    return _along_last_axis(x, length, align_corners)


def interpolate_bilinear(
    x: Tensor, size: int | Sequence[int], *, align_corners: bool = False
) -> Tensor:
    """Return an image resampled by `interpolate_linear` along every row, then down every column.

    Parameters
    ----------
    x : Tensor, shape (N, C, H, W), floating point
    size : int or pair of int
        Height and width of the output.
    align_corners : bool
        As for `interpolate_linear`.

    Returns
    -------
    y : Tensor, shape (N, C, *size)

    Raises
    ------
    ValueError
        If `x` has another rank, no channel or no pixel, or a size is less than 1.
    TypeError
        If `x` is no tensor of floating-point numbers.

    Notes
    -----
    Slides, "Upsampling"; Prince, *Understanding Deep Learning*, section 10.4.2.
    """
    check_batch(x, dimensions=2)
    check_floating("x", x)
    height, width = pair("size", size)
    check_count("size", min(height, width))
    rows = _along_last_axis(x, width, align_corners)
    return _along_last_axis(rows.mT, height, align_corners).mT


def _along_last_axis(x: Tensor, out_length: int, align_corners: bool) -> Tensor:
    length = x.shape[-1]
    if length < 1:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected at least one value to read")
    # The position is a fraction of whole numbers, so that its floor is never a rounding away.
    i = torch.arange(out_length, device=x.device)
    if align_corners:
        numerator, denominator = i * (length - 1), max(out_length - 1, 1)
    else:
        numerator = ((2 * i + 1) * length - out_length).clamp(min=0)
        denominator = 2 * out_length
    before = numerator // denominator
    after = (before + 1).clamp(max=length - 1)
    fraction = (numerator % denominator).to(x.dtype) / denominator
    return (1 - fraction) * x[..., before] + fraction * x[..., after]
