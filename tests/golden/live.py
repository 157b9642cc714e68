"""Golden cases of what live demos compute beside networks: boxes of a grid, scores of a map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from course_lib.detection import Grid, decode_grid, squash
from course_lib.segmentation import class_iou, confusion_matrix, mean_iou, pixel_accuracy

Case = dict[str, Any]


def grids() -> Iterator[Case]:
    """Yield a network's raw numbers and the boxes that they name; saturated ones among them."""
    for seed, (cells, boxes, classes, scale) in enumerate(
        ((6, 2, 10, 2.0), (2, 1, 3, 1.0), (1, 3, 1, 5.0), (3, 2, 4, 120.0))
    ):
        grid = Grid(cells, boxes, classes)
        generator = torch.Generator().manual_seed(seed)
        raw = scale * torch.randn(
            (1, grid.depth, cells, cells), generator=generator, dtype=torch.float64
        )
        (found,) = decode_grid(squash(raw.permute(0, 2, 3, 1), grid), (96, 96), grid)
        yield {
            "cells": cells,
            "boxes_per_cell": boxes,
            "classes": classes,
            "raw": [float(f"{value:.9g}") for value in raw.flatten().tolist()],
            "boxes": found.boxes.tolist(),
            "scores": found.scores.tolist(),
            "labels": found.classes.tolist(),
        }


def maps() -> Iterator[Case]:
    """Yield maps of classes, and what the scores say; classes that are absent among them."""
    generator = torch.Generator().manual_seed(0)
    for classes, size in ((11, 24), (3, 4), (11, 5), (1, 2)):
        truth = torch.randint(0, max(1, classes - 1), (size, size), generator=generator)
        wrong = torch.randint(0, classes, (size, size), generator=generator)
        predicted = torch.where(torch.rand((size, size), generator=generator) < 0.7, truth, wrong)
        for prediction in (predicted, truth, torch.zeros_like(truth)):
            counts = confusion_matrix(prediction, truth, classes)
            yield {
                "classes": classes,
                "truth": truth.flatten().tolist(),
                "predicted": prediction.flatten().tolist(),
                "iou": [None if v != v else v for v in class_iou(counts).tolist()],
                "mean_iou": mean_iou(counts),
                "accuracy": pixel_accuracy(counts),
            }
