"""What a trained classifier sees in an image: its maps, and what a score comes from."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import Checked, check_numbers, check_whole, check_word
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.scene_classifier_page import NAME, SIDE
from course_lib.demos.scene_demo import SCENES, SOURCES, check_own

if TYPE_CHECKING:
    from torch import Tensor

    from course_lib.networks import SceneClassifier

EXPLANATIONS = ("class map", "pixels", "covering")
WEIGHTS = {"trained": None, "dense layers shuffled": 2, "all shuffled": 0}
"""How many of the last layers are shuffled; 0: all."""

LAYERS = {
    "conv 1": (16, 48),
    "pool 1": (16, 24),
    "conv 2": (32, 24),
    "pool 2": (32, 12),
    "conv 3": (48, 12),
    "conv 4": (64, 12),
    "pool 3": (64, 6),
}
"""The maps of each layer: how many, and how many rows and columns each has."""

TONES = (
    (0, 0, 0),
    (255, 255, 255),
    (204, 38, 38),
    (242, 204, 38),
    (38, 140, 64),
    (38, 89, 204),
)
"""What the pen draws with: red, green and blue; the frontend's tones.ts has the same."""

RADIUS = 3
MOST_DOTS = 300


class InsideAClassifier(Demo):
    """The classifier of the scenes at work, every map of it, and three explanations of a score.

    Traits
    ------
    index : int, 0 to 9999
        Which scene of the test split, as `describe` numbers those of classification.
    source : {"scene", "own"}
    own : str
        An image of the reader's own: red, green and blue of 96 by 96 pixels in base 64; empty where
        there is none.
    right, down : int, -48 to 48
        How far the image is moved; its border is repeated where nothing comes in.
    dots : list of int
        Column, row and tone of each dot that is drawn on it, at most 300 of them.
    hand : {"move", "draw"}
        What dragging does.
    target : int, -1 to 9
        The class whose score is explained; -1 is the one with the largest.
    explanation : {"class map", "pixels", "covering"}
        What each position of the last map adds to the score; what each pixel does; how far the
        score falls with a grey square over a part of the image.
    weights : {"trained", "dense layers shuffled", "all shuffled"}
        The control: a network of the same weights in another order has learnt nothing.
    layer : str
        Of which the maps are shown: "conv 1", "pool 1" and so on.
    channel, row, column : int
        The map, and the unit of it, that are looked at.
    output : list of ten float
        The probabilities; the page computes them, `reference` does so by torch.
    evidence : list of list of float
        The explanation where it has cells, 6 by 6 or 10 by 10; see `reference_evidence`.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "inside-a-classifier"
    data = ("scenes",)
    heavy = ("scene-backgrounds", "scene-classifier")
    computed = ("output", "evidence")
    _esm = front_end("inside-a-classifier.js")
    _css = front_end("demos.css")

    index = Checked(0).tag(sync=True)
    source = Checked("scene").tag(sync=True)
    own = Checked("").tag(sync=True)
    right = Checked(0).tag(sync=True)
    down = Checked(0).tag(sync=True)
    dots = Checked([]).tag(sync=True)
    hand = Checked("move").tag(sync=True)
    target = Checked(-1).tag(sync=True)
    explanation = Checked("class map").tag(sync=True)
    weights = Checked("trained").tag(sync=True)
    layer = Checked("conv 1").tag(sync=True)
    channel = Checked(0).tag(sync=True)
    row = Checked(23).tag(sync=True)
    column = Checked(23).tag(sync=True)
    output = traitlets.List(traitlets.Float()).tag(sync=True)
    evidence = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    title = traitlets.Unicode("Inside a classifier").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag the image, or move it with the arrow keys: the network looks again at each step."
        " Press a class to have its score explained, a map to enlarge it, a unit to see its part"
        " of the image."
    ).tag(sync=True)

    @traitlets.validate(
        "index", "right", "down", "dots", "hand", "target", "explanation", "weights"
    )
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        return CHECKS[trait](trait, proposal["value"])

    @traitlets.validate("source", "own")
    def _check_source(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        if trait == "own":
            return check_own(trait, value)
        if check_word(trait, value, words=SOURCES) == "own" and not self.own:
            raise TraitError(f"{trait} is 'own': there is no own image; expected one in `own`")
        return value

    @traitlets.validate("layer", "channel", "row", "column")
    def _check_unit(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        if trait == "layer":
            return check_word(trait, value, words=tuple(LAYERS))
        channels, side = LAYERS[self.layer]
        last = (channels if trait == "channel" else side) - 1
        return check_whole(trait, value, at_least=0, at_most=last)

    @traitlets.observe("layer")
    def _look_elsewhere(self, _: object) -> None:
        # In a smaller layer a unit that is not there gives way to one in the middle.
        channels, side = LAYERS[self.layer]
        self.channel = min(self.channel, channels - 1)
        for trait in ("row", "column"):
            if getattr(self, trait) >= side:
                setattr(self, trait, side // 2)

    def image(self) -> Tensor:
        """Return what the network sees.

        Returns
        -------
        Tensor, shape (3, 96, 96), float32, from 0 to 1
        """
        import torch

        from course_lib.datasets.scenes import describe, render

        if self.source == "scene":
            scene = describe("test", "classification", self.index)
            image = render(scene, SIDE, dtype=torch.float32).image
        else:
            pixels = torch.tensor(list(b64decode(self.own)), dtype=torch.uint8)
            image = pixels.reshape(SIDE, SIDE, 3).permute(2, 0, 1) / 255
        places = torch.arange(SIDE)
        image = image[:, (places - self.down).clamp(0, SIDE - 1)]
        image = image[:, :, (places - self.right).clamp(0, SIDE - 1)].clone()
        y, x = torch.meshgrid(places, places, indexing="ij")
        for at in range(0, len(self.dots), 3):
            column, row, tone = self.dots[at : at + 3]
            near = (x - column) ** 2 + (y - row) ** 2 <= RADIUS**2
            image[:, near] = torch.tensor(TONES[tone])[:, None] / 255
        return image

    def network(self) -> SceneClassifier:
        """Return the network as the page has it, with the weights that `weights` says."""
        from course_lib.networks import (
            SceneClassifier,
            page_network,
            shuffle_weights,
            trained_network,
        )

        network = page_network(trained_network(NAME))
        assert isinstance(network, SceneClassifier)
        layers = WEIGHTS[self.weights]
        return network if layers is None else shuffle_weights(network, layers)

    def reference(self) -> Tensor:
        """Compute `output` with torch.

        Returns
        -------
        Tensor, shape (10,)
        """
        scores: Tensor = self.network()(self.image()[None])[0]
        return scores.softmax(0)

    def reference_evidence(self) -> Tensor:
        """Compute the explanation with torch.

        Returns
        -------
        Tensor, shape (6, 6), (96, 96) or (10, 10)
            Of the class map, the pixels and the covering.
        """
        from course_lib.networks import class_map, occlusion_map, pixel_shares

        network, image = self.network(), self.image()
        target = self.target if self.target >= 0 else int(network(image[None])[0].argmax())
        explain = dict(zip(EXPLANATIONS, (class_map, pixel_shares, occlusion_map), strict=True))
        return explain[self.explanation](network, image, target)


def _check_dots(trait: str, value: Any) -> list[int]:
    numbers = check_numbers(trait, value, at_least=0, at_most=3 * MOST_DOTS, bound=SIDE - 1)
    allowed = f"column, row and tone (0 to {len(TONES) - 1}) of each dot"
    if len(numbers) % 3:
        raise TraitError(f"{trait} has {len(numbers)} values; expected {allowed}")
    for at, number in enumerate(numbers):
        most = len(TONES) if at % 3 == 2 else SIDE
        if number != int(number) or not 0 <= number < most:
            raise TraitError(f"{trait}[{at}] is {number:g}; expected {allowed}")
    return [int(number) for number in numbers]


_check_shift = partial(check_whole, at_least=-48, at_most=48)

CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "index": partial(check_whole, at_least=0, at_most=SCENES - 1),
    "right": _check_shift,
    "down": _check_shift,
    "dots": _check_dots,
    "hand": partial(check_word, words=("move", "draw")),
    "target": partial(check_whole, at_least=-1, at_most=9),
    "explanation": partial(check_word, words=EXPLANATIONS),
    "weights": partial(check_word, words=tuple(WEIGHTS)),
}
"""How each trait is checked by itself; the frontend's state.ts holds the same limits."""
