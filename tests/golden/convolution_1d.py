"""Golden cases of the one-dimensional convolution: inputs, options, and torch's answer.

Signals, weights and biases have one decimal, so an exact answer has two: rounding to six keeps it
exact and frees the file from the last bits, which differ between processors.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import torch
from torch import Tensor

from course_lib.convolution import KERNELS, PADDINGS
from tests.golden import torch_oracle

Case = dict[str, Any]

DECIMALS = 6
KERNEL_DECIMALS = 12


def cases() -> Iterator[Case]:
    """Yield every convolution case: a full grid, channels and groups, random draws, edges."""
    random = Random(20_240)
    grid = product((1, 2, 3, 5, 8, 12), (1, 2, 3, 4, 5, 9), (1, 2, 4), (1, 2, 4), PADDINGS)
    for length, size, stride, dilation, padding in grid:
        yield _case(random, length, size, stride, dilation, padding)

    channels = ((2, 1, 1), (2, 3, 1), (3, 3, 3), (4, 2, 2))
    grid = product((1, 4, 7), (1, 2, 3), (1, 3), (1, 2), PADDINGS)
    for (length, size, stride, dilation, padding), shape in product(grid, channels):
        yield _case(random, length, size, stride, dilation, padding, shape)

    for _ in range(400):
        length, size = _whole(random, 1, 16), _whole(random, 1, 9)
        stride, dilation = _whole(random, 1, 5), _whole(random, 1, 4)
        yield _case(random, length, size, stride, dilation, PADDINGS[_whole(random, 0, 4)])

    for padding in PADDINGS:
        for length, size, stride, dilation in _edges():
            yield _case(random, length, size, stride, dilation, padding)


def matrices() -> Iterator[Case]:
    """Yield convolutions as matrices, a row an output."""
    random = Random(20_241)
    grid = product((1, 4, 7), (1, 2, 3, 4), (1, 2), (1, 2), PADDINGS)
    for length, size, stride, dilation, padding in grid:
        weight = _draw(random, 1, 1, size)
        options: Case = {"stride": stride, "dilation": dilation, "padding": padding}
        case = {"kernel": _plain(weight[0, 0]), "length": length, **options}
        try:
            matrix = torch_oracle.matrix(weight, length, **options, groups=1)
        except RuntimeError as error:
            yield {**case, "error": torch_oracle.reason(error, length)}
        else:
            yield {**case, "matrix": _plain(matrix)}


def kernels() -> Iterator[Case]:
    """Yield every named kernel at every size, with null where it cannot be."""
    for name, size in product(KERNELS, range(1, 10)):
        weights = torch_oracle.kernel(name, size)
        plain = None if weights is None else _plain(weights, KERNEL_DECIMALS)
        yield {"name": name, "size": size, "weights": plain}


def _edges() -> Iterator[tuple[int, int, int, int]]:
    """Yield (length, kernel size, stride, dilation) where implementations go wrong."""
    yield from ((0, 1, 1, 1), (0, 3, 1, 1), (3, 0, 1, 1), (3, 3, 0, 1), (3, 3, 1, 0))
    yield (5, 3, 9, 1)  # the stride steps past the end after one output
    yield (1, 1, 9, 4)
    yield (5, 5, 1, 1)  # the kernel is as long as the signal
    yield (5, 6, 1, 1)
    for length in (2, 3, 4, 6):
        for amount in (length - 1, length, length + 1):  # as much padding on each side
            yield (length, 2 * amount + 1, 1, 1)
            yield (length, 3, 1, amount)
            yield (length, 2 * amount, 1, 1)  # one fewer on the left


def _case(
    random: Random,
    length: int,
    size: int,
    stride: int,
    dilation: int,
    padding: str,
    channels: tuple[int, int, int] = (1, 1, 1),
) -> Case:
    in_channels, out_channels, groups = channels
    x = _draw(random, in_channels, length)
    weight = _draw(random, out_channels, in_channels // groups, size)
    bias = _draw(random, out_channels) if channels != (1, 1, 1) else None
    options: Case = {"stride": stride, "dilation": dilation, "padding": padding, "groups": groups}
    case: Case = {"x": _plain(x), "w": _plain(weight), **options}
    if bias is not None:
        case["b"] = _plain(bias)
    try:
        z = torch_oracle.convolution(x[None], weight, bias, **options)
    except RuntimeError as error:
        return {**case, "error": torch_oracle.reason(error, length)}
    return {**case, "z": _plain(z[0])}


def _whole(random: Random, low: int, high: int) -> int:
    # Of Random, only random() is promised to be the same in every version of Python.
    return low + int(random.random() * (high - low + 1))


def _draw(random: Random, *shape: int) -> Tensor:
    count = torch.Size(shape).numel()
    tenths = [_whole(random, -49, 49) for _ in range(count)]
    return torch.tensor(tenths, dtype=torch.float64).reshape(shape) / 10


def _plain(values: Tensor, decimals: int = DECIMALS) -> Any:
    """Return nested lists of rounded numbers, whole ones without a point."""

    def shorten(value: Any) -> Any:
        if isinstance(value, list):
            return [shorten(v) for v in value]
        rounded = round(value, decimals)
        return int(rounded) if rounded == int(rounded) else rounded

    return shorten(values.tolist())
