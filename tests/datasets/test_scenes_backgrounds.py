from fractions import Fraction
from itertools import pairwise
from math import floor

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812

from course_lib.datasets.photographs import load_photograph_bytes
from course_lib.datasets.scenes import background_pixels
from course_lib.datasets.scenes.backgrounds import SHORT_SIDE, _averaged, pyramid, sampled


@pytest.mark.parametrize(("height", "width"), [(4, 3), (2, 5), (9, 12), (7, 10)])
def test_a_photograph_is_made_smaller_or_larger_by_exact_averages(height: int, width: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (7, 10, 3)).astype(np.uint8)

    def overlap(new: int, news: int, old: int, olds: int) -> Fraction:
        start, stop = Fraction(new * olds, news), Fraction((new + 1) * olds, news)
        return max(min(stop, Fraction(old + 1)) - max(start, Fraction(old)), Fraction(0))

    area = Fraction(7 * 10, height * width)
    for y in range(height):
        for x in range(width):
            total = [Fraction(0)] * 3
            for i in range(7):
                for j in range(10):
                    share = overlap(y, height, i, 7) * overlap(x, width, j, 10) / area
                    total = [t + share * int(c) for t, c in zip(total, pixels[i, j], strict=True)]
            expected = [floor(t + Fraction(1, 2)) for t in total]
            assert _averaged(pixels, height, width)[y, x].tolist() == expected


@pytest.mark.parametrize("name", ["chelsea", "coins", "flower", "page"])
def test_a_stored_photograph_has_its_size_and_looks_like_the_original(name: str) -> None:
    pixels = background_pixels(name)
    assert pixels.dtype == np.uint8
    assert min(pixels.shape[:2]) == SHORT_SIDE
    original = load_photograph_bytes(name).float()[None]
    expected = F.interpolate(original, size=pixels.shape[:2], mode="area")[0]
    # torch rounds an area outward to whole pixels, so single pixels differ; on average none does.
    difference = torch.from_numpy(pixels.astype(float)).permute(2, 0, 1) - expected
    assert abs(difference.mean()) < 0.5
    assert difference.abs().mean() < 10


def test_each_level_of_the_pyramid_is_the_rounded_average_of_fours() -> None:
    levels = pyramid("chelsea")
    for finer, coarser in pairwise(levels):
        exact = F.avg_pool2d(torch.from_numpy(finer.astype(float))[None], 2)[0]
        assert torch.equal(torch.floor(exact + 0.5), torch.from_numpy(coarser.astype(float)))


@pytest.mark.parametrize(
    ("left", "top", "side", "size", "depth"),
    [
        (0.1, 0.05, 0.5, 96, 0),
        (0.3, 0.2, 0.7, 96, 1),
        (0.0, 0.0, 1.0, 64, 2),
        (0.45, 0.5, 0.5, 224, 0),
    ],
)
def test_a_square_is_sampled_as_torch_samples_it(
    left: float, top: float, side: float, size: int, depth: int
) -> None:
    level = torch.from_numpy(pyramid("chelsea")[depth].astype(float))
    centres = (torch.arange(size, dtype=torch.float64) + 0.5) / size * side
    short = SHORT_SIDE / 2**depth
    x = (left + centres) * short / level.shape[2] * 2 - 1
    y = (top + centres) * short / level.shape[1] * 2 - 1
    grid = torch.stack([x.expand(size, size), y[:, None].expand(size, size)], dim=-1)
    expected = F.grid_sample(level[None], grid[None], padding_mode="border", align_corners=False)
    actual = torch.from_numpy(sampled("chelsea", left, top, side, size))
    torch.testing.assert_close(actual, expected[0], rtol=0, atol=1e-9)


def test_an_unknown_photograph_is_refused() -> None:
    with pytest.raises(ValueError, match="photograph='lena': expected one of brick, camera"):
        background_pixels("lena")


def test_a_stored_photograph_cannot_be_written_on() -> None:
    with pytest.raises(ValueError, match="read-only"):
        background_pixels("brick")[0, 0, 0] = 1
