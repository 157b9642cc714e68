"""The one-dimensional convolution of tensors, written out so that it can be read."""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.convolution.checks import check_layer
from course_lib.convolution.geometry import kernel_span, output_length
from course_lib.convolution.padding import (
    check_padding,
    padding_amounts,
    padding_name,
    source_index,
)


def pad1d(x: Tensor, left: int, right: int, padding: str) -> Tensor:
    """Return the signal with values added at both ends.

    Parameters
    ----------
    x : Tensor, shape (..., L)
    left, right : int
        Numbers of values to add.
    padding : str
        One of ``PADDINGS``: what the added values are.

    Returns
    -------
    padded : Tensor, shape (..., left + L + right)

    Raises
    ------
    ValueError
        If there is no signal, or it is too short for the padding; the message says why.
    """
    if x.ndim < 1:
        raise ValueError("x has shape (): expected an axis L at its end")
    length = x.shape[-1]
    check_padding(length, left, right, padding)
    zero = x.new_zeros(x.shape[:-1])
    columns = []
    for position in range(-left, length + right):
        source = source_index(position, length, padding)
        columns.append(zero if source is None else x[..., source])
    # An empty signal that stays empty has nothing to stack.
    return torch.stack(columns, dim=-1) if columns else x


def convolve1d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str | int = "zeros",
    groups: int = 1,
) -> Tensor:
    r"""Return the convolution of a batch of signals, the explicit way.

    .. math:: z_{n,o,i} = \beta_o + \sum_{c} \sum_{k=0}^{K-1}
              \omega_{o,c,k} \, x_{n,\,c,\,i s - P_\text{left} + k d}

    where :math:`c` runs over the input channels of the group of :math:`o`. The kernel is not
    reversed (cross-correlation), as in the slides and in every framework. The result agrees with
    ``torch.nn.functional.conv1d``, and gradients flow through it.

    Parameters
    ----------
    x : Tensor, shape (N, C_in, L)
    weight : Tensor, shape (C_out, C_in / groups, K)
    bias : Tensor, shape (C_out,), optional
    stride, dilation : int
        Distances between neighbouring positions of the kernel and between its taps.
    padding : str or int
        One of ``PADDINGS``, or a number of zeros at either end.
    groups : int
        Number of groups into which both kinds of channels are split.

    Returns
    -------
    z : Tensor, shape (N, C_out, L_out)

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or the combination has no output; the message says
        why.
    TypeError
        If an argument is no tensor, or the dtypes differ.

    Notes
    -----
    Slides, "Convolution in 1D" and "Channels"; Prince, *Understanding Deep Learning*, section 10.2.
    """
    check_layer(x, weight, bias, groups, dimensions=1)
    batch, _, length = x.shape
    out_channels, in_per_group, kernel_size = weight.shape
    positions = output_length(
        length, kernel_size, stride=stride, dilation=dilation, padding=padding
    )
    span = kernel_span(kernel_size, dilation)
    left, right = padding_amounts(kernel_size, dilation, padding)
    padded = pad1d(x, left, right, padding_name(padding))

    # (G, C_out/G, C_in/G, K): the kernels, sorted into their groups
    kernels = weight.reshape(groups, out_channels // groups, in_per_group, kernel_size)
    outputs = []
    for i in range(positions):
        start = i * stride
        window = padded[:, :, start : start + span : dilation]  # (N, C_in, K)
        values = window.reshape(batch, groups, 1, in_per_group, kernel_size)
        products = kernels * values  # (N, G, C_out/G, C_in/G, K)
        outputs.append(products.sum(dim=(-2, -1)).reshape(batch, out_channels))
    z = torch.stack(outputs, dim=-1)  # (N, C_out, L_out)
    return z if bias is None else z + bias[:, None]
