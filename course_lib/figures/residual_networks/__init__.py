"""Figures of the chapter on residual networks, in the order of its pages."""

from course_lib.figures.residual_networks import (  # isort: skip
    degradation,
    block,
    paths,
    sizes,
    shattered,
    ablation,
    bottleneck,
)

__all__ = ["ablation", "block", "bottleneck", "degradation", "paths", "shattered", "sizes"]
