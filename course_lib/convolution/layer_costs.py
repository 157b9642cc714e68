r"""What each kind of layer costs, in closed form, from its settings and the size of its input.

What counts is said in `course_lib.convolution.cost`.
Slides, "How many parameters?" and the table of the network for MNIST-1D.
Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import prod
from typing import Literal

from course_lib.convolution.cost import LayerCost
from course_lib.convolution.counts import check_count
from course_lib.convolution.geometry import check_groups
from course_lib.convolution.receptive_field_layers import TransposedWindow, Window

__all__ = [
    "convolution_cost",
    "linear_cost",
    "normalisation_cost",
    "transposed_convolution_cost",
]


def convolution_cost(
    in_channels: int,
    out_channels: int,
    kernel_size: int | Sequence[int],
    input_size: Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    groups: int = 1,
    bias: bool = True,
    batch: int = 1,
) -> LayerCost:
    r"""Return the cost of a convolution over one, two or more axes.

    With :math:`G` groups and :math:`K_1 K_2 \cdots` positions in a kernel, the layer has
    :math:`C_o \, (C_i / G) \, K_1 K_2 \cdots` weights and :math:`C_o` biases, and uses each weight
    once at every position of the output.

    Parameters
    ----------
    in_channels, out_channels : int
    kernel_size, stride, dilation, padding : int or sequence of int
        For all axes, or one an axis; the padding is that of either end.
    input_size : sequence of int
        Lengths of the input's axes: (L,) or (H, W).
    groups : int
        Number of groups into which both kinds of channels are split.
    bias : bool
        Whether the layer has biases.
    batch : int
        Number of examples.

    Returns
    -------
    cost : LayerCost

    Raises
    ------
    ValueError
        If a number is impossible, the groups do not divide the channels, or there is no output.
    """
    each = partial(_each, axes=_check_size(input_size))
    settings = (
        each("kernel_size", kernel_size),
        each("stride", stride),
        each("dilation", dilation),
        each("padding", padding),
    )
    windows = [Window(*one_axis) for one_axis in zip(*settings, strict=True)]
    output = [w.output_length(n) for w, n in zip(windows, input_size, strict=True)]
    weights = _kernel_weights(in_channels, out_channels, [w.kernel_size for w in windows], groups)
    uses = _check_batch(batch) * prod(output)
    return _cost(weights, out_channels, bias, weights * uses, (batch, out_channels, *output))


def transposed_convolution_cost(
    in_channels: int,
    out_channels: int,
    kernel_size: int | Sequence[int],
    input_size: Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    output_padding: int | Sequence[int] = 0,
    groups: int = 1,
    bias: bool = True,
    batch: int = 1,
) -> LayerCost:
    r"""Return the cost of a transposed convolution over one, two or more axes.

    It has as many weights as the convolution, and uses each once at every position of the *input*,
    which it stamps on the output; what is cropped afterwards is counted. (torchinfo multiplies by
    the positions of the output, which is :math:`s^2` times too many with stride :math:`s` in two
    dimensions.)

    Parameters
    ----------
    in_channels, out_channels : int
    kernel_size, stride, dilation, padding, output_padding : int or sequence of int
        For all axes, or one an axis; the padding is what is cropped at either end.
    input_size : sequence of int
        Lengths of the input's axes: (L,) or (H, W).
    groups, bias, batch
        As for `convolution_cost`.

    Returns
    -------
    cost : LayerCost

    Raises
    ------
    ValueError
        If a number is impossible, the groups do not divide the channels, or there is no output.
    """
    each = partial(_each, axes=_check_size(input_size))
    settings = (
        each("kernel_size", kernel_size),
        each("stride", stride),
        each("dilation", dilation),
        each("padding", padding),
        each("output_padding", output_padding),
    )
    windows = [TransposedWindow(*one_axis) for one_axis in zip(*settings, strict=True)]
    output = [w.output_length(n) for w, n in zip(windows, input_size, strict=True)]
    weights = _kernel_weights(in_channels, out_channels, [w.kernel_size for w in windows], groups)
    uses = _check_batch(batch) * prod(input_size)
    return _cost(weights, out_channels, bias, weights * uses, (batch, out_channels, *output))


def linear_cost(
    in_features: int, out_features: int, *, bias: bool = True, batch: int = 1
) -> LayerCost:
    r"""Return the cost of a fully connected layer: :math:`D_i D_o` weights, :math:`D_o` biases.

    Parameters
    ----------
    in_features, out_features : int
        Numbers :math:`D_i` of inputs and :math:`D_o` of outputs.
    bias : bool
        Whether the layer has biases.
    batch : int
        Number of examples.

    Returns
    -------
    cost : LayerCost

    Raises
    ------
    ValueError
        If a number is impossible.

    Examples
    --------
    One hidden layer as wide as an image of 224×224×3 values:

    >>> linear_cost(224 * 224 * 3, 224 * 224 * 3).weights
    22658678784
    """
    check_count("in_features", in_features)
    check_count("out_features", out_features)
    weights = in_features * out_features
    return _cost(weights, out_features, bias, weights * _check_batch(batch), (batch, out_features))


def normalisation_cost(
    channels: int,
    input_size: Sequence[int] = (),
    *,
    kind: Literal["batch", "group", "instance", "layer"] = "batch",
    affine: bool = True,
    batch: int = 1,
) -> LayerCost:
    """Return the cost of a normalisation layer.

    Batch, group and instance normalisation have one scale (a weight) and one shift (a bias) for
    each channel; layer normalisation, over the channels and all axes, has them for each value.
    In evaluation, batch normalisation multiplies each value by one number and adds another: one
    multiply-add a value. The other kinds compute statistics first, of which the sum of squares is
    one multiply-add more. Shifts are part of those multiply-adds, so no addition of a bias counts.

    Parameters
    ----------
    channels : int
    input_size : sequence of int
        Lengths of the input's axes: (), (L,) or (H, W).
    kind : "batch", "group", "instance" or "layer"
        What is normalised together.
    affine : bool
        Whether the layer has scales and shifts. The number of multiply-adds is the same without.
    batch : int
        Number of examples.

    Returns
    -------
    cost : LayerCost

    Raises
    ------
    ValueError
        If a number is impossible, or the kind is not known.
    """
    passes = {"batch": 1, "group": 2, "instance": 2, "layer": 2}
    if kind not in passes:
        raise ValueError(f"kind={kind!r}: expected one of {', '.join(passes)}")
    check_count("channels", channels)
    shape = (_check_batch(batch), channels, *input_size)
    for length in input_size:
        check_count("input_size", length)
    scales = (prod(shape[1:]) if kind == "layer" else channels) if affine else 0
    return LayerCost(
        weights=scales,
        biases=scales,
        multiply_adds=passes[kind] * prod(shape),
        activations=prod(shape),
        output_shape=shape,
    )


def _check_batch(batch: int) -> int:
    """Return the number of examples, or raise a ValueError if it is impossible."""
    check_count("batch", batch)
    return batch


def _cost(
    weights: int, channels: int, bias: bool, multiply_adds: int, shape: tuple[int, ...]
) -> LayerCost:
    activations = prod(shape)
    return LayerCost(
        weights=weights,
        biases=channels if bias else 0,
        multiply_adds=multiply_adds,
        bias_additions=activations if bias else 0,
        activations=activations,
        output_shape=shape,
    )


def _kernel_weights(
    in_channels: int, out_channels: int, kernel_size: Sequence[int], groups: int
) -> int:
    check_count("in_channels", in_channels)
    check_count("out_channels", out_channels)
    check_groups(in_channels, out_channels, groups)
    return out_channels * (in_channels // groups) * prod(kernel_size)


def _check_size(input_size: Sequence[int]) -> int:
    if len(input_size) < 1:
        raise ValueError("input_size=(): expected the length of at least one axis")
    for length in input_size:
        check_count("input_size", length)
    return len(input_size)


def _each(name: str, value: int | Sequence[int], axes: int) -> tuple[int, ...]:
    """Return one number an axis, from one for all or one for each."""
    numbers = tuple(value) if isinstance(value, Sequence) else (value,) * axes
    if len(numbers) != axes:
        raise ValueError(f"{name}={value!r}: expected one number or {axes}, one an axis")
    for number in numbers:
        check_count(name, number, least=0)
    return numbers
