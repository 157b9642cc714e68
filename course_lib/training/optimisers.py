"""How a gradient becomes an update: the settings of torch's optimisers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import nn

from course_lib.training.checks import check_count, check_number


@dataclass(frozen=True)
class SGD:
    r"""Stochastic gradient descent, as torch has it.

    .. math:: g \leftarrow g + \lambda w, \quad v \leftarrow \mu v + g, \quad
              w \leftarrow w - \eta v
    """

    momentum: float = 0.0
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        check_number("momentum", self.momentum, least=0, below=1)
        check_number("weight_decay", self.weight_decay, least=0)

    def build(self, parameters: Iterable[nn.Parameter], rate: float) -> torch.optim.Optimizer:
        """Return torch's optimiser for these parameters."""
        return torch.optim.SGD(
            parameters, lr=rate, momentum=self.momentum, weight_decay=self.weight_decay
        )


@dataclass(frozen=True)
class AdamW:
    """Adam with decoupled weight decay (I. Loshchilov and F. Hutter, ICLR 2019)."""

    beta1: float = 0.9
    beta2: float = 0.999
    weight_decay: float = 0.01

    def __post_init__(self) -> None:
        check_number("beta1", self.beta1, least=0, below=1)
        check_number("beta2", self.beta2, least=0, below=1)
        check_number("weight_decay", self.weight_decay, least=0)

    def build(self, parameters: Iterable[nn.Parameter], rate: float) -> torch.optim.Optimizer:
        """Return torch's optimiser for these parameters."""
        return torch.optim.AdamW(
            parameters,
            lr=rate,
            betas=(self.beta1, self.beta2),
            weight_decay=self.weight_decay,
            fused=True,
        )


@dataclass(frozen=True)
class Muon:
    """Momentum made orthogonal for the weights of layers, AdamW for all else.

    The momentum of a layer's weights is a matrix, a row for each output channel, with few large
    singular values and many small ones. Muon brings all of them to about one, so that what seldom
    shows in the gradient is learnt as fast as what often does.

    Notes
    -----
    K. Jordan and others, "Muon: an optimizer for hidden layers in neural networks", 2024.
    """

    ratio: float = 8.0
    """Of Muon's learning rate to AdamW's, which is the schedule's."""
    momentum: float = 0.95
    weight_decay: float = 0.01
    iterations: int = 3
    """Of Newton and Schulz, which make a matrix about orthogonal."""

    def __post_init__(self) -> None:
        check_number("ratio", self.ratio, above=0)
        check_number("momentum", self.momentum, least=0, below=1)
        check_number("weight_decay", self.weight_decay, least=0)
        check_count("iterations", self.iterations)

    def build(self, parameters: Iterable[nn.Parameter], rate: float) -> torch.optim.Optimizer:
        """Return an optimiser for these parameters, in the order of their layers."""
        from course_lib.training.muon import MuonAndAdamW

        return MuonAndAdamW(
            list(parameters),
            rate=rate,
            ratio=self.ratio,
            momentum=self.momentum,
            weight_decay=self.weight_decay,
            iterations=self.iterations,
        )


Optimiser = SGD | AdamW | Muon
