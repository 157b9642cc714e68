from typing import Any

import pytest
import torch

from course_lib.detection import Detections, non_max_suppression, suppress
from course_lib.detection import suppression as module
from tests.detection.examples import boxes, generator, levels, number, whole_boxes

Box = list[float]


def overlap_of(a: Box, b: Box) -> float:
    width = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    both = width * height
    either = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both
    return both / either if either > 0 else 0.0


def brute_force(
    some: list[Box],
    scores: list[float],
    classes: list[int],
    iou_threshold: float,
    score_threshold: float,
) -> list[int]:
    """Judge every box against every survivor so far, best first."""
    kept: list[int] = []
    for i in sorted(range(len(some)), key=lambda i: (-scores[i], i)):
        beaten = any(
            classes[i] == classes[k] and overlap_of(some[i], some[k]) > iou_threshold for k in kept
        )
        if scores[i] >= score_threshold and not beaten:
            kept.append(i)
    return kept


@pytest.mark.parametrize("block", [1, 3, 256])
def test_it_is_brute_force_on_a_thousand_random_cases(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BLOCK", block)
    for seed in range(1000):
        g = generator(seed)
        count, class_count = number(0, 14, g), number(1, 3, g)
        some = whole_boxes(count, g, size=6)
        scores = levels(count, g, of=6)
        classes = torch.randint(0, class_count, (count,), generator=g)
        thresholds = number(0, 4, g) / 4, number(0, 6, g) / 6
        kept = non_max_suppression(
            some, scores, classes, iou_threshold=thresholds[0], score_threshold=thresholds[1]
        )
        expected = brute_force(some.tolist(), scores.tolist(), classes.tolist(), *thresholds)
        assert kept.tolist() == expected, seed


def test_many_boxes_are_settled_block_by_block_as_at_once() -> None:
    g = generator(0)
    some, scores = boxes(700, g), levels(700, g, of=50)
    expected = brute_force(some.tolist(), scores.tolist(), [0] * 700, 0.3, 0.0)
    assert non_max_suppression(some, scores, iou_threshold=0.3).tolist() == expected
    assert 256 < 2 * len(expected) < 700


def test_only_an_overlap_above_the_threshold_suppresses() -> None:
    halves = torch.tensor([[0.0, 0.0, 2.0, 1.0], [0.0, 0.0, 1.0, 1.0]])
    scores = torch.tensor([0.9, 0.8])
    assert non_max_suppression(halves, scores, iou_threshold=0.5).tolist() == [0, 1]
    assert non_max_suppression(halves, scores, iou_threshold=0.49).tolist() == [0]


def test_a_box_that_is_suppressed_suppresses_nothing() -> None:
    chain = torch.tensor([[0.0, 0.0, 4.0, 1.0], [1.0, 0.0, 5.0, 1.0], [2.0, 0.0, 6.0, 1.0]])
    kept = non_max_suppression(chain, torch.tensor([0.9, 0.8, 0.7]), iou_threshold=0.4)
    assert kept.tolist() == [0, 2]


def test_a_score_at_its_threshold_takes_part() -> None:
    box = torch.tensor([[0.0, 0.0, 1.0, 1.0]])
    score = torch.tensor([0.5])
    assert non_max_suppression(box, score, score_threshold=0.5).tolist() == [0]
    assert non_max_suppression(box, score, score_threshold=0.51).tolist() == []


def test_of_equal_boxes_with_equal_scores_the_first_survives() -> None:
    same = torch.tensor([[0.0, 0.0, 1.0, 1.0]]).repeat(300, 1)
    assert non_max_suppression(same, torch.full((300,), 0.5)).tolist() == [0]
    classes = torch.arange(300) % 2
    assert non_max_suppression(same, torch.full((300,), 0.5), classes).tolist() == [0, 1]


def test_suppressing_twice_changes_nothing_more() -> None:
    g = generator(1)
    found = Detections(boxes(80, g), levels(80, g), torch.randint(0, 3, (80,), generator=g))
    once = suppress(found, iou_threshold=0.3, score_threshold=0.2)
    twice = suppress(once, iou_threshold=0.3, score_threshold=0.2)
    assert 0 < len(once) < len(found)
    assert torch.equal(once.boxes, twice.boxes)
    assert torch.equal(once.classes, twice.classes)
    assert (once.scores.diff() <= 0).all()


def test_boxes_that_carry_gradients_are_judged_too() -> None:
    some, scores = boxes(5, generator(2)), levels(5, generator(3))
    expected = non_max_suppression(some, scores)
    kept = non_max_suppression(some.requires_grad_(), scores.requires_grad_())
    assert torch.equal(kept, expected)


def test_no_boxes_leave_none() -> None:
    kept = non_max_suppression(torch.zeros(0, 4), torch.zeros(0), torch.zeros(0, dtype=torch.long))
    assert kept.tolist() == []
    assert kept.dtype == torch.int64


BOX, SCORE, CLASS = torch.tensor([[0.0, 0.0, 1.0, 1.0]]), torch.ones(1), torch.tensor([0])


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((BOX[0], SCORE), {}, ValueError, r"boxes has shape \(4,\): expected \(N, 4\)"),
        ((BOX, torch.ones(2)), {}, ValueError, r"scores has shape \(2,\): expected \(1,\)"),
        ((BOX, torch.ones(1, 1)), {}, ValueError, r"scores has shape \(1, 1\)"),
        ((BOX, SCORE * torch.nan), {}, ValueError, r"scores\[0\] is nan: expected finite numbers"),
        ((BOX, SCORE.long()), {}, TypeError, r"scores has dtype torch\.int64"),
        ((BOX, SCORE.to("meta")), {}, ValueError, r"scores lies on meta: expected cpu"),
        ((BOX, SCORE, CLASS.to("meta")), {}, ValueError, r"classes lies on meta"),
        ((BOX, SCORE, CLASS.float()), {}, TypeError, r"classes has dtype torch\.float32"),
        ((BOX, SCORE, CLASS - 1), {}, ValueError, r"classes\[0\] is -1: expected a class at least"),
        ((BOX, SCORE), {"iou_threshold": 1.5}, ValueError, r"iou_threshold=1\.5: expected a numb"),
        ((BOX, SCORE), {"iou_threshold": -0.1}, ValueError, r"iou_threshold=-0\.1"),
        ((BOX, SCORE), {"iou_threshold": float("nan")}, ValueError, r"iou_threshold=nan"),
        ((BOX, SCORE), {"score_threshold": float("nan")}, ValueError, r"score_threshold=nan"),
        ((BOX, SCORE), {"score_threshold": "low"}, ValueError, r"score_threshold='low'"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    arguments: tuple[Any, ...], options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        non_max_suppression(*arguments, **options)


def test_records_refuse_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match=r"scores has shape \(2,\): expected \(1,\)"):
        Detections(BOX, torch.ones(2), CLASS)
    with pytest.raises(ValueError, match=r"classes lies on meta"):
        Detections(BOX, SCORE, CLASS.to("meta"))
