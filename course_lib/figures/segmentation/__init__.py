"""Figures of the chapter on segmentation, in the order of its pages."""

from course_lib.figures.segmentation import (  # isort: skip
    pixel_loss,
    unpooling,
    encoder_decoder,
    flattery,
)

__all__ = ["encoder_decoder", "flattery", "pixel_loss", "unpooling"]
