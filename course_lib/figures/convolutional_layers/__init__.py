"""Figures of the chapter on convolutional layers, in the order of its pages."""

from course_lib.figures.convolutional_layers import (  # isort: skip
    unit,
    matrices,
    questions,
    parameters,
)

__all__ = ["matrices", "parameters", "questions", "unit"]
