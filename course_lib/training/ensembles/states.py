"""Where one network of an ensemble stands: all that going on needs, and nothing of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.training.checks import check_seed
from course_lib.training.histories import History


@dataclass(frozen=True, eq=False)
class SeedState:
    """One network between two steps, on the CPU."""

    seed: int
    """Seed of the order of the batches."""
    step: int
    """Number of updates behind it."""
    parameters: tuple[Tensor, ...]
    """In the order of ``network.parameters()``."""
    velocity: tuple[Tensor, ...] = ()
    """What momentum remembers; nothing before the first step, and without momentum."""
    history: History = History()  # noqa: RUF009 - frozen
    seconds: float = 0.0
    """Time spent, as a share of that of all networks that were trained together."""
    compiled: bool = False
    """Whether the last steps were compiled."""
    why_not: str = ""
    """What the compiler said, where they should have been."""

    @classmethod
    def start(cls, network: nn.Module, seed: int) -> SeedState:
        """Return the state of a network that has not been trained.

        Raises
        ------
        TypeError, ValueError
            If the seed is no whole number, or out of range.
        """
        check_seed(seed)
        return cls(seed, 0, tuple(p.detach().cpu().clone() for p in network.parameters()))

    @torch.no_grad()
    def load_into(self, network: nn.Module) -> None:
        """Give a network the parameters."""
        for parameter, value in zip(network.parameters(), self.parameters, strict=True):
            parameter.copy_(value)

    def to_plain(self) -> dict[str, Any]:
        """Return tensors and plain values, for a checkpoint."""
        return {
            **vars(self),
            "parameters": list(self.parameters),
            "velocity": list(self.velocity),
            "history": self.history.to_plain(),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> SeedState:
        """Return the state that `to_plain` wrote down."""
        return cls(
            **{
                **plain,
                "parameters": tuple(plain["parameters"]),
                "velocity": tuple(plain["velocity"]),
                "history": History.from_plain(plain["history"]),
            }
        )


def stack(rows: Sequence[Sequence[Tensor]], device: torch.device) -> list[Tensor]:
    """Return the tensors of several networks with an axis of networks in front."""
    return [torch.stack(tensors).to(device) for tensors in zip(*rows, strict=True)]


def unstack(stacked: Sequence[Tensor], index: int) -> tuple[Tensor, ...]:
    """Return one network's tensors, on the CPU and apart from the others'."""
    return tuple(tensor[index].cpu().clone() for tensor in stacked)
