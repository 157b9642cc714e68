"""MNIST-1D moved: the template under the noise, or the finished sample.

The two ask a classifier different questions. Moving the *template* is how the data set itself
varies: the background noise stays where it is. Moving the *sample* takes the noise along and loses
what leaves at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from course_lib.datasets.mnist1d import draw_mnist1d, standardise
from course_lib.datasets.mnist1d_draws import DEFAULT_SETTINGS, Draws, Settings
from course_lib.datasets.mnist1d_sampler import sample_stages, transform
from course_lib.datasets.mnist1d_templates import templates

Floats = NDArray[np.float64]


def shift_limits(
    template: Floats, draws: Draws, settings: Settings = DEFAULT_SETTINGS
) -> tuple[int, int]:
    """Return how far a sample's template can move before it wraps round an end.

    Parameters
    ----------
    template : array, shape (12,)
    draws : Draws
    settings : Settings

    Returns
    -------
    least, most : int
        Positions of the sampler's grid, to the left negative: a move by any number from one to the
        other leaves the template in one piece.

    Raises
    ------
    TypeError, ValueError
        As `sample_stages`.
    """
    stretched = sample_stages(template, draws, settings)[2].values
    occupied = int(np.flatnonzero(stretched)[-1]) + 1
    shift = draws.shift % settings.grid
    return -shift, settings.grid - occupied - shift


def shifted_templates(
    template: Floats,
    draws: Draws,
    shifts: Sequence[int],
    settings: Settings = DEFAULT_SETTINGS,
) -> Floats:
    """Return one sample again and again, its template moved and every other number kept.

    Parameters
    ----------
    template : array, shape (12,)
    draws : Draws
        Of the unmoved sample.
    shifts : sequence of int
        S numbers of positions of the sampler's grid, to the right positive; one position is
        (L - 1)/(G - 1), by default 39/71, of a position of the sample. The grid is a circle.
    settings : Settings

    Returns
    -------
    samples : array, shape (S, L)
        Not yet standardised. Shift 0 is `transform`.

    Raises
    ------
    ValueError
        If no shift is given, or as `sample_stages`.
    """
    if len(shifts) == 0:
        raise ValueError("shifts is empty: expected at least one")
    moved = [replace(draws, shift=draws.shift + shift) for shift in shifts]
    return np.stack([transform(template, d, settings) for d in moved])


def make_shifted_mnist1d(
    count: int,
    seed: int,
    shifts: Sequence[int],
    settings: Settings = DEFAULT_SETTINGS,
) -> tuple[Tensor, Tensor]:
    """Return the samples of `make_mnist1d`, each with its template moved by each shift.

    Parameters
    ----------
    count, seed, settings
        As `make_mnist1d`.
    shifts : sequence of int
        As `shifted_templates`.

    Returns
    -------
    x : Tensor, shape (S, N, L), float32
        Where the shift is 0, the samples of `make_mnist1d`.
    y : Tensor, shape (N,), int64

    Raises
    ------
    TypeError, ValueError
        As `make_mnist1d` and `shifted_templates`.
    """
    drawn = draw_mnist1d(count, seed, settings)
    rows = templates()
    samples = [shifted_templates(rows[label], draws, shifts, settings) for label, draws in drawn]
    x = torch.tensor(standardise(np.stack(samples, axis=1)), dtype=torch.float32)
    return x, torch.tensor([label for label, _ in drawn])


def make_placed_mnist1d(
    count: int,
    seed: int,
    positions: Sequence[int],
    settings: Settings = DEFAULT_SETTINGS,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the samples of `make_mnist1d`, each with its template put at each position.

    Where the template begins is a draw of the sampler like any other; here it is chosen instead.

    Parameters
    ----------
    count, seed, settings
        As `make_mnist1d`.
    positions : sequence of int
        P places of the sampler's grid, from 0 to G - 1; the data set's are 0 to
        ``settings.max_shift - 1``.

    Returns
    -------
    x : Tensor, shape (P, N, L), float32
    y : Tensor, shape (N,), int64
    whole : Tensor, shape (P, N), bool
        Whether the template stands there in one piece: the grid is a circle.

    Raises
    ------
    TypeError, ValueError
        As `make_mnist1d`, or if there is no position or one is not on the grid.
    """
    if len(positions) == 0:
        raise ValueError("positions is empty: expected at least one")
    for position in positions:
        if not 0 <= position < settings.grid:
            raise ValueError(f"positions has {position}: expected from 0 to {settings.grid - 1}")
    drawn, rows = draw_mnist1d(count, seed, settings), templates()
    samples, whole = [], []
    for label, draws in drawn:
        placed = [replace(draws, shift=position) for position in positions]
        samples.append([transform(rows[label], d, settings) for d in placed])
        _, room = shift_limits(rows[label], placed[0], settings)
        whole.append([position - positions[0] <= room for position in positions])
    x = torch.tensor(standardise(np.array(samples)), dtype=torch.float32).transpose(0, 1)
    y = torch.tensor([label for label, _ in drawn])
    return x.contiguous(), y, torch.tensor(whole).T


def shift_samples(x: Tensor, shift: int) -> Tensor:
    """Return finished samples moved to the right, the end value repeated where nothing comes in.

    Parameters
    ----------
    x : Tensor, shape (..., L)
    shift : int
        Positions of the sample; negative to the left. At most L, which leaves one value repeated.

    Returns
    -------
    shifted : Tensor, shape (..., L)
        A new tensor.

    Raises
    ------
    ValueError
        If the samples are empty or the shift is longer than they are.
    """
    if x.ndim == 0 or x.shape[-1] == 0:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected (..., L) with L at least 1")
    length = x.shape[-1]
    if abs(shift) > length:
        raise ValueError(f"shift={shift}: expected from {-length} to {length}")
    sources = (torch.arange(length, device=x.device) - shift).clamp(0, length - 1)
    return x[..., sources]
