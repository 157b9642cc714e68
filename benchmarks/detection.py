"""Boxes by the thousand: their overlap, their suppression, their average precision.

``python -m benchmarks.detection``

Each is measured beside the plain way to do it, in the same run: the processor's time on one thread,
so that a neighbour's work counts for little.
"""

from __future__ import annotations

import contextlib
import io
import statistics
import sys
from collections.abc import Callable
from time import process_time
from typing import Any, NamedTuple

import torch
from torch import Tensor

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from course_lib.detection import (
    COCO,
    VOC_2010,
    Detections,
    GroundTruth,
    evaluate,
    iou,
    non_max_suppression,
)

RUNS = 3
IMAGES, CLASSES = 5000, 20


class Row(NamedTuple):
    """One measurement, in seconds."""

    what: str
    ours: float
    baseline: float | None
    which: str
    bar: float


def seconds(function: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median processor time of several calls."""
    times = []
    for _ in range(runs):
        start = process_time()
        function()
        times.append(process_time() - start)
    return statistics.median(times)


def boxes(count: int, g: torch.Generator, *, extent: float) -> Tensor:
    """Draw boxes of up to `extent` pixels in a square of a thousand."""
    corner = torch.rand(count, 2, generator=g) * 1000
    return torch.cat([corner, corner + torch.rand(count, 2, generator=g) * extent], dim=1)


def iou_at_once(a: Tensor, b: Tensor) -> Tensor:
    """Return the overlaps the usual way, every intermediate matrix whole."""
    extent = torch.minimum(a[:, None, 2:], b[:, 2:]) - torch.maximum(a[:, None, :2], b[:, :2])
    both = extent.clamp(min=0).prod(dim=2)
    areas = [(x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1]) for x in (a, b)]
    return both / (areas[0][:, None] + areas[1] - both)


def suppression_one_by_one(some: Tensor, scores: Tensor, threshold: float) -> list[int]:
    """Return the survivors the textbook's way."""
    left, kept = scores.argsort(descending=True, stable=True), []
    while len(left):
        kept.append(int(left[0]))
        left = left[1:][iou_at_once(some[left[:1]], some[left[1:]])[0] <= threshold]
    return kept


def data_set(g: torch.Generator) -> tuple[list[Detections], list[GroundTruth]]:
    """Draw images of seven objects, each found once or twice, and a few false alarms."""
    found, true = [], []
    for _ in range(IMAGES):
        truth = boxes(7, g, extent=300)
        classes = torch.randint(0, CLASSES, (7,), generator=g)
        twice = torch.cat([truth, truth])
        guesses = twice + torch.randn(twice.shape, generator=g) * 8
        guesses[:, 2:] = guesses[:, 2:].maximum(guesses[:, :2])
        guesses = torch.cat([guesses, boxes(6, g, extent=300)])
        called = torch.cat([classes, classes, torch.randint(0, CLASSES, (6,), generator=g)])
        found.append(Detections(guesses, torch.rand(len(guesses), generator=g), called))
        true.append(GroundTruth(truth, classes))
    return found, true


def reference_of_coco(found: list[Detections], true: list[GroundTruth]) -> Callable[[], None]:
    """Return a run of COCO's own tool over the same images."""
    from pycocotools import coco, cocoeval

    def rows(image: int, record: Detections | GroundTruth) -> list[dict[str, Any]]:
        pairs = zip(record.boxes.tolist(), record.classes.tolist(), strict=True)
        return [
            {
                "image_id": image,
                "category_id": c,
                "bbox": [x1, y1, x2 - x1, y2 - y1],
                "area": 1.0,
                "iscrowd": 0,
            }
            for (x1, y1, x2, y2), c in pairs
        ]

    truths = [row for i, truth in enumerate(true) for row in rows(i, truth)]
    said = [
        row | {"score": s}
        for i, some in enumerate(found)
        for row, s in zip(rows(i, some), some.scores.tolist(), strict=True)
    ]
    reference = coco.COCO()
    reference.dataset = {
        "info": {},
        "images": [{"id": i} for i in range(len(true))],
        "categories": [{"id": c} for c in range(CLASSES)],
        "annotations": [row | {"id": i + 1} for i, row in enumerate(truths)],
    }
    with contextlib.redirect_stdout(io.StringIO()):
        reference.createIndex()
        results = reference.loadRes(said)

    def run() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            judge = cocoeval.COCOeval(reference, results, iouType="bbox")
            judge.params.areaRng, judge.params.areaRngLbl = [[0, 1e10]], ["all"]
            judge.params.maxDets = [100]
            judge.evaluate()
            judge.accumulate()

    return run


def measure_overlap(g: torch.Generator) -> Row:
    """Measure the IoU of all boxes with all others."""
    a, b = boxes(10_000, g, extent=100), boxes(1000, g, extent=100)
    return Row(
        "IoU of 10,000 × 1,000 boxes",
        seconds(lambda: iou(a, b)),
        seconds(lambda: iou_at_once(a, b)),
        "every intermediate matrix whole",
        0.3,
    )


def measure_suppression(g: torch.Generator, extent: float) -> Row:
    """Measure the suppression of boxes that overlap the more, the larger they are."""
    some, scores = boxes(10_000, g, extent=extent), torch.rand(10_000, generator=g)
    kept = len(non_max_suppression(some, scores))
    return Row(
        f"suppression of 10,000 boxes of which {kept:,} survive",
        seconds(lambda: non_max_suppression(some, scores)),
        seconds(lambda: suppression_one_by_one(some, scores, 0.5), 1),
        "one box after the other",
        1.5,
    )


def measure_evaluation(g: torch.Generator) -> list[Row]:
    """Measure mean average precision by both protocols."""
    found, true = data_set(g)
    what = f"mAP, {IMAGES:,} images, {CLASSES} classes, 20 detections each"
    voc = seconds(lambda: evaluate(found, true, CLASSES, VOC_2010), 1)
    coco = seconds(lambda: evaluate(found, true, CLASSES, COCO), 1)
    reference = seconds(reference_of_coco(found, true), 1)
    return [
        Row(f"{what}: VOC", voc, None, "–", 10),
        Row(f"{what}: COCO, ten thresholds", coco, reference, "pycocotools", 10),
    ]


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what each task takes."""
    return [
        Claim(
            row["what"],
            round(row["ours"], 2),
            "s",
            row["bar"],
            baseline=None if row["baseline"] is None else round(row["baseline"], 2),
            baseline_is="" if row["baseline"] is None else row["which"],
        )
        for row in results["rows"]
    ]


def main() -> int:
    """Measure, write the report and say where it is."""
    torch.set_num_threads(1)
    on = machine() | {"torch": torch.__version__}
    g = torch.Generator().manual_seed(0)
    rows = [
        measure_overlap(g),
        *(measure_suppression(g, extent) for extent in (1000, 300, 100)),
        *measure_evaluation(g),
    ]
    head = ["what", "seconds", "baseline", "the baseline is", "bar"]
    cells = [
        [
            r.what,
            f"{r.ours:.2f}",
            "–" if r.baseline is None else f"{r.baseline:.2f}",
            r.which,
            r.bar,
        ]
        for r in rows
    ]
    results = {"rows": [row._asdict() for row in rows]}
    path = write_report("detection", "Boxes by the thousand", on, results, [table(head, cells)])
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
