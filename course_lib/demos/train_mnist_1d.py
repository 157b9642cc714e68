"""Train both networks for MNIST-1D in the page: who errs less, and what is in them."""

from collections.abc import Callable
from functools import partial
from reprlib import repr as shown
from typing import Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import Checked, check_number, check_whole
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.train_mnist_1d_run import NETWORKS, Recipe, Run, train

GUESSES = ("", "convolutional", "fully connected", "about equal")
BATCH_SIZES = (10, 25, 100, 400)
CURVES = ("error", "loss")


class TrainMNIST1D(Demo):
    """The convolutional network and its fully connected rival, trained by the reader's browser.

    Both see the same batches of MNIST-1D, each in a worker of its own.

    Traits
    ------
    learning_rate : float, 0 to 10
    momentum : float, 0 to 0.999
    batch_size : {10, 25, 100, 400}
    halve_every : int, 0 to 100,000
        The learning rate halves after each so many steps; 0: never.
    steps : int, 1 to 100,000
        Training ends after so many.
    seed : int, 0 to 999
        What the first weights, the batches and the permutation come from.
    permuted : bool
        Whether the 40 values of every sample stand in another order, the same for all.
    training : bool
        Whether the networks are being trained; the page ends it after the last step.
    background : bool
        Whether training goes on while the demo is out of sight.
    guess : {"", "convolutional", "fully connected", "about equal"}
        Which network the reader thinks will err less; "" before it is said.
    curve : {"error", "loss"}
    sample : int, 0 to 999
        The test sample that is shown on its way through the networks.
    kernel : int, 0 to 14
        With `tap` (0 to 2), the weight of the first layer whose gradient is shown.
    output : dict
        What the page computes, for each network: ``step``, ``loss`` (of the last batch),
        ``train_error`` and ``test_error``; `reference` is the same, computed by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "train-mnist-1d"
    _esm = front_end("train-mnist-1d.js")
    _css = front_end("demos.css")

    learning_rate = Checked(0.05).tag(sync=True)
    momentum = Checked(0.9).tag(sync=True)
    batch_size = Checked(100).tag(sync=True)
    halve_every = Checked(800).tag(sync=True)
    steps = Checked(4000).tag(sync=True)
    seed = Checked(0).tag(sync=True)
    permuted = traitlets.Bool(False).tag(sync=True)
    training = traitlets.Bool(False).tag(sync=True)
    background = traitlets.Bool(False).tag(sync=True)
    guess = Checked("").tag(sync=True)
    curve = Checked("error").tag(sync=True)
    sample = Checked(0).tag(sync=True)
    kernel = Checked(0).tag(sync=True)
    tap = Checked(0).tag(sync=True)
    output = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode("Train both networks").tag(sync=True)
    hint = traitlets.Unicode(
        "Say which will win, and train: your browser takes every step. Pause, choose a weight,"
        " and take one step to see its gradient."
    ).tag(sync=True)

    @traitlets.validate(
        *("learning_rate", "momentum", "batch_size", "halve_every", "steps", "seed"),
        *("guess", "curve", "sample", "kernel", "tap"),
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    def recipe(self) -> Recipe:
        """Return how the page trains."""
        names = ("learning_rate", "momentum", "batch_size", "halve_every", "seed", "permuted")
        return Recipe(**{name: getattr(self, name) for name in names})

    def reference(self, steps: int = 50) -> dict[str, Run]:
        """Train both networks with torch as the page does: same first weights, same batches.

        Parameters
        ----------
        steps : int
            How many, from 0. The page's single precision drifts from torch's double: over the
            first fifty steps losses agree to 1e-4, over thousands only in kind.

        Returns
        -------
        runs : dict of str to Run
            By the network's name, as in `output`.

        Raises
        ------
        ValueError
            If the number of steps is below 0.
        """
        if steps < 0:
            raise ValueError(f"steps={steps}: expected at least 0")
        return {name: train(name, self.recipe(), steps) for name in NETWORKS}


def _check_one_of(trait: str, value: Any, *, allowed: tuple[Any, ...]) -> Any:
    # True equals 1, and is no batch size.
    if isinstance(value, bool) or value not in allowed:
        raise TraitError(
            f"{trait} is {shown(value)}; expected one of {', '.join(map(repr, allowed))}"
        )
    return value


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "learning_rate": partial(check_number, at_least=0, at_most=10),
    "momentum": partial(check_number, at_least=0, at_most=0.999),
    "batch_size": partial(_check_one_of, allowed=BATCH_SIZES),
    "halve_every": partial(check_whole, at_least=0, at_most=100_000),
    "steps": partial(check_whole, at_least=1, at_most=100_000),
    "seed": partial(check_whole, at_least=0, at_most=999),
    "guess": partial(_check_one_of, allowed=GUESSES),
    "curve": partial(_check_one_of, allowed=CURVES),
    "sample": partial(check_whole, at_least=0, at_most=999),
    "kernel": partial(check_whole, at_least=0, at_most=14),
    "tap": partial(check_whole, at_least=0, at_most=2),
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""
