"""Several seeds in one number and its spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan, sqrt
from statistics import fmean, stdev
from typing import Any

from course_lib.training.histories import History, plain_number


@dataclass(frozen=True)
class Spread:
    """A mean over seeds and the standard deviation around it."""

    mean: float
    deviation: float | None
    """The sample's, with n - 1 in the denominator; None for a single seed, which has none."""
    seeds: int


@dataclass(frozen=True)
class Aggregate:
    """Curves over several seeds."""

    steps: tuple[int, ...]
    metrics: dict[str, tuple[Spread, ...]]
    """Name of a measurement → its spread at each of the steps."""

    @property
    def last(self) -> dict[str, Spread]:
        """The spread of each measurement at the last step."""
        return {name: spreads[-1] for name, spreads in self.metrics.items()}

    def to_plain(self) -> dict[str, Any]:
        """Return lists of numbers, for JSON."""
        return {
            "steps": list(self.steps),
            "metrics": {
                name: {
                    "mean": [plain_number(s.mean) for s in spreads],
                    "deviation": [
                        None if s.deviation is None else plain_number(s.deviation) for s in spreads
                    ],
                }
                for name, spreads in self.metrics.items()
            },
        }


def spread(values: Sequence[float]) -> Spread:
    """Return the mean and the standard deviation of some values; NaN if one is not finite.

    Raises
    ------
    ValueError
        If there are none.
    """
    if not values:
        raise ValueError("values is empty: expected at least one")
    if not all(isfinite(value) for value in values):
        # fmean and stdev each have their own ways with infinities, one of which is to fail.
        return Spread(nan, nan if len(values) > 1 else None, len(values))
    return Spread(fmean(values), stdev(values) if len(values) > 1 else None, len(values))


def confidence_interval(values: Sequence[float], level: float = 0.95) -> tuple[float, float] | None:
    r"""Return where the mean over all seeds lies, judged by some of them.

    .. math:: \bar x \pm t_{n-1} \, s / \sqrt n

    Parameters
    ----------
    values : sequence of float
        One a seed.
    level : float
        How often such an interval holds the mean, of normal values.

    Returns
    -------
    interval : tuple of float, or None
        None for a single value, which has no spread.

    Raises
    ------
    ValueError
        If there are no values.
    """
    from scipy.stats import t

    found = spread(values)
    if found.deviation is None:
        return None
    half = float(t.ppf((1 + level) / 2, found.seeds - 1)) * found.deviation / sqrt(found.seeds)
    return found.mean - half, found.mean + half


def aggregate(histories: Sequence[History]) -> Aggregate:
    """Return the mean and the standard deviation over seeds, step by step.

    Parameters
    ----------
    histories : sequence of History
        Of the same measurements at the same steps.

    Returns
    -------
    aggregate : Aggregate

    Raises
    ------
    ValueError
        If there is no history with a step in it, or they differ in steps or kinds of measurement.
    """
    if not histories or not histories[0].steps:
        raise ValueError("histories is empty: expected at least one, with at least one step")
    first = histories[0]
    for history in histories[1:]:
        if history.steps != first.steps or history.metrics.keys() != first.metrics.keys():
            raise ValueError(
                f"histories differ: expected the steps {first.steps} and the measurements "
                f"{sorted(first.metrics)} in all"
            )
    metrics = {
        name: tuple(spread(at) for at in zip(*(h.metrics[name] for h in histories), strict=True))
        for name in first.metrics
    }
    return Aggregate(first.steps, metrics)
