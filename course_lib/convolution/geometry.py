"""Where a kernel stands and what it reads: lengths, positions and counts, without any values.

Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from typing import NamedTuple

from course_lib.convolution.counts import check_count
from course_lib.convolution.padding import (
    check_padding,
    padding_amounts,
    padding_name,
    source_index,
)


class Tap(NamedTuple):
    """What one weight of the kernel reads."""

    at: int
    """Position, counted from the first value of the unpadded signal; may lie beyond its ends."""
    source: int | None
    """Index of the input value that stands there, or None for a zero."""


def kernel_span(kernel_size: int, dilation: int) -> int:
    r"""Return the number of positions from the first tap to the last, :math:`d(K-1)+1`."""
    return dilation * (kernel_size - 1) + 1


def output_length(
    length: int,
    kernel_size: int,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str | int = "zeros",
) -> int:
    r"""Return how many outputs a convolution has.

    .. math:: \left\lfloor \frac{L + P_\text{left} + P_\text{right} - d(K-1) - 1}{s} \right\rfloor
              + 1

    Parameters
    ----------
    length : int
        Number of input values :math:`L`.
    kernel_size : int
        Number of weights :math:`K`.
    stride : int
        Distance :math:`s` between neighbouring positions of the kernel.
    dilation : int
        Distance :math:`d` between neighbouring taps; 1 is an ordinary kernel.
    padding : str or int
        One of ``PADDINGS``, or a number of zeros at either end.

    Returns
    -------
    length : int
        At least 1.

    Raises
    ------
    ValueError
        If the combination has no output; the message says why.
    """
    for name, value in (("stride", stride), ("dilation", dilation)):
        check_count(name, value)
    if length == 0:
        raise ValueError("length=0: the signal has no values, expected at least one")
    if kernel_size == 0:
        raise ValueError("kernel_size=0: the kernel has no weights, expected at least one")
    check_count("length", length)
    check_count("kernel_size", kernel_size)
    left, right = padding_amounts(kernel_size, dilation, padding)

    span = kernel_span(kernel_size, dilation)
    padded = length + left + right
    if span > padded:
        raise ValueError(
            f"kernel_size={kernel_size} with dilation={dilation} spans {span} values, but the "
            f"signal has length {length} and padding={padding!r} adds {left + right or 'none'}: "
            f"expected a span of at most {padded}, or another padding"
        )
    check_padding(length, left, right, padding_name(padding))
    return (padded - span) // stride + 1


def taps(
    position: int,
    length: int,
    kernel_size: int,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str | int = "zeros",
) -> list[Tap]:
    """Return what each weight of the kernel reads for one output.

    Parameters
    ----------
    position : int
        Index of the output.
    length, kernel_size, stride, dilation, padding
        As for `output_length`; the combination must be one that has outputs.

    Returns
    -------
    taps : list of Tap
        One a weight, in the order of the kernel.

    Examples
    --------
    >>> taps(0, length=4, kernel_size=3, padding="zeros")
    [Tap(at=-1, source=None), Tap(at=0, source=0), Tap(at=1, source=1)]
    """
    left, _ = padding_amounts(kernel_size, dilation, padding)
    start = position * stride - left
    reads = (start + k * dilation for k in range(kernel_size))
    name = padding_name(padding)
    return [Tap(at, source_index(at, length, name)) for at in reads]


def parameter_count(
    in_channels: int, out_channels: int, kernel_size: int, *, bias: bool = True, groups: int = 1
) -> int:
    r"""Return the number of weights and biases of a convolutional layer.

    A layer from :math:`C_i` to :math:`C_o` channels has :math:`C_o (C_i / G) K` weights and
    :math:`C_o` biases, whatever the length of the signal, the stride and the dilation.

    Parameters
    ----------
    in_channels, out_channels : int
        Numbers of channels.
    kernel_size : int
        Number of weights of one kernel.
    bias : bool
        Whether the layer has biases.
    groups : int
        Number of groups :math:`G` into which both kinds of channels are split.

    Returns
    -------
    count : int

    Raises
    ------
    ValueError
        If a number is less than 1, or the groups do not divide both numbers of channels.
    """
    check_count("in_channels", in_channels)
    check_count("out_channels", out_channels)
    check_count("kernel_size", kernel_size)
    check_groups(in_channels, out_channels, groups)
    weights = out_channels * (in_channels // groups) * kernel_size
    return weights + (out_channels if bias else 0)


def check_groups(in_channels: int, out_channels: int, groups: int) -> None:
    """Raise a ValueError unless the groups divide both numbers of channels."""
    check_count("groups", groups)
    if in_channels % groups or out_channels % groups:
        raise ValueError(
            f"groups={groups}: expected a divisor of both in_channels={in_channels} "
            f"and out_channels={out_channels}"
        )
