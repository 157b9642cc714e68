import pytest
import torch

from course_lib.datasets import (
    PHOTOGRAPHS,
    THUMBNAILS,
    grey_bytes,
    load_photograph_bytes,
    load_thumbnail,
)


@pytest.mark.parametrize("name", THUMBNAILS)
def test_a_thumbnail_is_its_photograph_but_smaller(name: str) -> None:
    image = load_thumbnail(name)
    assert image.shape == (3, 64, 64)
    assert image.dtype == torch.uint8
    assert (torch.equal(image[0], image[2])) == (not PHOTOGRAPHS[name].colour)
    # Files that every decoder reads alike, under terms that let the page carry them.
    assert PHOTOGRAPHS[name].file.endswith(".png")
    assert any(word in PHOTOGRAPHS[name].credit for word in ("CC0", "public domain"))


def test_a_pixel_is_the_mean_of_its_block() -> None:
    whole = load_photograph_bytes("camera")[0].to(torch.float64)
    block = whole[8:16, 24:32]
    assert abs(load_thumbnail("camera")[0, 1, 3] - block.mean()) <= 0.5


def test_a_thumbnail_can_be_changed_without_changing_the_next() -> None:
    load_thumbnail("camera").zero_()
    assert load_thumbnail("camera").any()


def test_grey_weighs_green_most() -> None:
    colours = torch.zeros(3, 1, 4, dtype=torch.uint8)
    for c in range(3):
        colours[c, 0, c] = 255
    colours[:, 0, 3] = 77
    assert grey_bytes(colours).tolist() == [[76, 150, 29, 77]]
    with pytest.raises(ValueError, match=r"expected \(3, H, W\)"):
        grey_bytes(torch.zeros(1, 4, 4, dtype=torch.uint8))


def test_an_unknown_thumbnail_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="expected one of camera, astronaut, coffee"):
        load_thumbnail("moon")
