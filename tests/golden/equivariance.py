"""Golden cases of the demo `equivariance`: a state, f[t[x]], and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import torch

from course_lib.demos.equivariance import BORDERS, FUNCTIONS, HEADS, KERNELS, Equivariance

Case = dict[str, Any]

DECIMALS = 6
MOVES: tuple[Case, ...] = (
    {"transform": "translate", "shift": 0, "down": 0},
    {"transform": "translate", "shift": 3, "down": -2},
    {"transform": "translate", "shift": -4, "down": 2},
    {"transform": "translate", "shift": 16, "down": -16},
    {"transform": "scale", "scale": 50},
    {"transform": "scale", "scale": 137},
    {"transform": "scale", "scale": 200},
    {"transform": "permute", "permutation": 3},
)
TURNS: tuple[Case, ...] = tuple(
    {"transform": "rotate", "angle": angle} for angle in (90, -180, 33, -120)
)


def cases() -> Iterator[Case]:
    """Yield states of signals and of images, and every kernel and head once more."""
    random, weights = Random(20_242), Random(9)
    for function, border, move in product(FUNCTIONS, BORDERS, MOVES):
        yield _case({"signal": _signal(random, 12), "function": function, "border": border, **move})
    for function, border, move in product(FUNCTIONS, BORDERS, (*MOVES[1:6:2], *MOVES[7:], *TURNS)):
        image = _image(random, 8)
        yield _case(
            {"dimensions": 2, "image": image, "function": function, "border": border, **move}
        )
    for dimensions, border, move in product((1, 2), BORDERS, MOVES[1:3]):
        x = {"dimensions": dimensions, "signal": _signal(random, 24), "image": _image(random, 10)}
        for kernel, function in product(KERNELS, ("convolution", "stride-2")):
            yield _case({**x, "function": function, "kernel": kernel, "border": border, **move})
        own = [round(weights.random() * 6 - 3, 2) for _ in range(3 if dimensions == 1 else 9)]
        for function in ("convolution", "stride-2"):
            yield _case({**x, "function": function, "weights": own, "border": border, **move})
        for head in HEADS:
            yield _case({**x, "function": "classifier", "head": head, "border": border, **move})


def _case(state: Case) -> Case:
    demo = Equivariance(**state)
    expected = demo.reference_expected()
    kept = {name: value for name, value in state.items() if name not in ("signal", "image")}
    used = "signal" if demo.dimensions == 1 else "image"
    return {
        used: [int(v) if v == int(v) else v for v in getattr(demo, used)],
        **kept,
        "output": _plain(demo.reference()),
        "expected": None if expected is None else _plain(expected),
    }


def _signal(random: Random, count: int) -> list[float]:
    return [round(random.random() * 20 - 8, 1) for _ in range(count)]


def _image(random: Random, side: int) -> list[int]:
    return [int(random.random() * 10) for _ in range(side * side)]


def _plain(values: torch.Tensor) -> list[float]:
    # Adding 0 leaves no minus before a zero.
    rounded = [round(value, DECIMALS) + 0.0 for value in values.tolist()]
    return [int(value) if value == int(value) else value for value in rounded]
