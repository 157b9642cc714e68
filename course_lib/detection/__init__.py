"""Object detection: boxes, YOLO's grid and its loss, what survives, and how good it is.

A box is four numbers (x1, y1, x2, y2), its left-top and right-bottom corners, in pixels unless
something else is said. Everything takes tensors on any device; nothing is clipped in silence.

Boxes
    `BOX_FORMATS`, `convert_boxes`, `to_relative`, `to_absolute`, `clip_boxes`, `box_area`.
Overlap
    `iou` and `giou`, all with all; `paired_iou` and `paired_giou`, each with its partner.
Records
    `Detections`, `GroundTruth`: those of one image.
YOLO's grid
    `Grid`, its shape; `encode_boxes`, from true boxes to `GridTargets`, collisions reported;
    `stack_targets`; `squash`, from a network's output to a prediction; `decode_grid`, from a
    prediction to boxes.
Its loss
    `yolo_loss`, five terms; `YoloLossWeights`.
Suppression
    `non_max_suppression`; `suppress`, the same on `Detections`.
Quality
    `precision_recall`, `average_precision`; `evaluate`, over many images, under a `Protocol`:
    `VOC_2007`, `VOC_2010`, `COCO`.
"""

from course_lib.detection.average_precision import (
    INTERPOLATIONS,
    PrecisionRecall,
    average_precision,
    precision_recall,
)
from course_lib.detection.boxes import (
    BOX_FORMATS,
    box_area,
    clip_boxes,
    convert_boxes,
    to_absolute,
    to_relative,
)
from course_lib.detection.encoding import (
    Encoding,
    GridTargets,
    decode_grid,
    encode_boxes,
    stack_targets,
)
from course_lib.detection.evaluation import (
    COCO,
    VOC_2007,
    VOC_2010,
    Evaluation,
    Protocol,
    evaluate,
)
from course_lib.detection.grid import Grid, GridParts, squash
from course_lib.detection.loss import YoloLoss, YoloLossWeights, yolo_loss
from course_lib.detection.matching import RULES
from course_lib.detection.overlap import giou, iou, paired_giou, paired_iou
from course_lib.detection.records import Detections, GroundTruth
from course_lib.detection.suppression import non_max_suppression, suppress

__all__ = [
    "BOX_FORMATS",
    "COCO",
    "INTERPOLATIONS",
    "RULES",
    "VOC_2007",
    "VOC_2010",
    "Detections",
    "Encoding",
    "Evaluation",
    "Grid",
    "GridParts",
    "GridTargets",
    "GroundTruth",
    "PrecisionRecall",
    "Protocol",
    "YoloLoss",
    "YoloLossWeights",
    "average_precision",
    "box_area",
    "clip_boxes",
    "convert_boxes",
    "decode_grid",
    "encode_boxes",
    "evaluate",
    "giou",
    "iou",
    "non_max_suppression",
    "paired_giou",
    "paired_iou",
    "precision_recall",
    "squash",
    "stack_targets",
    "suppress",
    "to_absolute",
    "to_relative",
    "yolo_loss",
]
