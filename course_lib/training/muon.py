"""Muon for the weights of layers and AdamW for all else, as one optimiser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn


class MuonAndAdamW(torch.optim.Optimizer):
    """Torch's Muon, which takes matrices only, for kernels too; torch's AdamW beside it.

    A kernel is handed on as a matrix, a row for each output channel, that shares its memory. The
    last weights of a network, whose rows are the classes, are AdamW's, as are biases and
    normalisation.

    Parameters
    ----------
    parameters : sequence of Parameter
        In the order of their layers.
    rate : float
        AdamW's learning rate; it is that of the one group there is, and may be changed there.
    ratio : float
        Of Muon's learning rate to AdamW's.
    momentum, weight_decay : float
        Of Muon; the weight decay is also AdamW's.
    iterations : int
        Of Newton and Schulz, which make a matrix about orthogonal.
    """

    def __init__(
        self,
        parameters: Sequence[nn.Parameter],
        *,
        rate: float,
        ratio: float,
        momentum: float,
        weight_decay: float,
        iterations: int,
    ) -> None:
        super().__init__(parameters, {"lr": rate})
        self.kernels = [p for p in parameters if p.ndim > 1][:-1]
        self.matrices = [nn.Parameter(k.detach().view(len(k), -1)) for k in self.kernels]
        known = {id(kernel) for kernel in self.kernels}
        others = [p for p in parameters if id(p) not in known]
        self.ratios = (1.0, ratio)
        self.parts: list[torch.optim.Optimizer] = [
            torch.optim.AdamW(others, lr=rate, weight_decay=weight_decay, fused=True)
        ]
        if self.kernels:
            self.parts.append(
                torch.optim.Muon(
                    self.matrices,
                    lr=rate * ratio,
                    momentum=momentum,
                    weight_decay=weight_decay,
                    ns_steps=iterations,
                )
            )

    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Make one update."""
        assert closure is None
        for kernel, matrix in zip(self.kernels, self.matrices, strict=True):
            matrix.grad = None if kernel.grad is None else kernel.grad.reshape(matrix.shape)
        for part, ratio in zip(self.parts, self.ratios, strict=False):
            for group in part.param_groups:
                group["lr"] = self.param_groups[0]["lr"] * ratio
            part.step()

    def state_dict(self) -> dict[str, Any]:
        """Return the state of both."""
        return {"parts": [part.state_dict() for part in self.parts]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go back to a state."""
        for part, state in zip(self.parts, state_dict["parts"], strict=True):
            part.load_state_dict(state)
