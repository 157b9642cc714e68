"""Mean average precision against the reference tools and against brute force."""

import contextlib
import io
import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from pycocotools import coco, cocoeval

from course_lib.detection import (
    COCO,
    VOC_2007,
    VOC_2010,
    Detections,
    GroundTruth,
    Protocol,
    evaluate,
)
from tests.detection.examples import generator, levels, number, whole_boxes
from tests.detection.test_average_precision import by_definition
from tests.detection.test_suppression import overlap_of

Case = tuple[list[Detections], list[GroundTruth], int]


def random_case(seed: int, *, ignore: bool, images: int = 4) -> Case:
    """Draw whole boxes and few scores, so that ties occur; some images are empty."""
    g = generator(seed)
    class_count = number(1, 3, g)
    found, true = [], []
    for _ in range(number(1, images, g)):
        objects, count = number(0, 5, g), number(0, 8, g)
        truth = whole_boxes(objects, g, size=8)
        truth[:, 2:] += 1  # of some area: the reference divides by it
        guesses = whole_boxes(count, g, size=8)
        guesses[:, 2:] += 1
        if objects:  # most guesses are an object, shifted by a little
            near = truth[torch.randint(0, objects, (count,), generator=g)]
            shift = torch.randint(-1, 2, (count, 2), generator=g).double().repeat(1, 2)
            close = torch.rand(count, generator=g) < 0.7
            guesses[close] = (near + shift)[close]
        flags = torch.rand(objects, generator=g) < 0.3
        true.append(
            GroundTruth(
                truth,
                torch.randint(0, class_count, (objects,), generator=g),
                flags if ignore else None,
            )
        )
        found.append(
            Detections(
                guesses,
                levels(count, g, of=5),
                torch.randint(0, class_count, (count,), generator=g),
            )
        )
    return found, true, class_count


def of_pycocotools(case: Case, max_detections: int) -> torch.Tensor:
    """Return the average precision by threshold and class, NaN where there is no object."""
    found, true, class_count = case
    far = 1e6  # objects of this "area" lie outside of the range looked at, so they are ignored
    annotations, results = [], []
    for image, (some, truth) in enumerate(zip(found, true, strict=True)):
        for (x1, y1, x2, y2), c, ignored in zip(
            truth.boxes.tolist(), truth.classes.tolist(), truth.flags.tolist(), strict=True
        ):
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": image,
                    "category_id": c,
                    "bbox": [x1, y1, x2 - x1, y2 - y1],
                    "area": far if ignored else 1.0,
                    "iscrowd": 0,
                }
            )
        for (x1, y1, x2, y2), s, c in zip(
            some.boxes.tolist(), some.scores.tolist(), some.classes.tolist(), strict=True
        ):
            results.append(
                {
                    "image_id": image,
                    "category_id": c,
                    "bbox": [x1, y1, x2 - x1, y2 - y1],
                    "score": s,
                }
            )
    with contextlib.redirect_stdout(io.StringIO()):
        reference = coco.COCO()
        reference.dataset = {
            "info": {},
            "images": [{"id": i} for i in range(len(found))],
            "categories": [{"id": c} for c in range(class_count)],
            "annotations": annotations,
        }
        reference.createIndex()
        said = reference.loadRes(results) if results else coco.COCO()
        judge = cocoeval.COCOeval(reference, said, iouType="bbox")
        judge.params.imgIds = list(range(len(found)))
        judge.params.catIds = list(range(class_count))
        judge.params.areaRng = [[0, far / 2]]
        judge.params.areaRngLbl = ["all"]
        judge.params.maxDets = [max_detections]
        judge.evaluate()
        judge.accumulate()
    precision = torch.from_numpy(judge.eval["precision"])[:, :, :, 0, 0]  # (T, 101, C)
    return precision.mean(dim=1).masked_fill((precision == -1).all(dim=1), math.nan)


@pytest.mark.parametrize("ignore", [False, True])
@pytest.mark.parametrize("max_detections", [100, 2])
def test_it_is_the_reference_of_coco_on_random_cases(ignore: bool, max_detections: int) -> None:
    protocol = replace(COCO, max_detections=max_detections)
    seen = []
    for seed in range(40):
        case = random_case(seed, ignore=ignore)
        actual = evaluate(*case, protocol).average_precision
        expected = of_pycocotools(case, max_detections)
        torch.testing.assert_close(
            actual, expected, rtol=0, atol=1e-12, equal_nan=True, msg=f"seed {seed}"
        )
        seen.append(actual.flatten())
    every = torch.cat(seen)
    assert every.isnan().any()
    assert ((every > 0) & (every < 1)).sum() > 50


def voc_by_brute_force(case: Case, threshold: float, kind: str) -> list[float]:
    """Return each class's average precision by the rule of Pascal VOC, detection by detection."""
    found, true, class_count = case
    out = []
    for c in range(class_count):
        queue = [
            (-s, image, rank, box)
            for image, some in enumerate(found)
            for rank, (box, s, k) in enumerate(
                zip(some.boxes.tolist(), some.scores.tolist(), some.classes.tolist(), strict=True)
            )
            if k == c
        ]
        objects = {
            (image, i): (box, ignored)
            for image, truth in enumerate(true)
            for i, (box, k, ignored) in enumerate(
                zip(truth.boxes.tolist(), truth.classes.tolist(), truth.flags.tolist(), strict=True)
            )
            if k == c
        }
        taken: set[tuple[int, int]] = set()
        scores, hits = [], []
        for minus, image, _, box in sorted(queue):
            best, best_overlap = None, -1.0
            for key, (other, _) in objects.items():
                if key[0] == image and overlap_of(box, other) > best_overlap:
                    best, best_overlap = key, overlap_of(box, other)
            reached = best is not None and best_overlap >= threshold
            if reached and best is not None and objects[best][1]:
                continue
            scores.append(-minus)
            hits.append(reached and best not in taken)
            if reached and best is not None:
                taken.add(best)
        counted = sum(not ignored for _, ignored in objects.values())
        out.append(by_definition(scores, hits, counted, kind) if counted else math.nan)
    return out


def test_it_is_brute_force_by_the_rule_of_voc_on_a_thousand_random_cases() -> None:
    thresholds = (0.3, 0.5, 0.75)
    for seed in range(1000):
        case = random_case(seed, ignore=seed % 2 == 0, images=2)
        kind = "area" if seed % 4 else "11-point"
        t = seed % 3
        protocol = Protocol(iou_thresholds=thresholds, rule="voc", interpolation=kind)
        actual = evaluate(*case, protocol).average_precision[t].tolist()
        expected = voc_by_brute_force(case, thresholds[t], kind)
        assert actual == pytest.approx(expected, abs=1e-12, nan_ok=True), seed


def test_the_protocols_are_those_that_their_names_promise() -> None:
    assert (VOC_2007.iou_thresholds, VOC_2007.rule) == ((0.5,), "voc")
    assert replace(VOC_2010, interpolation="11-point") == VOC_2007
    assert VOC_2010.interpolation == "area"
    assert COCO.iou_thresholds == pytest.approx([0.5 + 0.05 * k for k in range(10)])


def one(boxes: list[list[float]], scores: list[float] | None = None) -> Any:
    shaped = torch.tensor(boxes).reshape(-1, 4)
    classes = torch.zeros(len(boxes), dtype=torch.long)
    if scores is None:
        return GroundTruth(shaped, classes)
    return Detections(shaped, torch.tensor(scores), classes)


def test_a_second_detection_of_one_object_is_wrong() -> None:
    box = [0.0, 0.0, 10.0, 10.0]
    result = evaluate([one([box, box], [0.9, 0.8])], [one([box])], 1)
    assert result.curves[0][0].precision.tolist() == [1, 0.5]
    assert result.mean == 1


def test_the_two_rules_part_where_the_best_object_is_taken() -> None:
    # Two objects side by side; the second detection fits the first best, and the second well.
    objects = [[0.0, 0.0, 10.0, 10.0], [0.0, 2.0, 10.0, 12.0]]
    guesses = [[0.0, 0.0, 10.0, 10.0], [0.0, 0.5, 10.0, 10.5]]
    found, true = [one(guesses, [0.9, 0.8])], [one(objects)]
    assert evaluate(found, true, 1, VOC_2010).curves[0][0].recall[-1] == 0.5
    assert evaluate(found, true, 1, replace(VOC_2010, rule="coco")).curves[0][0].recall[-1] == 1


def test_of_two_objects_that_fit_alike_coco_takes_the_last_and_voc_the_first() -> None:
    # The first detection overlaps both objects by 2/3; the second fits the last object alone.
    objects = [[0.0, 0.0, 4.0, 1.0], [2.0, 0.0, 6.0, 1.0]]
    guesses = [[0.0, 0.0, 6.0, 1.0], [2.0, 0.0, 6.0, 1.0]]
    case: Case = [one(guesses, [0.9, 0.8])], [one(objects)], 1
    assert evaluate(*case, VOC_2010).mean == 1
    of_coco = evaluate(*case, replace(COCO, iou_thresholds=COCO.iou_thresholds[:1]))
    assert of_coco.curves[0][0].precision.tolist() == [1, 0.5]
    assert of_coco.average_precision[0, 0] == pytest.approx(of_pycocotools(case, 100)[0, 0].item())


def test_an_overlap_at_the_threshold_is_enough() -> None:
    result = evaluate([one([[0.0, 0.0, 1.0, 1.0]], [0.9])], [one([[0.0, 0.0, 2.0, 1.0]])], 1)
    assert result.mean == 1


def test_a_detection_of_another_class_or_image_finds_nothing() -> None:
    box = torch.tensor([[0.0, 0.0, 4.0, 4.0]])
    score, zero = torch.ones(1), torch.tensor([0])
    wrong_class = evaluate([Detections(box, score, zero + 1)], [GroundTruth(box, zero)], 2)
    assert wrong_class.average_precision[0, 0] == 0
    assert wrong_class.average_precision[0, 1].isnan()
    nothing = one([], [])
    wrong_image = evaluate(
        [nothing, Detections(box, score, zero)], [one([box[0].tolist()]), one([])], 1
    )
    assert wrong_image.mean == 0


def test_the_mean_leaves_out_classes_without_objects() -> None:
    box = [0.0, 0.0, 4.0, 4.0]
    result = evaluate([one([box], [0.5])], [one([box])], 5, COCO)
    assert result.average_precision.shape == (10, 5)
    assert result.by_class.shape == (5,)
    assert result.by_class[0] == pytest.approx(1)
    assert result.by_class[1:].isnan().all()
    assert result.by_threshold.tolist() == pytest.approx([1.0] * 10)
    assert result.mean == pytest.approx(1)


def test_no_images_and_no_objects_have_no_score() -> None:
    assert math.isnan(evaluate([], [], 3).mean)
    assert math.isnan(evaluate([one([], [])], [one([])], 3).mean)
    assert math.isnan(evaluate([one([[0.0, 0.0, 1.0, 1.0]], [0.5])], [one([])], 1, COCO).mean)


def test_detections_that_carry_gradients_and_single_precision_are_judged_too() -> None:
    box = torch.tensor([[0.0, 0.0, 4.0, 4.0]], requires_grad=True)
    found = Detections(box, torch.ones(1, requires_grad=True), torch.tensor([0]))
    assert evaluate([found], [GroundTruth(box.double(), torch.tensor([0]))], 1).mean == 1


def test_what_does_not_fit_is_refused_in_words() -> None:
    box = one([[0.0, 0.0, 1.0, 1.0]])
    found = one([[0.0, 0.0, 1.0, 1.0]], [0.5])
    with pytest.raises(ValueError, match="detections are of 1 images, truths of 0: expected as"):
        evaluate([found], [], 1)
    with pytest.raises(ValueError, match=r"class_count=0: expected a whole number of at least 1"):
        evaluate([found], [box], 0)
    strange = Detections(found.boxes, found.scores, found.classes + 3)
    with pytest.raises(ValueError, match=r"detections\[1\]\.classes\[0\] is 3: expected a class f"):
        evaluate([found, strange], [box, box], 3)
    with pytest.raises(ValueError, match=r"truths\[0\]\.classes\[0\] is 7"):
        evaluate([found], [GroundTruth(box.boxes, box.classes + 7)], 3)
    with pytest.raises(TypeError, match=r"ignored has dtype torch\.int64: expected torch\.bool"):
        GroundTruth(box.boxes, box.classes, box.classes)
    with pytest.raises(ValueError, match=r"ignored has shape \(2,\): expected \(1,\)"):
        GroundTruth(box.boxes, box.classes, torch.zeros(2, dtype=torch.bool))


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"iou_thresholds": ()}, r"iou_thresholds=\(\): expected at least one"),
        (
            {"iou_thresholds": (0.0,)},
            r"iou_thresholds=\(0\.0,\): expected numbers above 0, at most",
        ),
        ({"iou_thresholds": (0.5, 1.2)}, "iou_thresholds"),
        ({"iou_thresholds": (math.nan,)}, "iou_thresholds"),
        ({"rule": "pascal"}, "rule='pascal': expected one of voc, coco"),
        ({"interpolation": "none"}, "interpolation='none': expected one of area"),
        ({"max_detections": 0}, "max_detections=0: expected a whole number of at least 1"),
    ],
)
def test_an_impossible_protocol_is_refused(setting: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Protocol(**setting)


def test_what_is_not_a_detection_a_truth_or_a_protocol_is_named() -> None:
    box, thing = torch.tensor([[0.0, 0.0, 4.0, 4.0]]), torch.tensor([0])
    found, truth = Detections(box, torch.tensor([0.9]), thing), GroundTruth(box, thing)
    with pytest.raises(TypeError, match=r"detections\[0\] is a GroundTruth: expected Detections"):
        evaluate([truth], [found], 1)  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"truths\[0\] is a Detections: expected GroundTruth"):
        evaluate([found], [found], 1)  # type: ignore[list-item]
    with pytest.raises(TypeError, match="protocol is a str: expected Protocol"):
        evaluate([found], [truth], 1, "COCO")  # type: ignore[arg-type]


@pytest.mark.parametrize("thresholds", [0.5, [0.5], "0.5"])
def test_thresholds_are_a_tuple(thresholds: Any) -> None:
    with pytest.raises(TypeError, match=r"iou_thresholds=.*: expected a tuple of numbers"):
        Protocol(iou_thresholds=thresholds)


def test_a_threshold_is_a_number() -> None:
    with pytest.raises(ValueError, match="expected numbers above 0, at most 1"):
        Protocol(iou_thresholds=("0.5",))  # type: ignore[arg-type]
