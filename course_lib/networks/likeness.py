"""What a first layer knows of places: whether neighbours are alike, whether rows recur moved."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import normalize


def neighbour_correlation(weights: Tensor, distance: int = 1) -> float:
    """Return how alike the weights are that a unit gives to inputs some distance apart.

    Parameters
    ----------
    weights : Tensor, shape (N, L)
        A row a unit.
    distance : int
        From 1 to L - 1.

    Returns
    -------
    correlation : float
        Of the two weights, over all units and places; 0 for independent ones.
    """
    length = _checked(weights, "distance", distance)
    left, right = weights[:, : length - distance], weights[:, distance:]
    return float((left * right).mean() / (left.square().mean() * right.square().mean()).sqrt())


def moved_likeness(weights: Tensor, move: int) -> float:
    """Return how much a unit's weights are like those of another unit, moved.

    Parameters
    ----------
    weights : Tensor, shape (N, L)
    move : int
        Positions, from 1 to L - 1.

    Returns
    -------
    likeness : float
        The largest cosine with any other row, averaged over rows: 1 where every unit has a moved
        twin. Among many rows some are alike by chance; compare with `chance_weights`.
    """
    length = _checked(weights, "move", move)
    here, there = weights[:, : length - move], weights[:, move:]
    cosines = normalize(here) @ normalize(there).T
    cosines.fill_diagonal_(-1)
    return float(cosines.amax(1).mean())


def chance_weights(weights: Tensor, seed: int = 0) -> Tensor:
    """Return random rows whose values vary and belong together as those of the given rows do.

    Parameters
    ----------
    weights : Tensor, shape (N, L)
    seed : int

    Returns
    -------
    chance : Tensor, shape (N, L)
        Independent normal rows with the same second moments.
    """
    _checked(weights, "move", 1)
    values, vectors = torch.linalg.eigh((weights.T @ weights / len(weights)).double())
    root = vectors * values.clamp(min=0).sqrt() @ vectors.T
    random = torch.Generator().manual_seed(seed)
    rows = torch.randn(weights.shape, generator=random, dtype=torch.float64)
    chance: Tensor = (rows @ root).to(weights.dtype)
    return chance


def _checked(weights: Tensor, name: str, value: int) -> int:
    """Return the rows' length."""
    if weights.ndim != 2 or 0 in weights.shape:
        raise ValueError(f"weights has shape {tuple(weights.shape)}: expected (N, L)")
    length = weights.shape[1]
    if not 1 <= value < length:
        raise ValueError(f"{name}={value}: expected from 1 to {length - 1}")
    return length
