"""The roles that marks are drawn in are told apart by eyes that lack one kind of cone.

Each colour is seen as Machado, Oliveira and Fernandes (2009) compute it for an eye that lacks a
cone (an anomaly of severity 100), and the distance of two colours is Euclid's in CAM02-UCS (Luo,
Cui and Li, 2006). A distance of 1 can just be told in two large patches side by side.
"""

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert

from course_lib.figures.palette import Theme, palette

# Far beyond what can just be told, for a mark is small and stands away from its fellow. Shape, dash
# or a name stands beside the colour all the same.
LEAST = 8.0

# What a mark is: any two of these may meet in a figure. `positive` is `kernel` by another name (a
# weight's sign), and `kernel-text` is `kernel` dark enough to read: they say the same.
MARKS = ("input", "kernel", "output", "padding", "negative", "right", "wrong")
VISIONS = ("all", "protanomaly", "deuteranomaly", "tritanomaly")
THEMES = ("light", "dark", "print")


def seen(colour: str, vision: str) -> "np.typing.NDArray[np.float64]":
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    if vision != "all":
        space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        rgb = np.clip(cspace_convert(rgb, space, "sRGB1"), 0, 1)
    found: np.typing.NDArray[np.float64] = cspace_convert(rgb, "sRGB1", "CAM02-UCS")
    return found


def distance(one: str, other: str, vision: str) -> float:
    return float(np.linalg.norm(seen(one, vision) - seen(other, vision)))


def test_a_red_and_a_green_of_one_lightness_are_far_apart_to_most_eyes_and_near_to_some() -> None:
    assert distance("#b33c3c", "#5c7d12", "all") > 40
    assert distance("#b33c3c", "#5c7d12", "deuteranomaly") < LEAST


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("one", "other"), list(combinations(MARKS, 2)))
def test_two_kinds_of_mark_are_told_apart(one: str, other: str, vision: str, theme: Theme) -> None:
    colours = palette(theme)
    assert distance(colours.colour(one), colours.colour(other), vision) >= LEAST


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_the_two_signs_are_told_apart(theme: Theme, vision: str) -> None:
    colours = palette(theme)
    assert distance(colours.positive, colours.negative, vision) >= LEAST


@pytest.mark.parametrize("theme", THEMES)
def test_what_shares_a_colour_says_the_same(theme: Theme) -> None:
    colours = palette(theme)
    assert colours.positive == colours.kernel
    shared = {tuple(seen(colours.colour(role), "all")) for role in MARKS}
    assert len(shared) == len(MARKS)
