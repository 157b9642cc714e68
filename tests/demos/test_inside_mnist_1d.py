"""Inside a classifier: what the demo takes, what it refuses, and what torch makes of it."""

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

from course_lib.datasets import load_mnist1d, published_draw, shift_samples
from course_lib.demos import InsideMNIST1D, inside_mnist_1d
from course_lib.demos.inside_mnist_1d_network import NETWORKS, PLACES, SHIFTS, layer_shapes
from course_lib.networks import trained_network
from tests.demos.frontend import SOURCE, exported, first_frames, run_node

UNITS = st.sampled_from(
    [
        [layer + 1, channel, position]
        for layer, (channels, positions) in enumerate(layer_shapes("flatten"))
        for channel in range(channels)
        for position in range(positions)
    ]
)
STATES = st.fixed_dictionaries(
    {
        "source": st.sampled_from(inside_mnist_1d.SOURCES),
        "digit": st.integers(0, 9),
        "place": st.integers(0, 53),
        "padding": st.integers(36, 60),
        "scale": st.floats(0, 3),
        "shear": st.floats(-1, 1),
        "noise": st.floats(0, 3),
        "seed": st.integers(0, 999),
        "sample": st.integers(0, 19),
        "shift": st.integers(-10, 10),
        "network": st.sampled_from(list(NETWORKS)),
        "unit": UNITS,
    }
)


@pytest.mark.parametrize(
    ("trait", "value", "message"),
    [
        ("source", "own", "source is 'own'; expected one of template, sample"),
        ("digit", 10, "digit is 10; expected a whole number from 0 to 9"),
        ("place", 54, "place is 54; expected a whole number from 0 to 53"),
        ("padding", 35, "padding is 35; expected a whole number from 36 to 60"),
        ("scale", float("nan"), "scale is nan; expected a number from 0 to 3"),
        ("shear", True, "shear is True; expected a number from -1 to 1"),
        ("noise", -0.1, "noise is -0.1; expected a number from 0 to 3"),
        ("seed", 1.5, "seed is 1.5; expected a whole number from 0 to 999"),
        ("sample", 20, "sample is 20; expected a whole number from 0 to 19"),
        ("signal", [1, 2], "signal has 2 values; expected a list of 40"),
        ("shift", 11, "shift is 11; expected a whole number from -10 to 10"),
        ("network", "max", "network is 'max'; expected one of flatten, pool"),
        ("unit", [6, 0, 0], r"unit is \[6, 0, 0\]; expected \[layer, channel, position\]"),
        ("unit", [3, 0, 4], r"unit is \[3, 0, 4\]; layer 3 has 15 channels and 4 positions"),
        ("unit", "score", "unit is 'score'; expected"),
        ("guess", "all", "guess is 'all'; expected one of both, flatten, pool, neither"),
    ],
)
def test_an_impossible_trait_is_refused_and_nothing_changes(
    trait: str, value: Any, message: str
) -> None:
    demo = InsideMNIST1D()
    before = demo.page_state()
    with pytest.raises(TraitError, match=message):
        setattr(demo, trait, value)
    assert demo.page_state() == before


@settings(max_examples=15, deadline=None)
@given(state=STATES)
def test_the_computed_traits_follow_the_state(state: dict[str, Any]) -> None:
    demo = InsideMNIST1D()
    for trait, value in state.items():
        setattr(demo, trait, value)
    output = torch.tensor(demo.output, dtype=torch.float64)
    assert torch.allclose(output, demo.reference())
    assert torch.allclose(output.sum(1), torch.ones(2, dtype=torch.float64))
    assert (demo.value, demo.gradient) == demo.reference_unit()
    is_template = state["source"] == "template"
    assert demo.label == (state["digit"] if is_template else state["sample"] // 2)


@settings(max_examples=15, deadline=None)
@given(state=STATES)
def test_a_gradient_is_what_a_small_change_of_an_input_does(state: dict[str, Any]) -> None:
    demo = InsideMNIST1D(**{**state, "unit": [5, state["digit"], 0]})
    x = demo.values()
    network = trained_network(NETWORKS[demo.network], bits=8).double()
    step, gradient = 1e-7, torch.tensor(demo.gradient, dtype=torch.float64)
    up, down = (network((x + sign * step * gradient)[None, None]) for sign in (1, -1))
    change = (up - down)[0, state["digit"]].item() / (2 * step)
    assert change == pytest.approx(gradient.square().sum().item(), rel=1e-2, abs=1e-4)


def test_a_published_example_can_be_made_with_the_demo_s_own_numbers() -> None:
    data = load_mnist1d()
    label, draws = published_draw(4004)
    assert label == data.y_test[4]
    demo = InsideMNIST1D(source="sample", sample=4)
    assert demo.label == 2
    assert torch.equal(demo.values(), InsideMNIST1D(signal=demo.values().tolist()).values())
    assert 0 <= draws.shift <= 47


def test_a_shift_repeats_the_end_value() -> None:
    signal = [float(i) / 10 for i in range(40)]
    moved = shift_samples(torch.tensor(signal, dtype=torch.float64), 3)
    assert torch.equal(InsideMNIST1D(signal=signal, shift=3).values(), moved)


def test_no_score_hears_of_the_last_value() -> None:
    for network in NETWORKS:
        assert InsideMNIST1D(network=network, unit=[5, 3, 0]).gradient[39] == 0


def test_beyond_the_places_of_the_training_data_only_the_mean_holds() -> None:
    errors = InsideMNIST1D().reference_errors()
    assert {kind: len(lists["pool"]) for kind, lists in errors.items()} == {
        "shift": len(SHIFTS),
        "place": len(PLACES),
    }
    flatten, pool = errors["place"]["flatten"], errors["place"]["pool"]
    assert max(flatten[8:47]) < 0.2
    assert max(pool[8:47]) < 0.2
    assert min(flatten[50:]) > 0.4
    assert max(pool[50:]) < 0.3
    unmoved = SHIFTS.index(0)
    assert errors["shift"]["flatten"][unmoved] == pytest.approx(0.097, abs=0.005)
    assert errors["shift"]["pool"][unmoved] == pytest.approx(0.099, abs=0.005)


def test_the_traits_and_limits_of_the_page_are_those_of_python() -> None:
    module = "demos/inside-mnist-1d/state.ts"
    keys = set(exported(module, "KEYS"))
    checks = inside_mnist_1d.CHECKS
    assert keys < set(InsideMNIST1D().page_state())
    assert set(checks) <= keys
    for name, limits in exported(module, "LIMITS").items():
        if name != "value":
            given = checks[name].keywords
            assert limits == {"min": given["at_least"], "max": given["at_most"]}, name
    assert tuple(exported(module, "SOURCES")) == inside_mnist_1d.SOURCES
    assert tuple(exported(module, "GUESSES")) == inside_mnist_1d.GUESSES
    assert tuple(exported(module, "NETWORKS")) == tuple(NETWORKS)
    assert tuple(exported(module, "SHIFTS")) == SHIFTS
    assert tuple(exported(module, "PLACES")) == PLACES


def test_the_first_frame_is_drawn_in_finite_numbers() -> None:
    [html] = first_frames([InsideMNIST1D()])
    assert "<svg" in html
    for word in ("NaN", "Infinity", "undefined"):
        assert word not in html


SNIPPETS = [
    InsideMNIST1D(digit=7, place=50, padding=37, scale=1.15, shear=-0.3, noise=0.5, seed=12),
    InsideMNIST1D(source="sample", sample=14, shift=5),
    InsideMNIST1D(signal=[0.25 * (i % 7) for i in range(40)], shift=-2),
]


def test_the_snippets_run_and_print_the_demo_s_numbers() -> None:
    address = (SOURCE / "demos/inside-mnist-1d/snippet.ts").as_uri()
    codes = []
    for demo in SNIPPETS:
        state = json.dumps(demo.page_state())
        code = (
            f"import {{ snippet }} from {address!r};"
            f" console.log(snippet({state}).map((line) => line.code).join('\\n'));"
        )
        codes.append(run_node("--input-type=module", "--eval", code))
    marked = "\nprint('next')\n".join(codes)
    done = subprocess.run(
        [sys.executable, "-c", marked], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    for printed, demo in zip(done.stdout.split("next\n"), SNIPPETS, strict=True):
        rows = [json.loads(line) for line in printed.splitlines()]
        found = torch.tensor(rows, dtype=torch.float64)
        assert torch.allclose(found, demo.reference(), rtol=0, atol=1e-9)
