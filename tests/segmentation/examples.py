"""Random masks for the tests."""

from __future__ import annotations

import torch
from torch import Tensor


def generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def blotches(images: int, height: int, width: int, class_count: int, g: torch.Generator) -> Tensor:
    """Draw masks of blotches a few pixels wide: shape (N, H, W), int64."""
    coarse = torch.randint(0, class_count, (images, height // 3 + 1, width // 3 + 1), generator=g)
    fine = coarse.repeat_interleave(3, dim=1).repeat_interleave(3, dim=2)[:, :height, :width]
    noise = torch.randint(0, class_count, fine.shape, generator=g)
    return torch.where(torch.rand(fine.shape, generator=g) < 0.1, noise, fine)
