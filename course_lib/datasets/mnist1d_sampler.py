"""How a template becomes a sample of MNIST-1D, step by step, from random numbers drawn before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from course_lib.datasets.mnist1d_draws import DEFAULT_SETTINGS, Draws, Settings
from course_lib.datasets.mnist1d_templates import TEMPLATE_LENGTH
from course_lib.datasets.signals import resample_linear, smooth_gaussian

Floats = NDArray[np.float64]

STAGES = (
    "template",
    "pad",
    "stretch",
    "scale",
    "shift",
    "correlated noise",
    "white noise",
    "shear",
    "resample",
)
"""The stages' names, in order."""

SMOOTHNESS = 2.0
"""Standard deviation, in positions, of the Gaussian that correlates the noise."""

# Lifts the template's own zeros off zero, so that only the padding counts as empty.
_LIFT = 1e-8


@dataclass(frozen=True, eq=False)
class Stage:
    """The signal after one step.

    Attributes
    ----------
    name : str
        One of ``STAGES``.
    values : array, shape (L,)
        The length changes from stage to stage.
    drawn : mapping
        The numbers of `Draws` that this step used, by name.
    """

    name: str
    values: Floats
    drawn: Mapping[str, float | Floats] = field(default_factory=lambda: MappingProxyType({}))


def sample_stages(
    template: Floats, draws: Draws, settings: Settings = DEFAULT_SETTINGS
) -> list[Stage]:
    r"""Return the signal after each step that turns a template into a sample.

    Parameters
    ----------
    template : array, shape (12,)
        From `course_lib.datasets.template`, or one drawn by hand.
    draws : Draws
        From `draw`, or chosen.
    settings : Settings

    Returns
    -------
    stages : list of Stage
        One for each name of ``STAGES``:

        1. *template*;
        2. *pad*: zeros after it;
        3. *stretch*: resampled to :math:`G` positions, so that fewer zeros mean a longer template;
        4. *scale*: times a factor;
        5. *shift*: circularly, to the right;
        6. *correlated noise*: smoothed white noise, only where the signal is empty;
        7. *white noise*: everywhere;
        8. *shear*: minus a ramp that runs from :math:`-\frac12` to :math:`\frac12` of the slope;
        9. *resample*: to the sample's length. `course_lib.datasets.standardise` comes after it.

    Raises
    ------
    TypeError
        If the template or the noise is not an array in double precision.
    ValueError
        If the template, the draws and the settings do not fit each other, or a number is not
        finite.
    """
    _check(template, draws, settings)
    grid = settings.grid
    padded = np.concatenate([template + _LIFT, np.zeros(draws.padding)])
    stretched = resample_linear(padded, grid)
    scaled = stretched * draws.scale
    shift = draws.shift % grid
    shifted = np.concatenate([scaled[grid - shift :], scaled[: grid - shift]])
    background = smooth_gaussian(settings.correlated_noise * draws.correlated, SMOOTHNESS)
    filled = np.where(shifted == 0, background, shifted)
    noisy = filled + settings.white_noise * draws.white
    sheared = noisy - draws.shear * (np.arange(grid) / (grid - 1) - 0.5)
    return [
        Stage("template", template),
        Stage("pad", padded, {"padding": draws.padding}),
        Stage("stretch", stretched),
        Stage("scale", scaled, {"scale": draws.scale}),
        Stage("shift", shifted, {"shift": draws.shift}),
        Stage("correlated noise", filled, {"correlated": draws.correlated}),
        Stage("white noise", noisy, {"white": draws.white}),
        Stage("shear", sheared, {"shear": draws.shear}),
        Stage("resample", resample_linear(sheared, settings.length)),
    ]


def transform(template: Floats, draws: Draws, settings: Settings = DEFAULT_SETTINGS) -> Floats:
    """Return the sample that a template and random numbers make: the last of `sample_stages`.

    Parameters
    ----------
    template : array, shape (12,)
    draws : Draws
    settings : Settings

    Returns
    -------
    sample : array, shape (L,)
        L is ``settings.length``; not yet standardised.

    Raises
    ------
    TypeError, ValueError
        As `sample_stages`.
    """
    return sample_stages(template, draws, settings)[-1].values


def _check(template: Floats, draws: Draws, settings: Settings) -> None:
    expected = {
        "template": (template, TEMPLATE_LENGTH),
        "draws.correlated": (draws.correlated, settings.grid),
        "draws.white": (draws.white, settings.grid),
    }
    for name, (values, length) in expected.items():
        if not isinstance(values, np.ndarray) or values.dtype != np.float64:
            raise TypeError(f"{name} is {type(values).__name__}: expected a float64 array of NumPy")
        if values.shape != (length,):
            raise ValueError(f"{name} has shape {values.shape}: expected ({length},)")
        if not np.isfinite(values).all():
            raise ValueError(f"{name} holds a value that is not a finite number")
    if draws.padding < 0:
        raise ValueError(f"draws.padding={draws.padding}: expected at least 0")
    for name, value in (("scale", draws.scale), ("shear", draws.shear)):
        if not isfinite(value):
            raise ValueError(f"draws.{name}={value}: expected a finite number")
