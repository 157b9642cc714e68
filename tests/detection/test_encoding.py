from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from course_lib.detection import (
    Grid,
    GridTargets,
    decode_grid,
    encode_boxes,
    squash,
    stack_targets,
    suppress,
)
from tests.detection.examples import boxes, generator, number

VOC = Grid()
SIZE = (448, 448)


def box(cx: float, cy: float, width: float, height: float) -> list[float]:
    return [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2]


def test_the_papers_grid_has_the_slides_numbers() -> None:
    assert (VOC.cells, VOC.boxes_per_cell, VOC.class_count) == (7, 2, 20)
    assert (VOC.depth, VOC.box_count, VOC.number_count) == (30, 98, 1470)


def test_a_prediction_splits_into_boxes_confidences_and_classes() -> None:
    grid = Grid(cells=1, boxes_per_cell=2, class_count=3)
    parts = grid.split(torch.arange(13.0).reshape(1, 1, 1, 13))
    assert parts.boxes.tolist() == [[[[[0, 1, 2, 3], [5, 6, 7, 8]]]]]
    assert parts.confidence.tolist() == [[[[4, 9]]]]
    assert parts.class_probabilities.tolist() == [[[[10, 11, 12]]]]


def test_an_object_stands_in_the_cell_of_its_centre() -> None:
    # Cells are 64 pixels wide; the centre (240, 80) is half into column 3, a quarter into row 1.
    found = encode_boxes(torch.tensor([box(240, 80, 224, 112)]), torch.tensor([5]), SIZE, VOC)
    assert found.targets.has_object.nonzero().tolist() == [[0, 1, 3]]
    assert found.targets.classes[0, 1, 3] == 5
    assert found.targets.boxes[0, 1, 3].tolist() == [0.75, 0.25, 0.5, 0.25]
    assert found.collisions.shape == (0, 2)
    elsewhere = found.targets.boxes[~found.targets.has_object]
    assert elsewhere.abs().sum() == 0


def test_width_and_height_of_the_image_are_not_mixed_up() -> None:
    found = encode_boxes(
        torch.tensor([[150.0, 10.0, 200.0, 20.0]]), torch.tensor([0]), (50, 200), Grid(2, 1, 1)
    )
    assert found.targets.has_object[0].tolist() == [[False, True], [False, False]]
    torch.testing.assert_close(
        found.targets.boxes[0, 0, 1], torch.tensor([0.75, 0.6, 0.25, 0.2]), rtol=0, atol=1e-6
    )


def test_a_centre_between_two_cells_lies_in_the_right_and_lower_one() -> None:
    found = encode_boxes(torch.tensor([box(64, 128, 8, 8)]), torch.tensor([0]), SIZE, VOC)
    assert found.targets.has_object.nonzero().tolist() == [[0, 2, 1]]
    assert found.targets.boxes[0, 2, 1, :2].tolist() == [0, 0]


def test_of_centres_that_share_a_cell_the_first_listed_holds_it_and_the_rest_are_reported() -> None:
    some = torch.tensor([box(32, 32, 9, 9), box(200, 200, 5, 5), box(40, 40, 99, 9)] * 2)
    found = encode_boxes(some, torch.arange(6), SIZE, VOC)
    assert found.collisions.tolist() == [[0, 2], [0, 3], [1, 4], [0, 5]]
    assert found.targets.classes[0, 0, 0] == 0
    assert found.targets.classes[0, 3, 3] == 1
    assert int(found.targets.has_object.sum()) == 2


def test_a_box_may_be_larger_than_its_cell_and_than_the_image() -> None:
    large = torch.tensor([box(224, 224, 600, 448)])
    found = encode_boxes(large, torch.tensor([1]), SIZE, VOC)
    torch.testing.assert_close(found.targets.boxes[0, 3, 3, 2:], torch.tensor([600 / 448, 1]))
    (back,) = decode_grid(found.targets.as_prediction(VOC), SIZE, VOC)
    torch.testing.assert_close(suppress(back, score_threshold=0.5).boxes, large)


@pytest.mark.parametrize("cells", range(1, 30))
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_centre_a_rounding_error_short_of_the_far_edge_stays_in_the_grid(
    cells: int, dtype: torch.dtype
) -> None:
    for side in (*range(1, 20), 224, 448, 500, 1023):
        edge = torch.full((1, 4), float(side), dtype=dtype)
        last = torch.nextafter(edge, torch.zeros_like(edge))
        found = encode_boxes(last, torch.tensor([0]), (side, side), Grid(cells, 1, 1))
        assert found.targets.has_object.nonzero().tolist() == [[0, cells - 1, cells - 1]]
        assert (found.targets.boxes >= 0).all()
        assert (found.targets.boxes <= 1).all()


@pytest.mark.parametrize("cells", [3, 7, 13])
def test_every_line_between_cells_belongs_to_the_cell_after_it(cells: int) -> None:
    side = 448 - 448 % cells
    for k in range(cells):
        line = side // cells * k
        corner = torch.tensor([[line, line, line, line]]).float()
        found = encode_boxes(corner, torch.tensor([0]), (side, side), Grid(cells, 1, 1))
        assert found.targets.has_object.nonzero().tolist() == [[0, k, k]]


@given(st.integers(0, 2**32))
def test_encoding_and_decoding_gives_the_boxes_back(seed: int) -> None:
    g = generator(seed)
    grid = Grid(number(1, 9, g), number(1, 3, g), number(1, 5, g))
    size = (number(20, 300, g), number(20, 300, g))
    count = number(0, 12, g)
    some = boxes(count, g, size=20.0) * torch.tensor([size[1] / 20, size[0] / 20] * 2).double()
    classes = torch.randint(0, grid.class_count, (count,), generator=g)
    found = encode_boxes(some, classes, size, grid)
    (back,) = decode_grid(found.targets.as_prediction(grid), size, grid)

    assert len(back) == grid.box_count
    sure = back.select(back.scores == 1)
    assert (back.scores > 0).sum() == len(sure)
    lost = set(found.collisions[:, 1].tolist())
    held = torch.tensor([i for i in range(count) if i not in lost], dtype=torch.long)
    expected = sorted(zip(some[held].tolist(), classes[held].tolist(), strict=True))
    actual = sorted(zip(sure.boxes.tolist(), sure.classes.tolist(), strict=True))
    assert [c for _, c in actual] == [c for _, c in expected]
    torch.testing.assert_close(
        torch.tensor([b for b, _ in actual]), torch.tensor([b for b, _ in expected])
    )


def decode_slowly(prediction: Tensor, size: tuple[int, int], grid: Grid) -> list[list[float]]:
    """Return x1, y1, x2, y2, score, class of every box of one image, from the definition."""
    height, width = size
    out = []
    for row in range(grid.cells):
        for column in range(grid.cells):
            cell = prediction[row, column].tolist()
            probabilities = cell[5 * grid.boxes_per_cell :]
            for j in range(grid.boxes_per_cell):
                x, y, w, h, confidence = cell[5 * j : 5 * j + 5]
                cx = (column + x) / grid.cells * width
                cy = (row + y) / grid.cells * height
                best = max(probabilities)
                corners = box(cx, cy, w * width, h * height)
                out.append([*corners, confidence * best, probabilities.index(best)])
    return out


@given(st.integers(0, 2**32))
def test_decoding_is_the_definition_cell_by_cell(seed: int) -> None:
    g = generator(seed)
    grid = Grid(number(1, 4, g), number(1, 3, g), number(1, 4, g))
    size = (number(10, 90, g), number(10, 90, g))
    # Few levels, so that equally probable classes occur.
    prediction = torch.randint(0, 4, (2, grid.cells, grid.cells, grid.depth), generator=g).double()
    for found, one in zip(decode_grid(prediction / 3, size, grid), prediction / 3, strict=True):
        actual = torch.cat([found.boxes, found.scores[:, None], found.classes[:, None]], dim=1)
        torch.testing.assert_close(
            actual, torch.tensor(decode_slowly(one, size, grid)).double(), rtol=1e-5, atol=1e-5
        )


def test_no_objects_are_fine() -> None:
    found = encode_boxes(torch.zeros(0, 4), torch.zeros(0, dtype=torch.long), SIZE, VOC)
    assert not found.targets.has_object.any()
    assert found.collisions.shape == (0, 2)
    (back,) = decode_grid(found.targets.as_prediction(VOC), SIZE, VOC)
    assert len(suppress(back, score_threshold=0.1)) == 0
    assert decode_grid(torch.zeros(0, 7, 7, 30), SIZE, VOC) == []


def test_targets_of_several_images_stack_into_a_batch() -> None:
    one = encode_boxes(torch.tensor([box(32, 32, 9, 9)]), torch.tensor([3]), SIZE, VOC).targets
    two = encode_boxes(torch.tensor([box(99, 32, 9, 9)]), torch.tensor([4]), SIZE, VOC).targets
    both = stack_targets([one, two])
    assert both.has_object.nonzero().tolist() == [[0, 0, 0], [1, 0, 1]]
    assert both.to("cpu").classes[both.has_object].tolist() == [3, 4]
    with pytest.raises(ValueError, match="targets is empty"):
        stack_targets([])


def test_a_squashed_output_can_be_decoded_whatever_the_network_says() -> None:
    grid = Grid(3, 2, 4)
    raw = torch.randn(2, 3, 3, 14, generator=generator(0), dtype=torch.float64) * 50
    parts = grid.split(squash(raw, grid))
    assert ((parts.boxes >= 0) & (parts.boxes <= 1)).all()
    assert ((parts.confidence >= 0) & (parts.confidence <= 1)).all()
    sums = parts.class_probabilities.sum(dim=-1)
    torch.testing.assert_close(sums, torch.ones_like(sums))
    assert [len(found) for found in decode_grid(squash(raw, grid), (30, 40), grid)] == [18, 18]
    raw = raw[:1, :, :].clone() / 50
    assert torch.autograd.gradcheck(lambda r: squash(r, grid), raw.requires_grad_())


BOX, CLASS = torch.tensor([box(100, 100, 10, 10)]), torch.tensor([0])


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((BOX[0], CLASS, SIZE), ValueError, r"boxes has shape \(4,\): expected \(N, 4\)"),
        ((BOX, CLASS[:0], SIZE), ValueError, r"classes has shape \(0,\): expected \(1,\)"),
        ((BOX, CLASS + 20, SIZE), ValueError, r"classes\[0\] is 20: expected a class from 0 to 19"),
        ((BOX, CLASS - 1, SIZE), ValueError, r"classes\[0\] is -1"),
        ((BOX, CLASS.bool(), SIZE), TypeError, r"classes has dtype torch\.bool"),
        ((BOX, CLASS.to("meta"), SIZE), ValueError, r"classes lies on meta: expected cpu"),
        ((BOX - 100, CLASS, (20, 20)), None, ""),
        ((BOX - 101, CLASS, (20, 20)), ValueError, r"boxes\[0\] is .*expected its centre within"),
        ((BOX, CLASS, (448, 100)), ValueError, r"height 448 and width 100"),
        ((BOX, CLASS, (100, 448)), ValueError, r"height 100 and width 448"),
        ((BOX, CLASS, (448.0, 448)), ValueError, r"the height in image_size=448\.0"),
    ],
)
def test_objects_that_the_grid_cannot_hold_are_refused_in_words(
    arguments: tuple[Any, ...], error: type[Exception] | None, message: str
) -> None:
    if error is None:
        encode_boxes(*arguments, VOC)
        return
    with pytest.raises(error, match=message):
        encode_boxes(*arguments, VOC)


GOOD = torch.zeros(1, 7, 7, 30)


@pytest.mark.parametrize(
    ("prediction", "error", "message"),
    [
        (GOOD[0], ValueError, r"prediction has shape \(7, 7, 30\): expected \(N, 7, 7, 30\)"),
        (GOOD.permute(0, 3, 1, 2), ValueError, r"shape \(1, 30, 7, 7\): expected \(N, 7, 7, 30\)"),
        (GOOD.half(), TypeError, r"prediction has dtype torch\.float16"),
        (GOOD / 0, ValueError, r"prediction\[0, 0, 0, 0\] is nan: expected finite numbers"),
        (GOOD - 0.5, ValueError, r"prediction holds \[-0\.5, .*expected width >= 0"),
    ],
)
def test_what_is_no_prediction_is_refused_in_words(
    prediction: Tensor, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        decode_grid(prediction, SIZE, VOC)


@pytest.mark.parametrize("name", ["cells", "boxes_per_cell", "class_count"])
@pytest.mark.parametrize("value", [0, -1, 2.5, True, "7"])
def test_an_impossible_grid_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"{name}={value!r}: expected a whole number of at least"):
        Grid(**{name: value})


def test_targets_of_another_grid_are_refused() -> None:
    targets = encode_boxes(BOX, CLASS + 9, SIZE, VOC).targets
    with pytest.raises(ValueError, match=r"shape \(1, 7, 7\): expected \(N, 6, 6, 4\)"):
        targets.as_prediction(Grid(6, 2, 20))
    with pytest.raises(ValueError, match=r"targets\.classes\[0\] is 9: expected a class from 0 to"):
        targets.as_prediction(Grid(7, 2, 5))
    with pytest.raises(ValueError, match="targets hold boxes"):
        GridTargets(targets.boxes, targets.classes[0]).as_prediction(VOC)
