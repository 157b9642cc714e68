import json
from pathlib import Path

import pytest

import course_lib.figures.palette as module
from course_lib.figures.palette import ROLES, page_colours, palette

EXPORTS = ("light", "dark", "print")
TEXT = (
    "text",
    "muted",
    "input",
    "kernel-text",
    "output",
    "padding",
    "right",
    "wrong",
    "negative",
)
GRAPHIC = ("input", "kernel", "output", "padding", "positive", "negative", "right", "wrong")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", EXPORTS)
@pytest.mark.parametrize("role", TEXT)
def test_text_can_be_read_on_paper(theme: module.Theme, role: str) -> None:
    colours = palette(theme)
    assert contrast(colours.colour(role), colours.paper) >= 4.5


@pytest.mark.parametrize("theme", EXPORTS)
@pytest.mark.parametrize("role", ["text", "muted", "input", "kernel-text"])
def test_text_can_be_read_on_the_window(theme: module.Theme, role: str) -> None:
    colours = palette(theme)
    assert contrast(colours.colour(role), colours.window) >= 4.5


@pytest.mark.parametrize("theme", EXPORTS)
def test_the_number_in_a_full_square_can_be_read(theme: module.Theme) -> None:
    colours = palette(theme)
    assert contrast(colours.paper, colours.output) >= 4.5


@pytest.mark.parametrize("theme", EXPORTS)
@pytest.mark.parametrize("role", GRAPHIC)
def test_marks_stand_out_from_paper_and_window(theme: module.Theme, role: str) -> None:
    colours = palette(theme)
    assert contrast(colours.colour(role), colours.paper) >= 3
    assert contrast(colours.colour(role), colours.window) >= 3


def test_the_file_and_the_class_name_the_same_roles() -> None:
    file = Path(module.__file__).with_name("palette.json")
    assert list(json.loads(file.read_text())["roles"]) == list(ROLES)


def test_each_role_has_a_stand_in_of_its_own_for_the_page() -> None:
    assert len(page_colours()) == len(ROLES)
    assert page_colours()[palette("page").kernel] == "var(--course-kernel,#b06a00)"
    assert page_colours()[palette("page").positive] == "var(--course-positive,#b06a00)"


def test_signed_values_differ_in_role_and_grow_in_opacity() -> None:
    colours = palette("light")
    assert colours.signed(1, 2) == ("positive", 0.5)
    assert colours.signed(-4, 2) == ("negative", 1.0)
    with pytest.raises(ValueError, match=r"largest is 0; .* greater than zero"):
        colours.signed(1, 0)


def test_an_unknown_theme_or_role_is_named_with_what_there_is() -> None:
    with pytest.raises(ValueError, match="theme is 'sepia'; expected one of light, dark"):
        palette("sepia")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="role is 'ink'; the palette has paper"):
        palette().colour("ink")
