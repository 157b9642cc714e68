"""The networks of the second view: counted as torch counts them, refused in words, drawn."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import torch

from course_lib.demos import Architecture, architecture
from course_lib.demos.architecture_page import layers, sizes
from course_lib.networks import NETWORKS
from tests.demos.frontend import SOURCE, exported, first_frames, run_node
from tests.demos.refusals import assert_refused

NETWORK_STATE = "demos/architecture/network-state.ts"
STATES: list[dict[str, Any]] = [
    {},
    {"network": "vgg-11", "image_size": 96, "layer": 14, "other": "alexnet"},
    {"network": "yolo", "image_size": 128, "layer": 3, "sort": "parameters"},
    {"network": "efficientnet-lite0", "layer": 60, "listed": "all"},
    {"network": "u-net", "image_size": 188, "layer": 30},
    {"network": "mnist-1d-pooled", "layer": 4},
    {"network": "resnet-18", "image_size": 320, "layer": 7},
]


@pytest.mark.parametrize("state", STATES)
def test_the_totals_are_those_that_torch_counts(state: dict[str, Any]) -> None:
    demo = Architecture(view="networks", **state)
    counted = torch.tensor([demo.output["parameters"], demo.output["multiplyAdds"]])
    assert torch.equal(counted, demo.reference())


def test_the_names_are_those_of_the_networks() -> None:
    assert tuple(NETWORKS) == architecture.NETWORK_NAMES


def test_another_network_lets_go_of_a_size_and_a_layer_that_it_does_not_have() -> None:
    demo = Architecture(view="networks", network="vgg-19", image_size=448, layer=23)
    demo.network = "alexnet"
    assert (demo.image_size, demo.layer) == (None, 0)
    assert demo.output["parameters"] == 60_965_224


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("view", "plot", "first layer, networks"),
        ("network", "lenet", "alexnet"),
        ("other", "lenet", "alexnet"),
        ("image_size", 100, "expected one of 224, 227 for alexnet"),
        ("image_size", "large", "whole number"),
        ("listed", "few", "with weights, all"),
        ("sort", "name", "order, parameters"),
        ("layer", 11, "from 0 to 10"),
        ("layer", -1, "whole number"),
    ],
)
def test_a_bad_trait_is_refused_in_words_and_changes_nothing(
    trait: str, value: Any, said: str
) -> None:
    assert_refused(Architecture(view="networks"), trait, value, said)


def test_the_words_of_the_page_are_those_of_python() -> None:
    assert exported(NETWORK_STATE, "LISTED") == list(architecture.LISTED)
    assert exported("core/architecture.ts", "SORTS") == list(architecture.SORTS)
    assert exported("data/architectures.ts", "NETWORK_NAMES") == list(NETWORKS)
    keys = set(exported(NETWORK_STATE, "NETWORK_KEYS"))
    assert keys | {"view"} == set(architecture.NETWORK_CHECKS)


def test_the_first_frame_is_drawn_in_finite_numbers() -> None:
    demos = [Architecture(view="networks", **state) for state in STATES]
    for state, html in zip(STATES, first_frames(demos), strict=True):
        assert not any(word in html for word in ("NaN", "Infinity", "undefined")), state
        assert NETWORKS[state.get("network", "alexnet")].title in html


def test_every_size_is_one_that_the_network_takes() -> None:
    for name in ("alexnet", "yolo", "u-net", "small-u-net", "scene-classifier"):
        for size in sizes(name):
            assert layers(name, size)


def test_the_snippets_run_and_print_the_demos_numbers() -> None:
    codes = []
    for state in STATES:
        demo = Architecture(view="networks", **state)
        address = (SOURCE / "demos/architecture/network-snippet.ts").as_uri()
        code = (
            f"import {{ networkSnippet }} from {address!r};"
            f" const lines = networkSnippet({json.dumps(demo.page_state())});"
            " console.log(lines.map((line) => line.code).join('\\n'));"
        )
        codes.append(run_node("--input-type=module", "--eval", code))
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(codes)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed = iter(done.stdout.splitlines())
    for state in STATES:
        output = Architecture(view="networks", **state).output
        assert int(next(printed)) == output["parameters"]
        assert int(next(printed)) == output["multiplyAdds"]
        layer = output["layer"]
        assert next(printed) == f"{tuple(layer['shape'])} {layer['parameters']}"
        reads = "None" if layer["reads"] is None else f"({layer['reads']},"
        assert next(printed).startswith(f"{layer['multiplyAdds']} {reads}")
