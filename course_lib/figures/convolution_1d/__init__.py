"""Figures of the chapter on convolution in one dimension, in the order of its pages."""

from course_lib.figures.convolution_1d import (  # isort: skip
    weighted_sum,
    sliding,
    equivariance,
    paddings,
    connections,
    single_settings,
    worked_example,
    kernels,
    matrix,
    lengths,
    animations,
)

__all__ = [
    "animations",
    "connections",
    "equivariance",
    "kernels",
    "lengths",
    "matrix",
    "paddings",
    "single_settings",
    "sliding",
    "weighted_sum",
    "worked_example",
]
