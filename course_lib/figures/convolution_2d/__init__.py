"""Figures of the chapter on convolution in two dimensions, in the order of its pages."""

from course_lib.figures.convolution_2d import (  # isort: skip
    weighted_sum,
    padding,
    channels,
    parameters,
    animations,
)

__all__ = ["animations", "channels", "padding", "parameters", "weighted_sum"]
