import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from course_lib.detection import (
    Grid,
    GridTargets,
    YoloLoss,
    YoloLossWeights,
    encode_boxes,
    squash,
    stack_targets,
    yolo_loss,
)
from tests.detection.examples import boxes, generator, number
from tests.detection.test_suppression import overlap_of

SMALL = Grid(cells=3, boxes_per_cell=2, class_count=4)


def problem(seed: int, grid: Grid, images: int) -> tuple[Tensor, GridTargets]:
    """Draw a prediction and true boxes, encoded; in double precision."""
    g = generator(seed)
    raw = torch.randn(images, grid.cells, grid.cells, grid.depth, generator=g, dtype=torch.float64)
    targets = []
    for _ in range(images):
        count = number(0, 4, g)
        classes = torch.randint(0, grid.class_count, (count,), generator=g)
        targets.append(encode_boxes(boxes(count, g), classes, (100, 100), grid).targets)
    return squash(raw, grid), stack_targets(targets)


def corners(i: int, x: float, y: float, w: float, h: float, cells: int) -> list[float]:
    row, column = divmod(i, cells)
    cx, cy = (column + x) / cells, (row + y) / cells
    return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2]


def loss_by_the_book(prediction: Tensor, targets: GridTargets, grid: Grid) -> list[float]:
    """Return the five terms of equation 3, index by index."""
    coord, noobj = 5.0, 0.5
    terms = [0.0] * 5
    for n in range(len(prediction)):
        said = prediction[n].reshape(-1, grid.depth).tolist()
        true = targets.boxes[n].reshape(-1, 4).tolist()
        label = targets.classes[n].reshape(-1).tolist()
        for i in range(grid.cells**2):
            guesses = [said[i][5 * j : 5 * j + 5] for j in range(grid.boxes_per_cell)]
            responsible = -1
            if label[i] >= 0:
                ious = [
                    overlap_of(corners(i, *guess[:4], grid.cells), corners(i, *true[i], grid.cells))
                    for guess in guesses
                ]
                responsible = ious.index(max(ious))
            for j, (x, y, w, h, confidence) in enumerate(guesses):
                if j != responsible:
                    terms[3] += noobj * confidence**2
                    continue
                tx, ty, tw, th = true[i]
                terms[0] += coord * ((x - tx) ** 2 + (y - ty) ** 2)
                terms[1] += coord * (
                    (math.sqrt(w) - math.sqrt(tw)) ** 2 + (math.sqrt(h) - math.sqrt(th)) ** 2
                )
                terms[2] += (confidence - ious[j]) ** 2
            if label[i] >= 0:
                for c in range(grid.class_count):
                    p = said[i][5 * grid.boxes_per_cell + c]
                    terms[4] += (p - (c == label[i])) ** 2
    return [term / len(prediction) for term in terms]


@given(st.integers(0, 2**32), st.integers(1, 4), st.integers(1, 3), st.integers(1, 3))
def test_the_five_terms_are_those_of_the_paper_index_by_index(
    seed: int, cells: int, boxes_per_cell: int, images: int
) -> None:
    grid = Grid(cells, boxes_per_cell, class_count=3)
    prediction, targets = problem(seed, grid, images)
    loss = yolo_loss(prediction, targets, grid)
    expected = loss_by_the_book(prediction, targets, grid)
    torch.testing.assert_close(torch.stack(list(loss)), torch.tensor(expected).double())
    torch.testing.assert_close(loss.total.item(), sum(expected))


def test_a_faultless_prediction_costs_nothing() -> None:
    some = torch.tensor([[0.0, 0.0, 30.0, 20.0], [40.0, 40.0, 60.0, 99.0]])
    targets = encode_boxes(some, torch.tensor([1, 3]), (100, 100), SMALL).targets
    loss = yolo_loss(targets.as_prediction(SMALL), targets, SMALL)
    torch.testing.assert_close(loss.total, torch.zeros(()), rtol=0, atol=1e-12)


def test_hand_counted_terms() -> None:
    # One cell, two boxes. The truth is the whole image, class 1. Box 0 misses in width (a quarter
    # of it: IoU 1/4), box 1 is the centre's half by half (IoU 1/4 as well): the first is
    # responsible.
    grid = Grid(cells=1, boxes_per_cell=2, class_count=2)
    truth = encode_boxes(torch.tensor([[0.0, 0.0, 8.0, 8.0]]), torch.tensor([1]), (8, 8), grid)
    said = [0.5, 0.5, 0.25, 1.0, 0.75, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.75]
    loss = yolo_loss(torch.tensor(said).reshape(1, 1, 1, 12), truth.targets, grid)
    assert loss.centre.item() == 0
    assert loss.size.item() == 5 * (0.5 - 1) ** 2
    assert loss.object_confidence.item() == (0.75 - 0.25) ** 2
    assert loss.no_object_confidence.item() == 0.5 * 0.5**2
    assert loss.classes.item() == 0.25**2 + 0.25**2


def test_an_empty_image_asks_only_for_no_confidence() -> None:
    prediction, _ = problem(1, SMALL, 1)
    targets = encode_boxes(torch.zeros(0, 4), torch.zeros(0).long(), (9, 9), SMALL).targets
    targets = GridTargets(targets.boxes.double(), targets.classes)
    loss = yolo_loss(prediction, targets, SMALL)
    assert loss.no_object_confidence > 0
    assert loss.total == loss.no_object_confidence


def test_the_weights_scale_their_terms_and_no_others() -> None:
    prediction, targets = problem(2, SMALL, 2)
    plain = yolo_loss(prediction, targets, SMALL, YoloLossWeights(1, 1))
    paper = yolo_loss(prediction, targets, SMALL)
    ratios = torch.stack(list(paper)) / torch.stack(list(plain))
    torch.testing.assert_close(ratios, torch.tensor([5, 5, 1, 0.5, 1]).double())


TERMS: dict[str, Callable[[YoloLoss], Tensor]] = {
    "centre": lambda loss: loss.centre,
    "size": lambda loss: loss.size,
    "no object": lambda loss: loss.no_object_confidence,
    "classes": lambda loss: loss.classes,
}


@pytest.mark.parametrize("term", TERMS)
def test_gradients_are_those_of_finite_differences(term: str) -> None:
    prediction, targets = problem(3, SMALL, 2)
    assert targets.has_object.any()
    assert torch.autograd.gradcheck(
        lambda p: TERMS[term](yolo_loss(p, targets, SMALL)), prediction.requires_grad_()
    )


def test_confidence_is_drawn_to_an_overlap_that_counts_as_given() -> None:
    prediction, targets = problem(3, SMALL, 2)
    is_confidence = torch.zeros(SMALL.depth, dtype=torch.bool)
    is_confidence[4 : 5 * SMALL.boxes_per_cell : 5] = True

    def term(confidence: Tensor) -> Tensor:
        return yolo_loss(
            torch.where(is_confidence, confidence, prediction), targets, SMALL
        ).object_confidence

    assert torch.autograd.gradcheck(term, prediction.clone().requires_grad_())
    whole = prediction.clone().requires_grad_()
    yolo_loss(whole, targets, SMALL).object_confidence.backward()
    assert whole.grad is not None
    assert whole.grad[..., is_confidence].abs().sum() > 0
    assert (whole.grad[..., ~is_confidence] == 0).all()


def test_boxes_of_no_extent_that_are_not_responsible_leave_gradients_finite() -> None:
    prediction, targets = problem(4, SMALL, 1)
    prediction = targets.as_prediction(SMALL).requires_grad_()
    yolo_loss(prediction, targets, SMALL).total.backward()
    assert prediction.grad is not None
    assert torch.isfinite(prediction.grad).all()


def test_descent_from_noise_finds_the_boxes() -> None:
    _, targets = problem(5, SMALL, 1)
    raw = torch.randn(1, 3, 3, SMALL.depth, generator=generator(6), dtype=torch.float64)
    optimiser = torch.optim.Adam([raw.requires_grad_()], lr=0.1)
    first = yolo_loss(squash(raw, SMALL), targets, SMALL).total.item()
    for _ in range(200):
        optimiser.zero_grad()
        yolo_loss(squash(raw, SMALL), targets, SMALL).total.backward()
        optimiser.step()
    assert yolo_loss(squash(raw, SMALL), targets, SMALL).total.item() < first / 100


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            lambda p: p[0],
            ValueError,
            r"prediction has shape \(3, 3, 14\): expected \(N, 3, 3, 14\)",
        ),
        (lambda p: p[:, :2], ValueError, r"prediction has shape \(2, 2, 3, 14\)"),
        (lambda p: p[:1], ValueError, r"targets are of 2 images: expected as many"),
        (lambda p: p[:0], ValueError, r"prediction has shape \(0, 3, 3, 14\)"),
        (lambda p: p.float(), TypeError, r"targets has dtype torch\.float64: expected that of"),
        (lambda p: p.long(), TypeError, r"prediction has dtype torch\.int64"),
        (lambda p: p.to("meta"), ValueError, r"targets lies on cpu: expected meta"),
        (lambda p: p * torch.nan, ValueError, r"prediction\[0, 0, 0, 0\] is nan"),
        (lambda p: p - 1, ValueError, r"prediction holds .*expected width >= 0 and height >= 0"),
        (lambda p: None, TypeError, r"prediction is a NoneType: expected a tensor|expected a tens"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    change: Callable[[Tensor], Any], error: type[Exception], message: str
) -> None:
    prediction, targets = problem(7, SMALL, 2)
    with pytest.raises(error, match=message):
        yolo_loss(change(prediction), targets, SMALL)


@pytest.mark.parametrize("value", [-1, math.nan, math.inf, "5"])
def test_an_impossible_weight_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=f"coordinates={value!r}: expected a finite number"):
        replace(YoloLossWeights(), coordinates=value)
    with pytest.raises(ValueError, match=f"no_object={value!r}"):
        replace(YoloLossWeights(), no_object=value)


def test_no_gradient_is_lost_where_a_sigmoid_rounds_to_nothing() -> None:
    box = torch.tensor([[1.0, 1.0, 5.0, 5.0]])
    targets = encode_boxes(box, torch.tensor([0]), (9, 9), SMALL).targets
    raw = torch.full((1, 3, 3, SMALL.depth), -200.0, requires_grad=True)
    yolo_loss(squash(raw, SMALL), targets, SMALL).total.backward()
    assert raw.grad is not None
    assert raw.grad.isfinite().all()


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        (
            lambda t: GridTargets(t.boxes * math.nan, t.classes),
            ValueError,
            "targets.boxes.* is nan",
        ),
        (lambda t: GridTargets(-t.boxes, t.classes), ValueError, "width >= 0"),
        (lambda t: GridTargets(t.boxes, t.classes.to("meta")), ValueError, "lies on meta"),
        (lambda t: t.boxes, TypeError, "targets is a Tensor: expected GridTargets"),
    ],
)
def test_targets_that_no_encoding_gives_are_refused(
    change: Callable[[GridTargets], Any], kind: type[Exception], said: str
) -> None:
    box = torch.tensor([[1.0, 1.0, 5.0, 5.0]])
    targets = encode_boxes(box, torch.tensor([0]), (9, 9), SMALL).targets
    prediction = torch.full((1, 3, 3, SMALL.depth), 0.5)
    with pytest.raises(kind, match=said):
        yolo_loss(prediction, change(targets), SMALL)


def test_targets_of_different_grids_do_not_stack() -> None:
    box, thing = torch.tensor([[1.0, 1.0, 5.0, 5.0]]), torch.tensor([0])
    coarse, fine = (
        encode_boxes(box, thing, (9, 9), replace(SMALL, cells=cells)).targets for cells in (3, 4)
    )
    with pytest.raises(ValueError, match=r"targets\[1\] holds boxes of shape \(1, 4, 4, 4\)"):
        stack_targets([coarse, fine])
    with pytest.raises(TypeError, match=r"targets\[0\] is a Encoding"):
        stack_targets([encode_boxes(box, thing, (9, 9), SMALL)])  # type: ignore[list-item]
