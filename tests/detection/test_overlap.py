from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from course_lib.detection import giou, iou, paired_giou, paired_iou
from course_lib.detection import overlap as module
from tests.detection.examples import boxes, generator, whole_boxes

seeds = st.integers(0, 2**32)


def pixels(box: Tensor, size: int = 12) -> set[tuple[int, int]]:
    x1, y1, x2, y2 = (int(v) for v in box)
    return {(x, y) for x in range(x1, x2) for y in range(y1, y2)}


@given(seeds)
def test_the_overlap_of_whole_boxes_is_that_of_their_pixels(seed: int) -> None:
    g = generator(seed)
    a, b = whole_boxes(4, g), whole_boxes(5, g)
    expected_iou, expected_giou = torch.zeros(4, 5).double(), torch.zeros(4, 5).double()
    for i, one in enumerate(a):
        for j, other in enumerate(b):
            both, either = pixels(one) & pixels(other), pixels(one) | pixels(other)
            hull = pixels(torch.cat([one[:2].minimum(other[:2]), one[2:].maximum(other[2:])]))
            expected_iou[i, j] = len(both) / len(either) if either else 0
            empty = (len(hull) - len(either)) / len(hull) if hull else 0
            expected_giou[i, j] = expected_iou[i, j] - empty
    torch.testing.assert_close(iou(a, b), expected_iou, rtol=0, atol=1e-15)
    torch.testing.assert_close(giou(a, b), expected_giou, rtol=0, atol=1e-15)


@given(seeds)
def test_pairs_are_the_diagonal_of_the_matrix(seed: int) -> None:
    g = generator(seed)
    a, b = boxes(6, g), boxes(6, g)
    assert torch.equal(paired_iou(a, b), iou(a, b).diagonal())
    assert torch.equal(paired_giou(a, b), giou(a, b).diagonal())


@given(seeds, st.sampled_from([torch.float32, torch.float64]))
def test_overlap_is_symmetric_bounded_and_one_with_itself(seed: int, dtype: torch.dtype) -> None:
    some = boxes(8, generator(seed)).to(dtype)
    matrix, general = iou(some, some), giou(some, some)
    assert torch.equal(matrix, matrix.T)
    assert (matrix.diagonal() == 1).all()
    assert ((matrix >= 0) & (matrix <= 1)).all()
    assert ((general > -1) & (general <= matrix + 1e-6)).all()


def test_boxes_that_only_touch_do_not_overlap() -> None:
    a, b = torch.tensor([[0.0, 0.0, 1.0, 1.0]]), torch.tensor([[1.0, 0.0, 2.0, 1.0]])
    assert iou(a, b).item() == giou(a, b).item() == 0


def test_the_generalised_overlap_falls_as_boxes_part() -> None:
    a = torch.tensor([[0.0, 0.0, 1.0, 1.0]])
    b = torch.tensor([[2.0, 0.0, 3.0, 1.0], [9.0, 0.0, 10.0, 1.0]])
    assert iou(a, b).tolist() == [[0, 0]]
    torch.testing.assert_close(giou(a, b), torch.tensor([[-1 / 3, -8 / 10]]))


def test_a_box_without_area_overlaps_nothing_not_even_itself() -> None:
    point, box = torch.tensor([[1.0, 1.0, 1.0, 1.0]]), torch.tensor([[0.0, 0.0, 2.0, 2.0]])
    assert iou(point, point).item() == iou(point, box).item() == giou(point, point).item() == 0


@pytest.mark.parametrize("function", [iou, giou, paired_iou, paired_giou])
def test_gradients_are_those_of_finite_differences(
    function: Callable[[Tensor, Tensor], Tensor],
) -> None:
    a, b = boxes(4, generator(3)).requires_grad_(), boxes(4, generator(4)).requires_grad_()
    assert torch.autograd.gradcheck(function, (a, b))


@pytest.mark.parametrize("function", [iou, giou])
def test_boxes_without_area_have_gradients_without_nan(
    function: Callable[[Tensor, Tensor], Tensor],
) -> None:
    points = torch.zeros(2, 4, requires_grad=True)
    function(points, points).sum().backward()
    assert points.grad is not None
    assert torch.isfinite(points.grad).all()


def test_the_generalised_overlap_draws_boxes_together_that_do_not_touch() -> None:
    box = torch.tensor([[5.0, 0.0, 6.0, 1.0]], requires_grad=True)
    goal = torch.tensor([[0.0, 0.0, 1.0, 1.0]])
    (of_iou,) = torch.autograd.grad(iou(box, goal).sum(), box)
    (of_giou,) = torch.autograd.grad(giou(box, goal).sum(), box)
    assert (of_iou == 0).all()
    assert of_giou[0, 0] < 0, "moving the left edge to the left helps"


def test_rows_taken_some_at_a_time_are_the_whole_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = boxes(50, generator(5)), boxes(7, generator(6))
    whole = iou(a, b)
    monkeypatch.setattr(module, "_PAIRS_AT_ONCE", 20)
    assert torch.equal(iou(a, b), whole)


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 3), (3, 0)])
def test_no_boxes_give_an_empty_matrix(n: int, m: int) -> None:
    a, b = torch.zeros(n, 4), torch.zeros(m, 4)
    assert iou(a, b).shape == giou(a, b).shape == (n, m)
    assert paired_iou(a[:0], b[:0]).shape == (0,)


GOOD = torch.tensor([[0.0, 0.0, 1.0, 1.0]])


@pytest.mark.parametrize(
    ("a", "b", "error", "message"),
    [
        (GOOD, GOOD[0], ValueError, r"b has shape \(4,\): expected \(N, 4\)"),
        (GOOD[:, :3], GOOD, ValueError, r"a has shape \(1, 3\): expected \(N, 4\)"),
        (GOOD, GOOD.int(), TypeError, r"b has dtype torch\.int32: expected torch\.float32 or"),
        (GOOD, GOOD.double(), TypeError, r"b has dtype torch\.float64: expected that of a, torch"),
        (GOOD, GOOD.to("meta"), ValueError, r"b lies on meta: expected cpu, where a lies"),
        (GOOD, None, TypeError, r"expected a tensor"),
        (GOOD * torch.nan, GOOD, ValueError, r"a\[0, 0\] is nan"),
        (GOOD, -GOOD, ValueError, r"b holds \[-0\.0, -0\.0, -1\.0, -1\.0\] \(box 0\): expected x2"),
    ],
)
def test_what_are_no_boxes_is_refused_in_words(
    a: Any, b: Any, error: type[Exception], message: str
) -> None:
    for function in (iou, giou, paired_iou, paired_giou):
        with pytest.raises(error, match=message):
            function(a, b)


def test_pairs_of_unequal_number_are_refused() -> None:
    for function in (paired_iou, paired_giou):
        with pytest.raises(ValueError, match=r"a has shape \(1, 4\), b \(2, 4\): expected as many"):
            function(GOOD, GOOD.repeat(2, 1))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("function", [iou, giou, paired_iou, paired_giou])
def test_the_largest_boxes_still_have_an_overlap_and_larger_ones_are_refused(
    function: Callable[[Tensor, Tensor], Tensor], dtype: torch.dtype
) -> None:
    limit = {torch.float32: 1e18, torch.float64: 1e153}[dtype]
    box = torch.tensor([[-limit, -limit, limit, limit]], dtype=dtype)
    assert function(box, box).flatten().tolist() == [1]
    with pytest.raises(ValueError, match=r"b holds .* overflow"):
        function(box, 2 * box)
