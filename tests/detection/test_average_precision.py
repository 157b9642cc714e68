import math
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from course_lib.detection import INTERPOLATIONS, average_precision, precision_recall
from tests.detection.examples import generator, levels, number

# Five objects; of seven detections by descending score these found one.
HITS = [True, False, True, True, False, False, True]


def curve(hits: list[bool], objects: int) -> Any:
    scores = torch.arange(len(hits), 0, -1).double()
    return precision_recall(scores, torch.tensor(hits, dtype=torch.bool), objects)


def test_precision_and_recall_of_a_hand_counted_case() -> None:
    counted = curve(HITS, 5)
    assert counted.recall.tolist() == [r / 5 for r in (1, 1, 2, 3, 3, 3, 4)]
    expected = [Fraction(n, k + 1) for k, n in enumerate((1, 1, 2, 3, 3, 3, 4))]
    assert counted.precision.tolist() == [float(f) for f in expected]
    raised = [1, 3 / 4, 3 / 4, 3 / 4, 3 / 5, 4 / 7, 4 / 7]
    assert counted.envelope.tolist() == raised


def test_average_precision_of_a_hand_counted_case() -> None:
    counted = curve(HITS, 5)
    # Recall climbs by 1/5 at each hit, to a precision raised to 1, 3/4, 3/4 and 4/7.
    area = float((1 + Fraction(3, 4) + Fraction(3, 4) + Fraction(4, 7)) / 5)
    assert average_precision(counted) == pytest.approx(area, abs=1e-15)
    # Recalls 0, 0.1, 0.2 | 0.3, 0.4 | 0.5, 0.6 | 0.7, 0.8 | 0.9 and 1 are never reached.
    eleven = float((3 + 2 * Fraction(3, 4) + 2 * Fraction(3, 4) + 2 * Fraction(4, 7)) / 11)
    assert average_precision(counted, "11-point") == pytest.approx(eleven, abs=1e-15)


def test_a_recall_that_equals_a_level_reaches_it() -> None:
    # Three of ten: in floats, 0.1 * 3 is more than 0.3.
    three_of_ten = curve([True, True, True], 10)
    assert average_precision(three_of_ten, "11-point") == pytest.approx(4 / 11, abs=1e-15)


def by_definition(scores: list[float], hits: list[bool], objects: int, kind: str) -> float:
    """Return average precision from the words of its definition, quadratic in time."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    points = []
    for k in range(1, len(order) + 1):
        found = sum(hits[i] for i in order[:k])
        points.append((found / objects, found / k))

    def best_at(recall: float) -> float:
        return max((p for r, p in points if r >= recall), default=0.0)

    if kind == "area":
        recalls = sorted({0.0, *(r for r, _ in points)})
        return sum((b - a) * best_at(b) for a, b in pairwise(recalls))
    stops = [i / 10 for i in range(11)] if kind == "11-point" else np.linspace(0, 1, 101)
    return sum(best_at(r) for r in stops) / len(stops)


@pytest.mark.parametrize("kind", INTERPOLATIONS)
def test_it_is_the_definition_on_a_thousand_random_cases(kind: str) -> None:
    for seed in range(1000):
        g = generator(seed)
        count = number(0, 12, g)
        scores = levels(count, g, of=6)
        hits = torch.rand(count, generator=g) < 0.5
        objects = max(1, int(hits.sum()) + number(0, 4, g))
        actual = average_precision(precision_recall(scores, hits, objects), kind)
        expected = by_definition(scores.tolist(), hits.tolist(), objects, kind)
        assert actual == pytest.approx(expected, abs=1e-12), seed


@pytest.mark.parametrize("kind", INTERPOLATIONS)
def test_the_ends_of_the_scale(kind: str) -> None:
    assert average_precision(curve([True, True], 2), kind) == pytest.approx(1, abs=1e-15)
    assert average_precision(curve([False, False], 2), kind) == 0
    assert average_precision(curve([], 2), kind) == 0
    assert math.isnan(average_precision(curve([], 0), kind))
    assert math.isnan(average_precision(curve([False], 0), kind))


def test_equal_scores_stay_in_the_order_given() -> None:
    same = torch.tensor([0.5, 0.5])
    first = precision_recall(same, torch.tensor([True, False]), 1)
    last = precision_recall(same, torch.tensor([False, True]), 1)
    assert (average_precision(first), average_precision(last)) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("scores", "right", "objects", "error", "message"),
    [
        ([0.5], torch.tensor([True]), 1, TypeError, "scores is a list: expected a tensor"),
        (torch.ones(1, 1), torch.tensor([True]), 1, ValueError, r"scores has shape \(1, 1\)"),
        (torch.ones(1), torch.tensor([1]), 1, TypeError, r"right has dtype torch\.int64: expected"),
        (torch.ones(2), torch.tensor([True]), 1, ValueError, r"right has shape \(1,\): expected"),
        (torch.ones(1) / 0, torch.tensor([True]), 1, ValueError, r"scores\[0\] is inf"),
        (torch.ones(1), torch.tensor([True]), 0, ValueError, "object_count=0: expected at least"),
        (torch.ones(1), torch.tensor([True]), -1, ValueError, "object_count=-1: expected a whole"),
        (torch.ones(1), torch.tensor([True]), 1.0, ValueError, r"object_count=1\.0"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    scores: Any, right: Any, objects: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        precision_recall(scores, right, objects)


def test_an_unknown_interpolation_is_refused() -> None:
    with pytest.raises(ValueError, match="interpolation='voc': expected one of area, 11-point"):
        average_precision(curve(HITS, 5), "voc")
