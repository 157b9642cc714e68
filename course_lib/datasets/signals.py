"""Resampling and smoothing of one signal, in steps that any language can follow to the last bit.

Both agree with SciPy's (`interp1d` and `gaussian_filter1d`), which the tests hold; written out,
the page can do the same.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def resample_linear(x: Floats, length: int) -> Floats:
    r"""Return a signal read at evenly spaced places from its first value to its last.

    Output :math:`j` stands at :math:`t_j = j \, (L-1)/(L'-1)` of the input, between its neighbours
    :math:`i = \lfloor t_j \rfloor` and :math:`i+1`:

    .. math:: y_j = x_i + (t_j - i)(x_{i+1} - x_i)

    The place is found by whole-number division, so that no rounding can put it on the wrong side
    of a value.

    Parameters
    ----------
    x : array, shape (L,)
    length : int
        Number :math:`L'` of values wanted, at least 2.

    Returns
    -------
    y : array, shape (L',)

    Raises
    ------
    TypeError
        If the signal is no array.
    ValueError
        If the signal is not one row of at least one value, or fewer than two values are wanted.
    """
    _check_signal(x)
    if length < 2:
        raise ValueError(f"length={length}: expected at least 2, a first value and a last one")
    left, right, fraction = _places(len(x), length)
    below: Floats = x[left]
    result: Floats = below + fraction * (x[right] - below)
    return result


@lru_cache(maxsize=256)  # a data set asks for a few dozen pairs of lengths, thousands of times
def _places(old: int, new: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    left, remainder = np.divmod(np.arange(new) * (old - 1), new - 1)
    # The last value has no right neighbour and, at fraction 0, needs none.
    return left, np.minimum(left + 1, old - 1), remainder / (new - 1)


def gaussian_weights(sigma: float) -> list[float]:
    r"""Return a Gaussian's weights, cut off at four standard deviations and summing to one.

    .. math:: \omega_k \propto \exp\left(-\frac{k^2}{2\sigma^2}\right), \quad
              k = -R, \dots, R, \quad R = \lfloor 4\sigma + \tfrac12 \rfloor

    Parameters
    ----------
    sigma : float
        Standard deviation in positions, above 0.

    Returns
    -------
    weights : list of float, length 2R + 1

    Raises
    ------
    ValueError
        If the standard deviation is not a positive number.
    """
    if not 0 < sigma < float("inf"):
        raise ValueError(f"sigma={sigma}: expected a finite number above 0")
    radius = int(4 * sigma + 0.5)
    bell = [exp(-0.5 * (k / sigma) ** 2) for k in range(-radius, radius + 1)]
    total = sum(bell)
    return [value / total for value in bell]


def smooth_gaussian(x: Floats, sigma: float) -> Floats:
    r"""Return a signal convolved with a Gaussian, its ends mirrored.

    The mirror stands *beyond* the end value, which therefore repeats: ``c b a | a b c | c b a``
    (SciPy's ``"reflect"``; torch's mirror stands on the end value).

    Parameters
    ----------
    x : array, shape (L,)
    sigma : float
        Standard deviation in positions, above 0.

    Returns
    -------
    y : array, shape (L,)

    Raises
    ------
    TypeError
        If the signal is no array.
    ValueError
        If the signal is not one row of at least one value, or sigma is not a positive number.
    """
    _check_signal(x)
    weights, mirrored = _window(len(x), sigma)
    result: Floats = np.convolve(x[mirrored], weights, mode="valid")
    return result


@lru_cache(maxsize=16)
def _window(length: int, sigma: float) -> tuple[Floats, NDArray[np.intp]]:
    """Return the weights, and which value of the signal stands at each place, mirrored or not."""
    weights = np.array(gaussian_weights(sigma))
    radius = len(weights) // 2
    there_and_back = np.arange(-radius, length + radius) % (2 * length)
    return weights, np.minimum(there_and_back, 2 * length - 1 - there_and_back)


def _check_signal(x: Floats) -> None:
    if not isinstance(x, np.ndarray):
        raise TypeError(f"x is a {type(x).__name__}: expected an array")
    if x.ndim != 1 or len(x) == 0:
        raise ValueError(f"x has shape {x.shape}: expected one axis (L,) and at least one value")
