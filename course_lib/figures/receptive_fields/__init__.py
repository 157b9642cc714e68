"""Figures of the chapter on receptive fields, in the order of its pages."""

from course_lib.figures.receptive_fields import (  # isort: skip
    one_layer,
    compound,
    channels,
    comparison,
    composition,
    effective,
    networks,
    animations,
)

__all__ = [
    "animations",
    "channels",
    "comparison",
    "composition",
    "compound",
    "effective",
    "networks",
    "one_layer",
]
