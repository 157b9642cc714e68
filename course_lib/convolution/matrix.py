"""The convolution as what it is: one sparse matrix with the same few weights in every row."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.convolution.counts import pair
from course_lib.convolution.geometry import check_groups, output_length, taps
from course_lib.convolution.geometry2d import output_size, padding_pair


def convolution_matrix1d(
    weight: Tensor | Sequence[float],
    length: int,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str | int = "zeros",
    groups: int = 1,
    sparse: bool = False,
) -> Tensor:
    r"""Return the matrix whose product with the flattened signal is the convolution.

    A tap that reads a padded value adds its weight to the column of the input value that stands
    there, so "reflect", "replicate" and "circular" need no extra columns; a tap that reads a zero
    leaves no trace. A fully connected layer with this matrix, and with each bias repeated
    :math:`L_\text{out}` times, is the convolutional layer.

    Parameters
    ----------
    weight : Tensor, shape (C_out, C_in / groups, K), or a plain kernel of length K
        A plain kernel (a sequence of numbers or a tensor with one axis) is one channel to one
        channel.
    length : int
        Number of values :math:`L` of each input channel.
    stride, dilation : int
        Distances between neighbouring positions of the kernel and between its taps.
    padding : str or int
        One of ``PADDINGS``, or a number of zeros at either end.
    groups : int
        Number of groups into which both kinds of channels are split.
    sparse : bool
        Whether to keep only the entries that hold weights (torch's COO layout).

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
    weight = _layer_weight(weight, ("K",), groups)
    size = weight.shape[-1]
    positions = output_length(length, size, stride=stride, dilation=dilation, padding=padding)
    reads = _reads(positions, length, size, stride, dilation, padding)
    return _assemble(weight, reads, positions, length, groups, sparse)


def convolution_matrix2d(
    weight: Tensor | Sequence[Sequence[float]],
    size: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: str | int | Sequence[int] = "zeros",
    groups: int = 1,
    sparse: bool = False,
) -> Tensor:
    r"""Return the matrix whose product with the flattened image is the convolution.

    Flattened, an image is its rows one after another, so the matrix is made of blocks: block
    :math:`(i, s)` says what row :math:`s` of the image gives to row :math:`i` of the output, and is
    itself the matrix of a one-dimensional convolution.

    Parameters
    ----------
    weight : Tensor, shape (C_out, C_in / groups, K_h, K_w), or a plain kernel of shape (K_h, K_w)
        A plain kernel is one channel to one channel.
    size : int or pair of int
        Height and width of each input channel.
    stride, dilation : int or pair of int
        Distances between neighbouring positions of the kernel and between its taps.
    padding : str, int or pair of int
        One of ``PADDINGS``, or a number of zeros at either end of each axis.
    groups : int
        Number of groups into which both kinds of channels are split.
    sparse : bool
        Whether to keep only the entries that hold weights (torch's COO layout). From some ten
        thousand pixels on, the dense matrix no longer fits a memory.

    Returns
    -------
    matrix : Tensor, shape (C_out · H_out · W_out, C_in · H · W)
        ``matrix @ x.flatten()`` is ``convolve2d(x[None], weight, ...)`` flattened, for ``x`` of
        shape (C_in, H, W).

    Raises
    ------
    ValueError
        If the weight has another shape, the groups do not divide the channels, or the combination
        has no output; the message says why.
    """
    weight = _layer_weight(weight, ("K_h", "K_w"), groups)
    kernel = weight.shape[-2:]
    rows, columns = output_size(size, kernel, stride=stride, dilation=dilation, padding=padding)
    height, width = pair("size", size)
    strides, dilations = pair("stride", stride), pair("dilation", dilation)
    paddings = padding_pair(padding)

    down = _reads(rows, height, kernel[0], strides[0], dilations[0], paddings[0])
    across = _reads(columns, width, kernel[1], strides[1], dilations[1], paddings[1])
    # Position, tap and source of every pair, each counted row by row.
    widths = torch.tensor([columns, kernel[1], width])[:, None, None]
    reads = (down[:, :, None] * widths + across[:, None, :]).flatten(1)
    return _assemble(weight.flatten(2), reads, rows * columns, height * width, groups, sparse)


def _layer_weight(
    weight: Tensor | Sequence[float] | Sequence[Sequence[float]],
    kernel_axes: tuple[str, ...],
    groups: int,
) -> Tensor:
    """Return the weights of a layer, whether a layer or a plain kernel was given."""
    if not isinstance(weight, Tensor):
        weight = torch.tensor(weight, dtype=torch.get_default_dtype())
    if weight.ndim == len(kernel_axes):
        weight = weight[None, None]
    if weight.ndim != len(kernel_axes) + 2:
        axes = ", ".join(kernel_axes)
        plain = f"({axes})" if len(kernel_axes) > 1 else f"({axes},)"
        raise ValueError(
            f"weight has shape {tuple(weight.shape)}: expected (C_out, C_in/groups, {axes}) "
            f"or {plain}"
        )
    check_groups(weight.shape[1] * groups, weight.shape[0], groups)
    if min(weight.shape[:2]) < 1:
        raise ValueError(
            f"weight has shape {tuple(weight.shape)}: expected at least one channel of each kind"
        )
    return weight


def _reads(
    positions: int, length: int, size: int, stride: int, dilation: int, padding: str | int
) -> Tensor:
    """Return (position, tap, source) for each tap that reads a value, as columns: shape (3, E)."""
    entries = [
        (i, k, tap.source)
        for i in range(positions)
        for k, tap in enumerate(
            taps(i, length, size, stride=stride, dilation=dilation, padding=padding)
        )
        if tap.source is not None
    ]
    return torch.tensor(entries, dtype=torch.long).reshape(-1, 3).T


def _assemble(
    weight: Tensor, reads: Tensor, positions: int, length: int, groups: int, sparse: bool
) -> Tensor:
    """Place each weight in the row of its output and the column of the value that it reads."""
    out_channels, in_per_group, _ = weight.shape
    position, tap, source = reads.to(weight.device)
    o = torch.arange(out_channels, device=weight.device)[:, None, None]
    c = torch.arange(in_per_group, device=weight.device)[:, None]
    # The inputs of an output's group are neighbours, after those of the groups before it.
    c = c + o // (out_channels // groups) * in_per_group
    columns = c * length + source  # (C_out, C_in/G, E)
    rows = (o * positions + position).expand_as(columns)
    matrix = torch.sparse_coo_tensor(
        torch.stack([rows.flatten(), columns.flatten()]),
        weight[:, :, tap].flatten(),
        (out_channels * positions, in_per_group * groups * length),
        check_invariants=True,
    ).coalesce()  # adds up what stands in one place
    return matrix if sparse else matrix.to_dense()
