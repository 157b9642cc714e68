"""What a scene is, in a few numbers: all that a renderer needs, in Python or in a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from math import isfinite
from typing import Any

from course_lib.datasets.scenes.backgrounds import BACKGROUNDS
from course_lib.datasets.scenes.chance import check_seed
from course_lib.datasets.scenes.colours import Colour
from course_lib.datasets.scenes.kinds import CLASSES, SLOTS
from course_lib.datasets.scenes.textures import FAMILIES, Texture

_MOST_OBJECTS = 255  # a byte counts them


@dataclass(frozen=True)
class Background:
    """A square cut from a photograph.

    Parameters
    ----------
    photograph : str
        One of ``BACKGROUNDS``.
    left, top, side : float
        The square, in units of the photograph's shorter side.
    mirrored : bool
        Left and right exchanged.
    """

    photograph: str
    left: float
    top: float
    side: float
    mirrored: bool = False

    def __post_init__(self) -> None:
        if self.photograph not in BACKGROUNDS:
            raise ValueError(
                f"photograph={self.photograph!r}: expected one of {', '.join(BACKGROUNDS)}"
            )
        _check_number("left", self.left, 0, 10)
        _check_number("top", self.top, 0, 1)
        _check_number("side", self.side, 0.01, 1)
        _check_bool("mirrored", self.mirrored)


@dataclass(frozen=True)
class SceneObject:
    """One object.

    Parameters
    ----------
    class_name : str
        One of ``CLASSES``.
    x, y : float
        Where the origin of the object stands, in units of the image's side, from the upper left
        corner.
    scale : float
        The length of the object's unit, in the same unit. The object is about 1 across, so this is
        about its size.
    angle : float
        Degrees clockwise.
    mirrored : bool
        Left and right exchanged, before it is turned.
    colours : tuple of Colour, length 4
        In the order of ``SLOTS``.
    texture : Texture
    light : float
        What the colours are multiplied by, from 0 to 2; 1 leaves them.
    ink : float
        How dark the line around the object is, from 0, where there is none, to 1, black.
    """

    class_name: str
    x: float
    y: float
    scale: float
    angle: float
    mirrored: bool
    colours: tuple[Colour, Colour, Colour, Colour]
    texture: Texture
    light: float = 1.0
    ink: float = 0.5

    def __post_init__(self) -> None:
        if self.class_name not in CLASSES:
            raise ValueError(f"class_name={self.class_name!r}: expected one of {CLASSES}")
        # Beyond the image is allowed: a page may drag an object half out.
        _check_number("x", self.x, -2, 3)
        _check_number("y", self.y, -2, 3)
        _check_number("scale", self.scale, 0.01, 4)
        _check_number("angle", self.angle, -3600, 3600)
        _check_bool("mirrored", self.mirrored)
        _check_number("light", self.light, 0, 2)
        _check_number("ink", self.ink, 0, 1)
        if len(self.colours) != len(SLOTS):
            raise ValueError(f"colours={self.colours}: expected {len(SLOTS)} colours")
        for colour in self.colours:
            if len(colour) != 3 or not all(type(c) is int and 0 <= c <= 255 for c in colour):
                raise ValueError(f"colours: got {colour}, expected three bytes from 0 to 255")
        texture = self.texture
        if texture.family not in FAMILIES:
            raise ValueError(
                f"texture.family={texture.family!r}: expected one of {', '.join(FAMILIES)}"
            )
        _check_number("texture.frequency", texture.frequency, 0.5, 100)
        _check_number("texture.angle", texture.angle, -3600, 3600)
        _check_number("texture.share", texture.share, 0, 1)
        check_seed(texture.seed)

    @property
    def label(self) -> int:
        """The class as a number, its place in ``CLASSES``."""
        return CLASSES.index(self.class_name)


@dataclass(frozen=True)
class Description:
    """A scene: a background, and objects from the lowest to the highest."""

    background: Background
    objects: tuple[SceneObject, ...]

    def __post_init__(self) -> None:
        if len(self.objects) > _MOST_OBJECTS:
            raise ValueError(f"objects: got {len(self.objects)}, expected at most {_MOST_OBJECTS}")

    def to_dict(self) -> dict[str, Any]:
        """Return plain dictionaries, lists, numbers and strings."""
        return asdict(self)

    def to_json(self) -> str:
        """Return JSON that `from_json` reads back to the last bit."""
        return json.dumps(self.to_dict(), separators=(",", ":"), allow_nan=False)

    @staticmethod
    def from_dict(plain: Mapping[str, Any]) -> Description:
        """Return the description that `to_dict` made plain.

        Raises
        ------
        ValueError, TypeError
            If a name is missing, unknown or doubled, or a value cannot be.
        """
        _check_names("description", plain, Description)
        return Description(
            background=_made(Background, "background", plain["background"]),
            objects=tuple(_object(item) for item in plain["objects"]),
        )

    @staticmethod
    def from_json(text: str) -> Description:
        """Return the description that `to_json` wrote."""
        plain = json.loads(text)
        if not isinstance(plain, Mapping):
            raise TypeError(f"a description is a JSON object, got {type(plain).__name__}")
        return Description.from_dict(plain)


def _object(plain: Mapping[str, Any]) -> SceneObject:
    _check_names("object", plain, SceneObject)
    return SceneObject(
        **{
            **plain,
            "colours": tuple(tuple(colour) for colour in plain["colours"]),
            "texture": _made(Texture, "texture", plain["texture"]),
        }
    )


def _made(kind: type[Any], name: str, plain: Mapping[str, Any]) -> Any:
    _check_names(name, plain, kind)
    return kind(**plain)


def _check_names(name: str, plain: Mapping[str, Any], kind: type[Any]) -> None:
    if not isinstance(plain, Mapping):
        raise TypeError(f"{name}: expected an object with names, got {type(plain).__name__}")
    expected = {field.name for field in fields(kind)}
    if set(plain) != expected:
        raise ValueError(f"{name}: got the names {sorted(plain)}, expected {sorted(expected)}")


def _check_number(name: str, value: float, low: float, high: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name}={value!r}: expected a number, got {type(value).__name__}")
    if not isfinite(value) or not low <= value <= high:
        raise ValueError(f"{name}={value}: expected a number from {low} to {high}")


def _check_bool(name: str, value: bool) -> None:
    if not isinstance(value, bool):
        raise TypeError(f"{name}={value!r}: expected a bool, got {type(value).__name__}")
