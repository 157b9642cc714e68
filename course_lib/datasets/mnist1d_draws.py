"""The chance in a sample of MNIST-1D: which random numbers, from which ranges, in which order.

What is done with them stands in `mnist1d_sampler` and knows no chance, so that the same draws give
the same sample anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from course_lib.datasets.mnist1d_templates import TEMPLATE_LENGTH

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """How strongly each step acts; the defaults are those of the published data set.

    Attributes
    ----------
    padding : (int, int)
        Fewest and most zeros put after the template; fewer make the stretched template longer.
    scale : float
        Width of the range of factors about 1.
    max_shift : int
        Number of shifts to choose from: 0 to ``max_shift - 1`` positions.
    correlated_noise, white_noise : float
        Standard deviations before smoothing; the white noise is not smoothed.
    shear : float
        Width of the range of slopes about 0.
    length : int
        Number of values of a sample.
    """

    padding: tuple[int, int] = (36, 60)
    scale: float = 0.4
    max_shift: int = 48
    correlated_noise: float = 0.25
    white_noise: float = 0.02
    shear: float = 0.75
    length: int = 40

    def __post_init__(self) -> None:
        low, high = self.padding
        if not 0 <= low <= high:
            raise ValueError(f"padding={self.padding}: expected 0 <= fewest <= most")
        if not 1 <= self.max_shift <= self.grid:
            raise ValueError(
                f"max_shift={self.max_shift}: expected 1 to {self.grid}, the length of the signal "
                "that is shifted"
            )
        if self.length < 2:
            raise ValueError(f"length={self.length}: expected at least 2")
        for name in ("scale", "correlated_noise", "white_noise", "shear"):
            value = getattr(self, name)
            if not (isfinite(value) and value >= 0):
                raise ValueError(f"{name}={value}: expected a finite number of at least 0")

    @property
    def grid(self) -> int:
        """Number of positions on which all steps but the last work: 72 by default."""
        return TEMPLATE_LENGTH + self.padding[1]


DEFAULT_SETTINGS = Settings()


@dataclass(frozen=True, eq=False)
class Draws:
    """Every random number of one sample.

    Attributes
    ----------
    padding : int
        Number of zeros put after the template.
    scale : float
        Factor.
    shift : int
        Positions by which the signal moves right, coming in again on the left.
    correlated, white : array, shape (G,)
        Standard normal numbers, one a position of the grid of :math:`G` = ``Settings.grid``.
    shear : float
        What the slope takes away from the first value to the last.
    """

    padding: int
    scale: float
    shift: int
    correlated: Floats
    white: Floats
    shear: float


def draw(random: np.random.RandomState, settings: Settings = DEFAULT_SETTINGS) -> Draws:
    """Return the random numbers of the next sample.

    Parameters
    ----------
    random : numpy.random.RandomState
        NumPy's legacy generator, frozen since 2019: the data set was published with it.
    settings : Settings

    Returns
    -------
    draws : Draws
    """
    low, high = settings.padding
    return Draws(
        padding=low + int(random.random_sample() * (high - low + 1)),
        scale=1 + settings.scale * (random.random_sample() - 0.5),
        shift=int(random.choice(settings.max_shift)),
        correlated=random.standard_normal(settings.grid),
        white=random.standard_normal(settings.grid),
        shear=settings.shear * (random.random_sample() - 0.5),
    )
