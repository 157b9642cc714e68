"""Learning-rate schedules: pure functions from the number of a step to its rate.

Steps count from 0: the first update is made with ``schedule(0)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi

from course_lib.training.checks import check_count, check_number


@dataclass(frozen=True)
class Constant:
    """The same rate at every step."""

    rate: float

    def __post_init__(self) -> None:
        check_number("rate", self.rate, above=0)

    def __call__(self, step: int) -> float:
        """Return the rate of a step."""
        check_count("step", step, least=0)
        return self.rate


@dataclass(frozen=True)
class StepDecay:
    r"""A rate that is multiplied by a factor at regular intervals.

    .. math:: \eta_t = \eta_0 \, \gamma^{\lfloor t / T \rfloor}
    """

    rate: float
    every: int
    """Steps :math:`T` between two changes."""
    factor: float = 0.5

    def __post_init__(self) -> None:
        check_number("rate", self.rate, above=0)
        check_count("every", self.every)
        check_number("factor", self.factor, above=0)

    def __call__(self, step: int) -> float:
        """Return the rate of a step."""
        check_count("step", step, least=0)
        rate: float = self.rate * self.factor ** (step // self.every)
        return rate


@dataclass(frozen=True)
class Cosine:
    r"""A rate that falls along half a cosine, and stays where it has arrived.

    .. math:: \eta_t = \eta_T + \tfrac12 (\eta_0 - \eta_T) \bigl(1 + \cos(\pi t / T)\bigr)

    Notes
    -----
    I. Loshchilov and F. Hutter, "SGDR: Stochastic gradient descent with warm restarts", ICLR 2017,
    without restarts.
    """

    rate: float
    steps: int
    """Steps :math:`T` after which the final rate is reached."""
    final: float = 0.0

    def __post_init__(self) -> None:
        check_number("rate", self.rate, above=0)
        check_count("steps", self.steps)
        check_number("final", self.final, least=0)

    def __call__(self, step: int) -> float:
        """Return the rate of a step."""
        check_count("step", step, least=0)
        done = min(step / self.steps, 1.0)
        return self.final + (self.rate - self.final) * (1 + cos(pi * done)) / 2


@dataclass(frozen=True)
class WarmUp:
    """A linear rise from nearly nothing to another schedule, which then starts at its step 0."""

    steps: int
    """Steps of the rise; the first uses 1/steps of the rate, the last all of it."""
    then: Constant | StepDecay | Cosine

    def __post_init__(self) -> None:
        check_count("steps", self.steps)
        if not isinstance(self.then, Constant | StepDecay | Cosine):
            raise TypeError(f"then={self.then!r}: expected Constant, StepDecay or Cosine")

    def __call__(self, step: int) -> float:
        """Return the rate of a step."""
        check_count("step", step, least=0)
        if step < self.steps:
            return self.then(0) * (step + 1) / self.steps
        return self.then(step - self.steps)


Schedule = Constant | StepDecay | Cosine | WarmUp
