"""Golden cases of the stages of a sample: `sample_stages`, from draws of many seeds and by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from course_lib.datasets import Draws, Settings, draw, published_draw, sample_stages, template

Case = dict[str, Any]

DECIMALS = 11
RANDOM = 200
EXAMPLES = (0, 1, 17, 99, 100, 2718, 3999, 4000, 4999)

# Each alone, and the pairs of what moves the digit: at the ends, beyond them and at nothing.
ALONE: tuple[Case, ...] = (
    {},
    *({"padding": p} for p in (0, 1, 35, 36, 60)),
    *({"scale": s} for s in (-2.0, -1.0, 0.0, 0.8, 1.2, 2.0)),
    *({"shift": t} for t in (0, 1, 47, 48, 64, 71)),
    *({"shear": s} for s in (-2.0, -0.375, 0.0, 0.375, 2.0)),
    *({"correlated_noise": c, "white_noise": w} for c, w in product((0.0, 1.0), repeat=2)),
)
TOGETHER: tuple[Case, ...] = tuple(
    {"padding": p, "shift": t, "scale": s, "correlated_noise": c, "white_noise": 0.0}
    for p, t, s, c in product((0, 60), (0, 71), (-1.0, 0.0), (0.0, 0.25))
)


def stages() -> Iterator[Case]:
    """Yield draws of a seed, with some changed by hand, and every stage that follows.

    Cases with changes have all values; of the others each stage has a few, and a sum in which every
    value has a weight of its own, for they are many.
    """
    for n, changes in enumerate((*ALONE, *TOGETHER)):
        case, made = _made(n % 10, 1000 + n, changes)
        yield case | {"values": [_plain(values) for values in made]}
    random = np.random.RandomState(0)
    for n in range(RANDOM):
        case, made = _made(n % 10, int(random.randint(2**32, dtype=np.uint64)), {})
        yield case | {"sums": [_sum(values) for values in made], "ends": [_ends(v) for v in made]}


def examples() -> Iterator[Case]:
    """Yield the draws of some published samples, and the samples."""
    for index in EXAMPLES:
        label, draws = published_draw(index)
        values = sample_stages(template(label), draws)[-1].values
        yield {
            "index": index,
            "digit": label,
            "drawn": _drawn(draws),
            "sample": _plain(values),
        }


def _made(digit: int, seed: int, changes: Case) -> tuple[Case, list[Any]]:
    draws = draw(np.random.RandomState(seed))
    strengths = {k: v for k, v in changes.items() if k.endswith("noise")}
    edits = {k: v for k, v in changes.items() if k not in strengths}
    made = sample_stages(template(digit), replace(draws, **edits), Settings(**strengths))
    case = {"digit": digit, "seed": seed, "drawn": _drawn(draws), "changes": changes}
    return case, [stage.values for stage in made]


def _drawn(draws: Draws) -> list[float]:
    noise = [*draws.correlated[[0, 71]].tolist(), *draws.white[[0, 71]].tolist()]
    return [draws.padding, draws.shift, *_plain([draws.scale, draws.shear, *noise])]


def _plain(values: Any) -> list[float]:
    return [round(float(value), DECIMALS) for value in values]


def _sum(values: Any) -> float:
    return round(sum((i * 37 % 101 + 1) / 101 * float(v) for i, v in enumerate(values)), DECIMALS)


def _ends(values: Any) -> list[float]:
    return _plain([values[0], values[len(values) // 3], values[-1]])
