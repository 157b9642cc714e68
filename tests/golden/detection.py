"""Golden cases of boxes: what `course_lib.detection` answers, itself held to pycocotools.

Corners are whole numbers in a small square and scores one of few, so that ties, equal boxes and
boxes without an area are common.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import torch
from torch import Tensor

from course_lib.detection import (
    Detections,
    Grid,
    GroundTruth,
    Protocol,
    encode_boxes,
    evaluate,
    iou,
    yolo_loss,
)
from course_lib.detection.suppression import non_max_suppression
from tests.golden.convolution_1d import _whole

Case = dict[str, Any]
Boxes = list[list[int]]


def overlaps() -> Iterator[Case]:
    """Yield pairs of lists of boxes, and the IoU of each with each."""
    random = Random(12_001)
    for size in (2, 6, 30):
        for _ in range(12):
            a, b = (_boxes(random, _whole(random, 1, 5), size) for _ in range(2))
            yield {"a": a, "b": b, "iou": _rounded(iou(_tensor(a), _tensor(b)))}


def suppressions() -> Iterator[Case]:
    """Yield boxes, scores, classes and thresholds, and which survive, with classes and without."""
    random = Random(12_002)
    for case in range(160):
        count = _whole(random, 0, 14)
        boxes = _boxes(random, count, 8)
        scores = [_whole(random, 0, 10) / 10 for _ in range(count)]
        labels = [_whole(random, 0, 2) for _ in range(count)]
        # Quotients of small whole numbers, which an IoU can equal.
        overlap = [0.0, 0.25, 1 / 3, 0.5, 2 / 3, 1.0][case % 6]
        threshold = [0.0, 0.3, 0.5, 1.0][case % 4]
        options = {"iou_threshold": overlap, "score_threshold": threshold}
        given = _tensor(boxes), torch.tensor(scores, dtype=torch.float64)
        yield {
            **{"boxes": boxes, "scores": scores, "labels": labels},
            **{"overlap": overlap, "threshold": threshold},
            "kept": non_max_suppression(
                *given, torch.tensor(labels, dtype=torch.int64), **options
            ).tolist(),
            "kept_without_classes": non_max_suppression(*given, **options).tolist(),
        }


def precisions() -> Iterator[Case]:
    """Yield what is found and what is true, and precision, recall and average precision."""
    random = Random(12_003)
    for case in range(160):
        truths = _boxes(random, _whole(random, 0, 5), 8)
        found = [_near(random, truths) for _ in range(_whole(random, 0, 8))]
        scores = [_whole(random, 0, 5) / 5 for _ in found]
        labels = [_whole(random, 0, 1) for _ in found]
        true_labels = [_whole(random, 0, 1) for _ in truths]
        least = [0.25, 0.5, 0.75, 1.0][case % 4]
        evaluation = evaluate(
            [
                Detections(
                    _tensor(found),
                    torch.tensor(scores, dtype=torch.float64),
                    torch.tensor(labels, dtype=torch.int64),
                )
            ],
            [GroundTruth(_tensor(truths), torch.tensor(true_labels, dtype=torch.int64))],
            class_count=2,
            protocol=Protocol(iou_thresholds=(least,)),
        )
        yield {
            **{"boxes": found, "scores": scores, "labels": labels},
            **{"truths": truths, "true_labels": true_labels, "least": least},
            "precision": [_rounded(curve.precision) for curve in evaluation.curves[0]],
            "recall": [_rounded(curve.recall) for curve in evaluation.curves[0]],
            "average_precision": _rounded(evaluation.average_precision[0]),
        }


def _boxes(random: Random, count: int, size: int) -> Boxes:
    out = []
    for _ in range(count):
        xs, ys = (sorted(_whole(random, 0, size) for _ in range(2)) for _ in range(2))
        out.append([xs[0], ys[0], xs[1], ys[1]])
    return out


def _near(random: Random, truths: Boxes) -> list[int]:
    """Draw a box: most times one that is true, moved by a little."""
    if not truths or _whole(random, 0, 9) < 3:
        return _boxes(random, 1, 8)[0]
    x1, y1, x2, y2 = truths[_whole(random, 0, len(truths) - 1)]
    dx, dy = _whole(random, -1, 1), _whole(random, -1, 1)
    return [x1 + dx, y1 + dy, x2 + dx, y2 + dy]


def _tensor(boxes: Boxes) -> Tensor:
    return torch.tensor(boxes, dtype=torch.float64).reshape(-1, 4)


def _rounded(values: Tensor) -> Any:
    """Return nested lists with nine decimals; what is not a number is null, as JSON has no NaN."""
    if values.ndim > 0:
        return [_rounded(value) for value in values]
    number = float(values)
    return None if number != number else round(number, 9)


def encodings() -> Iterator[Case]:
    """Yield boxes, and what the grid's cells say of them."""
    random = Random(12_004)
    for case in range(60):
        cells = [7, 6, 4, 13][case % 4]
        # Multiples of 8 pixels, so that centres on the line between two cells are common.
        boxes = [[8 * n for n in box] for box in _boxes(random, _whole(random, 1, 5), 55)]
        labels = [_whole(random, 0, 19) for _ in boxes]
        grid = Grid(cells=cells)
        targets, lost = encode_boxes(_tensor(boxes), torch.tensor(labels), (448, 448), grid)
        yield {
            **{"boxes": boxes, "labels": labels, "cells": cells},
            "collisions": lost.tolist(),
            "held": [
                [*place, targets.classes[(0, *place)].item(), *_rounded(targets.boxes[(0, *place)])]
                for place in targets.has_object[0].nonzero().tolist()
            ],
        }


def losses() -> Iterator[Case]:
    """Yield a prediction of a small grid, the objects, and the five terms of the loss."""
    random = Random(12_005)
    for case in range(40):
        grid = Grid(cells=_whole(random, 1, 3), boxes_per_cell=1 + case % 3, class_count=3)
        boxes = [[8 * n for n in box] for box in _boxes(random, _whole(random, 0, 3), 11)]
        labels = [_whole(random, 0, 2) for _ in boxes]
        targets, _ = encode_boxes(
            _tensor(boxes), torch.tensor(labels, dtype=torch.int64), (96, 96), grid
        )
        prediction = torch.tensor(
            [_whole(random, 0, 20) / 20 for _ in range(grid.number_count)], dtype=torch.float64
        ).reshape(1, grid.cells, grid.cells, grid.depth)
        if case % 4 == 0:  # boxes as they should be, among which the first is responsible
            prediction = targets.as_prediction(grid)
        terms = yolo_loss(prediction, targets, grid)
        yield {
            "cells": grid.cells,
            "boxes_per_cell": grid.boxes_per_cell,
            **{"boxes": boxes, "labels": labels},
            "prediction": _rounded(prediction[0]),
            "terms": _rounded(torch.stack(list(terms))),
        }
