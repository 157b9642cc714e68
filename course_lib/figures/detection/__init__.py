"""Figures of the chapter on object detection, in the order of its pages."""

from course_lib.figures.detection import (  # isort: skip
    grid,
    network,
    encoding,
    loss,
    suppression,
    precision,
    held_out,
    transfer,
    failures,
)

__all__ = [
    "encoding",
    "failures",
    "grid",
    "held_out",
    "loss",
    "network",
    "precision",
    "suppression",
    "transfer",
]
