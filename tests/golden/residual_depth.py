"""Golden cases of untrained stacks: what torch's autograd says of activations and gradients.

Sizes span twenty powers of ten, so they keep eight significant digits rather than decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from course_lib.demos.residual_depth import ACTIVATIONS, INITIALISATIONS, STACK, ResidualDepth

DIGITS = 8

EDGES: tuple[dict[str, Any], ...] = (
    {"depth": 1, "width": 2},
    {"depth": 1, "width": 2, "removed": 1},
    # So narrow and deep that no activation is left: every size is zero from somewhere on.
    {"depth": 50, "width": 2, "seed": 3},
    {"depth": 50, "width": 2, "batch_norm": True, "seed": 3},
    {"depth": 50, "width": 12, "skip": True, "initialisation": "He", "seed": 999},
    {"depth": 50, "width": 12, "activation": "none", "initialisation": "He"},
    {"depth": 30, "skip": True, "batch_norm": True, "initialisation": "He", "removed": 20},
    {"depth": 30, "batch_norm": True, "initialisation": "He", "removed": 20},
    {"depth": 30, "removed": 30, "seed": 5},
)


def stacks() -> Iterator[dict[str, Any]]:
    """Yield every kind of stack, and those at the edge."""
    kinds = product(INITIALISATIONS, ACTIVATIONS, (False, True), (False, True))
    for i, (initialisation, activation, skip, batch_norm) in enumerate(kinds):
        yield _case(
            {
                "depth": 5 + 3 * (i % 7),
                "width": 3 + i % 5,
                "initialisation": initialisation,
                "activation": activation,
                "skip": skip,
                "batch_norm": batch_norm,
                "seed": i,
            }
        )
    for traits in EDGES:
        yield _case(traits)


def _case(traits: dict[str, Any]) -> dict[str, Any]:
    demo = ResidualDepth(**traits)
    found = demo.reference()
    change = demo.reference_change()
    return {
        **{name: getattr(demo, name) for name in (*STACK, "removed")},
        "activations": [_rounded(size) for size in found.activations],
        "gradients": [_rounded(size) for size in found.gradients],
        "loss": _rounded(found.loss),
        "change": None if change is None else _rounded(change),
    }


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
