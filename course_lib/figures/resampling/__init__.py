"""Figures of the chapter on resampling, in the order of its pages."""

from course_lib.figures.resampling import (  # isort: skip
    smaller,
    larger,
    transpose,
    checkerboard,
    pointwise,
    stamps,
    stamps_2d,
)

__all__ = ["checkerboard", "larger", "pointwise", "smaller", "stamps", "stamps_2d", "transpose"]
