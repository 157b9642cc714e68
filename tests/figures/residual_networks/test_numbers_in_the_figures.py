"""The numbers that the figures show, against torch and the results."""

from statistics import mean, stdev

import pytest
import torch

from course_lib.figures import load
from course_lib.figures.residual_networks.shattered import _cases, correlation
from course_lib.figures.residual_networks.sizes import factor
from course_lib.networks import build, residual_results


def test_the_errors_are_the_results() -> None:
    alt = load("residual-networks/degradation").describe(split="test")
    for run in residual_results().runs.values():
        errors = [100 * e for e in run.test_error]
        assert f"{mean(errors):.1f} ± {stdev(errors):.1f}" in alt


def test_the_bottleneck_is_counted_as_torch_counts() -> None:
    alt = load("residual-networks/bottleneck").describe()
    block = build("resnet-50", device="meta").get_submodule("stages.0.1.branch")
    convolutions = [m for m in block.modules() if isinstance(m, torch.nn.Conv2d)]
    assert f"{sum(m.weight.numel() for m in convolutions):,} weights" in alt
    assert f"{2 * 9 * 256**2:,} weights" in alt


def test_sizes_tell_the_four_cases_apart() -> None:
    back = {
        (skip, norm): factor("gradients", skip, norm, 50, 10)
        for skip in (False, True)
        for norm in (False, True)
    }
    assert back[True, False] > 1e4
    assert back[False, True] > 1e2
    assert back[True, True] < 100
    assert factor("activations", True, False, 50, 10) > 1e4
    assert factor("activations", True, True, 50, 10) < 20


def test_small_branches_keep_gradients_from_shattering() -> None:
    shallow, plain, residual = (correlation(case, 8, 10) for case in _cases(50, 0.3))
    assert plain < 0.6 < residual < shallow
    whole = correlation(_cases(50, 1)[2], 8, 10)
    assert plain < whole < residual


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("degradation", {"split": "valid"}, "expected 'train' or 'test'"),
        ("degradation", {"largest": 5.0}, "at least the largest error"),
        ("block", {"channels": 0}, "from 1 to 512"),
        ("paths", {"layers": 5}, "from 2 to 4"),
        ("sizes", {"quantity": "loss"}, "'activations' or 'gradients'"),
        ("shattered", {"branch": 0.0}, "more than 0"),
        ("ablation", {"depth": 5}, "there are the runs"),
        ("bottleneck", {"channels": 6}, "a multiple of 4"),
    ],
)
def test_impossible_numbers_are_refused(name: str, params: dict[str, object], message: str) -> None:
    entry = load(f"residual-networks/{name}")
    with pytest.raises(ValueError, match=message):
        entry.draw(**params)
