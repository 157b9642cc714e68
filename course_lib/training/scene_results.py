"""Makes what ships of the scenes' networks: weights in half precision, and what they are worth.

`course_lib.networks.scene_runs` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.detection import COCO, Detections, GroundTruth, evaluate, iou
from course_lib.networks.scene_runs import (
    KINDS,
    RECALLS,
    Ablation,
    DetectorFailure,
    Mistake,
    SegmenterFailure,
)
from course_lib.networks.summary import parameter_total, summarise
from course_lib.networks.unet import UNet
from course_lib.segmentation import (
    boundary_f,
    class_iou,
    confusion_matrix,
    mean_iou,
    pixel_accuracy,
)
from course_lib.training.image_tasks import (
    Detection,
    ImageClassification,
    ImageTask,
    Segmentation,
    truths,
)
from course_lib.training.images import ImageSet, as_input
from course_lib.training.recipes import Recipe, find_recipe
from course_lib.training.records import Record, load_network, save_network
from course_lib.training.scene_recipes import FEW, TRAIN

KEPT = 24
"""Failures that are kept of each network."""
SURE = 0.3
"""The least score of a box that counts as seen."""
LOOKED_AT = 500
"""Test scenes on which outlines are compared and skips switched off."""
TOLERANCE = 1.0
"""Pixels by which an outline may be off."""
PLACES = 4


def ship(recipe: Recipe, trained: Path, shipped: Path, test: ImageSet) -> Record:
    """Write a trained network in half precision, its record with what that network is worth.

    Parameters
    ----------
    recipe : Recipe
    trained, shipped : Path
        Of the weights, the records beside them.
    test : ImageSet
        What it is judged with.

    Returns
    -------
    record : Record
    """
    network = recipe.build(0)
    record = load_network(trained, network)
    if isinstance(network, UNet):
        network.coarse = nn.ModuleList()  # it has done its work
    halves = {
        name: tensor.half() if tensor.is_floating_point() else tensor
        for name, tensor in network.state_dict().items()
    }
    network.load_state_dict(halves)
    network.eval()
    task = recipe.task
    assert isinstance(task, ImageTask)
    found = {f"test_{name}": value for name, value in task.measure_all(network, test).items()}
    return save_network(shipped, halves, replace(record, metrics={**record.metrics, **found}))


@torch.no_grad()
def measure(name: str, network: nn.Module, record: Record, test: ImageSet) -> dict[str, Any]:
    """Return all that is kept of a run, as plain values for JSON.

    Parameters
    ----------
    name : str
        Of the trained network.
    network : Module
        As it ships, in evaluation mode.
    record : Record
        That ships with it.
    test : ImageSet

    Returns
    -------
    run : dict
        The fields of `course_lib.networks.scene_runs.SceneRun` and of its kind.
    """
    recipe = find_recipe(record.recipe["name"])
    history = record.history
    rows = summarise(network, tuple(test.images.shape[1:]))
    plain = {
        "name": name,
        "recipe": recipe.name,
        "metrics": {k: v for k, v in record.metrics.items() if k.startswith("test_")},
        "steps": list(history.steps),
        "curves": {key: _rounded(values) for key, values in history.metrics.items()},
        "scenes": FEW if recipe.name.endswith(f"-{FEW}") else TRAIN,
        "batch_size": record.recipe["settings"]["batch_size"],
        "parameters": parameter_total(network),
        "multiply_adds": sum(row.multiply_adds for row in rows),
        "seconds": round(record.seconds),
        "network_sha256": record.network_sha256,
    }
    task = recipe.task
    if isinstance(task, ImageClassification):
        return plain | _classified(task, network, test)
    if isinstance(task, Detection):
        return plain | _detected(task, network, test)
    assert isinstance(task, Segmentation)
    return plain | _segmented(task, network, test)


def kind_of(recipe: Recipe) -> str:
    """Return under which of ``KINDS`` a recipe's run is kept."""
    kinds = (ImageClassification, Detection, Segmentation)
    return next(
        kind for kind, task in zip(KINDS, kinds, strict=True) if isinstance(recipe.task, task)
    )


def to_json(results: Mapping[str, Any]) -> str:
    """Return results as JSON, a row of numbers on one line."""
    import re

    text = json.dumps(results, indent=1, allow_nan=False)
    return re.sub(r"\[[^\[\]{}]*\]", lambda row: re.sub(r"\s+", " ", row[0]), text) + "\n"


def _classified(task: ImageClassification, network: nn.Module, test: ImageSet) -> dict[str, Any]:
    probabilities = task.scores(network, test).softmax(1)
    surest, guesses = probabilities.max(1)
    truth = test.labels[:, 0]
    wrong = (guesses != truth).nonzero()[:, 0]
    wrong = wrong[surest[wrong].argsort(descending=True)][:KEPT]
    return {
        "confusion": confusion_matrix(guesses, truth, task.classes).tolist(),
        "mistakes": [
            asdict(Mistake(i, int(truth[i]), int(guesses[i]), round(float(surest[i]), PLACES)))
            for i in wrong.tolist()
        ],
    }


def _detected(task: Detection, network: nn.Module, test: ImageSet) -> dict[str, Any]:
    found, true = task.detect(network, test), truths(test)
    evaluation = evaluate(found, true, task.classes, COCO)
    levels = torch.tensor(RECALLS, dtype=torch.float64)
    precision = []
    for curve in evaluation.curves[0]:
        at = torch.searchsorted(curve.recall, levels)
        precision.append(torch.cat([curve.envelope, levels.new_zeros(1)])[at])
    counts = [
        _counted(scene, some.select(some.scores >= SURE), objects)
        for scene, (some, objects) in enumerate(zip(found, true, strict=True))
    ]
    worst = sorted(counts, key=lambda one: (-(one.missed + one.false), one.scene))[:KEPT]
    return {
        "ap_50_by_class": _rounded(evaluation.average_precision[0].tolist()),
        "ap_by_overlap": _rounded(evaluation.by_threshold.tolist()),
        "precision": [_rounded(row.tolist()) for row in precision],
        **{
            name: sum(getattr(one, name) for one in counts) for name in ("found", "missed", "false")
        },
        "failures": [asdict(one) for one in worst],
    }


def _counted(scene: int, found: Detections, truth: GroundTruth) -> DetectorFailure:
    """Return how many objects were found, each by the surest box that overlaps by one half."""
    overlap = iou(found.boxes, truth.boxes)
    overlap = overlap.where(found.classes[:, None] == truth.classes, torch.zeros_like(overlap))
    taken: set[int] = set()
    for row in found.scores.argsort(descending=True).tolist():
        if not len(truth):
            break
        best = int(overlap[row].argmax())
        if float(overlap[row, best]) >= 0.5:
            taken.add(best)
    hits = len(taken)
    return DetectorFailure(scene, hits, len(truth) - hits, len(found) - hits)


def _segmented(task: Segmentation, network: nn.Module, test: ImageSet) -> dict[str, Any]:
    said = torch.cat([output.argmax(1) for _, output in task.outputs(network, test)])
    classes = task.classes + 1
    confusion = confusion_matrix(said, test.masks, classes)
    scenes = []
    for i in range(len(test)):
        one = confusion_matrix(said[i], test.masks[i], classes)
        scenes.append(
            SegmenterFailure(i, round(mean_iou(one), PLACES), round(pixel_accuracy(one), PLACES))
        )
    worst = sorted(scenes, key=lambda one: (one.mean_iou, one.scene))[:KEPT]
    return {
        "confusion": confusion.tolist(),
        "iou_by_class": _rounded(class_iou(confusion).tolist()),
        "boundary_f": round(_boundary(said[:LOOKED_AT], test.masks[:LOOKED_AT], classes), PLACES),
        "outline_f": round(_outline(said[:LOOKED_AT], test.masks[:LOOKED_AT]), PLACES),
        "background": round(float((test.masks == 0).double().mean()), PLACES),
        "failures": [asdict(one) for one in worst],
        "ablations": [asdict(one) for one in _ablated(network, test.take(slice(LOOKED_AT)))],
    }


def _ablated(network: nn.Module, test: ImageSet) -> list[Ablation]:
    found = []
    for level, skip in enumerate(getattr(network, "skips", ())):
        if not skip:
            continue
        said = torch.cat(
            [
                network(as_input(test.images[i : i + 100]), ablate=[level]).argmax(1)
                for i in range(0, len(test), 100)
            ]
        )
        confusion = confusion_matrix(said, test.masks, 11)
        iou_mean, outline = mean_iou(confusion), _outline(said, test.masks)
        found.append(Ablation(level, round(iou_mean, PLACES), round(outline, PLACES)))
    return found


def _boundary(said: Tensor, truth: Tensor, classes: int) -> float:
    parts = [
        boundary_f(said[i : i + 200], truth[i : i + 200], classes, tolerance=TOLERANCE)
        for i in range(0, len(said), 200)
    ]
    return float(torch.cat(parts)[:, 1:].nanmean())


def _outline(said: Tensor, truth: Tensor) -> float:
    parts = [
        boundary_f(
            (said[i : i + 200] > 0).long(),
            (truth[i : i + 200] > 0).long(),
            2,
            tolerance=TOLERANCE,
        )
        for i in range(0, len(said), 200)
    ]
    return float(torch.cat(parts)[:, 1].nanmean())


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, PLACES) for value in values]
