"""Several steps in a row: one by one, or recorded once as a CUDA graph and replayed.

A step of these networks is some dozens of small kernels, and a GPU is done with each sooner than
the processor launches the next. A graph holds the launches of many steps, and starts as one.
What it reads and writes has to stay where it was when it was recorded: `Recorded` has tensors of
its own, into which weights, examples, indices and learning rates are copied.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

from course_lib.training.ensembles.step import Step

AT_ONCE = 50
"""Steps of a graph: its launch is then nothing beside their work."""
_MOST_KEPT = 2  # graphs; a step's tensors stay with each


class Held(NamedTuple):
    """What steps read and write; shapes as for `Step`."""

    parameters: list[Tensor]
    velocity: list[Tensor]
    x: Tensor
    y: Tensor


Several = Callable[[Tensor, Tensor], Tensor]
"""From indices (T, S, B) and learning rates (T,) to losses (T, S), the parameters moved."""


def one_by_one(step: Step, held: Held) -> Several:
    """Return what takes steps one after the other."""

    def several(index: Tensor, rates: Tensor) -> Tensor:
        pairs = zip(index.unbind(), rates.unbind(), strict=True)
        return torch.stack([step(*held, batch, rate) for batch, rate in pairs])

    return several


def record(steps: Callable[[], None], device: torch.device) -> Callable[[], None]:
    """Return what does again on a CUDA device what `steps` does there, as one launch.

    Notes
    -----
    First the steps are taken as they are, on a stream of their own, so that all that is made when
    it is first needed (kernels, cuBLAS and its workspaces) is there: it cannot be recorded.
    """
    with torch.cuda.device(device):
        side = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            steps()
        torch.cuda.current_stream().wait_stream(side)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            steps()
    return graph.replay


class Recorded:
    """Takes steps many at once, on tensors that stay where they are.

    Parameters
    ----------
    step : Step
    like : Held
        Tensors with the shapes, dtypes and device of those that will be loaded.
    batch_size : int
    at_once : int
        Steps of a recording; what is left of a number of steps is taken one by one.
    recorder : callable
        Makes a recording of a function; `record`, but in tests.
    """

    def __init__(
        self,
        step: Step,
        like: Held,
        batch_size: int,
        *,
        at_once: int = AT_ONCE,
        recorder: Callable[[Callable[[], None], torch.device], Callable[[], None]] = record,
    ) -> None:
        first = like.parameters[0]
        self.step, self.at_once = step, at_once
        # Zeros, on which the steps are tried: with a learning rate of zero they stay zeros.
        self.held = Held(
            [torch.zeros_like(p) for p in like.parameters],
            [torch.zeros_like(v) for v in like.velocity],
            torch.zeros_like(like.x),
            torch.zeros_like(like.y),
        )
        shape = (at_once, len(first), batch_size)
        self._index = torch.zeros(shape, dtype=torch.int64, device=first.device)
        # Compiled code expects what it reads to begin at a multiple of 16 bytes.
        self._rates = torch.zeros(at_once, 4, dtype=first.dtype, device=first.device)
        self._losses = torch.zeros(shape[:2], dtype=first.dtype, device=first.device)
        self._replay = recorder(self._steps, first.device)

    def _steps(self) -> None:
        for index, rate, losses in zip(self._index, self._rates[:, 0], self._losses, strict=True):
            losses.copy_(self.step(*self.held, index, rate))

    def load(self, other: Held) -> None:
        """Go on from other weights, with other examples."""
        pairs = zip(
            [*self.held.parameters, *self.held.velocity, self.held.x, self.held.y],
            [*other.parameters, *other.velocity, other.x, other.y],
            strict=True,
        )
        for mine, theirs in pairs:
            mine.copy_(theirs)

    def __call__(self, index: Tensor, rates: Tensor) -> Tensor:
        """Take steps; see `Several`."""
        losses, whole = [], len(index) // self.at_once * self.at_once
        for first in range(0, whole, self.at_once):
            self._index.copy_(index[first : first + self.at_once])
            self._rates[:, 0].copy_(rates[first : first + self.at_once])
            self._replay()
            losses.append(self._losses.clone())
        if whole < len(index):
            losses.append(one_by_one(self.step, self.held)(index[whole:], rates[whole:]))
        return torch.cat(losses)


_KEPT: dict[tuple[object, ...], Recorded] = {}


def recorded(key: tuple[object, ...], step: Step, like: Held, batch_size: int) -> Recorded:
    """Return a recording of a step; once a process for the same key, shapes and device.

    Recording takes longer than the steps between two evaluations. One ensemble after the other
    may use what is returned, not two in turns: the tensors are the same.
    """
    tensors = [*like.parameters, *like.velocity, like.x, like.y]
    shapes = tuple((tuple(t.shape), t.dtype, t.device) for t in tensors)
    whole = (*key, step.compiled, batch_size, shapes)
    if whole not in _KEPT:
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[whole] = Recorded(step, like, batch_size)
    return _KEPT[whole]
