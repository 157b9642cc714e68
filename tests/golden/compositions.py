"""Golden cases of composition: torch's answer through the stages and through one kernel.

Signals and weights have one decimal, so an exact answer of three stages has four: rounding to six
keeps it exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

Case = dict[str, Any]

DECIMALS = 6


def compositions() -> Iterator[Case]:
    """Yield two and three kernels of every size, valid and zero padded, with a ReLU and without."""
    random = Random(6_002)
    sizes = [(a, b, c) for a, b, c in product(range(1, 6), range(1, 6), (0, 1, 2, 3))]
    for chosen, padding, relu in product(sizes, ("valid", "zeros"), (False, True)):
        kernels = [_draw(random, size) for size in chosen if size]
        span = sum(len(kernel) - 1 for kernel in kernels) + 1
        signal = _draw(random, span + _whole(random, 0, 6))
        yield _case(signal, kernels, padding, relu)


def _case(signal: Tensor, kernels: list[Tensor], padding: str, relu: bool) -> Case:
    x = signal[None, None]
    composed = torch.ones(1, 1, 1, dtype=torch.float64)
    left = right = 0
    for index, kernel in enumerate(kernels):
        total = len(kernel) - 1 if padding == "zeros" else 0
        sides = (total // 2, total - total // 2)
        left, right = left + sides[0], right + sides[1]
        x = functional.conv1d(functional.pad(x, sides), kernel[None, None])
        if relu and index < len(kernels) - 1:
            x = x.relu()
        room = len(kernel) - 1
        padded = functional.pad(composed, (room, room))
        composed = functional.conv1d(padded, kernel.flip(0)[None, None])
    direct = functional.conv1d(functional.pad(signal[None, None], (left, right)), composed)
    return {
        "signal": _plain(signal),
        "kernels": [_plain(kernel) for kernel in kernels],
        "padding": padding,
        "relu": relu,
        "composed": _plain(composed.flatten()),
        "output": _plain(x.flatten()),
        "direct": _plain(direct.flatten()),
    }


def _draw(random: Random, count: int) -> Tensor:
    tenths = [_whole(random, -29, 29) for _ in range(count)]
    return torch.tensor(tenths, dtype=torch.float64) / 10


def _plain(values: Tensor) -> list[float]:
    rounded = [round(value, DECIMALS) for value in values.tolist()]
    return [int(value) if value == int(value) else value for value in rounded]


def _whole(random: Random, low: int, high: int) -> int:
    # Of Random, only random() is promised to be the same in every version of Python.
    return low + int(random.random() * (high - low + 1))
