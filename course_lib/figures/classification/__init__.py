"""Figures of the chapter on image classification, in the order of its pages."""

from course_lib.figures.classification import (  # isort: skip
    imagenet,
    alexnet,
    shares,
    dropout,
    history,
)

__all__ = ["alexnet", "dropout", "history", "imagenet", "shares"]
