r"""A stack of layers of one width, with and without skips, as chapter 11 looks at it untrained.

Layer :math:`l` is :math:`h_l = h_{l-1} + f_l[h_{l-1}]`, or plainly :math:`h_l = f_l[h_{l-1}]`,
where :math:`f_l` normalises its input if wanted, activates it and convolves it. The activation
comes before the convolution, so that the sum of a skip is changed by nothing (K. He and others,
"Identity mappings in deep residual networks", ECCV 2016).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from course_lib.networks.checks import check_choice, check_whole

PATCH = 4
"""Values that the stem puts together: a signal of 40 gives 10 positions."""
CLASSES = 10
VARIANCES = {"He": 2.0, "Glorot": 1.0, "PyTorch": 1 / 3}
"""Variance of a weight times the number of values that one output reads."""
ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "ReLU": torch.relu,
    "tanh": torch.tanh,
    "none": lambda h: h,
}


class ResidualStack(nn.Module):
    """A stem, layers of one width, a mean over positions and a dense layer; in double precision.

    Parameters
    ----------
    depth : int
        Layers between stem and mean.
    width : int
        Channels.
    skip, batch_norm : bool
    initialisation : {"He", "Glorot", "PyTorch"}
        Weights are normal, with 2, 1 or a third of the variance 1/D, where D is the number of
        values that an output reads. PyTorch draws uniformly, but as widely.
    activation : {"ReLU", "tanh", "none"}
    seed : int
        Of NumPy's ``RandomState``. A layer's weights do not depend on what comes after it.

    Raises
    ------
    ValueError
        If a setting is not one of these.
    """

    def __init__(
        self,
        depth: int,
        width: int = 8,
        *,
        skip: bool = True,
        batch_norm: bool = False,
        initialisation: str = "He",
        activation: str = "ReLU",
        seed: int = 0,
    ) -> None:
        super().__init__()
        check_whole(depth=depth, width=width)
        check_choice(VARIANCES, initialisation=initialisation)
        check_choice(ACTIVATIONS, activation=activation)
        self.skip, self.batch_norm = skip, batch_norm
        self.activation = ACTIVATIONS[activation]
        random = np.random.RandomState(seed)

        def draw(*shape: int, variance: float) -> nn.Parameter:
            values = torch.from_numpy(random.standard_normal(shape))
            return nn.Parameter(values * variance**0.5)

        self.stem = draw(width, 1, PATCH, variance=1 / PATCH)
        self.head = draw(CLASSES, width, variance=1 / width)
        variance = VARIANCES[initialisation] / (3 * width)
        self.kernels = nn.ParameterList(
            draw(width, width, 3, variance=variance) for _ in range(depth)
        )

    def states(self, x: Tensor, removed: int = 0) -> list[Tensor]:
        """Return what comes out of the stem and of each layer.

        Parameters
        ----------
        x : Tensor, shape (N, 1, L), float64
        removed : int
            A layer, from 1, that hands on what it is given; 0 for none.

        Returns
        -------
        states : list of depth + 1 tensors, shape (N, width, L / 4)
        """
        states = [functional.conv1d(x, self.stem, stride=PATCH)]
        for layer, kernel in enumerate(self.kernels, start=1):
            h = states[-1]
            if layer == removed:
                states.append(h + 0)  # a tensor of its own, with a gradient of its own
                continue
            branch = functional.conv1d(self.activated(h), kernel, padding=1)
            states.append(h + branch if self.skip else branch)
        return states

    def scores(self, h: Tensor) -> Tensor:
        """Return the scores, shape (N, 10), for the last state."""
        return self.activated(h).mean(dim=2) @ self.head.T

    def activated(self, h: Tensor) -> Tensor:
        """Return what a convolution reads: h, normalised over the batch if wanted, activated."""
        if self.batch_norm:
            h = functional.batch_norm(h, None, None, training=True)
        return self.activation(h)

    def forward(self, x: Tensor) -> Tensor:
        """Return the scores, shape (N, 10), for x of shape (N, 1, L)."""
        return self.scores(self.states(x)[-1])


@dataclass(frozen=True)
class Sizes:
    """What goes forward and what comes back through a stack.

    Attributes
    ----------
    activations : tuple of float
        Root mean square of what comes out of the stem and of each layer.
    gradients : tuple of float
        Root mean square of the derivatives of the loss by those values.
    loss : float
        Mean cross-entropy.
    scores : Tensor, shape (N, 10)
    """

    activations: tuple[float, ...]
    gradients: tuple[float, ...]
    loss: float
    scores: Tensor


def sizes(stack: ResidualStack, x: Tensor, y: Tensor, removed: int = 0) -> Sizes:
    """Send a batch forward and its gradient back.

    Parameters
    ----------
    stack : ResidualStack
    x : Tensor, shape (N, 1, L), float64
    y : Tensor, shape (N,), int64
    removed : int
        As for `ResidualStack.states`.

    Returns
    -------
    sizes : Sizes
    """
    states = stack.states(x, removed)
    scores = stack.scores(states[-1])
    loss = functional.cross_entropy(scores, y)
    gradients = torch.autograd.grad(loss, states)
    return Sizes(
        tuple(_rms(h.detach()) for h in states),
        tuple(_rms(g) for g in gradients),
        loss.item(),
        scores.detach(),
    )


def _rms(values: Tensor) -> float:
    """Return the root mean square of all values; scaled, for squares may be too small to hold."""
    largest = values.abs().max()
    if largest == 0:
        return 0.0
    size: float = (largest * (values / largest).square().mean().sqrt()).item()
    return size
