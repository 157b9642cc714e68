"""MNIST-1D: the published data set, made anew, and endless new samples of the same kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from numbers import Integral

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from course_lib.datasets.mnist1d_draws import DEFAULT_SETTINGS, Draws, Settings, draw
from course_lib.datasets.mnist1d_sampler import transform
from course_lib.datasets.mnist1d_templates import TEMPLATE_NAMES, templates

Floats = NDArray[np.float64]

PUBLISHED_SEED = 42
"""The seed of the published data set; `make_mnist1d` refuses it."""

MEAN, STANDARD_DEVIATION = -0.0055075064312771795, 0.15467803420593054
"""Of all values of the 5,000 published samples; every sample is standardised with these two."""

_TRAIN, _TEST = 4000, 1000


@dataclass(frozen=True, eq=False)
class MNIST1D:
    """The published split.

    Attributes
    ----------
    x_train : Tensor, shape (4000, 40), float32
    y_train : Tensor, shape (4000,), int64
    x_test : Tensor, shape (1000, 40), float32
    y_test : Tensor, shape (1000,), int64
    """

    x_train: Tensor
    y_train: Tensor
    x_test: Tensor
    y_test: Tensor


def load_mnist1d() -> MNIST1D:
    """Return the 4,000 training and 1,000 test samples of MNIST-1D.

    Nothing is downloaded: the sampler makes them from seed 42, equal to the published file but for
    the last bits. The first call takes some tenths of a second, the next none; every call returns
    tensors of its own, which may be changed.

    Returns
    -------
    data : MNIST1D

    Notes
    -----
    S. Greydanus and D. Kobak, "Scaling down deep learning with MNIST-1D", ICML 2024. Slides,
    "MNIST 1D Dataset"; Prince, *Understanding Deep Learning*, section 10.2.8.
    """
    samples, labels = _published()
    x = torch.tensor(standardise(samples), dtype=torch.float32)  # (5000, 40)
    y = torch.tensor(labels)
    # Clones: two views of one storage would carry each other into every file they are saved in.
    return MNIST1D(
        x_train=x[:_TRAIN].clone(),
        y_train=y[:_TRAIN].clone(),
        x_test=x[_TRAIN:].clone(),
        y_test=y[_TRAIN:].clone(),
    )


def make_mnist1d(
    count: int, seed: int, settings: Settings = DEFAULT_SETTINGS
) -> tuple[Tensor, Tensor]:
    """Return new samples of the kind of MNIST-1D, the classes as even as the count allows.

    They are standardised with the published set's mean and standard deviation, so that a network
    trained on one reads the other.

    Parameters
    ----------
    count : int
        Number of samples N.
    seed : int
        From 0 to 2³² − 1, but not 42: that is the published set, test samples included.
    settings : Settings

    Returns
    -------
    x : Tensor, shape (N, L), float32
        L is ``settings.length``, 40 by default.
    y : Tensor, shape (N,), int64

    Raises
    ------
    TypeError
        If the count or the seed is not a whole number.
    ValueError
        If the count is below 1, or the seed is out of range or that of the published set.
    """
    samples, labels = _make(draw_mnist1d(count, seed, settings), settings)
    return torch.tensor(standardise(samples), dtype=torch.float32), torch.tensor(labels)


def draw_mnist1d(
    count: int, seed: int, settings: Settings = DEFAULT_SETTINGS
) -> list[tuple[int, Draws]]:
    """Return the class and the random numbers of each sample of `make_mnist1d`, in its order.

    Parameters
    ----------
    count, seed, settings
        As `make_mnist1d`.

    Returns
    -------
    drawn : list of (int, Draws), length N
        What `sample_stages` needs to show how any of the samples came about.

    Raises
    ------
    TypeError, ValueError
        As `make_mnist1d`.
    """
    for name, value in (("count", count), ("seed", seed)):
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise TypeError(f"{name}={value!r}: expected a whole number")
    if count < 1:
        raise ValueError(f"count={count}: expected at least 1")
    if not 0 <= seed < 2**32:
        raise ValueError(f"seed={seed}: expected a whole number from 0 to 2**32 - 1")
    if seed == PUBLISHED_SEED:
        raise ValueError(
            f"seed={seed}: expected any other, for this one makes the published samples, those of "
            "the test set too; load_mnist1d gives them, split"
        )
    return _draw(int(count), int(seed), settings)


def published_draw(index: int) -> tuple[int, Draws]:
    """Return the class and the random numbers of one of the published samples.

    They are there to show how that sample came about; new samples come from `make_mnist1d`.

    Parameters
    ----------
    index : int
        From 0 to 3,999 that of the training sample, from 4,000 to 4,999 that of the test sample
        4,000 places before.

    Returns
    -------
    label : int
    draws : Draws
        Of its own arrays, which may be changed.

    Raises
    ------
    TypeError
        If the index is not a whole number.
    ValueError
        If there is no such sample.
    """
    if isinstance(index, bool) or not isinstance(index, Integral):
        raise TypeError(f"index={index!r}: expected a whole number")
    if not 0 <= index < _TRAIN + _TEST:
        raise ValueError(f"index={index}: expected from 0 to {_TRAIN + _TEST - 1}")
    label, draws = _published_draws()[index]
    return label, replace(draws, correlated=draws.correlated.copy(), white=draws.white.copy())


def standardise(samples: Floats) -> Floats:
    """Return samples less the published set's mean, in units of its standard deviation.

    Parameters
    ----------
    samples : array, shape (..., L)
        From `transform`.

    Returns
    -------
    x : array, shape (..., L)
    """
    result: Floats = (samples - MEAN) / STANDARD_DEVIATION
    return result


def _draw(count: int, seed: int, settings: Settings) -> list[tuple[int, Draws]]:
    random = np.random.RandomState(seed)
    labels = sorted(i % len(TEMPLATE_NAMES) for i in range(count))
    drawn = [(label, draw(random, settings)) for label in labels]
    return [drawn[i] for i in random.permutation(count)]


def _make(drawn: list[tuple[int, Draws]], settings: Settings) -> tuple[Floats, NDArray[np.int64]]:
    rows = templates()
    samples = np.stack([transform(rows[label], draws, settings) for label, draws in drawn])
    return samples, np.array([label for label, _ in drawn], dtype=np.int64)


@lru_cache(maxsize=1)
def _published_draws() -> list[tuple[int, Draws]]:
    return _draw(_TRAIN + _TEST, PUBLISHED_SEED, DEFAULT_SETTINGS)


@lru_cache(maxsize=1)
def _published() -> tuple[Floats, NDArray[np.int64]]:
    return _make(_published_draws(), DEFAULT_SETTINGS)
