"""The networks of one ensemble on one device, with the examples they learn from."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.training.batches import BatchOrder
from course_lib.training.ensembles.evaluation import evaluate
from course_lib.training.ensembles.layers import Layers
from course_lib.training.ensembles.states import SeedState, stack, unstack
from course_lib.training.ensembles.step import Step, make_step
from course_lib.training.examples import Examples
from course_lib.training.failures import NonFiniteLossError
from course_lib.training.histories import History
from course_lib.training.optimisers import SGD
from course_lib.training.settings import Settings

_STEPS_AT_ONCE = 500  # whose batches are drawn, and whose losses are looked at, together


class Group:
    """Networks that take their steps together; what they learn is in `parameters`.

    Parameters
    ----------
    layers : tuple of Layer
    states : sequence of SeedState
    examples : sequence of Examples
        Of each network; if all are one object, the networks share it.
    settings : Settings
    device : torch.device
    """

    def __init__(
        self,
        layers: Layers,
        states: Sequence[SeedState],
        examples: Sequence[Examples],
        settings: Settings,
        device: torch.device,
    ) -> None:
        assert isinstance(settings.optimiser, SGD)
        self.layers, self.settings, self.sgd = layers, settings, settings.optimiser
        self.seeds = [state.seed for state in states]
        self.parameters = stack([state.parameters for state in states], device)
        self.velocity = stack([state.velocity for state in states], device)
        if self.sgd.momentum and not self.velocity:
            self.velocity = [torch.zeros_like(p) for p in self.parameters]
        shared = all(one is examples[0] for one in examples)
        rows = [tuple(vars(one).values()) for one in ([examples[0]] if shared else examples)]
        stacked = stack(rows, device)
        self.x_train, self.y_train, self.x_test, self.y_test = (
            [t[0] for t in stacked] if shared else stacked
        )
        self.orders = [
            BatchOrder(len(examples[0].x_train), settings.batch_size, seed) for seed in self.seeds
        ]

    def make_step(self, compile: bool) -> Step:
        """Return the step of these networks, compiled if that is asked for and works."""
        index = torch.stack([order(0) for order in self.orders]).to(self.y_train.device)
        rate = torch.tensor(self.settings.schedule(0), dtype=self.parameters[0].dtype)
        example = (self.parameters, self.velocity, self.x_train, self.y_train, index, rate)
        return make_step(self.layers, self.sgd, compile=compile, example=example)

    def take(self, step: Step, start: int, stop: int) -> None:
        """Take the steps from number `start` up to, but without, `stop`.

        Raises
        ------
        NonFiniteLossError
            If a network's loss is NaN or infinite at one of them.
        """
        for first in range(start, stop, _STEPS_AT_ONCE):
            numbers = range(first, min(first + _STEPS_AT_ONCE, stop))
            rates = torch.tensor(
                [self.settings.schedule(t) for t in numbers], dtype=self.parameters[0].dtype
            )
            losses = [
                step(self.parameters, self.velocity, self.x_train, self.y_train, index, rate)
                for index, rate in zip(self._batches(numbers), rates.unbind(), strict=True)
            ]
            self._check(torch.stack(losses), first)

    def _batches(self, steps: range) -> tuple[Tensor, ...]:
        """Return the indices of each step's batches, each of shape (S, B)."""
        rows = [torch.stack([order(t) for t in steps]) for order in self.orders]
        return torch.stack(rows, dim=1).to(self.y_train.device).unbind()

    def _check(self, losses: Tensor, first: int) -> None:
        """Raise if one of the losses, of shape (steps, S), is not finite."""
        bad = ~torch.isfinite(losses)
        if bool(bad.any()):
            t, s = bad.nonzero()[0].tolist()  # in order of steps
            raise NonFiniteLossError(first + t, float(losses[t, s]), seed=self.seeds[s])

    def measured(self, histories: Sequence[History], step: int) -> list[History]:
        """Return the histories with the losses and errors after `step` steps.

        Raises
        ------
        NonFiniteLossError
            If a loss is NaN or infinite: the last update was one too many.
        """
        train = evaluate(self.layers, self.parameters, self.x_train, self.y_train)
        test = evaluate(self.layers, self.parameters, self.x_test, self.y_test)
        self._check(train[0][None], step)
        names = ("train_loss", "train_error", "test_loss", "test_error")
        columns = torch.stack([*train, *test], dim=1).tolist()
        return [
            history.extended(step, dict(zip(names, values, strict=True)))
            for history, values in zip(histories, columns, strict=True)
        ]

    def split(self) -> list[tuple[tuple[Tensor, ...], tuple[Tensor, ...]]]:
        """Return each network's parameters and velocity, on the CPU."""
        indices = range(len(self.seeds))
        return [(unstack(self.parameters, i), unstack(self.velocity, i)) for i in indices]
