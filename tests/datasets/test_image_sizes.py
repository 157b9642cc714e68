from fractions import Fraction

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from course_lib.datasets import crop, crop_centre, resize_area

sides = st.integers(1, 12)
seeds = st.integers(0, 2**32 - 1)


def random_bytes(*shape: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(256, shape, generator=generator, dtype=torch.uint8)


@given(st.data(), sides, sides, seeds)
def test_each_pixel_is_the_exact_mean_of_its_area_rounded_half_up(
    data: st.DataObject, rows: int, columns: int, seed: int
) -> None:
    height, width = data.draw(st.integers(1, rows)), data.draw(st.integers(1, columns))
    image = random_bytes(rows, columns, seed=seed)
    # Every pixel cut into height × width pieces, the new ones are blocks of rows × columns.
    pieces = image.repeat_interleave(height, 0).repeat_interleave(width, 1).tolist()
    expected = [
        [
            int(
                Fraction(
                    sum(
                        pieces[y][x]
                        for y in range(i * rows, (i + 1) * rows)
                        for x in range(j * columns, (j + 1) * columns)
                    ),
                    rows * columns,
                )
                + Fraction(1, 2)
            )
            for j in range(width)
        ]
        for i in range(height)
    ]
    assert resize_area(image, height, width).tolist() == expected


@pytest.mark.parametrize(("height", "width"), [(4, 6), (1, 1), (8, 3), (2, 12)])
def test_where_the_size_divides_it_is_torchs_mean_pooling(height: int, width: int) -> None:
    image = random_bytes(2, 3, 8, 12, seed=1).to(torch.float64)
    oracle = functional.avg_pool2d(image, (8 // height, 12 // width))
    torch.testing.assert_close(resize_area(image, height, width), oracle, rtol=0, atol=1e-12)


def test_bytes_and_numbers_agree_to_rounding() -> None:
    image = random_bytes(3, 50, 70, seed=2)
    as_bytes = resize_area(image, 23, 31)
    as_numbers = resize_area(image.to(torch.float32) / 255, 23, 31)
    assert as_bytes.dtype == torch.uint8
    assert as_numbers.dtype == torch.float32
    assert (as_bytes / 255 - as_numbers).abs().max() <= 0.5 / 255 + 1e-6


def test_the_same_size_changes_nothing_and_one_colour_stays_itself() -> None:
    image = random_bytes(3, 11, 7, seed=3)
    assert torch.equal(resize_area(image, 11, 7), image)
    plain = torch.full((3, 97, 61), 201, dtype=torch.uint8)
    assert torch.equal(resize_area(plain, 13, 17), plain[:, :13, :17])


def test_a_crop_is_the_rectangle_asked_for() -> None:
    image = torch.arange(20).reshape(1, 4, 5)
    assert crop(image, 1, 2, 2, 3).tolist() == [[[7, 8, 9], [12, 13, 14]]]
    assert torch.equal(crop(image, 0, 0, 4, 5), image)


@pytest.mark.parametrize(
    ("size", "proportions", "expected"),
    [
        ((400, 600), (1, 1), (400, 400)),
        ((600, 400), (1, 1), (400, 400)),
        ((427, 640), (3, 4), (427, 569)),
        ((10, 100), (2, 1), (10, 5)),
        ((5, 5), (224, 224), (5, 5)),
    ],
)
def test_a_centred_crop_is_the_largest_of_its_proportions(
    size: tuple[int, int], proportions: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert crop_centre(torch.zeros(3, *size), *proportions).shape == (3, *expected)


def test_a_centred_crop_leaves_as_much_on_both_sides() -> None:
    image = torch.arange(7).expand(3, 7)
    assert crop_centre(image, 1, 1)[0].tolist() == [2, 3, 4]
    assert crop_centre(image.T, 1, 1)[:, 0].tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    ("height", "width", "message"),
    [
        (0, 3, "height=0, width=3: expected from 1 by 1 to the image's 4 by 5"),
        (4, 6, "height=4, width=6.*an area average only shrinks"),
    ],
)
def test_sizes_out_of_range_are_refused(height: int, width: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        resize_area(torch.zeros(4, 5), height, width)


@pytest.mark.parametrize(
    "rectangle", [(-1, 0, 2, 2), (0, -1, 2, 2), (3, 0, 2, 2), (0, 4, 2, 2), (0, 0, 0, 2)]
)
def test_a_crop_beyond_the_image_is_refused(rectangle: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"height=\d, width=\d: expected"):
        crop(torch.zeros(4, 5), *rectangle)


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ValueError, match=r"image has shape \(4,\): expected \(..., H, W\)"):
        resize_area(torch.zeros(4), 1, 1)
    with pytest.raises(ValueError, match=r"image has shape \(3, 0, 5\)"):
        crop_centre(torch.zeros(3, 0, 5), 1, 1)
    with pytest.raises(ValueError, match="height=-1, width=1: expected at least 1 to 1"):
        crop_centre(torch.zeros(4, 5), -1, 1)
    with pytest.raises(ValueError, match="height=0, width=4: expected at least 1 by 1"):
        crop_centre(torch.zeros(4, 4), 1, 100)
    with pytest.raises(TypeError, match=r"image has dtype torch\.int64"):
        resize_area(torch.zeros(4, 5, dtype=torch.int64), 2, 2)
