"""What demos of scenes have in common: which scene, what has been made of it, or an own image."""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Mapping
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any, ClassVar

import traitlets
from traitlets import TraitError

from course_lib.datasets.scenes import Description, describe
from course_lib.demos.checks import Checked, check_whole, check_word
from course_lib.demos.demo import Demo
from course_lib.demos.scene_backgrounds_page import NAMES as PHOTOGRAPHS

if TYPE_CHECKING:
    from torch import Tensor

SIDE = 96
SCENES = 10_000
MOST_OBJECTS = 12
SOURCES = ("scene", "own")


class SceneDemo(Demo):
    """A demo that shows a scene of the held-out split, which can be changed, or an own image.

    Traits
    ------
    index : int, 0 to 9999
        Which scene of the test split, as `describe` numbers those of detection.
    scene : dict or None
        What has been made of it, as `Description.to_dict` has it; a `Description` will do. None is
        the scene as drawn. At most 12 objects, before a photograph that the page holds.
    selected : int
        The object in hand, counted from 0 for the lowest; -1 for none.
    source : {"scene", "own"}
    own : str
        An image of the reader's own: red, green and blue of 96 by 96 pixels in base 64; empty where
        there is none.
    """

    data: ClassVar[tuple[str, ...]] = ("scenes",)
    heavy: ClassVar[tuple[str, ...]] = ("scene-backgrounds",)

    index = Checked(18).tag(sync=True)
    scene = Checked(None).tag(sync=True)
    selected = Checked(-1).tag(sync=True)
    source = Checked("scene").tag(sync=True)
    own = Checked("").tag(sync=True)

    @traitlets.validate("index", "scene", "selected", "source", "own")
    def _check_scene(self, proposal: dict[str, Any]) -> Any:
        trait, value = proposal["trait"].name, proposal["value"]
        if trait == "index":
            return check_whole(trait, value, at_least=0, at_most=SCENES - 1)
        if trait == "scene":
            return _check_description(trait, value)
        if trait == "selected":
            last = len(self.description().objects) - 1
            return check_whole(trait, value, at_least=-1, at_most=last)
        if trait == "own":
            return check_own(trait, value)
        if check_word(trait, value, words=SOURCES) == "own" and not self.own:
            raise TraitError(f"{trait} is 'own': there is no own image; expected one in `own`")
        return value

    @traitlets.observe("index", "scene")
    def _let_go(self, _: object) -> None:
        # Where there are fewer objects than before, none is in hand.
        if self.selected >= len(self.description().objects):
            self.selected = -1

    def description(self) -> Description:
        """Return the scene that is shown."""
        if self.scene is None:
            return describe("test", "detection", self.index)
        # While several traits are set at once, none is checked yet.
        given = _check_description("scene", self.scene)
        return Description.from_dict(given or {})

    def image(self) -> Tensor:
        """Return what the network sees.

        Returns
        -------
        Tensor, shape (3, 96, 96), float32, from 0 to 1
        """
        import torch

        from course_lib.datasets.scenes import render

        if self.source == "scene":
            return render(self.description(), SIDE, dtype=torch.float32).image
        pixels = torch.tensor(list(b64decode(self.own)), dtype=torch.uint8)
        return pixels.reshape(SIDE, SIDE, 3).permute(2, 0, 1) / 255


def _check_description(trait: str, value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    try:
        if isinstance(value, Mapping):
            value = Description.from_dict(value)
        if not isinstance(value, Description):
            raise TypeError("expected a Description, a dict as its to_dict gives, or None")
    except (TypeError, ValueError, KeyError) as error:
        raise TraitError(f"{trait} is {shown(value)}: {error}") from None
    if len(value.objects) > MOST_OBJECTS:
        raise TraitError(
            f"{trait} has {len(value.objects)} objects; expected at most {MOST_OBJECTS}"
        )
    photograph = value.background.photograph
    if photograph not in PHOTOGRAPHS:
        raise TraitError(
            f"{trait} stands before {photograph!r}; the page holds {', '.join(PHOTOGRAPHS)}"
        )
    plain: dict[str, Any] = json.loads(value.to_json())
    return plain


def check_own(trait: str, value: Any) -> str:
    """Return an image of the reader's own, 96 by 96 pixels in base 64, or nothing."""
    expected = f"the base 64 of {SIDE} × {SIDE} × 3 bytes, or nothing"
    if not isinstance(value, str):
        raise TraitError(f"{trait} is {shown(value)}; expected {expected}")
    try:
        count = len(b64decode(value, validate=True))
    except (NoBase64, ValueError):
        raise TraitError(f"{trait} is {shown(value)}; expected {expected}") from None
    if count not in (0, SIDE * SIDE * 3):
        raise TraitError(f"{trait} holds {count} bytes; expected {expected}")
    return value
