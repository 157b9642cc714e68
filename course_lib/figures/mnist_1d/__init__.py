"""Figures of the chapter on MNIST-1D, in the order of its pages."""

from course_lib.figures.mnist_1d import (  # isort: skip
    templates,
    stages,
    network,
    rival,
    curves,
    errors,
    examples,
    weights,
    shifts,
)

__all__ = [
    "curves",
    "errors",
    "examples",
    "network",
    "rival",
    "shifts",
    "stages",
    "templates",
    "weights",
]
