import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.interpolate import interp1d
from scipy.ndimage import gaussian_filter

from course_lib.datasets import gaussian_weights, resample_linear, smooth_gaussian

Floats = NDArray[np.float64]
lengths = st.integers(1, 40)
seeds = st.integers(0, 2**32 - 1)


def noise(length: int, seed: int) -> Floats:
    return np.random.RandomState(seed).standard_normal(length)


@given(lengths.filter(lambda n: n > 1), st.integers(2, 100), seeds)
def test_resampling_is_scipys_linear_interpolation(old: int, new: int, seed: int) -> None:
    x = noise(old, seed)
    oracle = interp1d(np.linspace(0, 1, old), x)(np.linspace(0, 1, new))
    np.testing.assert_allclose(resample_linear(x, new), oracle, rtol=0, atol=1e-12)


def test_where_a_place_falls_on_a_value_the_value_is_kept_to_the_last_bit() -> None:
    x = noise(13, 0)
    np.testing.assert_array_equal(resample_linear(x, 25)[::2], x)
    np.testing.assert_array_equal(resample_linear(x, 13), x)
    np.testing.assert_array_equal(resample_linear(x, 7), x[::2])


def test_resampling_by_hand() -> None:
    x = np.array([0.0, 1.0, 3.0])
    assert resample_linear(x, 5).tolist() == [0, 0.5, 1, 2, 3]
    assert resample_linear(np.array([4.0]), 3).tolist() == [4, 4, 4]


@given(lengths, st.floats(0.3, 6), seeds)
def test_smoothing_is_scipys_gaussian_filter(length: int, sigma: float, seed: int) -> None:
    # Short signals are mirrored several times over.
    x = noise(length, seed)
    np.testing.assert_allclose(
        smooth_gaussian(x, sigma), gaussian_filter(x, sigma), rtol=0, atol=1e-12
    )


def test_the_weights_are_a_bell_of_seventeen_for_a_deviation_of_two() -> None:
    weights = gaussian_weights(2)
    assert len(weights) == 17
    assert weights == weights[::-1]
    assert sum(weights) == pytest.approx(1, abs=1e-15)
    # Neighbours at 0 and 2: a bell one standard deviation out has fallen to exp(-1/2).
    assert weights[10] / weights[8] == pytest.approx(0.6065306597126334, rel=1e-14)


@pytest.mark.parametrize("x", [np.zeros((2, 3)), np.zeros(0)])
def test_what_is_no_signal_is_refused(x: Floats) -> None:
    with pytest.raises(ValueError, match=r"x has shape .*expected one axis \(L,\)"):
        resample_linear(x, 5)
    with pytest.raises(ValueError, match=r"x has shape .*expected one axis \(L,\)"):
        smooth_gaussian(x, 2)


def test_impossible_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="length=1: expected at least 2"):
        resample_linear(np.zeros(3), 1)
    for sigma in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=f"sigma={sigma}: expected a finite number above 0"):
            smooth_gaussian(np.zeros(3), sigma)


def test_what_is_no_array_is_named() -> None:
    with pytest.raises(TypeError, match="x is a list: expected an array"):
        resample_linear([1.0, 2.0], 4)
    with pytest.raises(TypeError, match="x is a list: expected an array"):
        smooth_gaussian([1.0, 2.0], 1)
