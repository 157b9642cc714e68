"""The demo's traits, and its reference against oracles that share nothing with it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course_lib.convolution.equivariance import prototypes, uniform
from course_lib.demos import Equivariance
from course_lib.demos.equivariance import BORDERS, FUNCTIONS, HEADS, KERNELS, TRANSFORMS
from tests.demos.frontend import exported

TRAITS = ("dimensions", "signal", "image", "transform", "shift", "function", "output", "expected")
LEVELS = st.lists(st.integers(0, 9), min_size=64, max_size=64)
SHIFTS = st.integers(-16, 16)


def traits(demo: Equivariance) -> dict[str, Any]:
    return {name: getattr(demo, name) for name in TRAITS}


def assert_refused(demo: Equivariance, trait: str, value: Any, *words: str) -> None:
    """Assert that a value is refused in words, and that nothing has changed."""
    before = traits(demo)
    with pytest.raises(TraitError) as refusal:
        setattr(demo, trait, value)
    for word in (trait, *words):
        assert word in str(refusal.value)
    assert len(str(refusal.value)) < 400
    assert traits(demo) == before


def by_hand(image: np.ndarray, kernel: np.ndarray, mode: str) -> np.ndarray:
    """Convolve by adding nine shifted copies of the padded image."""
    options: Any = {"mode": mode}
    padded = np.pad(image, 1, **options)
    rows, columns = image.shape
    copies = [
        kernel[m, n] * padded[m : m + rows, n : n + columns] for m in range(3) for n in range(3)
    ]
    return np.sum(copies, axis=0)


SOBEL = np.outer([1, 2, 1], [-1, 0, 1]) / 8


@given(LEVELS, SHIFTS, SHIFTS)
@settings(max_examples=25)
def test_an_image_is_moved_around_a_ring_and_convolved(
    levels: list[int], right: int, down: int
) -> None:
    demo = Equivariance(
        dimensions=2, image=levels, kernel="derivative", border="circular", shift=right, down=down
    )
    image = np.array(levels, dtype=float).reshape(8, 8)
    moved = np.roll(image, (down, right), axis=(0, 1))
    assert np.allclose(demo.output, by_hand(moved, SOBEL, "wrap").ravel(), atol=1e-9)
    rolled = np.roll(by_hand(image, SOBEL, "wrap"), (down, right), axis=(0, 1))
    assert np.allclose(demo.expected, rolled.ravel(), atol=1e-9)
    assert demo.difference == pytest.approx(0, abs=1e-9)


@given(LEVELS, st.lists(st.floats(-9, 9), min_size=9, max_size=9))
@settings(max_examples=25)
def test_weights_of_one_s_own_take_the_place_of_the_named_kernel_s(
    levels: list[int], weights: list[float]
) -> None:
    demo = Equivariance(dimensions=2, image=levels, weights=weights, shift=0)
    image, kernel = np.array(levels, dtype=float).reshape(8, 8), np.reshape(weights, (3, 3))
    assert np.allclose(demo.output, by_hand(image, kernel, "constant").ravel(), atol=1e-9)
    assert_refused(demo, "dimensions", 1, "9 weights for 1 dimensions")


@given(LEVELS, SHIFTS, SHIFTS)
@settings(max_examples=25)
def test_zeros_move_in_where_nothing_wraps_round(levels: list[int], right: int, down: int) -> None:
    demo = Equivariance(
        dimensions=2, image=levels, function="mean-pool", border="zeros", shift=right, down=down
    )
    image = np.array(levels, dtype=float).reshape(8, 8)
    left = image[max(0, -down) : max(0, 8 - down), max(0, -right) : max(0, 8 - right)]
    assert demo.output == [pytest.approx(left.sum() / 64)]
    assert demo.expected == [pytest.approx(image.mean())]


@given(LEVELS, st.sampled_from([90, 180, -90]))
@settings(max_examples=15)
def test_a_quarter_turn_is_numpys_and_anticlockwise(levels: list[int], angle: int) -> None:
    demo = Equivariance(
        dimensions=2, image=levels, function="max-pool", transform="rotate", angle=angle
    )
    turned = np.rot90(np.array(levels, dtype=float).reshape(8, 8), angle // 90)
    pooled = turned.reshape(4, 2, 4, 2).max(axis=(1, 3))
    assert np.allclose(demo.output, pooled.ravel(), atol=1e-9)
    assert np.allclose(demo.expected, demo.output, atol=1e-9)


def test_a_signal_stretched_twofold_is_read_at_half_the_offsets() -> None:
    ramp = np.arange(8.0)
    demo = Equivariance(signal=ramp, function="mean-pool", transform="scale", scale=200)
    assert demo.output == [pytest.approx(np.interp(3.5 + (ramp - 3.5) / 2, ramp, ramp).mean())]


@pytest.mark.parametrize("function", ["stride-2", "max-pool"])
def test_at_stride_2_a_shift_of_2_in_is_a_shift_of_1_out_and_1_in_is_none(function: str) -> None:
    signal = [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1]
    demo = Equivariance(signal=signal, function=function, border="circular", shift=2)
    still = Equivariance(signal=signal, function=function, border="circular", shift=0)
    assert demo.expected == np.roll(still.output, 1).tolist()
    assert demo.difference == 0
    demo.shift = 1
    assert demo.difference is not None
    assert demo.difference > 0.1
    assert demo.expected in (still.output, np.roll(still.output, 1).tolist())


def test_a_permutation_says_nothing_of_fewer_places() -> None:
    demo = Equivariance(transform="permute", function="max-pool")
    assert demo.reference_expected() is None
    assert (demo.expected, demo.difference) == ([], None)


@pytest.mark.parametrize(("dimensions", "rows"), [(1, 1), (2, 24)])
def test_the_classifier_knows_its_prototypes_and_only_the_pooled_one_is_invariant(
    dimensions: int, rows: int
) -> None:
    x = {1: "signal", 2: "image"}[dimensions]
    flattened = []
    for shape, values in enumerate(prototypes(rows, 24)):
        demo = Equivariance(
            dimensions=dimensions, function="classifier", border="circular", shift=0
        )
        setattr(demo, x, values.flatten())
        assert int(np.argmax(demo.output)) == shape
        demo.shift = 2
        flattened.append(demo.difference or 0.0)
        demo.head = "pool"
        assert int(np.argmax(demo.output)) == shape
        assert demo.difference == pytest.approx(0, abs=1e-12)
    assert max(flattened) > 0.5


def test_random_numbers_are_those_of_the_algorithm_step_by_step() -> None:
    def imul(a: int, b: int) -> int:
        return a * b & 0xFFFFFFFF

    state, found = 7, []
    for _ in range(50):
        state = state + 0x6D2B79F5 & 0xFFFFFFFF
        t = imul(state ^ state >> 15, state | 1)
        t = (t + imul(t ^ t >> 7, t | 61) & 0xFFFFFFFF) ^ t
        found.append((t ^ t >> 14) / 2**32)
    assert uniform(7, 50).tolist() == found


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dimensions", [1, 2])
def test_what_is_not_moved_does_not_differ(function: str, dimensions: int) -> None:
    demo = Equivariance(dimensions=dimensions, function=function, shift=0)
    assert demo.difference == 0
    assert demo.reference().tolist() == demo.output
    assert demo.reference().dtype == torch.float64


def test_the_page_holds_the_same_names_and_limits() -> None:
    state = "demos/equivariance/state.ts"
    assert exported(state, "TRANSFORMS") == list(TRANSFORMS)
    core = "core/equivariance.ts"
    assert exported(core, "FUNCTIONS") == list(FUNCTIONS)
    assert exported(core, "KERNEL_NAMES") == list(KERNELS)
    assert exported(core, "HEADS") == list(HEADS)
    assert exported("core/grid.ts", "BORDERS") == list(BORDERS)
    for trait, limits in exported(state, "LIMITS").items():
        if trait in ("length", "value", "level"):
            continue
        for value in limits.values():
            setattr(Equivariance(), trait, value)
        assert_refused(Equivariance(), trait, limits["max"] + 1, str(limits["max"]))


def test_an_image_may_be_an_array_or_rows() -> None:
    flat = [float(i % 10) for i in range(64)]
    for image in (np.array(flat).reshape(8, 8), [flat[8 * r : 8 * r + 8] for r in range(8)]):
        assert Equivariance(dimensions=2, image=image).image == flat


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("dimensions", 3, "1, 2"),
        ("dimensions", True, "1, 2"),
        ("transform", "mirror", "translate, rotate"),
        ("transform", "rotate", "cannot be rotated"),
        ("function", None, "convolution, stride-2"),
        ("kernel", "sobel", "gaussian"),
        ("weights", [1.0] * 4, "3 or 9, or none"),
        ("weights", [1.0] * 9, "expected 3"),
        ("weights", [1.0, 101, 0], "-100 and 100"),
        ("head", ["pool"], "flatten, pool"),
        ("border", "valid", "zeros, circular"),
        ("signal", [1.0] * 9, "even number"),
        ("signal", [1.0] * 6, "8 to 32"),
        ("signal", [1.0] * 7 + [101], "-100 and 100"),
        ("image", [1.0] * 72, "square"),
        ("image", [1.0] * 81, "even"),
        ("image", [-1.0] * 64, "between 0 and 9"),
        ("image", "dark", "64 to 1024 numbers"),
        ("scale", 1.5, "whole number from 50 to 200"),
        ("place", -1, "0 to 1023"),
    ],
    ids=str,
)
def test_a_bad_value_is_refused_by_name_value_and_what_is_allowed(
    trait: str, value: Any, said: str
) -> None:
    assert_refused(Equivariance(), trait, value, said)


def test_a_rotated_image_cannot_become_a_signal() -> None:
    demo = Equivariance(dimensions=2, transform="rotate")
    assert_refused(demo, "dimensions", 1, "cannot be rotated")
