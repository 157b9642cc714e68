"""Figures of the chapter on image classification, in the order of its pages."""

from course_lib.figures.classification import (  # isort: skip
    imagenet,
    alexnet,
    vgg,
    shares,
    sight,
    orientations,
    augmentation,
    crops,
    dropout,
    curves,
    history,
)

__all__ = [
    "alexnet",
    "augmentation",
    "crops",
    "curves",
    "dropout",
    "history",
    "imagenet",
    "orientations",
    "shares",
    "sight",
    "vgg",
]
