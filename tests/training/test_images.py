"""Pictures to learn from."""

import pytest
import torch

from course_lib.training.images import ImageSet, as_input
from tests.training.pictures import squares


def test_networks_take_values_from_0_to_1() -> None:
    x = as_input(torch.tensor([0, 51, 255], dtype=torch.uint8).reshape(1, 3, 1, 1))
    assert x.flatten().tolist() == pytest.approx([0, 0.2, 1])


def test_fewer_pictures_are_some_of_more() -> None:
    images = squares(12)
    few, more = images.subset(3, 1), images.subset(6, 1)
    assert {tuple(b) for b in few.boxes[:, 0].tolist()} <= {
        tuple(b) for b in more.boxes[:, 0].tolist()
    }
    assert few.sha256 != more.sha256
    assert few.sha256 == images.subset(3, 1).sha256


def test_what_does_not_fit_is_refused_in_words() -> None:
    images = squares(2)
    with pytest.raises(TypeError, match=r"images has dtype torch\.float32: expected"):
        ImageSet(images.images.float(), images.labels, images.boxes, images.masks)
    with pytest.raises(ValueError, match=r"boxes has shape \(2, 4\): expected \(2, 1, 4\)"):
        ImageSet(images.images, images.labels, images.boxes[:, 0], images.masks)
    with pytest.raises(ValueError, match="count=3: expected at most 2"):
        images.subset(3, 0)
