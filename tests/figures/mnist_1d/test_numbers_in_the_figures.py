"""The numbers that the figures show, against the data, the networks and the results."""

import re
from statistics import mean, stdev
from xml.etree import ElementTree

import numpy as np
import pytest
from torch import nn

from course_lib.datasets import draw
from course_lib.figures import load, show
from course_lib.figures.rendering import page_svg
from course_lib.networks import convolutional_mnist1d, mnist1d_results


def words(name: str, **params: object) -> list[str]:
    """Return what stands in the drawing, formulas in one piece."""
    root: ElementTree.Element = page_svg(load(f"mnist-1d/{name}"), params)
    return ["".join(text.itertext()) for text in root.iter("text")]


def test_the_stages_say_what_was_drawn() -> None:
    said = words("stages", digit=7, seed=3)
    draws = draw(np.random.RandomState(3))
    assert f"{draws.padding} zeros after it" in said
    assert f"times {draws.scale:.2f}" in said
    assert f"{draws.shift} to the right, round" in said
    assert "to 72 positions" in said
    assert "to 40 values" in said


def test_the_network_is_torchs() -> None:
    said = words("network")
    network = convolutional_mnist1d()
    counts = [
        sum(p.numel() for p in module.parameters())
        for module in network
        if isinstance(module, nn.Conv1d | nn.Linear)
    ]
    assert [int(line.split()[0]) for line in said if line.endswith(" parameters")] == counts
    assert f"{sum(counts):,} in all" in said
    assert {"1 × 40", "15 × 19", "15 × 9", "15 × 4", "60"} <= set(said)


def test_another_network_is_counted_anew() -> None:
    said = words("network", channels=4, kernel_size=5)
    assert {"4 × 18", "4 × 7", "4 × 2", "8", "24 parameters", "84 parameters"} <= set(said)


def test_the_errors_are_the_results() -> None:
    said = words("errors")
    for setting in ("lecture", "notebook"):
        for network in ("convolutional", "fully-connected"):
            errors = [100 * e for e in mnist1d_results().run(network, setting).test_error]
            assert f"{mean(errors):.1f} ± {stdev(errors):.1f}" in said
    assert {"book: 17", "book: 40"} <= set(said)


@pytest.mark.parametrize("setting", ["lecture", "notebook"])
def test_the_curves_end_in_the_errors(setting: str) -> None:
    alt = show("mnist-1d/curves", setting=setting).alt
    for network in ("convolutional", "fully-connected"):
        error = 100 * mean(mnist1d_results().run(network, setting).test_error)
        ends = [float(n) for n in re.findall(r"lowest and ([\d.]+) at the end", alt)]
        assert any(abs(end - error) < 0.06 for end in ends)


def test_a_pooled_networks_errors_are_told_beyond_the_places_of_training() -> None:
    alt = show("mnist-1d/position-errors").alt
    results = mnist1d_results()
    rows = results.run("pooled", "notebook").position_error
    at = results.positions.index(50)
    assert f"{100 * mean(row[at] for row in rows):.1f} at 50" in alt


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("templates", {"samples": 4}, "expected 1, 2 or 3"),
        ("stages", {"seed": -1}, "expected from 0"),
        ("network", {"channels": 16}, "from 1 to 15"),
        ("network", {"stride": 1}, "at least 2"),
        ("curves", {"setting": "slide"}, "'lecture' or 'notebook'"),
        ("errors", {"largest": 20}, "at least the largest error"),
        ("data-efficiency", {"counts": (500, 250)}, "rising"),
        ("learnt-weights", {"rows": 3}, "from 4 to 8"),
        ("learnt-weights", {"moves": (1, 2)}, "even numbers"),
        ("shift-errors", {"setting": "slide"}, "'lecture' or 'notebook'"),
    ],
)
def test_what_there_is_no_room_for_is_refused(
    name: str, params: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        show(f"mnist-1d/{name}", **params)
