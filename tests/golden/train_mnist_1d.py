"""Golden cases of the training in the page: fifty steps of torch from the same start.

In double precision, so that the last bits, in which processors differ, lie far below what is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from torch import Tensor

from course_lib.datasets import load_mnist1d
from course_lib.demos.train_mnist_1d_run import NETWORKS, Recipe, train

Case = dict[str, Any]

STEPS = 50
DECIMALS = 6
NOTEBOOK = Recipe()
SLIDE = Recipe(learning_rate=0.01, momentum=0, halve_every=0, seed=1)
RECIPES = (
    NOTEBOOK,
    SLIDE,
    replace(NOTEBOOK, permuted=True, seed=2),
    # A batch that does not fill its vectors, and a rate that halves within the fifty steps.
    Recipe(learning_rate=0.02, momentum=0.5, batch_size=10, halve_every=20, seed=3),
    # Of seeds there are few in which a unit lies a rounding from zero, active here and not there.
    Recipe(learning_rate=0.1, momentum=0, batch_size=400, halve_every=0, seed=7),
)


def samples() -> Iterator[Case]:
    """Yield a few samples of the published data set, and the sums of all."""
    data = load_mnist1d()
    for split, x, y in (("train", data.x_train, data.y_train), ("test", data.x_test, data.y_test)):
        for index in (0, 1, 17, len(y) - 1):
            values = _plain(x[index].double(), 5)
            yield {"split": split, "index": index, "values": values, "label": int(y[index])}


def runs() -> Iterator[Case]:
    """Yield every recipe on both networks: all losses, every so-manyth parameter and gradient."""
    for recipe in RECIPES:
        for name in NETWORKS:
            run = train(name, recipe, STEPS)
            every = 10 if name == "convolutional" else 293
            yield {
                "network": name,
                **asdict(recipe),
                "losses": [round(loss, DECIMALS) for loss in run.losses],
                "every": every,
                "parameters": _plain(run.parameters[::every]),
                "gradients": _plain(run.gradients[::every]),
                "train_error": run.train_error,
                "test_error": run.test_error,
            }


def _plain(values: Tensor, decimals: int = DECIMALS) -> list[float]:
    # Adding zero turns -0.0, which a rounded number may be, into 0.0.
    return [round(value, decimals) + 0.0 for value in values.tolist()]
