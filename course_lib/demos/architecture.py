"""What a network's layers cost; in this first form, its first layer as the image grows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.convolution import convolution_cost, linear_cost
from course_lib.demos.checks import Checked, check_whole, check_word
from course_lib.demos.demo import Demo, front_end

if TYPE_CHECKING:
    from torch import Tensor

QUANTITIES = ("weights", "memory", "multiply-adds", "activations")
PRECISIONS = ("float16", "float32", "float64")


def _check_kernel_size(trait: str, value: Any) -> int:
    size = check_whole(trait, value, at_least=1, at_most=11)
    if size % 2 == 0:
        raise TraitError(f"{trait} is {size}; expected an odd number, to keep the image's size")
    return size


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "size": partial(check_whole, at_least=1, at_most=1024),
    "channels": partial(check_whole, at_least=1, at_most=4),
    "maps": partial(check_whole, at_least=1, at_most=64),
    "kernel_size": _check_kernel_size,
    "quantity": partial(check_word, words=QUANTITIES),
    "precision": partial(check_word, words=PRECISIONS),
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""


class Architecture(Demo):
    """Two first layers for one image, fully connected and convolutional, with as many outputs.

    Traits
    ------
    size : int, 1 to 1024
        Pixels of the image's side.
    channels : int, 1 to 4
    maps : int, 1 to 64
        Feature maps of the convolution; the fully connected layer has as many outputs as they have
        values.
    kernel_size : int, 1 to 11, odd
        The convolution is padded to keep the image's size.
    quantity : {"weights", "memory", "multiply-adds", "activations"}
        What the chart shows.
    precision : {"float16", "float32", "float64"}
        How a number is stored.
    output : dict
        ``dense`` and ``convolution``, each with ``weights``, ``biases``, ``multiplyAdds`` and
        ``activations`` for one image.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "architecture"
    _esm = front_end("architecture.js")
    _css = front_end("demos.css")

    size = Checked(224).tag(sync=True)
    channels = Checked(3).tag(sync=True)
    maps = Checked(3).tag(sync=True)
    kernel_size = Checked(3).tag(sync=True)
    quantity = Checked("weights").tag(sync=True)
    precision = Checked("float32").tag(sync=True)
    output = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode("What does a first layer cost?").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag the blue line to another image size, or move it with the arrow keys; Page Up doubles."
    ).tag(sync=True)

    @traitlets.validate("size", "channels", "maps", "kernel_size", "quantity", "precision")
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    @traitlets.default("output")
    def _first_output(self) -> dict[str, dict[str, int]]:
        pixels = self.size * self.size
        dense = linear_cost(pixels * self.channels, pixels * self.maps)
        convolution = convolution_cost(
            self.channels,
            self.maps,
            self.kernel_size,
            (self.size, self.size),
            padding=self.kernel_size // 2,
        )
        return {
            name: {
                "weights": cost.weights,
                "biases": cost.biases,
                "multiplyAdds": cost.multiply_adds,
                "activations": cost.activations,
            }
            for name, cost in (("dense", dense), ("convolution", convolution))
        }

    @traitlets.observe("size", "channels", "maps", "kernel_size")
    def _refresh(self, _: object) -> None:
        self.output = self._first_output()

    def reference(self) -> Tensor:
        """Count weights, biases and outputs of torch's own layers, which take no memory.

        Returns
        -------
        Tensor, shape (2, 3), int64
            The fully connected layer first.
        """
        import torch
        from torch import nn

        pixels = self.size * self.size
        x = torch.empty(1, self.channels, self.size, self.size, device="meta")
        dense = nn.Linear(pixels * self.channels, pixels * self.maps, device="meta")
        padding = self.kernel_size // 2
        convolution = nn.Conv2d(
            self.channels, self.maps, self.kernel_size, padding=padding, device="meta"
        )
        layers: list[tuple[nn.Module, Tensor]] = [(dense, x.flatten(1)), (convolution, x)]
        return torch.tensor(
            [
                [*(p.numel() for p in layer.parameters()), layer(given).numel()]
                for layer, given in layers
            ]
        )
