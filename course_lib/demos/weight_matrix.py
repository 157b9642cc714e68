"""A layer of hidden units, fully connected or a convolution, and the matrix of its weights."""

from collections.abc import Callable
from functools import partial
from math import exp, tanh
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import (
    PADDINGS,
    convolve_signal,
    dense_weight,
    output_length,
    padding_amounts,
)
from course_lib.demos.checks import Checked, check_number, check_numbers, check_whole, check_word
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor

KINDS = ("fully connected", "convolution")
ACTIVATIONS = ("none", "ReLU", "tanh", "sigmoid")

SHAPING = (
    "kind",
    "signal",
    "kernel",
    "bias",
    "stride",
    "dilation",
    "padding",
    "activation",
    "weights",
    "biases",
)
"""The traits from which the output follows."""


class WeightMatrix(Demo):
    """A layer of hidden units: their weights as a matrix, and one unit's sum with its numbers.

    Traits
    ------
    kind : {"convolution", "fully connected"}
    signal : list of float, 2 to 10 values
        The inputs.
    kernel : list of float, 1 to 7 weights
        The convolution's weights.
    bias : float
        The convolution's one bias.
    stride, dilation : int, 1 to 4
    padding : {"zeros", "valid", "reflect", "replicate", "circular"}
        All but "valid" pad so that stride 1 keeps the length.
    activation : {"none", "ReLU", "tanh", "sigmoid"}
    weights : list of float
        The fully connected layer's D² weights, a row after the other; an empty list stands for
        those that the demo starts with, `dense_weight` for each place.
    biases : list of float
        Its D biases; an empty list as above.
    unit : int
        The unit whose sum is written out, counted from 0.
    output : list of float
        What the page computes; `reference` is the same, computed by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait, or a combination of traits, is impossible: nothing is changed then.
    """

    name = "weight-matrix"
    _esm = front_end("weight-matrix.js")
    _css = front_end("demos.css")

    kind = Checked("convolution").tag(sync=True)
    signal = Checked([2.0, 4.0, 6.0, 2.0, 1.0, 3.0]).tag(sync=True)
    kernel = Checked([0.5, 1.0, -0.5]).tag(sync=True)
    bias = Checked(-1.0).tag(sync=True)
    stride = Checked(1).tag(sync=True)
    dilation = Checked(1).tag(sync=True)
    padding = Checked("zeros").tag(sync=True)
    activation = Checked("ReLU").tag(sync=True)
    weights = Checked([]).tag(sync=True)
    biases = Checked([]).tag(sync=True)
    unit = Checked(0).tag(sync=True)
    output = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("A layer and its weights").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag a number in the matrix up or down, or an input; or use the arrow keys, and Enter to"
        " type a value. Press a unit to see its sum."
    ).tag(sync=True)

    @traitlets.validate(*SHAPING, "unit")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        state = {name: getattr(self, name) for name in CHECKS} | {trait: value}
        checked = {name: check(name, state[name]) for name, check in CHECKS.items()}
        units = _units(checked, trait)
        for name, wanted in (("weights", units["inputs"] ** 2), ("biases", units["inputs"])):
            if trait in (name, "signal") and len(checked[name]) not in (0, wanted):
                raise TraitError(
                    f"{name} has {len(checked[name])} values; expected {wanted} for"
                    f" {units['inputs']} inputs, or an empty list for those of the start"
                )
        if trait == "unit":
            return check_whole("unit", value, at_least=0, at_most=units["outputs"] - 1)
        return checked[trait]

    @traitlets.default("output")
    def _first_output(self) -> list[float]:
        return self._computed()

    @traitlets.observe(*SHAPING)
    def _refresh(self, _: object) -> None:
        output = self._computed()
        # Where there are fewer units than before, the last is chosen.
        self.unit = min(self.unit, len(output) - 1)
        self.output = output

    def _computed(self) -> list[float]:
        if self.kind == "convolution":
            sums = convolve_signal(
                self.signal,
                self.kernel,
                stride=self.stride,
                dilation=self.dilation,
                padding=self.padding,
            )
            return [_activated(self.activation, z + self.bias) for z in sums]
        rows, biases = self._dense()
        return [
            _activated(
                self.activation,
                sum((w * x for w, x in zip(row, self.signal, strict=True)), bias),
            )
            for row, bias in zip(rows, biases, strict=True)
        ]

    def _dense(self) -> tuple[list[list[float]], list[float]]:
        """Return the fully connected layer's rows and biases."""
        count = len(self.signal)
        rows = [[dense_weight(r, c) for c in range(count)] for r in range(count)]
        if self.weights:
            rows = [self.weights[r * count : (r + 1) * count] for r in range(count)]
        return rows, self.biases or [dense_weight(r, BIAS_COLUMN) for r in range(count)]

    def reference(self) -> "Tensor":
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (number of units,), float64
        """
        import torch  # only this needs it, and it takes a second to import
        from torch.nn import functional

        def tensor(values: Any) -> "Tensor":
            return torch.tensor(values, dtype=torch.float64)

        if self.kind == "convolution":
            sides = padding_amounts(len(self.kernel), self.dilation, self.padding)
            x = tensor([[self.signal]])
            if any(sides):
                mode = "constant" if self.padding == "zeros" else self.padding
                x = functional.pad(x, sides, mode=mode)
            h = functional.conv1d(
                x,
                tensor([[self.kernel]]),
                tensor([self.bias]),
                stride=self.stride,
                dilation=self.dilation,
            ).flatten()
        else:
            rows, biases = self._dense()
            h = functional.linear(tensor(self.signal), tensor(rows), tensor(biases))
        functions = {"ReLU": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}
        return functions.get(self.activation, lambda sums: sums)(h)


BIAS_COLUMN = 12
"""Where `dense_weight` has the biases: a column that no layer of the demo has."""


def _activated(activation: str, value: float) -> float:
    if activation == "ReLU":
        return max(0.0, value)
    if activation == "tanh":
        return tanh(value)
    if activation == "sigmoid":
        # Two forms, so that neither exponential overflows.
        return 1 / (1 + exp(-value)) if value >= 0 else exp(value) / (1 + exp(value))
    return value


def _units(state: dict[str, Any], trait: str) -> dict[str, int]:
    """Return the numbers of inputs and outputs, or say why there are none."""
    inputs = len(state["signal"])
    try:
        outputs = output_length(
            inputs,
            len(state["kernel"]),
            stride=state["stride"],
            dilation=state["dilation"],
            padding=state["padding"],
        )
    except ValueError as error:
        raise TraitError(f"{trait} is {shown(state[trait])}: {error}") from None
    return {"inputs": inputs, "outputs": outputs if state["kind"] == "convolution" else inputs}


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "kind": partial(check_word, words=KINDS),
    "signal": partial(check_numbers, at_least=2, at_most=10, bound=100),
    "kernel": partial(check_numbers, at_least=1, at_most=7, bound=10),
    "bias": partial(check_number, at_least=-100, at_most=100),
    "stride": partial(check_whole, at_least=1, at_most=4),
    "dilation": partial(check_whole, at_least=1, at_most=4),
    "padding": partial(check_word, words=PADDINGS),
    "activation": partial(check_word, words=ACTIVATIONS),
    "weights": partial(check_numbers, at_least=0, at_most=100, bound=10),
    "biases": partial(check_numbers, at_least=0, at_most=10, bound=100),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
