"""The networks of one ensemble on one device, with the examples they learn from."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.training.batches import BatchOrder, batches_of
from course_lib.training.ensembles.evaluation import evaluate
from course_lib.training.ensembles.layers import Layers
from course_lib.training.ensembles.several import Held, Several, one_by_one, recorded
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
        self.seeds, self.device, self.why_not = [state.seed for state in states], device, ""
        for seed in self.seeds:
            BatchOrder(len(examples[0].x_train), settings.batch_size, seed)  # says what is wrong
        parameters = stack([state.parameters for state in states], device)
        velocity = stack([state.velocity for state in states], device)
        if self.sgd.momentum and not velocity:
            velocity = [torch.zeros_like(p) for p in parameters]
        shared = all(one is examples[0] for one in examples)
        rows = [tuple(vars(one).values()) for one in ([examples[0]] if shared else examples)]
        stacked = stack(rows, device)
        x_train, y_train, self.x_test, self.y_test = [t[0] for t in stacked] if shared else stacked
        self.held = Held(parameters, velocity, x_train, y_train)

    @property
    def parameters(self) -> list[Tensor]:
        """What the networks have learnt so far, each tensor of shape (S, ...)."""
        return self.held.parameters

    def make_step(self, compile: bool) -> Step:
        """Return the step of these networks, compiled if that is asked for and works."""
        index, rates = self._draw(range(1))
        example = (*self.held, index[0], rates[0])
        return make_step(self.layers, self.sgd, compile=compile, example=example)

    def several(self, step: Step, record: bool) -> Several:
        """Return what takes many steps, recorded if that is asked for and works."""
        if record:
            try:
                found = recorded((self.layers, self.sgd), step, self.held, self.settings.batch_size)
                found.load(self.held)
            except RuntimeError as error:  # training goes on without
                self.why_not = " ".join(f"no graph: {error}".split())[:200]
            else:
                self.held = found.held
                return found
        return one_by_one(step, self.held)

    def take(self, several: Several, start: int, stop: int) -> None:
        """Take the steps from number `start` up to, but without, `stop`.

        Raises
        ------
        NonFiniteLossError
            If a network's loss is NaN or infinite at one of them.
        """
        for first in range(start, stop, _STEPS_AT_ONCE):
            numbers = range(first, min(first + _STEPS_AT_ONCE, stop))
            self._check(several(*self._draw(numbers)), first)

    def _draw(self, steps: range) -> tuple[Tensor, Tensor]:
        """Return the batches of some steps, (T, S, B), and their learning rates, (T,)."""
        count = self.held.y.shape[-1]
        index = batches_of(count, self.settings.batch_size, self.seeds, steps, self.device)
        rates = [self.settings.schedule(t) for t in steps]
        return index, torch.tensor(rates, dtype=self.parameters[0].dtype, device=self.device)

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
        train = evaluate(self.layers, self.parameters, self.held.x, self.held.y)
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
        return [(unstack(self.parameters, i), unstack(self.held.velocity, i)) for i in indices]
