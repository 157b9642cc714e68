"""What training on MNIST-1D came to: every network, both settings, many seeds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import quantiles
from typing import Any

from course_lib.networks.trained_folder import FOLDER

FILE = FOLDER / "mnist-1d-results.json"

NETWORKS = ("convolutional", "fully-connected", "pooled")
SETTINGS = ("lecture", "notebook")
SUBSETS = (250, 500, 1000, 2000, 4000)
"""Numbers of training examples; the notebook's setting has results for each of them."""


@dataclass(frozen=True)
class Curve:
    """A measurement while the networks learnt: over all seeds, at each of `MNIST1DRun.steps`.

    Attributes
    ----------
    mean, low, high : tuple of float
        The mean over seeds, and the bounds between which four of five seeds lie.
    """

    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class MNIST1DRun:
    """What one recipe came to. Errors are fractions.

    Attributes
    ----------
    seeds : tuple of int
    train_error, test_error, train_loss, test_loss : tuple of float
        After the last step, one number a seed.
    settings : mapping
        How they were trained.
    data_sha256 : tuple of str
        Of the examples, one for all seeds or one a seed.
    steps : tuple of int
        Where `curves` has values; empty for runs on fewer examples, as all that follows.
    curves : mapping of str to Curve
    shift_error : tuple of tuples
        A row a seed: the test error at each of `MNIST1DResults.shifts`.
    position_error : tuple of tuples
        A row a seed: the error on new samples with the template at each of
        `MNIST1DResults.positions`.
    """

    seeds: tuple[int, ...]
    train_error: tuple[float, ...]
    test_error: tuple[float, ...]
    train_loss: tuple[float, ...]
    test_loss: tuple[float, ...]
    settings: Mapping[str, Any]
    data_sha256: tuple[str, ...]
    steps: tuple[int, ...] = ()
    curves: Mapping[str, Curve] | None = None
    shift_error: tuple[tuple[float, ...], ...] = ()
    position_error: tuple[tuple[float, ...], ...] = ()

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> MNIST1DRun:
        """Return the run that lists of numbers stand for."""
        fields = {name: _tuples(value) for name, value in plain.items() if name not in _WHOLE}
        curves = {
            name: Curve(*(tuple(curve[part]) for part in ("mean", "low", "high")))
            for name, curve in plain.get("curves", {}).items()
        }
        return cls(**fields, settings=plain["settings"], curves=curves or None)


@dataclass(frozen=True)
class MNIST1DResults:
    """All runs, and where they were measured.

    Attributes
    ----------
    shifts : tuple of int
        Positions by which finished test samples were moved, their end values repeated.
    positions : tuple of int
        Places of the sampler's grid where the template was put, the noise staying where it is;
        the data set has 0 to 47.
    runs : mapping of str to MNIST1DRun
        By the recipe's name, without ``mnist-1d/``.
    versions : mapping of str to str
        Of what they were trained with.
    """

    shifts: tuple[int, ...]
    positions: tuple[int, ...]
    runs: Mapping[str, MNIST1DRun]
    versions: Mapping[str, str]

    def run(self, network: str, setting: str = "lecture", examples: int = 4000) -> MNIST1DRun:
        """Return the run of a network in a setting.

        Parameters
        ----------
        network : {"convolutional", "fully-connected", "pooled"}
        setting : {"lecture", "notebook"}
        examples : {250, 500, 1000, 2000, 4000}
            Fewer than 4,000 only in the notebook's setting.

        Raises
        ------
        ValueError
            If there is no such run.
        """
        name = run_name(network, setting, examples)
        if name not in self.runs:
            raise ValueError(
                f"network={network!r}, setting={setting!r}, examples={examples!r}: there are the "
                f"runs {', '.join(self.runs)}"
            )
        return self.runs[name]

    def has(self, network: str, setting: str = "lecture", examples: int = 4000) -> bool:
        """Say whether there is a run of a network in a setting."""
        return run_name(network, setting, examples) in self.runs


def run_name(network: str, setting: str, examples: int = 4000) -> str:
    """Return the name of a run: that of its recipe, without ``mnist-1d/``."""
    return f"{network}-{setting}" + ("" if examples == 4000 else f"-{examples}")


def outer_tenths(values: Sequence[float]) -> tuple[float, float]:
    """Return the bounds between which four of five values lie; of one value, that value twice."""
    if len(values) == 1:
        return values[0], values[0]
    tenths = quantiles(values, n=10, method="inclusive")
    return tenths[0], tenths[-1]


@cache
def mnist1d_results() -> MNIST1DResults:
    """Return what training the three networks on MNIST-1D came to, seed by seed.

    Made by ``course train RECIPE --profile full`` and ``tools/mnist-1d-results``.

    Returns
    -------
    results : MNIST1DResults
    """
    plain = json.loads(FILE.read_text("utf-8"))
    runs = {name: MNIST1DRun.from_plain(run) for name, run in plain["runs"].items()}
    shifts, positions = tuple(plain["shifts"]), tuple(plain["positions"])
    return MNIST1DResults(shifts, positions, runs, plain["versions"])


_WHOLE = ("settings", "curves")


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
