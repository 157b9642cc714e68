"""How long a signal is, and how large an image, after a transposed convolution.

Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.convolution.counts import check_count, pair
from course_lib.convolution.geometry import kernel_span
from course_lib.convolution.geometry2d import padding_pair, per_axis
from course_lib.convolution.padding import PADDINGS, padding_amounts


def transposed_length(
    length: int,
    kernel_size: int,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str | int = "zeros",
    output_padding: int = 0,
) -> int:
    r"""Return how many outputs a transposed convolution has.

    .. math:: (L - 1) s + d(K-1) + 1 - P_\text{left} - P_\text{right} + P_\text{output}

    That is the length of a signal of which the convolution with the same settings has :math:`L`
    outputs. Several lengths have: the output padding says which is meant.

    Parameters
    ----------
    length : int
        Number of input values :math:`L`.
    kernel_size, stride, dilation : int
        As for `output_length`.
    padding : str or int
        "zeros", "valid" or a number: the padding of the convolution that is transposed. What it
        added is taken off here.
    output_padding : int
        Number of values added on the right; less than the stride or less than the dilation.

    Returns
    -------
    length : int
        At least 1.

    Raises
    ------
    ValueError
        If a setting is impossible, or nothing would be left; the message says why.
    """
    for name, value in (
        ("length", length),
        ("kernel_size", kernel_size),
        ("stride", stride),
        ("dilation", dilation),
    ):
        check_count(name, value)
    check_count("output_padding", output_padding, least=0)
    if padding in PADDINGS[2:]:
        raise ValueError(
            f"padding={padding!r} adds no zeros to take off again: expected 'zeros', 'valid' or a "
            "number"
        )
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding={output_padding}: expected less than stride={stride} "
            f"or less than dilation={dilation}"
        )
    left, right = padding_amounts(kernel_size, dilation, padding)
    full = (length - 1) * stride + kernel_span(kernel_size, dilation) + output_padding
    if full <= left + right:
        raise ValueError(
            f"padding={padding!r} takes {left + right} values off, but there are only {full}: "
            "expected to leave at least one"
        )
    return full - left - right


def transposed_size(
    size: int | Sequence[int],
    kernel_size: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: str | int | Sequence[int] = "zeros",
    output_padding: int | Sequence[int] = 0,
) -> tuple[int, int]:
    """Return the height and the width of a transposed convolution's output.

    Each setting is that of `transposed_length`, as one number or as a pair (height, width).
    """
    return per_axis(
        transposed_length,
        length=pair("size", size),
        kernel_size=pair("kernel_size", kernel_size),
        stride=pair("stride", stride),
        dilation=pair("dilation", dilation),
        padding=padding_pair(padding),
        output_padding=pair("output_padding", output_padding),
    )
