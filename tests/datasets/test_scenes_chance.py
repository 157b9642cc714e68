import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.datasets.scenes.chance import Mulberry32, cosine_sine, rounded
from course_lib.datasets.scenes.noise import hashed, value_noise


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        (0, [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]),
        (1, [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]),
        (3221225472, [0.739889866206795, 0.08785644709132612, 0.49026743439026177]),
        (4294967295, [0.8964226141106337, 0.189478256739676, 0.7156526781618595]),
    ],
)
def test_the_generator_gives_what_the_page_gives(seed: int, expected: list[float]) -> None:
    # Printed by the TypeScript of frontend/src/core/random.ts under Node 24.
    random = Mulberry32(seed)
    assert [random.uniform() for _ in range(3)] == expected


@pytest.mark.parametrize(
    ("x", "y", "seed", "expected"),
    [
        (0, 0, 1, 0.40834908187389374),
        (3, -7, 12345, 0.13052878738380969),
        (-1, -1, 4294967295, 0.34580513602122664),
        (1_000_000, 5, 77, 0.26972757442854345),
    ],
)
def test_the_hash_gives_what_javascript_gives(x: int, y: int, seed: int, expected: float) -> None:
    # Printed by the same lines written with Math.imul, under Node 24.
    assert hashed(np.array([x]), np.array([y]), seed)[0] == expected


def test_hashes_of_a_lattice_are_spread_evenly_and_neighbours_are_unrelated() -> None:
    values = hashed(np.arange(300)[:, None], np.arange(300)[None, :], 5)
    tenths = np.histogram(values, bins=10, range=(0, 1))[0] / values.size
    assert abs(tenths - 0.1).max() < 0.005
    for neighbour in (values[1:], values[:, 1:]):
        first = values[: neighbour.shape[0], : neighbour.shape[1]]
        assert abs(np.corrcoef(first.ravel(), neighbour.ravel())[0, 1]) < 0.02


def test_noise_is_the_hash_at_whole_numbers_and_smooth_between() -> None:
    whole = np.array([-2.0, 0.0, 3.0]), np.array([1.0, -4.0, 3.0])
    expected = hashed(whole[0].astype(int), whole[1].astype(int), 9)
    np.testing.assert_array_equal(value_noise(*whole, 9), expected)
    x = np.linspace(-2, 2, 4001)
    steps = np.diff(value_noise(x, np.full_like(x, 0.3), 9))
    assert abs(steps).max() < 1.5 * 0.001 * 1.01  # the blend's slope is at most 3/2


@given(st.floats(-3600, 3600))
def test_cosine_and_sine_are_right_to_the_last_bits(degrees: float) -> None:
    cosine, sine = cosine_sine(degrees)
    assert cosine == pytest.approx(math.cos(math.radians(degrees)), abs=4e-15 + 2e-16 * 63)
    assert sine == pytest.approx(math.sin(math.radians(degrees)), abs=4e-15 + 2e-16 * 63)


def test_quarter_turns_are_exact() -> None:
    turns = [cosine_sine(90 * k) for k in range(-4, 5)]
    assert turns == [(1, 0), (0, 1), (-1, 0), (0, -1)] * 2 + [(1, 0)]


def test_rounding_keeps_four_decimals_and_takes_halves_upward() -> None:
    assert [rounded(v) for v in (0.12344, 0.12346, -0.00004, 2.5)] == [0.1234, 0.1235, 0, 2.5]
    assert rounded(0.5 / 10_000) == 0.0001
    assert rounded(-0.5 / 10_000) == 0


def test_choices_reach_every_item_about_as_often() -> None:
    random = Mulberry32(3)
    counts = {item: 0 for item in "abcde"}
    for _ in range(5000):
        counts[random.choice("abcde")] += 1
    assert all(880 < count < 1120 for count in counts.values())
    assert sum(random.chance(0.25) for _ in range(4000)) == pytest.approx(1000, abs=120)


def test_the_sequences_of_neighbouring_seeds_do_not_run_into_one_another() -> None:
    # Each number moves the state by the same step: seeds nearer than the gap stay apart for as
    # many numbers as a scene may draw.
    states = sorted(k * 0x6D2B79F5 % 2**32 for k in range(1000))
    gap = min(b - a for a, b in pairwise([*states, states[0] + 2**32]))
    assert gap > 1_000_000


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_beyond_32_bits_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match=f"seed={seed}: expected a whole number from 0 to"):
        Mulberry32(seed)


@pytest.mark.parametrize("seed", [1.5, True, "1"])
def test_a_seed_that_is_no_whole_number_is_refused(seed: object) -> None:
    with pytest.raises(TypeError, match="expected an int"):
        Mulberry32(seed)  # type: ignore[arg-type]
