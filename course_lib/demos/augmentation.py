"""Crop, mirror, turn and colour an image, and see when it no longer is what it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import cos, radians, sin
from reprlib import repr as shown  # a huge value must not make a huge message
from typing import TYPE_CHECKING, Any

import traitlets
from traitlets import TraitError

from course_lib.demos.checks import (
    Checked,
    check_number,
    check_numbers,
    check_whole,
    check_word,
)
from course_lib.demos.demo import Demo, front_end
from course_lib.demos.scene_classifier_page import NAME, SIDE
from course_lib.demos.scene_demo import SCENES

if TYPE_CHECKING:
    from torch import Tensor

    from course_lib.datasets.scenes import Rendered

PICTURES = ("cat", "coffee", "six", "letter b", "arrow")
SUBJECTS = (*PICTURES, "scene")
VARIED = ("mirror", "crop", "scale", "rotation", "light", "colour", "cutout")
STRENGTHS = ("mild", "strong", "too strong")
IMAGE_SIDE = 256
"""Side of the whole image, in the units in which crops are given."""
VIEW = 16
"""Pixels along a side of the trait ``output``."""
MIDDLE = 127.5
LEAST_SHARE = 0.35
UNCLEAR = "nobody can tell"
_NONE = (UNCLEAR,) * 4

TURNED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "six": (("6", UNCLEAR, "9", UNCLEAR), _NONE),
    "letter b": (("b", UNCLEAR, "q", UNCLEAR), ("d", UNCLEAR, "p", UNCLEAR)),
    "arrow": (("right", "back", "left", "ahead"), ("left", "ahead", "right", "back")),
}
"""Labels after zero to three quarter turns clockwise: plain, and mirrored first."""


def _check_flag(trait: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise TraitError(f"{trait} is {shown(value)}; expected True or False")
    return value


def _check_alphas(trait: str, value: Any) -> list[float]:
    return check_numbers(trait, value, at_least=3, at_most=3, bound=8)


def _check_varied(trait: str, value: Any) -> list[str]:
    if not isinstance(value, Sequence) or isinstance(value, str) or set(value) - set(VARIED):
        raise TraitError(f"{trait} is {shown(value)}; expected a list of some of {VARIED}")
    return list(value)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "picture": partial(check_word, words=SUBJECTS),
    "index": partial(check_whole, at_least=0, at_most=SCENES - 1),
    "crop_side": partial(check_whole, at_least=64, at_most=IMAGE_SIDE),
    "right": partial(check_whole, at_least=0, at_most=IMAGE_SIDE - 64),
    "down": partial(check_whole, at_least=0, at_most=IMAGE_SIDE - 64),
    "mirror": _check_flag,
    "scale": partial(check_number, at_least=0.25, at_most=4),
    "rotation": partial(check_number, at_least=-180, at_most=180),
    "brightness": partial(check_number, at_least=-255, at_most=255),
    "contrast": partial(check_number, at_least=0, at_most=4),
    "colour": _check_alphas,
    "cutout": partial(check_number, at_least=0, at_most=1),
    "cutout_x": partial(check_number, at_least=0, at_most=1),
    "cutout_y": partial(check_number, at_least=0, at_most=1),
    "vary": _check_varied,
    "strength": partial(check_word, words=STRENGTHS),
    "seed": partial(check_whole, at_least=0, at_most=9999),
}
"""How each trait is checked; the frontend's state.ts holds the same limits."""


class Augmentation(Demo):
    """One image changed as the traits say, and twelve changed at random.

    Traits
    ------
    picture : {"cat", "coffee", "six", "letter b", "arrow", "scene"}
        Of a scene the trained classifier says what it sees, before and after.
    index : int, 0 to 9999
        Which scene of the test split, as `describe` numbers those of classification.
    crop_side : int, 64 to 256
        Side of the crop, of an image of 256 by 256; AlexNet's is 224.
    right, down : int, 0 to 256 - crop_side
        Offset of the crop.
    mirror : bool
    scale : float, 0.25 to 4
    rotation : float, -180 to 180
        Degrees clockwise.
    brightness : float, -255 to 255
        Added to every value.
    contrast : float, 0 to 4
        Multiplies each value's distance from 127.5.
    colour : list of 3 floats, -8 to 8
        AlexNet's α along each principal component of colour, in units of its variance.
    cutout, cutout_x, cutout_y : float, 0 to 1
        Side and middle of the square that is cut out, in shares of the view.
    vary : list of {"mirror", "crop", "scale", "rotation", "light", "colour", "cutout"}
        What differs among the twelve.
    strength : {"mild", "strong", "too strong"}
        How far their changes go.
    seed : int, 0 to 9999
    output : dict
        ``label``, what a person would say; ``visible``, the share of the object that is seen; and
        ``pixels``, the view in 16 by 16 pixels, red, green and blue of each one after the other.
    answer : list of ten float
        Of a scene, the probabilities that the classifier gives to the view in 96 by 96 pixels;
        otherwise empty. The page computes them, `reference_answer` does so by torch.
    title, hint : str
        The heading and the line below it.

    Raises
    ------
    TraitError
        If a trait is impossible: nothing is changed then.
    """

    name = "augmentation"
    data = ("augmentation", "scenes")
    heavy = ("scene-backgrounds", "scene-classifier")
    computed = ("output", "answer")
    _esm = front_end("augmentation.js")
    _css = front_end("demos.css")

    picture = Checked("letter b").tag(sync=True)
    index = Checked(0).tag(sync=True)
    crop_side = Checked(224).tag(sync=True)
    right = Checked(16).tag(sync=True)
    down = Checked(16).tag(sync=True)
    mirror = Checked(False).tag(sync=True)
    scale = Checked(1.0).tag(sync=True)
    rotation = Checked(0.0).tag(sync=True)
    brightness = Checked(0.0).tag(sync=True)
    contrast = Checked(1.0).tag(sync=True)
    colour = Checked([0.0, 0.0, 0.0]).tag(sync=True)
    cutout = Checked(0.0).tag(sync=True)
    cutout_x = Checked(0.5).tag(sync=True)
    cutout_y = Checked(0.5).tag(sync=True)
    vary = Checked(["mirror", "crop", "colour"]).tag(sync=True)
    strength = Checked("mild").tag(sync=True)
    seed = Checked(1).tag(sync=True)
    output = traitlets.Dict().tag(sync=True)
    answer = traitlets.List(traitlets.Float()).tag(sync=True)
    title = traitlets.Unicode("Is it still what it was?").tag(sync=True)
    hint = traitlets.Unicode(
        "Drag the dashed crop, or move it with the arrow keys. Find a change that makes the label"
        " wrong."
    ).tag(sync=True)

    @traitlets.validate(*CHECKS)
    def _check(self, proposal: dict[str, Any]) -> Any:
        trait = proposal["trait"].name
        value = CHECKS[trait](trait, proposal["value"])
        room = IMAGE_SIDE - (value if trait == "crop_side" else self.crop_side)
        for offset in ("right", "down"):
            given = value if trait == offset else getattr(self, offset)
            if trait in (offset, "crop_side") and given > room:
                raise TraitError(
                    f"{offset} is {given}; expected 0 to {room}, so that the crop of"
                    f" {IMAGE_SIDE - room} stays within {IMAGE_SIDE}"
                )
        return value

    @traitlets.default("output")
    def _first_output(self) -> dict[str, Any]:
        return {
            "label": self.label(),
            "visible": self.visible_share(),
            "pixels": self.reference().flatten().tolist(),
        }

    @traitlets.observe(*(trait for trait in CHECKS if trait not in ("vary", "strength", "seed")))
    def _refresh(self, _: object) -> None:
        self.output = self._first_output()

    def placement(self) -> list[list[float]]:
        """Return the affine map from the view to the image, each from -1 to 1: two rows."""
        angle = radians(self.rotation)
        size = self.crop_side / IMAGE_SIDE / self.scale
        flip = -1 if self.mirror else 1
        x, y = ((2 * at + self.crop_side) / IMAGE_SIDE - 1 for at in (self.right, self.down))
        return [
            [flip * size * cos(angle), flip * size * sin(angle), x],
            [-size * sin(angle), size * cos(angle), y],
        ]

    def reference(self, side: int = VIEW) -> Tensor:
        """Change the picture with torch's `affine_grid` and `grid_sample`.

        Parameters
        ----------
        side : int
            Pixels of the view along a side.

        Returns
        -------
        view : Tensor, shape (side, side, 3), float64
            From 0 to 255.
        """
        import torch
        from torch.nn.functional import affine_grid, grid_sample

        from course_lib.demos.augmentation_page import colour_components

        image = self._image().double()[None] - MIDDLE
        theta = torch.tensor(self.placement(), dtype=torch.float64)[None]
        grid = affine_grid(theta, [1, 3, side, side], align_corners=False)
        view = grid_sample(image, grid, align_corners=False)[0].permute(1, 2, 0)
        variances, directions, colour = (
            torch.tensor(v, dtype=torch.float64) for v in (*colour_components(), self.colour)
        )
        shift = 255 * (colour * variances) @ directions
        view = (view * self.contrast + MIDDLE + self.brightness + shift).clamp(0, 255)
        at = (torch.arange(side, dtype=torch.float64) + 0.5) / side
        rows, columns = (
            (at - middle).abs() < self.cutout / 2 for middle in (self.cutout_y, self.cutout_x)
        )
        view[rows[:, None] & columns] = MIDDLE
        result: Tensor = view
        return result

    def reference_answer(self) -> Tensor:
        """Compute `answer` with torch.

        Returns
        -------
        Tensor, shape (10,), or (0,) where the picture is no scene
        """
        import torch

        from course_lib.networks import page_network, trained_network

        if self.picture != "scene":
            return torch.zeros(0)
        view = self.reference(SIDE).permute(2, 0, 1)[None] / 255
        scores: Tensor = page_network(trained_network(NAME))(view.float())[0]
        return scores.softmax(0)

    def _scene(self) -> Rendered:
        from course_lib.datasets.scenes import describe, render

        return render(describe("test", "classification", self.index), SIDE)

    def _image(self) -> Tensor:
        from course_lib.demos.augmentation_page import picture

        return self._scene().image if self.picture == "scene" else picture(self.picture)

    def _box(self) -> tuple[float, ...]:
        from course_lib.demos.augmentation_page import BOXES

        if self.picture != "scene":
            return BOXES[self.picture]
        return tuple(float(edge) / SIDE for edge in self._scene().visible_boxes[0])

    def visible_share(self) -> float:
        """Return how much of the object is within the view and not cut out, from 0 to 1."""
        import torch

        left, top, right, bottom = self._box()
        at = (torch.arange(24, dtype=torch.float64) + 0.5) / 24
        y, x = torch.meshgrid(top + at * (bottom - top), left + at * (right - left), indexing="ij")
        whole = torch.tensor([*self.placement(), [0.0, 0.0, 1.0]], dtype=torch.float64)
        points = torch.stack([2 * x - 1, 2 * y - 1, torch.ones_like(x)]).reshape(3, -1)
        u, v, _ = torch.linalg.solve(whole, points)
        half = self.cutout / 2
        hidden = (((u + 1) / 2 - self.cutout_x).abs() < half) & (
            ((v + 1) / 2 - self.cutout_y).abs() < half
        )
        seen = (u.abs() <= 1) & (v.abs() <= 1) & ~hidden
        return float(seen.double().mean())

    def label(self) -> str:
        """Return what a person would say: by a rule that knows each picture's symmetries."""
        if self.visible_share() < LEAST_SHARE:
            return UNCLEAR
        if self.picture == "scene":
            from course_lib.datasets.scenes import CLASSES

            return str(CLASSES[int(self._scene().labels[0])])
        if self.picture not in TURNED:
            return str(self.picture)
        # Halves go up, as in the page.
        quarter = int((self.rotation / 90 + 0.5) // 1) % 4
        return TURNED[self.picture][bool(self.mirror)][quarter]
