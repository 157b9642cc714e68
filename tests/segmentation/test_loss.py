from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from course_lib.segmentation import pixel_cross_entropy
from tests.segmentation.examples import blotches, generator


@given(st.integers(0, 2**32), st.integers(1, 5), st.booleans(), st.sampled_from([None, 255, -1]))
def test_it_is_torchs(
    seed: int, class_count: int, weighted: bool, ignore_index: int | None
) -> None:
    g = generator(seed)
    logits = torch.randn(2, class_count, 4, 5, generator=g, dtype=torch.float64) * 5
    target = blotches(2, 4, 5, class_count, g)
    weights = torch.rand(class_count, generator=g, dtype=torch.float64) + 0.1 if weighted else None
    if ignore_index is not None:
        target[:, 1:3] = ignore_index
    actual = pixel_cross_entropy(logits, target, class_weights=weights, ignore_index=ignore_index)
    expected = functional.cross_entropy(
        logits, target, weights, ignore_index=-100 if ignore_index is None else ignore_index
    )
    torch.testing.assert_close(actual, expected)


def test_gradients_are_those_of_finite_differences() -> None:
    g = generator(0)
    logits = torch.randn(1, 3, 2, 4, generator=g, dtype=torch.float64, requires_grad=True)
    target = blotches(1, 2, 4, 3, g)
    target[0, 0, 0] = 9
    weights = torch.tensor([0.5, 1.0, 2.0]).double()
    assert torch.autograd.gradcheck(
        lambda z: pixel_cross_entropy(z, target, class_weights=weights, ignore_index=9), logits
    )


def test_ignored_pixels_pull_at_nothing() -> None:
    logits = torch.zeros(1, 2, 1, 2, requires_grad=True)
    pixel_cross_entropy(logits, torch.tensor([[[1, 255]]]), ignore_index=255).backward()
    assert logits.grad is not None
    assert logits.grad[..., 1].tolist() == [[[0], [0]]]
    assert logits.grad[..., 0].tolist() == [[[0.5], [-0.5]]]


def test_large_scores_overflow_nothing() -> None:
    logits = torch.tensor([[[[1e4]], [[-1e4]]]], requires_grad=True)
    loss = pixel_cross_entropy(logits, torch.tensor([[[1]]]))
    loss.backward()
    assert loss.item() == 2e4
    assert logits.grad is not None
    assert logits.grad.flatten().tolist() == [1, -1]


def test_bytes_are_a_mask_too() -> None:
    logits = torch.randn(1, 3, 2, 2, generator=generator(1))
    target = torch.tensor([[[0, 1], [2, 255]]])
    expected = pixel_cross_entropy(logits, target, ignore_index=255)
    assert pixel_cross_entropy(logits, target.byte(), ignore_index=255) == expected


LOGITS, MASK = torch.zeros(1, 2, 3, 4), torch.zeros(1, 3, 4, dtype=torch.long)


@pytest.mark.parametrize(
    ("logits", "target", "options", "error", "message"),
    [
        (LOGITS[0], MASK, {}, ValueError, r"logits has shape \(2, 3, 4\): expected \(N, C, H, W\)"),
        (LOGITS[:, :0], MASK, {}, ValueError, r"logits has shape \(1, 0, 3, 4\)"),
        (LOGITS.long(), MASK, {}, TypeError, r"logits has dtype torch\.int64: expected torch\.flo"),
        (LOGITS / 0, MASK, {}, ValueError, r"logits\[0, 0, 0, 0\] is nan: expected finite numbers"),
        (LOGITS, MASK[0], {}, ValueError, r"target has shape \(3, 4\): expected \(1, 3, 4\)"),
        (LOGITS, MASK[:, :2], {}, ValueError, r"target has shape \(1, 2, 4\): expected \(1, 3, 4"),
        (LOGITS, MASK.float(), {}, TypeError, r"target has dtype torch\.float32"),
        (LOGITS, MASK.to("meta"), {}, ValueError, r"target lies on meta: expected cpu"),
        (LOGITS, MASK + 2, {}, ValueError, r"target\[0, 0, 0\] is 2: expected a class from 0 to 1"),
        (LOGITS, MASK + 9, {"ignore_index": 9}, ValueError, r"target has 0 pixels that count"),
        (LOGITS[:0], MASK[:0], {}, ValueError, r"target has 0 pixels that count"),
        (LOGITS, MASK, {"class_weights": torch.ones(3)}, ValueError, r"class_weights has shape"),
        (LOGITS, MASK, {"class_weights": -torch.ones(2)}, ValueError, r"class_weights is \[-1"),
        (LOGITS, MASK, {"class_weights": torch.ones(2) / 0}, ValueError, r"class_weights is \[inf"),
        (
            LOGITS,
            MASK,
            {"class_weights": torch.ones(2).double()},
            TypeError,
            r"class_weights has d",
        ),
        (LOGITS, MASK, {"class_weights": torch.tensor([0.0, 1.0])}, ValueError, r"12 pixels that"),
        (LOGITS, MASK, {"class_weights": [1, 1]}, TypeError, r"class_weights is a list"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    logits: Any, target: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        pixel_cross_entropy(logits, target, **options)
