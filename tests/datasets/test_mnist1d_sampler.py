from dataclasses import fields, replace
from typing import Any

import mnist1d
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib.datasets import (
    STAGES,
    Draws,
    Settings,
    draw,
    sample_stages,
    template,
    transform,
)
from tests.datasets import published

SEVEN = template("seven")
seeds = st.integers(0, 2**32 - 1)


def quiet(**changes: Any) -> Draws:
    """Return draws that do nothing but what is named."""
    nothing: dict[str, Any] = {
        "padding": 60,
        "scale": 1.0,
        "shift": 0,
        "correlated": np.zeros(72),
        "white": np.zeros(72),
        "shear": 0.0,
    }
    return Draws(**nothing | changes)


def stages(draws: Draws) -> dict[str, Any]:
    return {stage.name: stage.values for stage in sample_stages(SEVEN, draws)}


@given(st.integers(0, 9), seeds)
def test_the_last_stage_is_the_published_packages_sample(digit: int, seed: int) -> None:
    ours = transform(template(digit), draw(np.random.RandomState(seed)))
    theirs = published.sample(template(digit), Settings(), seed)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)


@given(
    seed=seeds,
    low=st.integers(0, 60),
    scale=st.floats(0, 3),
    max_shift=st.integers(1, 72),
    noises=st.tuples(st.floats(0, 2), st.floats(0, 2)),
    shear=st.floats(0, 5),
    length=st.integers(2, 90),
)
def test_every_setting_does_what_the_packages_argument_does(
    seed: int,
    low: int,
    scale: float,
    max_shift: int,
    noises: tuple[float, float],
    shear: float,
    length: int,
) -> None:
    settings = Settings((low, 60), scale, max_shift, *noises, shear, length)
    ours = transform(SEVEN, draw(np.random.RandomState(seed), settings), settings)
    np.testing.assert_allclose(ours, published.sample(SEVEN, settings, seed), rtol=0, atol=1e-12)


def test_the_defaults_are_the_packages() -> None:
    theirs = mnist1d.get_dataset_args(as_dict=True)
    names = (
        "padding",
        "scale_coeff",
        "max_translation",
        "corr_noise_scale",
        "iid_noise_scale",
        "shear_scale",
        "final_seq_length",
    )
    ours = [getattr(Settings(), field.name) for field in fields(Settings)]
    assert ours == [tuple(theirs["padding"]), *(theirs[name] for name in names[1:])]
    assert Settings().grid == 72


def test_the_stages_come_in_the_true_order_and_each_tells_its_numbers() -> None:
    draws = draw(np.random.RandomState(1))
    made = sample_stages(SEVEN, draws)
    assert tuple(stage.name for stage in made) == STAGES
    used = [name for stage in made for name in stage.drawn]
    assert used == [field.name for field in fields(Draws)]
    for stage in made:
        for name, value in stage.drawn.items():
            assert value is getattr(draws, name)


def test_the_lengths_go_from_the_template_over_the_grid_to_the_sample() -> None:
    lengths = [len(s.values) for s in sample_stages(SEVEN, quiet(padding=40))]
    assert lengths == [12, 52, 72, 72, 72, 72, 72, 72, 40]


def test_padding_puts_zeros_after_the_template_and_none_within() -> None:
    padded = stages(quiet(padding=40))["pad"]
    np.testing.assert_allclose(padded[:12], SEVEN, atol=2e-8)
    assert np.all(padded[:12] != 0)
    assert padded[12:].tolist() == [0] * 40


def test_fewer_zeros_stretch_the_template_further() -> None:
    occupied = [np.count_nonzero(stages(quiet(padding=p))["stretch"]) for p in (60, 48, 36)]
    # The template's last value stands at 11/(11 + p) of 71 positions, the first zero one further.
    assert occupied == [12, 15, 19]


def test_scaling_multiplies_and_shifting_goes_round() -> None:
    made = stages(quiet(scale=1.5, shift=70))
    np.testing.assert_array_equal(made["scale"], 1.5 * made["stretch"])
    np.testing.assert_array_equal(made["shift"], np.roll(made["scale"], 70))


def test_correlated_noise_stands_only_where_the_signal_is_empty() -> None:
    draws = quiet(shift=5, correlated=np.random.RandomState(0).standard_normal(72))
    made = stages(draws)
    empty = made["shift"] == 0
    assert empty.sum() == 60
    assert np.all(made["correlated noise"][empty] != 0)
    np.testing.assert_array_equal(made["correlated noise"][~empty], made["shift"][~empty])
    # Neighbours in smoothed noise differ less than the noise itself is wide.
    background = made["correlated noise"][17:]
    assert np.diff(background).std() < 0.5 * background.std()


def test_white_noise_stands_everywhere_and_is_not_smoothed() -> None:
    white = np.random.RandomState(0).standard_normal(72)
    made = stages(quiet(white=white))
    difference = made["white noise"] - made["correlated noise"]
    np.testing.assert_allclose(difference, 0.02 * white, atol=1e-15)


def test_shearing_takes_a_ramp_away_that_leaves_the_middle() -> None:
    made = stages(quiet(shear=0.3))
    ramp = made["shear"] - made["white noise"]
    np.testing.assert_allclose(ramp, np.linspace(0.15, -0.15, 72), atol=1e-15)


def test_draws_lie_within_their_ranges_and_reach_both_ends() -> None:
    random = np.random.RandomState(3)
    drawn = [draw(random) for _ in range(2000)]
    assert {d.padding for d in drawn} == set(range(36, 61))
    assert {d.shift for d in drawn} == set(range(48))
    for name, low, high in (("scale", 0.8, 1.2), ("shear", -0.375, 0.375)):
        values = [getattr(d, name) for d in drawn]
        assert low <= min(values) < low + 0.01
        assert high - 0.01 < max(values) <= high


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"padding": (5, 3)}, r"padding=\(5, 3\): expected 0 <= fewest <= most"),
        ({"padding": (-1, 3)}, r"padding=\(-1, 3\)"),
        ({"max_shift": 0}, "max_shift=0: expected 1 to 72"),
        ({"max_shift": 73}, "max_shift=73: expected 1 to 72"),
        ({"length": 1}, "length=1: expected at least 2"),
        ({"scale": -0.1}, "scale=-0.1: expected a finite number of at least 0"),
        ({"shear": float("nan")}, "shear=nan"),
        ({"white_noise": float("inf")}, "white_noise=inf"),
        ({"correlated_noise": -1.0}, "correlated_noise=-1.0"),
    ],
)
def test_impossible_settings_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Settings(**changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"padding": -1}, r"draws.padding=-1: expected at least 0"),
        ({"correlated": np.zeros(71)}, r"draws.correlated has shape \(71,\): expected \(72,\)"),
        ({"white": np.full(72, np.nan)}, "draws.white holds a value that is not a finite number"),
        ({"scale": float("inf")}, "draws.scale=inf: expected a finite number"),
        ({"shear": float("nan")}, "draws.shear=nan: expected a finite number"),
    ],
)
def test_draws_that_do_not_fit_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        transform(SEVEN, replace(quiet(), **changes))


def test_a_template_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"template has shape \(11,\): expected \(12,\)"):
        transform(np.zeros(11), quiet())
    for wrong in (torch.zeros(12), np.zeros(12, dtype=np.float32)):
        with pytest.raises(TypeError, match="expected a float64 array of NumPy"):
            transform(wrong, quiet())  # type: ignore[arg-type]
