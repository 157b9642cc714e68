"""Figures of the chapter on channels, in the order of its pages."""

from course_lib.figures.channels import (  # isort: skip
    lost,
    layers,
    general,
    descent,
)

__all__ = ["descent", "general", "layers", "lost"]
