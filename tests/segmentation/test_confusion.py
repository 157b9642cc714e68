import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from course_lib.segmentation import (
    by_name,
    class_accuracy,
    class_iou,
    confusion_matrix,
    dice,
    mean_iou,
    pixel_accuracy,
)
from tests.segmentation.examples import blotches, generator


@given(
    st.integers(0, 2**32),
    st.integers(2, 5),
    st.sampled_from([None, 255, -1, 0]),
    st.sampled_from([torch.int64, torch.int32, torch.uint8]),
)
def test_it_is_the_matrix_of_scikit_learn(
    seed: int, class_count: int, ignore_index: int | None, dtype: torch.dtype
) -> None:
    g = generator(seed)
    prediction = blotches(2, 5, 7, class_count, g)
    target = blotches(2, 5, 7, class_count, g)
    if ignore_index is not None and not (ignore_index < 0 and dtype == torch.uint8):
        target[torch.rand(target.shape, generator=g) < 0.3] = ignore_index
    actual = confusion_matrix(
        prediction.to(dtype), target.to(dtype), class_count, ignore_index=ignore_index
    )
    counted = target != ignore_index if ignore_index is not None else target >= 0
    if not counted.any():
        assert (actual == 0).all()
        return
    expected = metrics.confusion_matrix(
        target[counted].numpy(), prediction[counted].numpy(), labels=range(class_count)
    )
    assert np.array_equal(actual.numpy(), expected)


@given(st.integers(0, 2**32), st.integers(1, 6))
def test_the_scores_are_those_of_scikit_learn(seed: int, class_count: int) -> None:
    g = generator(seed)
    # Of more classes than are drawn, so that some are absent.
    drawn = int(torch.randint(1, class_count + 1, (), generator=g))
    prediction, target = blotches(2, 4, 6, drawn, g), blotches(2, 4, 6, class_count, g)
    counts = confusion_matrix(prediction, target, class_count)
    true, said = target.flatten().numpy(), prediction.flatten().numpy()
    options: dict[str, Any] = {
        "labels": range(class_count),
        "average": None,
        "zero_division": math.nan,
    }
    expected = metrics.jaccard_score(true, said, **(options | {"zero_division": 0}))
    absent = ~np.isin(range(class_count), np.concatenate([true, said]))
    expected = np.where(absent, math.nan, expected)
    np.testing.assert_allclose(class_iou(counts), expected)
    np.testing.assert_allclose(dice(counts), metrics.f1_score(true, said, **options))
    np.testing.assert_allclose(class_accuracy(counts), metrics.recall_score(true, said, **options))
    assert pixel_accuracy(counts) == pytest.approx(metrics.accuracy_score(true, said))
    assert mean_iou(counts) == pytest.approx(np.nanmean(expected))


def test_hand_counted_scores() -> None:
    target = torch.tensor([[0, 0, 0, 0], [0, 0, 1, 1]])
    prediction = torch.tensor([[0, 0, 0, 0], [0, 1, 1, 0]])
    counts = confusion_matrix(prediction, target, 3)
    assert counts.tolist() == [[5, 1, 0], [1, 1, 0], [0, 0, 0]]
    assert pixel_accuracy(counts) == 6 / 8
    assert class_iou(counts)[:2].tolist() == [5 / 7, 1 / 3]
    assert class_accuracy(counts)[:2].tolist() == [5 / 6, 1 / 2]
    assert dice(counts)[:2].tolist() == [10 / 12, 2 / 4]
    assert class_iou(counts)[2].isnan()
    assert mean_iou(counts) == pytest.approx((5 / 7 + 1 / 3) / 2)


def test_a_class_predicted_where_it_never_stands_counts_as_nought() -> None:
    counts = confusion_matrix(torch.tensor([[0, 1]]), torch.tensor([[0, 0]]), 3)
    assert class_iou(counts)[:2].tolist() == [0.5, 0]
    assert mean_iou(counts) == 0.25
    assert class_accuracy(counts)[1].isnan()


def test_background_flatters_pixel_accuracy_and_not_the_mean_iou() -> None:
    target = torch.zeros(1, 10, 10, dtype=torch.long)
    target[0, 0, 0] = 1
    counts = confusion_matrix(torch.zeros_like(target), target, 2)
    assert pixel_accuracy(counts) == 0.99
    assert mean_iou(counts) == pytest.approx(0.99 / 2)


def test_batches_add_up_to_the_whole() -> None:
    g = generator(0)
    prediction, target = blotches(6, 5, 5, 3, g), blotches(6, 5, 5, 3, g)
    parts = [
        confusion_matrix(p, t, 3) for p, t in zip(prediction.split(2), target.split(2), strict=True)
    ]
    assert torch.equal(torch.stack(parts).sum(dim=0), confusion_matrix(prediction, target, 3))


def test_an_ignored_value_is_not_looked_at_even_among_bytes() -> None:
    bytes_ = torch.tensor([[0, 255]], dtype=torch.uint8)
    with pytest.raises(ValueError, match=r"target\[0, 1\] is 255: .*or ignore_index=-1"):
        confusion_matrix(torch.zeros_like(bytes_), bytes_, 2, ignore_index=-1)
    assert confusion_matrix(bytes_ * 0, bytes_, 2, ignore_index=255).sum() == 1


def test_no_pixels_have_no_score() -> None:
    none = torch.zeros(0, 4, 4, dtype=torch.long)
    counts = confusion_matrix(none, none, 2)
    assert counts.tolist() == [[0, 0], [0, 0]]
    assert math.isnan(pixel_accuracy(counts))
    assert math.isnan(mean_iou(counts))
    assert dice(counts).isnan().all()


def test_scores_can_be_read_under_the_classes_names() -> None:
    assert by_name(torch.tensor([0.5, 0.25]), ["cat", "dog"]) == {"cat": 0.5, "dog": 0.25}
    for names in (["cat"], ["cat", "cat"]):
        with pytest.raises(ValueError, match=r"names=\['cat'.*expected one name for each"):
            by_name(torch.tensor([0.5, 0.25]), names)


MASK = torch.zeros(2, 3, dtype=torch.long)


@pytest.mark.parametrize(
    ("prediction", "target", "options", "error", "message"),
    [
        (MASK, MASK[:, :2], {}, ValueError, r"target has shape \(2, 2\): expected that of predic"),
        (MASK, MASK.to("meta"), {}, ValueError, r"target lies on meta: expected cpu, where predi"),
        (MASK, MASK.float(), {}, TypeError, r"target has dtype torch\.float32: expected torch\.in"),
        (MASK.bool(), MASK, {}, TypeError, r"prediction has dtype torch\.bool"),
        (MASK, [[0]], {}, TypeError, r"target is a list: expected a tensor"),
        (MASK + 2, MASK, {}, ValueError, r"prediction\[0, 0\] is 2: expected a class from 0 to 1"),
        (MASK, MASK - 1, {}, ValueError, r"target\[0, 0\] is -1: expected a class from 0 to 1"),
        (MASK + 9, MASK, {"ignore_index": 9}, ValueError, r"prediction\[0, 0\] is 9"),
        (MASK, MASK + 8, {"ignore_index": 9}, ValueError, r"target\[0, 0\] is 8: .*ignore_index=9"),
        (MASK, MASK, {"class_count": 0}, ValueError, r"class_count=0: expected a whole number of"),
        (MASK, MASK, {"class_count": 2.0}, ValueError, r"class_count=2\.0"),
        (MASK, MASK, {"ignore_index": "void"}, ValueError, r"ignore_index='void': expected"),
    ],
)
def test_what_are_no_masks_is_refused_in_words(
    prediction: Any, target: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        confusion_matrix(prediction, target, **({"class_count": 2} | options))


@pytest.mark.parametrize("score", [pixel_accuracy, class_accuracy, class_iou, mean_iou, dice])
@pytest.mark.parametrize(
    ("confusion", "error", "message"),
    [
        (
            torch.zeros(2, 3, dtype=torch.long),
            ValueError,
            r"confusion has shape \(2, 3\): expected",
        ),
        (torch.zeros(0, 0, dtype=torch.long), ValueError, r"confusion has shape \(0, 0\)"),
        (torch.eye(2), TypeError, r"confusion has dtype torch\.float32: expected torch\.int64"),
        (-torch.eye(2, dtype=torch.long), ValueError, r"confusion holds -1: expected counts of at"),
        ([[1]], TypeError, r"confusion is a list"),
    ],
)
def test_what_is_no_confusion_matrix_is_refused(
    score: Any, confusion: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        score(confusion)
