"""Figures of the chapter on image classification, in the order of its pages."""

from course_lib.figures.classification import (  # isort: skip
    imagenet,
    alexnet,
    shares,
    sight,
    crops,
    dropout,
    curves,
    history,
)

__all__ = ["alexnet", "crops", "curves", "dropout", "history", "imagenet", "shares", "sight"]
