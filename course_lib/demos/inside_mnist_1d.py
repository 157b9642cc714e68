"""Inside a classifier of MNIST-1D: every layer, every unit, and what a shift does to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from numbers import Integral
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import Checked, check_number, check_whole, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.inside_mnist_1d_network import NETWORKS, errors, layer_shapes, look, network
from course_lib.demos.mnist1d_networks import check_signal, label_of, probabilities, signal_of

if TYPE_CHECKING:
    from torch import Tensor

SOURCES = ("template", "sample")
GUESSES = ("both", "flatten", "pool", "neither")


class InsideMNIST1D(Demo):
    """A signal on its way through two trained networks: one flattens, one takes a global mean.

    Traits
    ------
    source : {"template", "sample"}
        Whether a digit's template makes the signal, or it is one of the test set.
    digit : int, 0 to 9
        The template.
    place : int, 0 to 53
        Where it begins, on the sampler's 72 positions; the data set has 0 to 47.
    padding : int, 36 to 60
        Zeros put after it: fewer make it longer.
    scale : float, 0 to 3
    shear : float, -1 to 1
    noise : float, 0 to 3
        How strong, in units of the data set's.
    seed : int, 0 to 999
        What the noise comes from.
    sample : int, 0 to 19
        The first two test samples of each class.
    signal : list of float, 0 or 40 values
        The reader's own signal in place of both.
    shift : int, -10 to 10
        Positions to the right by which a finished signal is moved, a sample or the reader's own;
        the end value is repeated where nothing comes in.
    network : {"flatten", "pool"}
        Whose layers are shown.
    unit : list of int, [layer, channel, position]
        The unit that is taken apart: layers 1 to 3 are the convolutions, 4 is the flattened layer
        or the mean, 5 the scores; channel and position from 0.
    predict : bool
        Whether the answers stay hidden until the reader has committed.
    guess : {None, "both", "flatten", "pool", "neither"}
        Who reads it right, according to the reader.
    output : list of two lists of ten float
        The probabilities, of the network that flattens first; the page computes them, `reference`
        does so by torch.
    label : int or None
        The class, written by the page.
    value : float
        The unit's, written by the page.
    gradient : list of 40 float
        What moves the unit: the gradient, by each input, of its sum before the ReLU in a
        convolution and of its value elsewhere. Written by the page; `reference_unit` gives both.
    errors : dict
        Once the page has computed them: the error of each network over the 1,000 test examples,
        ``shift`` at shifts -10 to 10 and ``place`` with every template at 0 to 53;
        `reference_errors` gives the same.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "inside-mnist-1d"
    data = ("mnist1d",)
    _esm = front_end("inside-mnist-1d.js")
    _css = front_end("demos.css")

    source = Checked("template").tag(sync=True)
    digit = Checked(4).tag(sync=True)
    place = Checked(20).tag(sync=True)
    padding = Checked(48).tag(sync=True)
    scale = Checked(1.0).tag(sync=True)
    shear = Checked(0.1).tag(sync=True)
    noise = Checked(1.0).tag(sync=True)
    seed = Checked(1).tag(sync=True)
    sample = Checked(4).tag(sync=True)
    signal = Checked([]).tag(sync=True)
    shift = Checked(0).tag(sync=True)
    network = Checked("flatten").tag(sync=True)
    unit = Checked([2, 8, 3]).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    guess = Checked(None).tag(sync=True)
    output = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    label = traitlets.Int(None, allow_none=True).tag(sync=True)
    value = traitlets.Float().tag(sync=True)
    gradient = traitlets.List(traitlets.Float()).tag(sync=True)
    errors = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode("Inside the classifier").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag the signal sideways: every layer follows. Press any unit to take it apart."
    ).tag(sync=True)

    @traitlets.validate(
        *("source", "digit", "place", "padding", "scale", "shear", "noise", "seed", "sample"),
        *("signal", "shift", "network", "unit", "guess"),
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    @traitlets.default("output")
    def _first_output(self) -> list[list[float]]:
        answer: list[list[float]] = self.reference().tolist()
        return answer

    @traitlets.default("label")
    def _first_label(self) -> int | None:
        if self.source == "sample" or self.signal:
            return label_of(self.sample, self.signal)
        return int(self.digit)

    @traitlets.default("value")
    def _first_value(self) -> float:
        return self.reference_unit()[0]

    @traitlets.default("gradient")
    def _first_gradient(self) -> list[float]:
        return self.reference_unit()[1]

    @traitlets.observe(
        *("source", "digit", "place", "padding", "scale", "shear", "noise", "seed", "sample"),
        *("signal", "shift", "network", "unit"),
    )
    def _refresh(self, _: object) -> None:
        with self.hold_sync():
            self.output = self._first_output()
            self.label = self._first_label()
            self.value, self.gradient = self.reference_unit()

    def values(self) -> Tensor:
        """Return the forty values that the networks read, shape (40,), float64."""
        import torch

        from course_lib.datasets import shift_samples

        if self.signal or self.source == "sample":
            return shift_samples(signal_of(self.sample, self.signal), self.shift)
        return torch.tensor(self._made())

    def _made(self) -> Any:
        import numpy as np

        from course_lib.datasets import Draws, Settings, standardise, template, transform

        random = np.random.RandomState(self.seed)
        draws = Draws(
            padding=self.padding,
            scale=self.scale,
            shift=self.place,
            correlated=random.standard_normal(72),
            white=random.standard_normal(72),
            shear=self.shear,
        )
        settings = Settings(correlated_noise=0.25 * self.noise, white_noise=0.02 * self.noise)
        return standardise(transform(template(self.digit), draws, settings))

    def reference(self) -> Tensor:
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (2, 10), float64
        """
        import torch

        x = self.values()
        return torch.stack([probabilities(network(name), x) for name in NETWORKS])

    def reference_unit(self) -> tuple[float, list[float]]:
        """Compute `value` and `gradient` with torch.

        A position that the fourth layer of the other network has and this one has not is read as
        its last one.
        """
        layer, channel, position = self.unit
        position = min(position, layer_shapes(self.network)[layer - 1][1] - 1)
        return look(self.network, self.values(), (layer, channel, position))

    def reference_errors(self) -> dict[str, dict[str, list[float]]]:
        """Compute `errors` with torch; this takes some seconds the first time."""
        return errors()


def _check_unit(trait: str, value: Any) -> list[int]:
    """Return a unit that one of the networks has."""
    expected = "[layer, channel, position] of a unit: layer 1 to 5, the others from 0"
    whole = (
        isinstance(value, Sequence)
        and len(value) == 3
        and all(isinstance(v, Integral) and not isinstance(v, bool) for v in value)
    )
    if not whole or not 1 <= value[0] <= 5:
        raise TraitError(f"{trait} is {shown(value)}; expected {expected}")
    channels, positions = layer_shapes("flatten")[value[0] - 1]
    if not (0 <= value[1] < channels and 0 <= value[2] < positions):
        raise TraitError(
            f"{trait} is {shown(value)}; layer {value[0]} has {channels} channels and"
            f" {positions} position{'s' if positions > 1 else ''}, counted from 0"
        )
    return [int(v) for v in value]


def _check_guess(trait: str, value: Any) -> str | None:
    return None if value is None else check_word(trait, value, words=GUESSES)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "source": partial(check_word, words=SOURCES),
    "digit": partial(check_whole, at_least=0, at_most=9),
    "place": partial(check_whole, at_least=0, at_most=53),
    "padding": partial(check_whole, at_least=36, at_most=60),
    "scale": partial(check_number, at_least=0, at_most=3),
    "shear": partial(check_number, at_least=-1, at_most=1),
    "noise": partial(check_number, at_least=0, at_most=3),
    "seed": partial(check_whole, at_least=0, at_most=999),
    "sample": partial(check_whole, at_least=0, at_most=19),
    "signal": check_signal,
    "shift": partial(check_whole, at_least=-10, at_most=10),
    "network": partial(check_word, words=tuple(NETWORKS)),
    "unit": _check_unit,
    "guess": _check_guess,
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""
