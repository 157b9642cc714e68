"""What a benchmark claims: a figure of ours, its baseline of the same run, and the bar.

Each benchmark has a function `claims`, from the results in its JSON report to these; its bars
stand beside it. `benchmarks.whole` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """One line of the whole report."""

    what: str
    ours: float
    unit: str
    bar: float | None = None
    """What ours may be at most; without it, there is none."""
    at_least: bool = False
    """Whether the bar is what ours should be at least."""
    baseline: float | None = None
    """The same figure of something else, measured in the same run."""
    baseline_is: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where there is none."""
        if self.bar is None:
            return None
        return self.ours >= self.bar if self.at_least else self.ours <= self.bar
