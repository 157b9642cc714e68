"""One layer: how many neighbours an output is made of."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.receptive_fields.compound import cone, cone_alt
from course_lib.figures.receptive_fields.stack import Stack
from course_lib.figures.registry import figure


def _stack(kernel_size: int, stride: int, dilation: int, length: int) -> Stack:
    return Stack((kernel_size,), (stride,), (dilation,), length)


def _alt(kernel_size: int, stride: int, dilation: int, length: int) -> str:
    return cone_alt(_stack(kernel_size, stride, dilation, length))


@figure(
    "receptive-fields/one-layer",
    title="What one layer sees",
    slide="Receptive fields",
    alt=_alt,
)
def one_layer(kernel_size: int = 3, stride: int = 1, dilation: int = 1, length: int = 11) -> Figure:
    """Draw one layer and the inputs that its middle unit reads.

    Parameters
    ----------
    kernel_size, stride, dilation : int
        Of the layer, which has no padding.
    length : int
        Number of inputs, at most 31.
    """
    return cone(_stack(kernel_size, stride, dilation, length))
