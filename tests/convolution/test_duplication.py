import pytest
import torch
from torch.nn import functional

from course_lib.convolution import duplicate1d, duplicate2d, mean_pool2d, subsample2d
from tests.convolution.agreement import assert_agrees, random_tensor


@pytest.mark.parametrize("factor", [1, 2, 3, 7])
@pytest.mark.parametrize("length", [1, 2, 5])
def test_values_and_gradients_are_those_of_torchs_nearest_neighbour(
    factor: int, length: int
) -> None:
    assert_agrees(
        lambda x: duplicate1d(x, factor),
        lambda x: functional.interpolate(x, scale_factor=factor, mode="nearest"),
        random_tensor(2, 3, length),
    )
    assert_agrees(
        lambda x: duplicate2d(x, (factor, 2)),
        lambda x: functional.interpolate(x, scale_factor=(factor, 2), mode="nearest"),
        random_tensor(2, 3, length, 4),
    )


def test_each_pixel_becomes_a_block_of_itself() -> None:
    image = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    assert duplicate2d(image).tolist() == [
        [[[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]]
    ]


def test_subsampling_and_mean_pooling_undo_it() -> None:
    image = random_tensor(1, 2, 3, 4)
    assert torch.equal(subsample2d(duplicate2d(image, 3), 3), image)
    torch.testing.assert_close(mean_pool2d(duplicate2d(image, 3), 3), image)


def test_a_factor_below_one_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="factor=0: expected a whole number of at least 1"):
        duplicate1d(torch.zeros(1, 1, 5), 0)
    with pytest.raises(ValueError, match=r"factor=1\.5: expected a whole number, or a pair"):
        duplicate2d(torch.zeros(1, 1, 5, 5), 1.5)  # type: ignore[arg-type]
