"""Golden cases of receptive fields: what torch's gradients say of random stacks.

Paths are whole numbers. The gradients over random weights are rounded to ten significant digits,
which frees the file from the last bits, which differ between processors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import cos, log, pi, sqrt
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

Case = dict[str, Any]
Layer = tuple[int, int, int, int]

DIGITS = 10
CHANNELS = (1, 2, 4)


def stacks() -> Iterator[Case]:
    """Yield stacks with a unit and an input: lengths, the unit's paths, the units reached."""
    random = Random(6_001)
    found = 0
    while found < 300:
        count = _whole(random, 1, 4)
        layers = [
            (_whole(random, 1, 5), _whole(random, 1, 3), _whole(random, 1, 3), _whole(random, 0, 3))
            for _ in range(count)
        ]
        length = _whole(random, 1, 24)
        case = _stack(random, layers, length)
        if case is not None:
            found += 1
            yield case
    # One unit; a kernel of one; a stride that steps past the end; padding alone under a unit.
    edges: tuple[tuple[list[Layer], int], ...] = (
        ([(5, 1, 1, 0)], 5),
        ([(1, 1, 1, 0)], 1),
        ([(1, 4, 1, 0)], 6),
        ([(1, 1, 1, 2)], 2),
        ([(3, 2, 1, 0)] * 3, 40),
        ([(3, 1, 1, 0)] * 8, 17),
    )
    for layers, length in edges:
        case = _stack(random, list(layers), length)
        assert case is not None
        yield case


def influences() -> Iterator[Case]:
    """Yield mean gradients over random weights and inputs, by torch's autograd."""
    cases: tuple[tuple[list[Layer], int, int, int], ...] = (
        ([(3, 1, 1, 0)], 5, 1, 0),
        ([(3, 1, 1, 1)] * 3, 7, 3, 0),
        ([(3, 2, 1, 0), (3, 1, 2, 1)], 15, 2, 1),
        ([(2, 1, 1, 0)] * 4, 9, 3, 2),
    )
    for (layers, length, row, unit), channels in ((c, n) for c in cases for n in CHANNELS):
        options = {"layers": layers, "length": length, "row": row, "unit": unit}
        squared, signed = _gradients(layers, length, row, unit, channels, seed=3, draws=5)
        yield {
            **options,
            "channels": channels,
            "seed": 3,
            "draws": 5,
            "squared": _plain(squared),
            "signed": _plain(signed),
        }


def _stack(random: Random, layers: list[Layer], length: int) -> Case | None:
    inputs = torch.zeros(1, 1, length, dtype=torch.float64, requires_grad=True)
    rows = [inputs]
    try:
        for size, stride, dilation, padding in layers:
            ones = torch.ones(1, 1, size, dtype=torch.float64)
            rows.append(functional.conv1d(rows[-1], ones, None, stride, padding, dilation))
    except RuntimeError:
        return None  # a kernel is longer than what is below it
    row = _whole(random, 1, len(layers))
    unit = _whole(random, 0, rows[row].shape[-1] - 1)
    position = _whole(random, 0, length - 1)
    (paths,) = torch.autograd.grad(rows[row][0, 0, unit], inputs)
    pulse = functional.one_hot(torch.tensor(position), length).double().reshape(1, 1, -1)
    for size, stride, dilation, padding in layers:
        ones = torch.ones(1, 1, size, dtype=torch.float64)
        pulse = functional.conv1d(pulse, ones, None, stride, padding, dilation)
    return {
        "layers": layers,
        "length": length,
        "lengths": [x.shape[-1] for x in rows],
        "row": row,
        "unit": unit,
        "paths": [int(n) for n in paths.flatten()],
        "input": position,
        "reached": pulse.flatten().nonzero().flatten().tolist(),
    }


def _gradients(
    layers: list[Layer], length: int, row: int, unit: int, channels: int, *, seed: int, draws: int
) -> tuple[Tensor, Tensor]:
    normal = _normals(mulberry32(seed))
    cone = _cone(layers, length, row, unit)
    squared = signed = torch.zeros(length, dtype=torch.float64)
    for _ in range(draws):
        weights = []
        for index, (size, *_) in enumerate(layers[:row]):
            shape = (
                1 if index == row - 1 else channels,
                1 if index == 0 else channels,
                size,
            )
            spread = sqrt(2 / (shape[1] * size))
            count = torch.Size(shape).numel()
            values = [spread * normal() for _ in range(count)]
            weights.append(torch.tensor(values, dtype=torch.float64).reshape(shape))
        inputs = torch.zeros(1, 1, length, dtype=torch.float64)
        for position in cone:
            inputs[0, 0, position] = normal()
        inputs.requires_grad_()
        x = inputs
        for index, (weight, (_, stride, dilation, padding)) in enumerate(
            zip(weights, layers, strict=False)
        ):
            x = functional.conv1d(x, weight, None, stride, padding, dilation)
            if index < row - 1:
                x = x.relu()
        (gradient,) = torch.autograd.grad(x[0, 0, unit], inputs)
        squared = squared + gradient.flatten().square() / draws
        signed = signed + gradient.flatten() / draws
    return squared, signed


def _cone(layers: list[Layer], length: int, row: int, unit: int) -> list[int]:
    inputs = torch.zeros(1, 1, length, dtype=torch.float64, requires_grad=True)
    x = inputs
    for size, stride, dilation, padding in layers[:row]:
        ones = torch.ones(1, 1, size, dtype=torch.float64)
        x = functional.conv1d(x, ones, None, stride, padding, dilation)
    (gradient,) = torch.autograd.grad(x[0, 0, unit], inputs)
    return [int(i) for i in gradient.flatten().nonzero().flatten()]


def mulberry32(seed: int) -> Callable[[], float]:
    """Return the frontend's generator of numbers in [0, 1): core/random.ts."""
    state = seed & 0xFFFFFFFF

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
        return (t ^ (t >> 14)) / 2**32

    return draw


def _normals(uniform: Callable[[], float]) -> Callable[[], float]:
    def draw() -> float:
        radius = sqrt(-2 * log(1 - uniform()))
        return radius * cos(2 * pi * uniform())

    return draw


def _plain(values: Tensor) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in values.tolist()]


def _whole(random: Random, low: int, high: int) -> int:
    # Of Random, only random() is promised to be the same in every version of Python.
    return low + int(random.random() * (high - low + 1))
