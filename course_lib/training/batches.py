"""Which examples make up each batch: a function of the seed and the step, and of nothing else.

The order is the page's too, which has the same generator (``frontend/src/core/random.ts``):

1. Mulberry32 is seeded once with the seed of the run.
2. Each epoch draws one number for each example, in the order of the examples, and visits them from
   the smallest number to the largest; of equal numbers the earlier example comes first.
3. Batch b of the epoch is the entries from bB to bB + B - 1. What is left at the end, fewer than B
   entries, is left out of that epoch.

Mulberry32 counts and then scrambles the count, so that any epoch can be had without the epochs
before it. As nothing is remembered from step to step, training that is resumed at a step sees what
training that was never stopped saw there.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.training.checks import check_count, check_seed

_STRIDE = 0x6D2B79F5
_MASK = 0xFFFFFFFF


def _mulberry32(seed: int | Tensor, drawn: Tensor) -> Tensor:
    """Return the outputs of these numbers, the first being 1, as whole numbers below 2³²."""
    # Products wrap round at 64 bits, which leaves their lower 32 as they should be.
    state = (seed + drawn * _STRIDE) & _MASK
    t = ((state ^ (state >> 15)) * (state | 1)) & _MASK
    t ^= (t + (t ^ (t >> 7)) * (t | 61)) & _MASK
    return t ^ (t >> 14)


def epoch_order(count: int, seed: int, epoch: int) -> Tensor:
    """Return the order in which an epoch visits the examples.

    Parameters
    ----------
    count : int
        Number of examples n.
    seed, epoch : int

    Returns
    -------
    order : Tensor, shape (n,), int64, on the CPU

    Raises
    ------
    TypeError, ValueError
        If a number is not whole, or out of range.
    """
    check_count("count", count)
    check_seed(seed)
    check_count("epoch", epoch, least=0)
    drawn = torch.arange(epoch * count + 1, (epoch + 1) * count + 1)
    return _mulberry32(seed, drawn).argsort(stable=True)


def batches_of(
    count: int,
    batch_size: int,
    seeds: Sequence[int],
    steps: range,
    device: str | torch.device = "cpu",
) -> Tensor:
    """Return the batches of several steps and seeds, drawn at once, where they are needed.

    Parameters
    ----------
    count, batch_size : int
        As for `BatchOrder`.
    seeds : sequence of int
    steps : range
        One after the other, at least one.
    device : str or torch.device

    Returns
    -------
    indices : Tensor, shape (T, S, B), int64
        What ``BatchOrder(count, batch_size, seed)(step)`` is for each.
    """
    per_epoch = count // batch_size
    first, last = steps[0] // per_epoch, steps[-1] // per_epoch
    epochs = torch.arange(first, last + 1, device=device)
    drawn = epochs[:, None] * count + torch.arange(1, count + 1, device=device)  # (E, n)
    of_seeds = torch.tensor(seeds, device=device)[:, None, None]
    orders = _mulberry32(of_seeds, drawn).argsort(dim=-1, stable=True)  # (S, E, n)
    batches = orders[..., : per_epoch * batch_size].reshape(len(seeds), -1, batch_size)
    start = steps[0] - first * per_epoch
    return batches[:, start : start + len(steps)].movedim(1, 0).contiguous()


class BatchOrder:
    """The indices of the examples of every batch.

    Parameters
    ----------
    count : int
        Number of examples.
    batch_size : int
        Examples in a batch, at most `count`.
    seed : int

    Raises
    ------
    TypeError, ValueError
        If a number is not whole, or out of range.
    """

    def __init__(self, count: int, batch_size: int, seed: int) -> None:
        check_count("count", count)
        check_count("batch_size", batch_size)
        check_seed(seed)
        if batch_size > count:
            raise ValueError(
                f"batch_size={batch_size}: expected at most the number of examples, {count}"
            )
        self.count, self.batch_size, self.seed = count, batch_size, seed
        self._epoch, self._order = -1, torch.empty(0, dtype=torch.int64)

    @property
    def batches_per_epoch(self) -> int:
        """Number of full batches in an epoch."""
        return self.count // self.batch_size

    def __call__(self, step: int) -> Tensor:
        """Return the indices of a step's batch.

        Parameters
        ----------
        step : int
            Counted from 0, over all epochs.

        Returns
        -------
        indices : Tensor, shape (batch_size,), int64, on the CPU
        """
        check_count("step", step, least=0)
        epoch, batch = divmod(step, self.batches_per_epoch)
        if epoch != self._epoch:
            self._epoch, self._order = epoch, epoch_order(self.count, self.seed, epoch)
        return self._order[batch * self.batch_size : (batch + 1) * self.batch_size]


class TensorBatches:
    """Batches of tensors that are in memory: a batch source for `train`.

    Parameters
    ----------
    tensors : sequence of Tensor, each of shape (n, ...)
        Such as inputs and labels, on one device; batches come from there.
    batch_size, seed : int
        As for `BatchOrder`.

    Raises
    ------
    TypeError, ValueError
        If there is no tensor, they differ in length or device, or a number does not fit.
    """

    def __init__(self, tensors: Sequence[Tensor], batch_size: int, seed: int) -> None:
        if isinstance(tensors, Tensor):
            raise TypeError("tensors is a Tensor: expected a sequence of them, such as (x, y)")
        if not tensors or not all(isinstance(t, Tensor) and t.ndim > 0 for t in tensors):
            raise TypeError("tensors: expected at least one, and each with an axis of examples")
        lengths, devices = {len(t) for t in tensors}, {t.device for t in tensors}
        if len(lengths) > 1 or 0 in lengths:
            raise ValueError(
                f"tensors have {[len(t) for t in tensors]} examples: expected the same number, "
                "at least one"
            )
        if len(devices) > 1:
            raise ValueError(f"tensors are on {sorted(map(str, devices))}: expected one device")
        self.tensors = tuple(tensors)
        self.order = BatchOrder(len(tensors[0]), batch_size, seed)

    def __call__(self, step: int) -> tuple[Tensor, ...]:
        """Return the step's examples of every tensor, each of shape (batch_size, ...)."""
        indices = self.order(step).to(self.tensors[0].device)
        return tuple(tensor[indices] for tensor in self.tensors)
