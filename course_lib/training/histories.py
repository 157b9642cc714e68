"""What is measured while a network learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any


@dataclass(frozen=True)
class History:
    """Measurements at certain steps.

    Raises
    ------
    ValueError
        If a measurement has another number of values than there are steps, or the steps do not
        rise.
    """

    steps: tuple[int, ...] = ()
    """After how many steps each measurement was made."""
    metrics: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Name of a measurement → its value at each of the steps."""

    def __post_init__(self) -> None:
        if list(self.steps) != sorted(set(self.steps)):
            raise ValueError(f"steps={self.steps}: expected numbers that rise")
        for name, values in self.metrics.items():
            if len(values) != len(self.steps):
                raise ValueError(
                    f"metrics[{name!r}] has {len(values)} values: expected one for each of the "
                    f"{len(self.steps)} steps"
                )

    def extended(self, step: int, metrics: Mapping[str, float]) -> History:
        """Return the history with one more measurement of each kind.

        Raises
        ------
        ValueError
            If the kinds are not those of the measurements before.
        """
        if self.steps and metrics.keys() != self.metrics.keys():
            raise ValueError(
                f"metrics holds {sorted(metrics)} at step {step}: expected "
                f"{sorted(self.metrics)}, as before"
            )
        values = {name: (*self.metrics.get(name, ()), float(v)) for name, v in metrics.items()}
        return History((*self.steps, step), values)

    @property
    def last(self) -> dict[str, float]:
        """The last value of each measurement."""
        return {name: values[-1] for name, values in self.metrics.items()} if self.steps else {}

    def to_plain(self) -> dict[str, Any]:
        """Return the history as lists, for JSON: what is not finite stands there as a word."""
        metrics = {name: [plain_number(v) for v in values] for name, values in self.metrics.items()}
        return {"steps": list(self.steps), "metrics": metrics}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> History:
        """Return the history that `to_plain` wrote down."""
        metrics = {name: tuple(map(float, v)) for name, v in plain["metrics"].items()}
        return cls(tuple(map(int, plain["steps"])), metrics)


def plain_number(value: float) -> float | str:
    """Return a number as JSON can hold it: "nan", "inf" and "-inf" as words, as `float` reads them.

    A score that does not exist, such as the mean IoU of no class, is NaN, and must not cost a
    network its record.
    """
    return value if isfinite(value) else str(value)
