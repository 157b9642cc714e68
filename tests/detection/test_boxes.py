from typing import Any

import pytest
import torch

from course_lib.detection import (
    BOX_FORMATS,
    box_area,
    clip_boxes,
    convert_boxes,
    to_absolute,
    to_relative,
)
from tests.detection.examples import boxes, generator

ONE_BOX = {
    "xyxy": [2.0, 3.0, 6.0, 5.0],
    "xywh": [2.0, 3.0, 4.0, 2.0],
    "cxcywh": [4.0, 4.0, 4.0, 2.0],
}


@pytest.mark.parametrize("source", BOX_FORMATS)
@pytest.mark.parametrize("target", BOX_FORMATS)
def test_one_box_reads_as_it_should_in_each_format(source: str, target: str) -> None:
    assert convert_boxes(torch.tensor(ONE_BOX[source]), source, target).tolist() == ONE_BOX[target]


@pytest.mark.parametrize("source", BOX_FORMATS)
@pytest.mark.parametrize("target", BOX_FORMATS)
def test_there_and_back_is_the_same_box(source: str, target: str) -> None:
    some = convert_boxes(boxes(50, generator(0)).reshape(5, 10, 4), "xyxy", source)
    there = convert_boxes(some, source, target)
    torch.testing.assert_close(convert_boxes(there, target, source), some)


def test_a_result_is_never_the_input_itself() -> None:
    given = torch.tensor([0.0, 0.0, 1.0, 1.0])
    convert_boxes(given, "xyxy", "xyxy").zero_()
    assert given.tolist() == [0, 0, 1, 1]


def test_gradients_flow_through_every_conversion() -> None:
    for source in BOX_FORMATS:
        for target in BOX_FORMATS:
            some = convert_boxes(boxes(3, generator(1)), "xyxy", source).requires_grad_()
            assert torch.autograd.gradcheck(convert_boxes, (some, source, target))


def test_parts_of_the_image_are_counted_along_the_right_side() -> None:
    half = to_relative(torch.tensor([[50.0, 10.0, 100.0, 20.0]]), (20, 200))
    assert half.tolist() == [[0.25, 0.5, 0.5, 1.0]]
    assert to_absolute(half, (20, 200)).tolist() == [[50, 10, 100, 20]]


def test_the_area_is_the_number_of_pixels_covered() -> None:
    assert box_area(torch.tensor([[3.0, 0.0, 6.0, 2.0], [1.0, 1.0, 1.0, 9.0]])).tolist() == [6, 0]


def test_clipping_keeps_what_lies_in_the_image() -> None:
    given = torch.tensor([[-5.0, -1.0, 3.0, 9.0], [20.0, 1.0, 30.0, 2.0], [1.0, 1.0, 2.0, 2.0]])
    clipped = clip_boxes(given, (4, 10))
    assert clipped.tolist() == [[0, 0, 3, 4], [10, 1, 10, 2], [1, 1, 2, 2]]
    assert box_area(clipped).tolist() == [12, 0, 1]


def test_no_boxes_are_fine() -> None:
    none = torch.zeros(0, 4)
    assert convert_boxes(none, "xyxy", "cxcywh").shape == (0, 4)
    assert box_area(none).shape == (0,)
    assert to_relative(none, (2, 3)).shape == clip_boxes(none, (2, 3)).shape == (0, 4)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ([[0.0, 0.0, 1.0, 1.0]], TypeError, r"boxes is a list: expected a tensor"),
        (torch.zeros(2, 4, dtype=torch.int64), TypeError, r"torch\.int64: expected torch\.float32"),
        (torch.zeros(2, 4, dtype=torch.float16), TypeError, r"torch\.float16: expected"),
        (torch.zeros(2, 5), ValueError, r"boxes has shape \(2, 5\): expected \(\.\.\., 4\)"),
        (torch.zeros(()), ValueError, r"boxes has shape \(\): expected"),
        (
            torch.tensor([[0, 0, 1, torch.nan]]),
            ValueError,
            r"boxes\[0, 3\] is nan: expected finite",
        ),
        (torch.tensor([[0, 0, torch.inf, 1]]), ValueError, r"boxes\[0, 2\] is inf"),
        (
            torch.tensor([[0.0, 0.0, 1.0, 1.0], [3.0, 0.0, 2.0, 1.0]]),
            ValueError,
            r"boxes holds \[3\.0, 0\.0, 2\.0, 1\.0\] \(box 1\): expected x2 >= x1 and y2 >= y1",
        ),
    ],
)
def test_what_is_no_box_is_refused_in_words(
    given: Any, error: type[Exception], message: str
) -> None:
    for function in (box_area, lambda b: convert_boxes(b, "xyxy", "xywh")):
        with pytest.raises(error, match=message):
            function(given)
    with pytest.raises(error, match=message):
        clip_boxes(given, (4, 4))


@pytest.mark.parametrize("source", ["xywh", "cxcywh"])
def test_a_negative_extent_is_refused_in_every_format(source: str) -> None:
    with pytest.raises(ValueError, match=r"boxes holds .* \(box 0\): expected width >= 0 and"):
        convert_boxes(torch.tensor([[1.0, 1.0, 2.0, -1.0]]), source, "xyxy")


def test_an_unknown_format_is_refused_in_words() -> None:
    box = torch.zeros(1, 4)
    with pytest.raises(ValueError, match="source='yolo': expected one of xyxy, xywh, cxcywh"):
        convert_boxes(box, "yolo", "xyxy")
    with pytest.raises(ValueError, match="target='XYXY'"):
        convert_boxes(box, "xyxy", "XYXY")


@pytest.mark.parametrize("size", [(0, 4), (4, -1), (4.5, 4), (4,), 4, [4, 4], (True, 4)])
def test_an_impossible_image_size_is_refused(size: Any) -> None:
    for function in (to_relative, to_absolute, clip_boxes):
        with pytest.raises(ValueError, match="image_size"):
            function(torch.zeros(1, 4), size)
