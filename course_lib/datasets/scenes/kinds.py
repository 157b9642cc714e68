"""The ten classes: what each is made of, how it may be coloured and textured.

No single cue tells them apart. Three outlines serve two classes each (ball and clock, heart and
strawberry, mushroom and umbrella); a texture family or a hue serves several. So a network must see
parts in their places.
"""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.datasets.scenes.shapes import (
    Difference,
    Ellipse,
    Intersection,
    Lens,
    Mirrored,
    Polygon,
    Shape,
    Union,
    box,
)

SLOTS = ("main", "second", "detail", "dark")
"""The four colours of an object; layers refer to them by name."""


@dataclass(frozen=True)
class Slot:
    """What one colour of a class may be: hues counted on from `first` and tones of the wheel."""

    tones: tuple[str, ...]
    first: int = 0
    count: int = 24


@dataclass(frozen=True)
class Layer:
    """A shape in a colour, painted over what lies beneath it.

    Parameters
    ----------
    shape : Shape or None
        None is the whole object.
    colour : str
        One of ``SLOTS``.
    over : str or None
        The slot that stands where the object's texture is; None is a plain layer.
    """

    shape: Shape | None
    colour: str
    over: str | None = None


@dataclass(frozen=True)
class Kind:
    """A class of objects.

    Parameters
    ----------
    outline : Shape
        All of the object; a pixel belongs to it if its centre is inside.
    layers : tuple of Layer
        From the lowest to the highest; the first covers the whole object.
    families : tuple of str
        The textures it may have.
    frequencies : (float, float)
        From, to.
    angles : (float, float)
        Of the texture, degrees.
    slots : tuple of Slot
        The four colours, in the order of ``SLOTS``.
    """

    outline: Shape
    layers: tuple[Layer, ...]
    families: tuple[str, ...]
    frequencies: tuple[float, float]
    angles: tuple[float, float]
    slots: tuple[Slot, Slot, Slot, Slot]


_STRONG = ("light", "vivid", "deep")
_BRIGHT = ("pale", "light")
_ANY = Slot(_STRONG)
_PALE = Slot(("pale",))
_DARK = Slot(("dark",))

_DISC = Ellipse(0, 0, 1)

_BALL = Kind(
    outline=_DISC,
    layers=(
        Layer(None, "main", over="second"),
        Layer(Ellipse(-0.17, -0.2, 0.17, 0.13), "detail"),
    ),
    families=("gores", "stripes", "spots", "checks"),
    frequencies=(3.5, 6),
    angles=(-90, 90),
    slots=(_ANY, Slot((*_BRIGHT, "deep")), _PALE, _DARK),
)

_CLOCK = Kind(
    outline=_DISC,
    layers=(
        Layer(None, "main"),
        Layer(Ellipse(0, 0, 0.84), "second", over="dark"),
    ),
    families=("dial",),
    frequencies=(3.5, 6),
    angles=(0, 360),
    slots=(_ANY, Slot(_BRIGHT), _PALE, Slot(("dark", "deep"))),
)

_HEART_OUTLINE = Union(
    (
        Mirrored(Ellipse(0.207, -0.164, 0.586)),
        Polygon(((0, -0.371), (0.414, 0.043), (0, 0.457), (-0.414, 0.043))),
    )
)

_HEART = Kind(
    outline=_HEART_OUTLINE,
    layers=(
        Layer(None, "main", over="second"),
        Layer(Ellipse(-0.26, -0.24, 0.16, 0.12), "detail"),
    ),
    families=("stripes", "checks", "waves", "spots"),
    frequencies=(4, 7),
    angles=(-60, 60),
    slots=(Slot(_STRONG, 17, 14), Slot((*_BRIGHT, "deep"), 17, 14), _PALE, _DARK),
)

_STRAWBERRY = Kind(
    outline=_HEART_OUTLINE,
    layers=(
        Layer(None, "main", over="second"),
        Layer(
            Union(
                (
                    Mirrored(Polygon(((0, -0.4), (0.3, -0.33), (0.34, -0.2), (0, -0.24)))),
                    Mirrored(Polygon(((0, -0.38), (0.17, -0.3), (0.15, -0.03), (0, -0.24)))),
                    Polygon(((-0.06, -0.37), (0.06, -0.37), (0, -0.04))),
                )
            ),
            "detail",
        ),
    ),
    families=("seeds",),
    frequencies=(5, 7.5),
    angles=(-10, 10),
    slots=(
        Slot(("vivid", "deep"), 22, 10),
        Slot(_BRIGHT, 3, 6),
        Slot(("vivid", "deep"), 7, 5),
        _DARK,
    ),
)

_STEM = box(-0.085, 0, 0.085, 0.5)
_DOME = Intersection(
    Ellipse(0, 0.02, 1, 0.98),
    Difference(box(-0.6, -0.6, 0.6, 0.06), Ellipse(0, 0.12, 0.86, 0.22)),
)
_DOME_ON_A_STEM = Union((_DOME, _STEM))

_MUSHROOM = Kind(
    outline=_DOME_ON_A_STEM,
    layers=(
        Layer(None, "second"),
        Layer(box(-0.085, 0.0, -0.03, 0.5), "detail"),
        Layer(_DOME, "main", over="second"),
    ),
    families=("spots", "blotches"),
    frequencies=(3.5, 6),
    angles=(-40, 40),
    slots=(Slot(_STRONG, 20, 14), Slot(("pale",)), Slot(("light",)), _DARK),
)

_UMBRELLA = Kind(
    outline=_DOME_ON_A_STEM,
    layers=(
        Layer(None, "dark"),
        Layer(box(-0.085, 0.3, 0.085, 0.5), "detail"),
        Layer(_DOME, "main", over="second"),
    ),
    families=("gores", "stripes"),
    frequencies=(3.5, 6),
    angles=(-4, 4),
    slots=(_ANY, Slot((*_BRIGHT, "deep")), Slot(("light", "vivid")), _DARK),
)

_FISH_BODY = Ellipse(-0.1, 0, 0.8, 0.5)
_FISH_FINS = Union(
    (
        Polygon(((0.14, 0), (0.5, -0.27), (0.43, 0), (0.14, 0.04))),
        Polygon(((0.14, -0.04), (0.43, 0), (0.5, 0.27), (0.14, 0))),
        Polygon(((-0.16, -0.3), (0.1, -0.37), (0.16, -0.14), (-0.3, -0.16))),
        Polygon(((-0.14, 0.18), (0.04, 0.18), (0.06, 0.35))),
    )
)

_FISH = Kind(
    outline=Union((_FISH_BODY, _FISH_FINS)),
    layers=(
        Layer(None, "second"),
        Layer(_FISH_BODY, "main", over="second"),
        Layer(Difference(_FISH_BODY, Ellipse(0.04, 0, 0.7, 0.8)), "main"),
        Layer(Ellipse(-0.34, -0.05, 0.11), "detail"),
        Layer(Ellipse(-0.35, -0.05, 0.055), "dark"),
    ),
    families=("scales", "stripes", "waves"),
    frequencies=(5, 8),
    angles=(-10, 10),
    slots=(_ANY, Slot((*_BRIGHT, "deep")), _PALE, _DARK),
)

_LEAF_BLADE = Lens(0, -0.09, 0.56, 0.82)

_LEAF = Kind(
    outline=Union((_LEAF_BLADE, Polygon(((-0.03, 0.2), (0.03, 0.2), (0.045, 0.5), (-0.045, 0.5))))),
    layers=(
        Layer(None, "second"),
        Layer(_LEAF_BLADE, "main", over="second"),
    ),
    families=("veins",),
    frequencies=(4, 7),
    angles=(0, 0),
    slots=(Slot(_STRONG, 2, 14), Slot((*_BRIGHT, "dark"), 4, 10), _PALE, _DARK),
)

_MUG_BODY = Union(
    (
        Polygon(((-0.5, -0.34), (0.2, -0.34), (0.16, 0.36), (-0.46, 0.36))),
        Ellipse(-0.15, 0.36, 0.62, 0.15),
    )
)
_MUG_OPENING = Ellipse(-0.15, -0.34, 0.7, 0.19)

_MUG = Kind(
    outline=Union(
        (
            Difference(Ellipse(0.2, 0.02, 0.6, 0.6), Ellipse(0.2, 0.02, 0.34, 0.34)),
            _MUG_BODY,
            _MUG_OPENING,
        )
    ),
    layers=(
        Layer(None, "main"),
        Layer(_MUG_BODY, "main", over="second"),
        Layer(_MUG_OPENING, "detail"),
        Layer(Ellipse(-0.15, -0.325, 0.58, 0.13), "dark"),
    ),
    families=("stripes", "checks", "spots", "waves"),
    frequencies=(4, 7),
    angles=(-90, 90),
    slots=(_ANY, Slot((*_BRIGHT, "deep")), _PALE, _DARK),
)

_WALLS = box(-0.38, -0.1, 0.38, 0.48)
_ROOF = Polygon(((0, -0.48), (0.5, -0.02), (-0.5, -0.02)))

_HOUSE = Kind(
    outline=Union((_WALLS, _ROOF, box(0.2, -0.46, 0.34, -0.1))),
    layers=(
        Layer(None, "dark"),
        Layer(_WALLS, "main", over="second"),
        Layer(_ROOF, "detail"),
        Layer(box(0.04, 0.14, 0.24, 0.48), "dark"),
        Layer(box(-0.27, 0.1, -0.06, 0.31), "second"),
        Layer(box(-0.24, 0.13, -0.09, 0.28), "dark"),
    ),
    families=("bricks", "stripes"),
    frequencies=(5, 8),
    angles=(0, 0),
    slots=(Slot(("light", "vivid")), _PALE, Slot(("vivid", "deep")), _DARK),
)

KINDS: dict[str, Kind] = {
    "ball": _BALL,
    "clock": _CLOCK,
    "heart": _HEART,
    "strawberry": _STRAWBERRY,
    "mushroom": _MUSHROOM,
    "umbrella": _UMBRELLA,
    "fish": _FISH,
    "leaf": _LEAF,
    "mug": _MUG,
    "house": _HOUSE,
}
"""Every class by name, in the order of their numbers."""

CLASSES = tuple(KINDS)
"""The names of the ten classes; a class's number is its place here."""
