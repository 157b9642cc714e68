"""The first chapter's demos: what they take, what they refuse, and what torch makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course_lib.datasets import load_mnist1d, permutation
from course_lib.demos import (
    Architecture,
    PixelPermutation,
    ShiftStability,
    architecture,
    mnist1d_page,
    pixel_permutation,
    shift_stability,
)
from course_lib.demos.demo import Demo
from tests.demos.frontend import SOURCE, exported, first_frames, run_node

DEMOS: list[type[Demo]] = [PixelPermutation, ShiftStability, Architecture]
MODULES = {
    "pixel-permutation": pixel_permutation,
    "shift-stability": shift_stability,
    "architecture": architecture,
}
SIGNALS = st.one_of(st.just([]), st.lists(st.floats(-100, 100, width=32), min_size=40, max_size=40))


@pytest.mark.parametrize(
    ("demo", "trait", "value", "message"),
    [
        (PixelPermutation, "sample", 20, "sample is 20; expected a whole number from 0 to 19"),
        (PixelPermutation, "signal", [1, 2], "signal has 2 values; expected a list of 40"),
        (PixelPermutation, "view", "mixed", "view is 'mixed'; expected one of plain, permuted"),
        (PixelPermutation, "training", None, "training is None; expected one of plain, permuted"),
        (PixelPermutation, "position", -1, "position is -1; expected a whole number from 0 to 18"),
        (PixelPermutation, "guess", "all", "guess is 'all'; expected one of both, fully"),
        (ShiftStability, "shift", 11, "shift is 11; expected a whole number from -10 to 10"),
        (ShiftStability, "signal", [float("nan")] * 40, r"signal\[0\] is nan"),
        (ShiftStability, "guess", "neither", "guess is 'neither'; expected one of fully connected"),
        (Architecture, "size", 0, "size is 0; expected a whole number from 1 to 1024"),
        (Architecture, "kernel_size", 4, "kernel_size is 4; expected an odd number"),
        (Architecture, "precision", "int8", "precision is 'int8'; expected one of float16"),
    ],
)
def test_an_impossible_trait_is_refused_and_nothing_changes(
    demo: type[Demo], trait: str, value: Any, message: str
) -> None:
    widget = demo()
    before = widget.page_state()
    with pytest.raises(TraitError, match=message):
        setattr(widget, trait, value)
    assert widget.page_state() == before


@settings(max_examples=15, deadline=None)
@given(
    sample=st.integers(0, 19),
    signal=SIGNALS,
    view=st.sampled_from(pixel_permutation.VIEWS),
    training=st.sampled_from(pixel_permutation.TRAININGS),
)
def test_probabilities_follow_the_state_and_add_up_to_one(**state: Any) -> None:
    demo = PixelPermutation()
    for trait, value in state.items():
        setattr(demo, trait, value)
    output = torch.tensor(demo.output, dtype=torch.float64)
    assert torch.allclose(output, demo.reference())
    assert torch.allclose(output.sum(1), torch.ones(2, dtype=torch.float64))
    assert (demo.label is None) == bool(state["signal"])


def test_the_fully_connected_network_says_the_same_in_any_order() -> None:
    plain = PixelPermutation(sample=3).reference()
    retrained = PixelPermutation(sample=3, view="permuted", training="permuted").reference()
    assert torch.allclose(plain[0], retrained[0], rtol=0, atol=1e-6)
    assert not torch.allclose(plain[1], retrained[1], rtol=0, atol=0.05)
    undone = PixelPermutation(sample=3, view="un-permuted").reference()
    assert torch.equal(plain, undone)


def test_a_shift_repeats_the_end_value() -> None:
    signal = [float(i) / 10 for i in range(40)]
    moved = [0.0, 0.0, *signal[:-2]]
    shifted = ShiftStability(signal=signal, shift=2).reference()
    assert torch.allclose(shifted, ShiftStability(signal=moved).reference())


@settings(max_examples=20, deadline=None)
@given(
    size=st.integers(1, 1024),
    channels=st.integers(1, 4),
    maps=st.integers(1, 64),
    half=st.integers(0, 5),
)
def test_costs_are_those_of_torch_s_layers(size: int, channels: int, maps: int, half: int) -> None:
    demo = Architecture(size=size, channels=channels, maps=maps, kernel_size=2 * half + 1)
    for (weights, biases, outputs), name in zip(
        demo.reference().tolist(), ("dense", "convolution"), strict=True
    ):
        cost = demo.output[name]
        assert (cost["weights"], cost["biases"], cost["activations"]) == (weights, biases, outputs)


def test_the_lecture_s_layer_is_the_demo_s_first_state() -> None:
    assert Architecture().output["dense"]["weights"] == 150_528**2


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_the_traits_and_limits_of_the_page_are_those_of_python(demo: type[Demo]) -> None:
    module = f"demos/{demo.name}/state.ts"
    keys = set(exported(module, "KEYS"))
    checks = MODULES[demo.name].CHECKS
    assert keys < set(demo().page_state())
    assert set(checks) <= keys
    for name, limits in exported(module, "LIMITS").items():
        if name not in ("value", "kernel_size"):
            given = checks[name].keywords
            assert limits == {"min": given["at_least"], "max": given["at_most"]}, name


def test_the_words_of_the_page_are_those_of_python() -> None:
    for name in ("VIEWS", "TRAININGS", "GUESSES"):
        found = exported("demos/pixel-permutation/state.ts", name)
        assert tuple(found) == getattr(pixel_permutation, name)
    for name in ("QUANTITIES", "PRECISIONS"):
        found = exported("demos/architecture/state.ts", name)
        assert tuple(found) == getattr(architecture, name)


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.name)
def test_the_first_frame_is_drawn_in_finite_numbers(demo: type[Demo]) -> None:
    [html] = first_frames([demo()])
    assert "<svg" in html
    assert "NaN" not in html
    assert "Infinity" not in html
    assert "undefined" not in html


def test_the_page_s_samples_are_the_first_two_of_each_class() -> None:
    data = load_mnist1d()
    labels = data.y_test[list(mnist1d_page.sample_indices())]
    assert labels.tolist() == [digit for digit in range(10) for _ in range(2)]


SNIPPETS = [
    ("pixel-permutation", PixelPermutation(sample=16, view="un-permuted", training="plain")),
    ("pixel-permutation", PixelPermutation(sample=2, view="permuted", training="permuted")),
    ("shift-stability", ShiftStability(sample=7, shift=-4)),
    ("shift-stability", ShiftStability(signal=[0.25 * (i % 7) for i in range(40)], shift=3)),
    ("architecture", Architecture(size=100, channels=1, maps=5, kernel_size=7)),
]


def test_the_snippets_run_and_print_the_demos_numbers() -> None:
    codes = []
    for name, demo in SNIPPETS:
        address = (SOURCE / f"demos/{name}/snippet.ts").as_uri()
        state = {key: value for key, value in demo.page_state().items() if key != "output"}
        code = (
            f"import {{ snippet }} from {address!r};"
            f" console.log(snippet({json.dumps(state)}).map((line) => line.code).join('\\n'));"
        )
        codes.append(run_node("--input-type=module", "--eval", code))
    marked = "\nprint('next')\n".join(codes)
    done = subprocess.run(
        [sys.executable, "-c", marked], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    for printed, (name, demo) in zip(done.stdout.split("next\n"), SNIPPETS, strict=True):
        if name == "architecture":
            numbers = [[int(word) for word in line.split()] for line in printed.splitlines()]
            assert torch.equal(torch.tensor(numbers), demo.reference()[:, :2])
        else:
            rows = [json.loads(line) for line in printed.splitlines()]
            found = torch.tensor(rows, dtype=torch.float64)
            assert torch.allclose(found, demo.reference(), rtol=0, atol=1e-5)


def test_the_order_is_one_for_all_samples() -> None:
    order = permutation(40, mnist1d_page.ORDER_SEED).tolist()
    data = "data/mnist1d.ts"
    assert exported(data, "ORDER") == order
