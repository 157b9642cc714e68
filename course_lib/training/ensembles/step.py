"""One step of gradient descent for many networks at once, compiled where there is a compiler."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import FunctionType
from typing import cast

import torch
from torch import Tensor

from course_lib.training.ensembles.layers import Layers, forward
from course_lib.training.optimisers import SGD

Update = Callable[[Sequence[Tensor], Sequence[Tensor], Tensor, Tensor, Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Step:
    """A step that can be taken, and how."""

    update: Update
    compiled: bool
    why_not: str = ""
    """What the compiler said, where there should have been one."""

    def __call__(
        self,
        parameters: Sequence[Tensor],
        velocity: Sequence[Tensor],
        x: Tensor,
        y: Tensor,
        index: Tensor,
        rate: Tensor,
    ) -> Tensor:
        """Move the parameters, in place, and return the losses before the move.

        Parameters
        ----------
        parameters : sequence of Tensor, each of shape (S, ...)
        velocity : sequence of Tensor
            Shaped as the parameters; without momentum, empty.
        x : Tensor, shape (n, ...) or (S, n, ...)
            Examples, shared by all networks or each network's own.
        y : Tensor, shape (n,) or (S, n)
        index : Tensor, shape (S, B)
            Which examples make up each network's batch.
        rate : Tensor, shape ()
            The learning rate; a tensor, as a new number would be compiled anew.

        Returns
        -------
        losses : Tensor, shape (S,)
        """
        with torch.no_grad():  # the gradient is asked for inside
            return self.update(parameters, velocity, x, y, index, rate)


def cross_entropies(z: Tensor, y: Tensor) -> Tensor:
    """Return each network's mean cross-entropy.

    Parameters
    ----------
    z : Tensor, shape (S, K, N)
        Scores of the K classes.
    y : Tensor, shape (S, N)

    Returns
    -------
    losses : Tensor, shape (S,)
    """
    right = z.gather(1, y[:, None])[:, 0]
    return (z.logsumexp(1) - right).mean(1)


def take(x: Tensor, y: Tensor, index: Tensor) -> tuple[Tensor, Tensor]:
    """Return each network's batch, inputs of shape (S, ..., B) and labels of shape (S, B)."""
    if y.ndim == 1:
        return x[index].movedim(1, -1), y[index]
    seeds = torch.arange(len(index), device=index.device)[:, None]
    return x[seeds, index].movedim(1, -1), y[seeds, index]


def eager_update(layers: Layers, sgd: SGD) -> Update:
    """Return the update of these layers as plain torch."""

    def total_loss(
        parameters: Sequence[Tensor], inputs: Tensor, labels: Tensor
    ) -> tuple[Tensor, Tensor]:
        losses = cross_entropies(forward(layers, parameters, inputs), labels)
        # A network's parameters touch only its own loss: the sum's gradient holds all of theirs.
        return losses.sum(), losses

    def update(
        parameters: Sequence[Tensor],
        velocity: Sequence[Tensor],
        x: Tensor,
        y: Tensor,
        index: Tensor,
        rate: Tensor,
    ) -> Tensor:
        gradient = torch.func.grad(total_loss, has_aux=True)
        gradients, losses = gradient(tuple(parameters), *take(x, y, index))
        for i, (w, g) in enumerate(zip(parameters, gradients, strict=True)):
            if sgd.weight_decay:
                g = g + sgd.weight_decay * w
            if sgd.momentum:
                g = velocity[i].mul_(sgd.momentum).add_(g)
            w.sub_(rate * g)
        return cast(Tensor, losses)

    # torch keeps what it compiled with a function's code and gives up after eight versions of it:
    # with code of its own, each set of layers counts for itself.
    assert isinstance(update, FunctionType)
    update.__code__ = update.__code__.replace()
    return update


@lru_cache(maxsize=32)
def compiled_update(layers: Layers, sgd: SGD, shapes: tuple[tuple[int, ...], ...]) -> Update:
    """Return the update, compiled when it is first called; once a process for the same shapes."""
    return torch.compile(eager_update(layers, sgd), dynamic=False, fullgraph=True)


def make_step(
    layers: Layers,
    sgd: SGD,
    *,
    compile: bool,
    example: tuple[Sequence[Tensor], Sequence[Tensor], Tensor, Tensor, Tensor, Tensor],
) -> Step:
    """Return a step, compiled if that is asked for and works.

    Parameters
    ----------
    layers : tuple of Layer
    sgd : SGD
    compile : bool
        Compiling takes seconds.
    example : tuple
        The arguments of a call, to try on; they are not changed.

    Returns
    -------
    step : Step
        If compiling fails, eager, with the reason.
    """
    if not compile:
        return Step(eager_update(layers, sgd), compiled=False)
    parameters, velocity, *rest = example
    copies = [p.clone() for p in parameters], [v.clone() for v in velocity]
    shapes = tuple(tuple(t.shape) for t in (*parameters, *velocity, *rest))
    step = Step(compiled_update(layers, sgd, shapes), compiled=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the compiler speaks of its own code, not of ours
            step(*copies, *rest)
    except Exception as error:  # whatever is wrong with a compiler, training goes on without
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Step(eager_update(layers, sgd), compiled=False, why_not=reason)
    return step
