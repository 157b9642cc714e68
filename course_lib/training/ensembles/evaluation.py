"""Loss and error of many networks at once."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.training.ensembles.layers import Layers, forward
from course_lib.training.ensembles.step import cross_entropies

_AT_ONCE = 500  # examples, on a processor: more of them no longer fit a core's cache


@torch.no_grad()
def evaluate(
    layers: Layers, parameters: Sequence[Tensor], x: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """Return each network's loss and error.

    Parameters
    ----------
    layers : tuple of Layer
    parameters : sequence of Tensor, each of shape (S, ...)
    x : Tensor, shape (n, ...) or (S, n, ...)
        Examples, shared by all networks or each network's own.
    y : Tensor, shape (n,) or (S, n)

    Returns
    -------
    losses : Tensor, shape (S,), float64
        Mean cross-entropy over all examples.
    errors : Tensor, shape (S,), float64
        Fraction of the examples whose highest score is another class's.
    """
    seeds = len(parameters[0])
    if y.ndim == 1:
        x, y = x.expand(seeds, *x.shape), y.expand(seeds, *y.shape)
    count = y.shape[1]
    losses = torch.zeros(seeds, dtype=torch.float64, device=y.device)
    wrong = torch.zeros_like(losses)
    at_once = _AT_ONCE if y.device.type == "cpu" else count
    for first in range(0, count, at_once):
        inputs, labels = x[:, first : first + at_once], y[:, first : first + at_once]
        z = forward(layers, parameters, inputs.movedim(1, -1).contiguous())
        losses += cross_entropies(z, labels).double() * labels.shape[1]
        wrong += (z.argmax(1) != labels).sum(1)
    return losses / count, wrong / count
