"""What a network's layers cost: a first layer as the image grows, or every layer of a network."""

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
VIEWS = ("first layer", "networks")
LISTED = ("with weights", "all")
SORTS = ("order", "parameters", "multiply-adds", "activations", "receptive field")
NETWORK_NAMES = (
    *("mnist-1d-convolutional", "mnist-1d-fully-connected", "mnist-1d-pooled", "alexnet"),
    *("vgg-11", "vgg-16", "vgg-19", "resnet-18", "resnet-34", "resnet-50", "efficientnet-lite0"),
    *("yolo", "deconvolution-network", "u-net", "stacked-hourglass", "scene-classifier"),
    *("scene-detector", "small-resnet", "small-encoder-decoder", "small-u-net", "small-hourglass"),
)
"""As in ``NETWORKS``, which takes torch to import; a test compares the two."""


def _check_kernel_size(trait: str, value: Any) -> int:
    size = check_whole(trait, value, at_least=1, at_most=11)
    if size % 2 == 0:
        raise TraitError(f"{trait} is {size}; expected an odd number, to keep the image's size")
    return size


def _check_network_or_none(trait: str, value: Any) -> str | None:
    return None if value is None else check_word(trait, value, words=NETWORK_NAMES)


def _check_image_size(trait: str, value: Any) -> int | None:
    return None if value is None else check_whole(trait, value, at_least=1, at_most=4096)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "size": partial(check_whole, at_least=1, at_most=1024),
    "channels": partial(check_whole, at_least=1, at_most=4),
    "maps": partial(check_whole, at_least=1, at_most=64),
    "kernel_size": _check_kernel_size,
    "quantity": partial(check_word, words=QUANTITIES),
    "precision": partial(check_word, words=PRECISIONS),
}
"""How each trait of a first layer is checked; the frontend's state.ts holds the same limits."""

NETWORK_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "view": partial(check_word, words=VIEWS),
    "network": partial(check_word, words=NETWORK_NAMES),
    "other": _check_network_or_none,
    "image_size": _check_image_size,
    "listed": partial(check_word, words=LISTED),
    "sort": partial(check_word, words=SORTS),
    "layer": partial(check_whole, at_least=0, at_most=2000),
}
"""How the other traits are checked; the frontend's network-state.ts holds the same limits."""


TITLES = {
    "first layer": (
        "What does a first layer cost?",
        "Drag the blue line to another image size, or move it with the arrow keys; Page Up"
        " doubles.",
    ),
    "networks": (
        "Where are the parameters, and where is the work?",
        "Point at a layer in the strips or the table, or walk through with the arrow keys.",
    ),
}
"""Title and hint of each view."""


class Architecture(Demo):
    """Two first layers for one image, as many outputs each; or the layers of a network.

    Traits
    ------
    view : {"first layer", "networks"}
        Which of the two; the first six traits below belong to the one, the next six to the other.
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
    network : str
        One of ``course_lib.networks.NETWORKS``.
    other : str or None
        The network beside it.
    image_size : int or None
        Side of the image, one of those that `architecture_page.sizes` names for the network; None
        for the network's own. A network beside it takes the same size if it can, else its own.
    listed : {"with weights", "all"}
        Layers in the table: those that multiply, or all but activations and dropout.
    sort : {"order", "parameters", "multiply-adds", "activations", "receptive field"}
    layer : int
        The layer that is looked into, counted from 0 among all that can be listed.
    output : dict
        Of networks the totals ``parameters``, ``multiplyAdds`` and ``activations``, and ``layer``,
        with ``name``, ``shape``, the same three and ``reads``. Of first layers ``dense`` and
        ``convolution``, each with ``weights``, ``biases``, ``multiplyAdds`` and ``activations`` for
        one image.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "architecture"
    data = ("architectures",)
    _esm = front_end("architecture.js")
    _css = front_end("demos.css")

    view = Checked("first layer").tag(sync=True)
    size = Checked(224).tag(sync=True)
    channels = Checked(3).tag(sync=True)
    maps = Checked(3).tag(sync=True)
    kernel_size = Checked(3).tag(sync=True)
    quantity = Checked("weights").tag(sync=True)
    precision = Checked("float32").tag(sync=True)
    network = Checked("alexnet").tag(sync=True)
    other = Checked(None, allow_none=True).tag(sync=True)
    image_size = Checked(None, allow_none=True).tag(sync=True)
    listed = Checked("with weights").tag(sync=True)
    sort = Checked("order").tag(sync=True)
    layer = Checked(0).tag(sync=True)
    output = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)

    def needs(self) -> tuple[str, ...]:
        """Return the networks, where they are shown."""
        return self.data if self.view == "networks" else ()

    @traitlets.default("title")
    def _first_title(self) -> str:
        return TITLES[self.view][0]

    @traitlets.default("hint")
    def _first_hint(self) -> str:
        return TITLES[self.view][1]

    @traitlets.validate(*CHECKS, *NETWORK_CHECKS)
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        value = {**CHECKS, **NETWORK_CHECKS}[trait](trait, proposal["value"])
        if trait in ("image_size", "layer") and value:
            self._check_in_network(trait, value)
        return value

    def _check_in_network(self, trait: str, value: int) -> None:
        from course_lib.demos.architecture_page import layers, sizes

        if trait == "image_size" and value not in sizes(self.network):
            allowed = ", ".join(map(str, sizes(self.network)))
            raise TraitError(f"image_size is {value}; expected one of {allowed} for {self.network}")
        if trait == "layer":
            last = len(layers(self.network, self._side())) - 1
            check_whole(trait, value, at_least=0, at_most=last)

    def _side(self) -> int:
        from course_lib.demos.architecture_page import own_size

        return own_size(self.network) if self.image_size is None else int(self.image_size)

    @traitlets.default("output")
    def _first_output(self) -> dict[str, Any]:
        return self._network_output() if self.view == "networks" else self._layers_output()

    def _network_output(self) -> dict[str, Any]:
        from course_lib.demos.architecture_page import activations, expected

        rows = list(expected(self.network, self._side()))
        return {
            "parameters": sum(row["parameters"] for row in rows),
            "multiplyAdds": sum(row["multiplyAdds"] for row in rows),
            "activations": activations(self.network, self._side()),
            "layer": rows[self.layer],
        }

    def _layers_output(self) -> dict[str, dict[str, int]]:
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

    @traitlets.observe(
        *("size", "channels", "maps", "kernel_size", "view", "network", "image_size", "layer")
    )
    def _refresh(self, change: dict[str, Any]) -> None:
        if change["name"] == "network":
            self._let_go()
        self.output = self._first_output()

    def _let_go(self) -> None:
        """Let go of a size and a layer that another network does not have."""
        from course_lib.demos.architecture_page import layers, sizes

        with self.hold_trait_notifications():
            if self.image_size is not None and self.image_size not in sizes(self.network):
                self.image_size = None
            if self.layer >= len(layers(self.network, self._side())):
                self.layer = 0

    def reference(self) -> Tensor:
        """Count weights, biases and outputs of torch's own layers, which take no memory.

        Returns
        -------
        Tensor, int64
            Of first layers shape (2, 3): weights, biases and outputs, the fully connected layer
            first. Of a network shape (2,): the parameters of torch's module, and how many
            multiply-adds torch counts in a pass.
        """
        return self._network_reference() if self.view == "networks" else self._layers_reference()

    def _network_reference(self) -> Tensor:
        import torch
        from torch.utils.flop_counter import FlopCounterMode

        from course_lib.demos.architecture_page import settings, shape
        from course_lib.networks import build

        network = build(self.network, device="meta", **settings(self.network, self._side()))
        counter = FlopCounterMode(display=False)
        with torch.no_grad(), counter:
            network.eval()(torch.empty(1, *shape(self.network, self._side()), device="meta"))
        parameters = sum(parameter.numel() for parameter in network.parameters())
        # Torch counts a product and its addition as two.
        return torch.tensor([parameters, counter.get_total_flops() // 2])

    def _layers_reference(self) -> Tensor:
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
