"""Golden cases of the convolutional layer: outputs with bias and activation, and readings.

What makes two weight matrices the same is asked of torch: one weight is set to 1 and the others to
0, and wherever the matrix is not zero, there that weight stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from course_lib.convolution import PADDINGS, dense_weight, draw_reading
from tests.golden import torch_oracle
from tests.golden.convolution_1d import Case, _draw, _plain, _whole

ACTIVATIONS = {
    "none": lambda z: z,
    "ReLU": functional.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
}
DECIMALS = 9

Setting = tuple[int, int, int, str]


def layers() -> Iterator[Case]:
    """Yield layers of both kinds in random states, with torch's outputs."""
    random = Random(20_244)
    while True:
        length, size = _whole(random, 2, 10), _whole(random, 1, 7)
        stride, dilation = _whole(random, 1, 4), _whole(random, 1, 4)
        padding = PADDINGS[_whole(random, 0, 4)]
        activation = list(ACTIVATIONS)[_whole(random, 0, 3)]
        x, weight, bias = _draw(random, length), _draw(random, size), _draw(random, 1)
        options: Case = {"stride": stride, "dilation": dilation, "padding": padding}
        case = {"x": _plain(x), "w": _plain(weight), "b": _plain(bias)[0], **options}
        try:
            z = torch_oracle.convolution(
                x[None, None], weight[None, None], bias, **options, groups=1
            ).flatten()
        except RuntimeError:
            continue
        dense = torch.tensor(
            [[dense_weight(r, c) for c in range(length)] for r in range(length)],
            dtype=torch.float64,
        )
        biases = torch.tensor([dense_weight(r, 12) for r in range(length)], dtype=torch.float64)
        act = ACTIVATIONS[activation]
        yield {
            **case,
            "activation": activation,
            "h": _plain(act(z), DECIMALS),
            "dense": _plain(act(functional.linear(x, dense, biases)), DECIMALS),
        }


def some_layers(count: int = 150) -> Iterator[Case]:
    """Yield the first of them."""
    for _, case in zip(range(count), layers(), strict=False):
        yield case


def readings() -> Iterator[Case]:
    """Yield, for two lengths, the groups of settings whose matrices torch cannot tell apart."""
    grid = list(product(range(1, 6), range(1, 5), range(1, 5), PADDINGS))
    for length in (6, 8):
        groups: dict[Any, list[Setting]] = {}
        for setting in grid:
            found = signature(length, setting)
            if found is not None:
                groups.setdefault(found, []).append(setting)
        for group in groups.values():
            yield {"length": length, "same": ["/".join(map(str, one)) for one in group]}


def signature(length: int, setting: Setting) -> Any:
    """Return the number of rows and the places of each weight in sight; None where impossible."""
    size, stride, dilation, padding = setting
    places = []
    for k in range(size):
        weight = torch.zeros(1, 1, size, dtype=torch.float64)
        weight[0, 0, k] = 1
        try:
            matrix: Tensor = torch_oracle.matrix(
                weight, length, stride=stride, dilation=dilation, padding=padding, groups=1
            )
        except RuntimeError:
            return None
        if standing := [tuple(place) for place in matrix.nonzero().tolist()]:
            places.append(tuple(standing))
    return len(matrix), tuple(sorted(places))


def targets() -> Iterator[Case]:
    """Yield what each of the first puzzles asks for."""
    for length, seed in product((6, 8, 10), (*range(1, 40), 99_999)):
        reading = draw_reading(length, seed)
        yield {"length": length, "seed": seed, "target": "/".join(map(str, reading))}
