import pytest
import torch

from course_lib.networks.layers import Add, ChannelsLast, Concatenate, CropLike
from tests.networks.gradients import images


def test_a_crop_takes_the_middle() -> None:
    x = torch.arange(36.0).reshape(1, 1, 6, 6)
    assert torch.equal(CropLike()(x, torch.zeros(1, 9, 2, 4)), x[:, :, 2:4, 1:5])
    assert torch.equal(CropLike()(x, x), x)


def test_what_does_not_fit_is_refused_in_words() -> None:
    x = images(1, 2, 4, 4)
    with pytest.raises(ValueError, match=r"expected that of x, \(1, 2, 4, 4\)"):
        Add()(x, images(1, 1, 4, 4))
    with pytest.raises(ValueError, match="in all but the channels"):
        Concatenate()(x, images(1, 2, 4, 5))
    for side in (3, 5):
        with pytest.raises(ValueError, match="expected to crop equal borders"):
            CropLike()(x, images(1, 2, side, 4))


def test_the_channels_move_to_the_end() -> None:
    x = images(2, 3, 4, 5)
    moved = ChannelsLast()(x)
    assert moved.shape == (2, 4, 5, 3)
    assert moved[1, 2, 3, 0] == x[1, 0, 2, 3]
