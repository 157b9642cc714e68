"""Random states of the convolution, possible and impossible, the same in every run."""

from __future__ import annotations

from random import Random
from typing import Any

from course_lib.convolution import PADDINGS
from tests.demos.states import outputs


def random_states(count: int, *, seed: int = 0) -> list[dict[str, Any]]:
    """Return possible states, each trait at random, with a position on an output."""
    random = Random(seed)
    states: list[dict[str, Any]] = []
    while len(states) < count:
        state = {
            "signal": [
                random.uniform(-12, 12) for _ in range(random.choice([1, 2, 5, 12, 30, 64]))
            ],
            "kernel": [
                random.choice([0.0, random.uniform(-2, 2)]) for _ in range(random.randint(1, 9))
            ],
            "stride": random.randint(1, 4),
            "dilation": random.randint(1, 4),
            "padding": random.choice(PADDINGS),
            "shift": random.choice([0, random.randint(-8, 8)]),
        }
        if positions := outputs(state):
            traits = list(state)
            random.shuffle(traits)  # in which order they arrive is anyone's guess
            state["position"] = random.randrange(positions)
            states.append({name: state[name] for name in [*traits, "position"]})
    return states
