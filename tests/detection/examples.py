"""Random boxes for the tests."""

from __future__ import annotations

import torch
from torch import Tensor


def generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def whole_boxes(count: int, g: torch.Generator, *, size: int = 12) -> Tensor:
    """Draw boxes on whole coordinates in a small square, so that ties and equal boxes are common.

    Some have no area.
    """
    corners = torch.randint(0, size + 1, (count, 2, 2), generator=g)
    return corners.sort(dim=1).values.reshape(count, 4).double()


def boxes(count: int, g: torch.Generator, *, size: float = 100.0) -> Tensor:
    """Draw boxes anywhere in a square."""
    corners = torch.rand(count, 2, 2, generator=g, dtype=torch.float64) * size
    return corners.sort(dim=1).values.reshape(count, 4)


def levels(count: int, g: torch.Generator, *, of: int = 10) -> Tensor:
    """Draw scores among few, so that ties are common."""
    return torch.randint(0, of, (count,), generator=g).double() / of


def number(low: int, high: int, g: torch.Generator) -> int:
    """Draw a whole number from low to high."""
    return int(torch.randint(low, high + 1, (), generator=g))
