"""The two-dimensional convolution of tensors, written out so that it can be read."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.convolution.checks import check_layer
from course_lib.convolution.counts import pair
from course_lib.convolution.geometry import kernel_span
from course_lib.convolution.geometry2d import output_size, padding_pair
from course_lib.convolution.one_dimension import pad1d
from course_lib.convolution.padding import padding_amounts, padding_name


def pad2d(
    x: Tensor, vertical: tuple[int, int], horizontal: tuple[int, int], padding: str
) -> Tensor:
    """Return the image with values added on all four sides.

    First every row is padded, then every column of the result: a corner is padding of padding.

    Parameters
    ----------
    x : Tensor, shape (..., H, W)
    vertical : (top, bottom), int
        Numbers of rows to add.
    horizontal : (left, right), int
        Numbers of columns to add.
    padding : str
        One of ``PADDINGS``: what the added values are.

    Returns
    -------
    padded : Tensor, shape (..., top + H + bottom, left + W + right)

    Raises
    ------
    ValueError
        If the image is too small for the padding; the message says why.
    """
    if x.ndim < 2:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected two axes (H, W) at its end")
    return pad1d(pad1d(x, *horizontal, padding).mT, *vertical, padding).mT


def convolve2d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: str | int | Sequence[int] = "zeros",
    groups: int = 1,
) -> Tensor:
    r"""Return the convolution of a batch of images, the explicit way.

    .. math:: z_{b,o,i,j} = \beta_o + \sum_{c} \sum_{m=0}^{K_h-1} \sum_{n=0}^{K_w-1}
              \omega_{o,c,m,n} \, x_{b,\,c,\,i s_h - P_\text{top} + m d_h,\,
              j s_w - P_\text{left} + n d_w}

    where :math:`c` runs over the input channels of the group of :math:`o`. The kernel is not
    reversed (cross-correlation), as in the slides and in every framework. The result agrees with
    ``torch.nn.functional.conv2d``, and gradients flow through it. One position after another is
    slow for a photograph: `convolve2d_by_windows` gives the same by one product of matrices.

    Parameters
    ----------
    x : Tensor, shape (N, C_in, H, W)
    weight : Tensor, shape (C_out, C_in / groups, K_h, K_w)
    bias : Tensor, shape (C_out,), optional
    stride, dilation : int or pair of int
        Distances between neighbouring positions of the kernel and between its taps, down and
        across; one number stands for both.
    padding : str, int or pair of int
        One of ``PADDINGS``, or a number of zeros at either end of each axis.
    groups : int
        Number of groups into which both kinds of channels are split.

    Returns
    -------
    z : Tensor, shape (N, C_out, H_out, W_out)

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or the combination has no output; the message says
        why.
    TypeError
        If an argument is no tensor, or the dtypes differ.

    Notes
    -----
    Slides, "2D Convolution" and "Channels in 2D convolution"; Prince, *Understanding Deep
    Learning*, section 10.3.
    """
    check_layer(x, weight, bias, groups, dimensions=2)
    batch, _, *size = x.shape
    out_channels, in_per_group, *kernel_size = weight.shape
    rows, columns = output_size(
        size, kernel_size, stride=stride, dilation=dilation, padding=padding
    )
    strides, dilations = pair("stride", stride), pair("dilation", dilation)
    padded = pad_for_kernel(x, kernel_size, dilations, padding)
    height, width = (kernel_span(k, d) for k, d in zip(kernel_size, dilations, strict=True))

    # (G, C_out/G, C_in/G, K_h, K_w): the kernels, sorted into their groups
    kernels = weight.reshape(groups, out_channels // groups, in_per_group, *kernel_size)
    outputs = []
    for i in range(rows):
        for j in range(columns):
            top, left = i * strides[0], j * strides[1]
            down = slice(top, top + height, dilations[0])
            across = slice(left, left + width, dilations[1])
            patch = padded[:, :, down, across]  # (N, C_in, K_h, K_w)
            values = patch.reshape(batch, groups, 1, in_per_group, *kernel_size)
            products = kernels * values  # (N, G, C_out/G, C_in/G, K_h, K_w)
            outputs.append(products.sum(dim=(-3, -2, -1)).reshape(batch, out_channels))
    z = torch.stack(outputs, dim=-1).reshape(batch, out_channels, rows, columns)
    return z if bias is None else z + bias[:, None, None]


def pad_for_kernel(
    x: Tensor,
    kernel_size: Sequence[int],
    dilations: tuple[int, int],
    padding: str | int | Sequence[int],
) -> Tensor:
    """Return the image with what a convolution adds on each side."""
    vertical, horizontal = (
        padding_amounts(k, d, p)
        for k, d, p in zip(kernel_size, dilations, padding_pair(padding), strict=True)
    )
    return pad2d(x, vertical, horizontal, padding_name(padding_pair(padding)[0]))
