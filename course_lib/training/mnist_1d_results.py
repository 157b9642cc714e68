"""Gathers what a sweep over the recipes of MNIST-1D came to, as it ships.

`course_lib.networks.mnist_1d_results` reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.networks.mnist_1d_results import (
    NETWORKS,
    SETTINGS,
    SUBSETS,
    outer_tenths,
    run_name,
)
from course_lib.training.histories import History
from course_lib.training.recipes import find_recipe
from course_lib.training.records import Record, load_network

SHIFTS = tuple(range(-10, 11))
POSITIONS = tuple(range(0, 55, 2))
"""Places of the template on the sampler's grid; training samples have 0 to 47."""
PLACED, PLACED_SEED = 1000, 1
"""How many new samples are placed, and what they are drawn from."""

FINAL = ("train_error", "test_error", "train_loss", "test_loss")
CURVES = ("train_error", "test_error")
EARLY = 20  # evaluations that are all kept, for there the curves are steep
PLACES = 4  # decimals of an error: it is a share of 1,000 or 4,000


@torch.no_grad()
def shift_errors(network: nn.Module, shifts: Sequence[int] = SHIFTS) -> list[float]:
    """Return the test error at each shift of the finished samples, their ends repeated."""
    from course_lib.datasets import load_mnist1d, shift_samples

    data = load_mnist1d()
    return [_error(network, shift_samples(data.x_test, shift), data.y_test) for shift in shifts]


@torch.no_grad()
def position_errors(network: nn.Module, positions: Sequence[int] = POSITIONS) -> list[float]:
    """Return the error on new samples whose template stands at each position.

    A template that would wrap round the end at a position does not count there.
    """
    x, y, whole = _placed(tuple(positions))
    return [_error(network, placed[kept], y[kept]) for placed, kept in zip(x, whole, strict=True)]


def gather_mnist1d(folder: Path, seeds: int = 20) -> dict[str, Any]:
    """Return the results of the recipes on plain values, as plain values for JSON.

    Parameters
    ----------
    folder : Path
        That ``course train mnist-1d/… --profile full --out FOLDER`` wrote into.
    seeds : int
        A recipe of which fewer networks are finished is left out.

    Raises
    ------
    FileNotFoundError
        If no recipe is finished there.
    """
    runs: dict[str, Any] = {}
    versions: dict[str, str] = {}
    for setting in SETTINGS:
        for examples in SUBSETS if setting == "notebook" else (SUBSETS[-1],):
            for network in NETWORKS:
                name = run_name(network, setting, examples)
                paths = sorted((folder / f"mnist-1d/{name}/full").glob("seed-*.safetensors"))
                if len(paths) >= seeds:
                    whole = examples == SUBSETS[-1]
                    runs[name], found = _run(f"mnist-1d/{name}", paths, whole)
                    versions.update(found)
    if not runs:
        raise FileNotFoundError(
            f"{folder}: expected {seeds} networks of a recipe of MNIST-1D there, profile full"
        )
    return {
        "about": "What training on MNIST-1D came to; made by `course train RECIPE --profile full`"
        " and tools/mnist-1d-results.",
        "shifts": list(SHIFTS),
        "positions": list(POSITIONS),
        "versions": versions,
        "runs": runs,
    }


def curve(values: Sequence[Sequence[float]]) -> dict[str, list[float]]:
    """Return mean, first and last tenth over seeds, at each step.

    Parameters
    ----------
    values : sequence of sequences, (seeds, steps)
    """
    at_steps = list(zip(*values, strict=True))
    tenths = [outer_tenths(at) for at in at_steps]
    return {
        "mean": [round(fmean(at), PLACES) for at in at_steps],
        "low": [round(low, PLACES) for low, _ in tenths],
        "high": [round(high, PLACES) for _, high in tenths],
    }


def _run(name: str, paths: Sequence[Path], whole: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the results of a recipe's networks, and the versions that made them."""
    recipe, records, shifted, placed = find_recipe(name), list[Record](), [], []
    for path in paths:
        network = recipe.build(int(path.stem[-4:]))
        records.append(load_network(path, network))
        if whole:
            shifted.append(shift_errors(network.eval()))
            placed.append(position_errors(network))
    run = plain_run(records, curves=whole)
    if whole:
        run["shift_error"], run["position_error"] = shifted, placed
    return run, dict(records[0].versions)


def plain_run(records: Sequence[Record], *, curves: bool = True) -> dict[str, Any]:
    """Return what a recipe's networks came to, as plain values, with curves if they are wanted."""
    run: dict[str, Any] = {"seeds": [record.seed for record in records]}
    for metric in FINAL:
        run[metric] = [round(record.metrics[metric], 5) for record in records]
    run["settings"] = records[0].recipe["settings"]
    run["data_sha256"] = list(dict.fromkeys(record.data_sha256 for record in records))
    if curves:
        kept = _thinned(records[0].history)
        run["steps"] = [records[0].history.steps[i] for i in kept]
        run["curves"] = {
            metric: curve([[r.history.metrics[metric][i] for i in kept] for r in records])
            for metric in CURVES
        }
    return run


def _thinned(history: History) -> list[int]:
    """Return which evaluations are kept: the first ones all, then every other, and the last."""
    last = len(history.steps) - 1
    return [i for i in range(last + 1) if i <= EARLY or (last - i) % 2 == 0]


@cache
def _placed(positions: tuple[int, ...]) -> tuple[Tensor, Tensor, Tensor]:
    from course_lib.datasets import make_placed_mnist1d

    return make_placed_mnist1d(PLACED, PLACED_SEED, positions)


def _error(network: nn.Module, x: Tensor, y: Tensor) -> float:
    """Return the share of wrong guesses for x of shape (N, L)."""
    wrong = network(x[:, None]).argmax(1) != y
    share: float = wrong.double().mean().item()
    return round(share, PLACES)
