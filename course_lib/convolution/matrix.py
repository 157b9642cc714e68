"""The convolution as what it is: one sparse matrix with the same few weights in every row."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.convolution.geometry import check_groups, output_length, taps


def convolution_matrix1d(
    weight: Tensor | Sequence[float],
    length: int,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str = "zeros",
    groups: int = 1,
) -> Tensor:
    r"""Return the matrix whose product with the flattened signal is the convolution.

    A tap that reads a padded value adds its weight to the column of the input value that stands
    there, so "reflect", "replicate" and "circular" need no extra columns; a tap that reads a zero
    leaves no trace.

    Parameters
    ----------
    weight : Tensor, shape (C_out, C_in / groups, K), or a plain kernel of length K
        A plain kernel (a sequence of numbers or a tensor with one axis) is one channel to one
        channel.
    length : int
        Number of values :math:`L` of each input channel.
    stride, dilation : int
        Distances between neighbouring positions of the kernel and between its taps.
    padding : str
        One of ``PADDINGS``.
    groups : int
        Number of groups into which both kinds of channels are split.

    Returns
    -------
    matrix : Tensor, shape (C_out · L_out, C_in · L)
        ``matrix @ x.flatten()`` is ``convolve1d(x[None], weight, ...)`` flattened, for ``x`` of
        shape (C_in, L).

    Raises
    ------
    ValueError
        If the weight has another shape, the groups do not divide the channels, or the combination
        has no output; the message says why.

    Examples
    --------
    >>> convolution_matrix1d([1.0, 2.0, 3.0], 4, padding="valid")
    tensor([[1., 2., 3., 0.],
            [0., 1., 2., 3.]])
    """
    if not isinstance(weight, Tensor):
        weight = torch.tensor(weight, dtype=torch.get_default_dtype())
    if weight.ndim == 1:
        weight = weight[None, None]
    if weight.ndim != 3:
        raise ValueError(
            f"weight has shape {tuple(weight.shape)}: expected (C_out, C_in/groups, K) or (K,)"
        )
    out_channels, in_per_group, size = weight.shape
    in_channels = in_per_group * groups
    check_groups(in_channels, out_channels, groups)
    positions = output_length(length, size, stride=stride, dilation=dilation, padding=padding)

    matrix = weight.new_zeros(out_channels, positions, in_channels, length)
    out_per_group = out_channels // groups
    for g in range(groups):
        rows = slice(g * out_per_group, (g + 1) * out_per_group)
        columns = slice(g * in_per_group, (g + 1) * in_per_group)
        for i in range(positions):
            reads = taps(i, length, size, stride=stride, dilation=dilation, padding=padding)
            for k, (_, source) in enumerate(reads):
                if source is not None:
                    matrix[rows, i, columns, source] += weight[rows, :, k]
    return matrix.reshape(out_channels * positions, in_channels * length)
