"""What training plain and residual networks of several depths came to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from course_lib.networks.trained_folder import FOLDER

FILE = FOLDER / "residual-results.json"

DEPTHS = (4, 8, 16, 32, 56)
"""Layers with weights."""
WIDTH = 16
"""Channels of every convolution."""


def run_name(depth: int, *, skip: bool, batch_norm: bool) -> str:
    """Return the name of a run: that of its recipe, without ``residual/``."""
    return f"{'residual' if skip else 'plain'}-{depth}" + ("-batch-norm" if batch_norm else "")


@dataclass(frozen=True)
class ResidualRun:
    """What one recipe came to: one number a seed, after the last step. Errors are fractions.

    Attributes
    ----------
    seeds : tuple of int
    train_error, test_error, train_loss, test_loss : tuple of float
    without_block : tuple of tuples
        A row a seed: the test error with each block left out, the identity in its place.
    """

    seeds: tuple[int, ...]
    train_error: tuple[float, ...]
    test_error: tuple[float, ...]
    train_loss: tuple[float, ...]
    test_loss: tuple[float, ...]
    without_block: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class ResidualResults:
    """All runs, and how they were trained.

    Attributes
    ----------
    runs : mapping of str to ResidualRun
        By the recipe's name, without ``residual/``.
    settings : mapping
        The same for all.
    versions : mapping of str to str
        Of what they were trained with.
    """

    runs: Mapping[str, ResidualRun]
    settings: Mapping[str, Any]
    versions: Mapping[str, str]

    def run(self, depth: int, *, skip: bool, batch_norm: bool) -> ResidualRun:
        """Return the run of a network.

        Raises
        ------
        ValueError
            If there is no such run.
        """
        name = run_name(depth, skip=skip, batch_norm=batch_norm)
        if name not in self.runs:
            raise ValueError(f"depth={depth!r}: there are the runs {', '.join(self.runs)}")
        return self.runs[name]

    def depths(self) -> tuple[int, ...]:
        """Return the depths of which all four networks were trained."""
        variants = [(skip, norm) for skip in (False, True) for norm in (False, True)]
        return tuple(
            depth
            for depth in DEPTHS
            if all(run_name(depth, skip=s, batch_norm=n) in self.runs for s, n in variants)
        )


@cache
def residual_results() -> ResidualResults:
    """Return what training came to, seed by seed.

    Made by ``course train residual/… --profile full --seeds 5`` and ``tools/residual-results``.

    Returns
    -------
    results : ResidualResults
    """
    plain = json.loads(FILE.read_text("utf-8"))
    runs = {
        name: ResidualRun(**{key: _tuples(value) for key, value in run.items()})
        for name, run in plain["runs"].items()
    }
    return ResidualResults(runs, plain["settings"], plain["versions"])


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
