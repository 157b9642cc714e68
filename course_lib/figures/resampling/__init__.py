"""Figures of the chapter on resampling, in the order of its pages."""

from course_lib.figures.resampling import (  # isort: skip
    smaller,
    larger,
    transpose,
    checkerboard,
    pointwise,
)

__all__ = ["checkerboard", "larger", "pointwise", "smaller", "transpose"]
