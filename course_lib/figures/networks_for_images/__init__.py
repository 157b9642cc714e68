"""Figures of the chapter on networks for images, in the order of its pages."""

from course_lib.figures.networks_for_images import (  # isort: skip
    pipeline,
    tasks,
    answers,
    permutation,
    shifts,
    patches,
)

__all__ = ["answers", "patches", "permutation", "pipeline", "shifts", "tasks"]
