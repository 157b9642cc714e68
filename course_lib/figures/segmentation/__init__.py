"""Figures of the chapter on segmentation, in the order of its pages."""

from course_lib.figures.segmentation import (  # isort: skip
    pixel_loss,
    unpooling,
    encoder_decoder,
    flattery,
    class_iou,
    held_out,
)

__all__ = ["class_iou", "encoder_decoder", "flattery", "held_out", "pixel_loss", "unpooling"]
