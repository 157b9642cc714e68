"""The geometry of images: that of one dimension, once for the height and once for the width.

Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from course_lib.convolution.counts import check_count, pair
from course_lib.convolution.geometry import output_length, parameter_count


def output_size(
    size: int | Sequence[int],
    kernel_size: int | Sequence[int],
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    padding: str | int | Sequence[int] = "zeros",
) -> tuple[int, int]:
    """Return the height and the width of a convolution's output.

    Parameters
    ----------
    size : int or pair of int
        Height and width of the input; as everywhere here, one number stands for both axes.
    kernel_size, stride, dilation : int or pair of int
        As for `output_length`, along each axis.
    padding : str, int or pair of int
        One of ``PADDINGS``, or a number of zeros at either end of each axis.

    Returns
    -------
    height, width : int
        Each at least 1.

    Raises
    ------
    ValueError
        If the combination has no output; the message names the axis and says why.

    Examples
    --------
    The first layer of AlexNet, whose arithmetic wants 227 where the paper says 224.

    >>> output_size(227, 11, stride=4, padding="valid")
    (55, 55)
    """
    return per_axis(
        output_length,
        length=pair("size", size),
        kernel_size=pair("kernel_size", kernel_size),
        stride=pair("stride", stride),
        dilation=pair("dilation", dilation),
        padding=padding_pair(padding),
    )


def parameter_count2d(
    in_channels: int,
    out_channels: int,
    kernel_size: int | Sequence[int],
    *,
    bias: bool = True,
    groups: int = 1,
) -> int:
    r"""Return the number of weights and biases of a convolutional layer for images.

    A layer from :math:`C_i` to :math:`C_o` channels has :math:`C_o (C_i / G) K_h K_w` weights and
    :math:`C_o` biases, whatever the size of the image, the stride and the dilation.

    Parameters
    ----------
    in_channels, out_channels : int
        Numbers of channels.
    kernel_size : int or pair of int
        Height and width of one kernel.
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

    Notes
    -----
    Slides, "How many parameters?"; Prince, *Understanding Deep Learning*, section 10.3.

    Examples
    --------
    >>> parameter_count2d(3, 1, 3)
    28
    """
    height, width = pair("kernel_size", kernel_size)
    check_count("kernel_size", min(height, width))
    return parameter_count(in_channels, out_channels, height * width, bias=bias, groups=groups)


def padding_pair(padding: str | int | Sequence[int]) -> tuple[str | int, str | int]:
    """Return the padding of the height and that of the width; a name stands for both."""
    return (padding, padding) if isinstance(padding, str) else pair("padding", padding)


def per_axis(function: Callable[..., Any], **settings: tuple[Any, Any]) -> tuple[Any, Any]:
    """Call a function of one axis for the height and for the width; an error names the axis."""
    results = []
    for axis, name in enumerate(("height", "width")):
        try:
            results.append(function(**{key: values[axis] for key, values in settings.items()}))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return results[0], results[1]
