import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage
from torch import Tensor

from course_lib.segmentation import boundary, boundary_f, boundary_tolerance, within
from tests.segmentation.examples import blotches, generator

Pixels = set[tuple[int, int]]


def outline(
    mask: list[list[int]], c: int, ignore_index: int | None, known: list[list[int]]
) -> Pixels:
    """Return the boundary of a class, pixel by pixel."""
    out = set()
    height, width = len(mask), len(mask[0])
    for y in range(height):
        for x in range(width):
            if mask[y][x] != c or known[y][x] == ignore_index:
                continue
            for v, u in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                inside = 0 <= v < height and 0 <= u < width
                if inside and known[v][u] != ignore_index and mask[v][u] != c:
                    out.add((y, x))
    return out


def part_within(some: Pixels, others: Pixels, tolerance: float) -> float:
    if not some:
        return 0.0
    near = [any(math.dist(p, q) <= tolerance for q in others) for p in some]
    return sum(near) / len(near)


def f_by_brute_force(
    prediction: Tensor, target: Tensor, c: int, tolerance: float, ignore_index: int | None
) -> float:
    known = target.tolist()
    said = outline(prediction.tolist(), c, ignore_index, known)
    true = outline(target.tolist(), c, ignore_index, known)
    if not said and not true:
        return math.nan
    p, r = part_within(said, true, tolerance), part_within(true, said, tolerance)
    return 2 * p * r / (p + r) if p + r else 0.0


@settings(max_examples=60)
@given(
    st.integers(0, 2**32),
    st.integers(1, 3),
    st.sampled_from([0, 1, math.sqrt(2), 2, math.sqrt(5), 2.9, 30]),
    st.sampled_from([None, 255]),
)
def test_it_is_brute_force_over_all_pairs_of_pixels(
    seed: int, class_count: int, tolerance: float, ignore_index: int | None
) -> None:
    g = generator(seed)
    height, width = (int(torch.randint(1, 10, (), generator=g)) for _ in range(2))
    prediction = blotches(2, height, width, class_count, g)
    target = blotches(2, height, width, class_count, g)
    if ignore_index is not None:
        target[torch.rand(target.shape, generator=g) < 0.2] = ignore_index
    actual = boundary_f(
        prediction, target, class_count, tolerance=tolerance, ignore_index=ignore_index
    )
    expected = [
        [f_by_brute_force(p, t, c, tolerance, ignore_index) for c in range(class_count)]
        for p, t in zip(prediction, target, strict=True)
    ]
    torch.testing.assert_close(
        actual, torch.tensor(expected).double(), rtol=0, atol=1e-6, equal_nan=True
    )


@given(st.integers(0, 2**32), st.floats(0, 12))
def test_what_is_near_is_what_the_distance_transform_says(seed: int, distance: float) -> None:
    pixels = torch.rand(17, 13, generator=generator(seed)) < 0.03
    pixels[8, 6] = True
    expected = ndimage.distance_transform_edt(~pixels.numpy()) <= distance
    assert torch.equal(within(pixels, distance), torch.from_numpy(expected))


def test_every_distance_between_pixels_is_reached_at_itself() -> None:
    point = torch.zeros(40, 40, dtype=torch.bool)
    point[0, 0] = True
    for y, x in [(0, 7), (1, 4), (3, 5), (6, 35), (13, 17), (39, 39), (5, 29)]:
        distance = math.sqrt(y * y + x * x)
        assert within(point, distance)[y, x]
        assert not within(point, math.nextafter(distance, 0))[y, x]


def test_the_boundary_of_a_square_are_its_outer_pixels() -> None:
    region = torch.zeros(6, 6, dtype=torch.bool)
    region[1:5, 1:5] = True
    edge = boundary(region)
    assert int(edge.sum()) == 12
    assert not edge[2:4, 2:4].any()


def test_the_edge_of_the_image_and_what_is_unknown_make_no_boundary() -> None:
    assert not boundary(torch.ones(4, 4, dtype=torch.bool)).any()
    region = torch.tensor([[True, True, False, False]])
    assert boundary(region).tolist() == [[False, True, False, False]]
    known = torch.tensor([[True, True, False, True]])
    assert not boundary(region, known).any()


def square(at: int, size: int = 20) -> Tensor:
    mask = torch.zeros(1, size, size, dtype=torch.long)
    mask[:, at : at + 8, at : at + 8] = 1
    return mask


def test_a_shift_within_the_tolerance_is_forgiven_and_a_larger_one_is_not() -> None:
    assert boundary_f(square(5), square(5), 2, tolerance=0).tolist() == [[1, 1]]
    assert boundary_f(square(6), square(5), 2, tolerance=math.sqrt(2)).tolist() == [[1, 1]]
    shifted = boundary_f(square(6), square(5), 2, tolerance=0)
    assert ((shifted > 0) & (shifted < 0.5)).all()


def test_a_class_in_one_mask_alone_scores_nought_and_in_neither_nothing() -> None:
    f = boundary_f(square(5) * 0, square(5), 3, tolerance=2)
    assert f[0, :2].tolist() == [0, 0]
    assert f[0, 2].isnan()
    filled = boundary_f(square(5) * 0, square(5) * 0, 1, tolerance=2)
    assert filled.isnan().all()


def test_each_image_of_a_batch_is_scored_alone() -> None:
    prediction, target = torch.cat([square(5), square(0)]), torch.cat([square(5), square(10)])
    f = boundary_f(prediction, target, 2, tolerance=1)
    assert f[0].tolist() == [1, 1]
    assert f[1, 1] == 0


def test_the_outline_tells_what_the_area_hides() -> None:
    ragged = square(5)
    ragged[0, 5, 6:13:2] = 0
    right = ragged == square(5)
    assert right.double().mean() > 0.98
    assert boundary_f(ragged, square(5), 2, tolerance=0)[0, 1] < 0.95


def test_no_images_are_fine() -> None:
    none = torch.zeros(0, 4, 4, dtype=torch.long)
    assert boundary_f(none, none, 3, tolerance=1).shape == (0, 3)
    assert within(torch.zeros(0, 4, 4, dtype=torch.bool), 2).shape == (0, 4, 4)


def test_the_customary_tolerance_is_a_part_of_the_diagonal() -> None:
    assert boundary_tolerance((300, 400)) == 4  # 0.0075 · 500 = 3.75
    assert boundary_tolerance((480, 854), fraction=0.008) == 8
    assert boundary_tolerance((32, 32)) == 1


MASK = torch.zeros(1, 3, 4, dtype=torch.long)


@pytest.mark.parametrize(
    ("prediction", "target", "options", "error", "message"),
    [
        (MASK[0], MASK[0], {}, ValueError, r"prediction has shape \(3, 4\): expected \(N, H, W\)"),
        (MASK, MASK[:, :2], {}, ValueError, r"target has shape \(1, 2, 4\): expected that of pre"),
        (MASK, MASK.to("meta"), {}, ValueError, r"target lies on meta"),
        (MASK.float(), MASK, {}, TypeError, r"prediction has dtype torch\.float32"),
        (MASK + 2, MASK, {}, ValueError, r"prediction\[0, 0, 0\] is 2: expected a class from 0 to"),
        (MASK, MASK + 255, {}, ValueError, r"target\[0, 0, 0\] is 255"),
        (MASK, MASK, {"tolerance": -1}, ValueError, r"tolerance=-1: expected a finite number of"),
        (MASK, MASK, {"tolerance": math.nan}, ValueError, r"tolerance=nan"),
        (MASK, MASK, {"class_count": 0}, ValueError, r"class_count=0"),
        (None, MASK, {}, TypeError, r"prediction is a NoneType"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    prediction: Any, target: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        boundary_f(prediction, target, **({"class_count": 2, "tolerance": 1} | options))


def test_regions_that_are_none_are_refused() -> None:
    for function in (boundary, lambda r: within(r, 1)):
        with pytest.raises(TypeError, match=r"has dtype torch\.int64: expected torch\.bool"):
            function(MASK)
        with pytest.raises(ValueError, match=r"has shape \(4,\): expected \(\.\.\., H, W\)"):
            function(MASK[0, 0].bool())
    with pytest.raises(ValueError, match=r"known has shape \(1, 2, 4\): expected that of region"):
        boundary(MASK.bool(), MASK[:, :2].bool())
    with pytest.raises(ValueError, match=r"distance=-2"):
        within(MASK.bool(), -2)


@pytest.mark.parametrize("size", [(0, 3), (3,), 3])
def test_an_impossible_image_size_has_no_tolerance(size: Any) -> None:
    with pytest.raises(ValueError, match="image_size"):
        boundary_tolerance(size)


@pytest.mark.parametrize("size", [("a", "b"), (math.nan, 4), (True, 4), (4.5, 4), 4])
def test_a_tolerance_needs_the_whole_sides_of_an_image(size: Any) -> None:
    with pytest.raises(ValueError, match=r"expected \(height, width\), whole numbers"):
        boundary_tolerance(size)
