"""Convolution as one product of matrices: lay the windows out as rows, the kernels as columns.

This is how convolution is computed in practice ("im2col"): K. Chellapilla, S. Puri and P. Simard,
"High performance convolutional neural networks for document processing", Tenth International
Workshop on Frontiers in Handwriting Recognition, 2006.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from course_lib.convolution.checks import check_layer
from course_lib.convolution.counts import pair
from course_lib.convolution.geometry import kernel_span, output_length
from course_lib.convolution.geometry2d import output_size
from course_lib.convolution.one_dimension import pad1d
from course_lib.convolution.padding import padding_amounts, padding_name
from course_lib.convolution.two_dimensions import pad_for_kernel


def windows1d(x: Tensor, kernel_size: int, *, stride: int = 1, dilation: int = 1) -> Tensor:
    """Return what the kernel sees at each position, without copying a value.

    Neighbouring windows overlap: they are strided views of the same memory.

    Parameters
    ----------
    x : Tensor, shape (..., L)
        The signal, already padded.
    kernel_size, stride, dilation : int
        As for `output_length`.

    Returns
    -------
    windows : Tensor, shape (..., L_out, K)
        A view of `x`.

    Raises
    ------
    ValueError
        If there is no window; the message says why.

    Examples
    --------
    >>> import torch
    >>> windows1d(torch.arange(5), 3)
    tensor([[0, 1, 2],
            [1, 2, 3],
            [2, 3, 4]])
    """
    if x.ndim < 1:
        raise ValueError("x has shape (): expected an axis L at its end")
    output_length(x.shape[-1], kernel_size, stride=stride, dilation=dilation, padding="valid")
    return x.unfold(-1, kernel_span(kernel_size, dilation), stride)[..., ::dilation]


def windows2d(
    x: Tensor,
    kernel_size: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
) -> Tensor:
    """Return what the kernel sees at each position of an image, without copying a value.

    Parameters
    ----------
    x : Tensor, shape (..., H, W)
        The image, already padded.
    kernel_size, stride, dilation : int or pair of int
        As for `output_size`.

    Returns
    -------
    windows : Tensor, shape (..., H_out, W_out, K_h, K_w)
        A view of `x`.

    Raises
    ------
    ValueError
        If there is no window; the message says why.
    """
    if x.ndim < 2:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected two axes (H, W) at its end")
    sizes, strides = pair("kernel_size", kernel_size), pair("stride", stride)
    dilations = pair("dilation", dilation)
    output_size(x.shape[-2:], sizes, stride=strides, dilation=dilations, padding="valid")
    height, width = (kernel_span(k, d) for k, d in zip(sizes, dilations, strict=True))
    windows = x.unfold(-2, height, strides[0]).unfold(-2, width, strides[1])
    return windows[..., :: dilations[0], :: dilations[1]]


def convolve1d_by_windows(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str | int = "zeros",
    groups: int = 1,
) -> Tensor:
    r"""Return what `convolve1d` returns, by one product of matrices.

    Each window is a row of :math:`C_i K` values and each kernel a column of as many weights, so
    :math:`(L_\text{out} \times C_i K)` times :math:`(C_i K \times C_o)` gives every output at once.
    The price is memory: a value is copied once for each window it stands in.

    Parameters, result and errors are those of `convolve1d`.
    """
    check_layer(x, weight, bias, groups, dimensions=1)
    batch, _, length = x.shape
    out_channels, in_per_group, kernel_size = weight.shape
    output_length(length, kernel_size, stride=stride, dilation=dilation, padding=padding)
    left, right = padding_amounts(kernel_size, dilation, padding)
    padded = pad1d(x, left, right, padding_name(padding))

    windows = windows1d(padded, kernel_size, stride=stride, dilation=dilation)
    positions = windows.shape[-2]
    groups_first = windows.reshape(batch, groups, in_per_group, positions, kernel_size)
    rows = groups_first.transpose(2, 3).flatten(3)  # (N, G, L_out, C_in/G · K)
    columns = weight.reshape(groups, out_channels // groups, -1).mT  # (G, C_in/G · K, C_out/G)
    z = (rows @ columns).mT.reshape(batch, out_channels, positions)
    return z if bias is None else z + bias[:, None]


def convolve2d_by_windows(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: str | int | Sequence[int] = "zeros",
    groups: int = 1,
) -> Tensor:
    """Return what `convolve2d` returns, by one product of matrices.

    See `convolve1d_by_windows` for how; parameters, result and errors are those of `convolve2d`.
    """
    check_layer(x, weight, bias, groups, dimensions=2)
    batch, _, *size = x.shape
    out_channels, in_per_group, *kernel_size = weight.shape
    height, width = output_size(
        size, kernel_size, stride=stride, dilation=dilation, padding=padding
    )
    padded = pad_for_kernel(x, kernel_size, pair("dilation", dilation), padding)

    windows = windows2d(padded, kernel_size, stride=stride, dilation=dilation)
    groups_first = windows.reshape(batch, groups, in_per_group, height * width, *kernel_size)
    rows = groups_first.transpose(2, 3).flatten(3)  # (N, G, H_out · W_out, C_in/G · K_h · K_w)
    columns = weight.reshape(groups, out_channels // groups, -1).mT
    z = (rows @ columns).mT.reshape(batch, out_channels, height, width)
    return z if bias is None else z + bias[:, None, None]
