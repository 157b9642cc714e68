"""Figures of the chapter on invariance and equivariance, in the order of its pages."""

from course_lib.figures.invariance import (  # isort: skip
    classification,
    segmentation,
    breaking,
)

__all__ = ["breaking", "classification", "segmentation"]
