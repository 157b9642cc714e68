from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

from course_lib.figures.canvas import Canvas
from course_lib.figures.palette import palette
from course_lib.figures.svg import to_svg, write
from course_lib.figures.svg_shapes import as_circle, compact_path, rounded
from course_lib.figures.theme import drawing


def drawn(draw: Callable[[Canvas], None]) -> ElementTree.Element:
    with drawing("page"):
        canvas = Canvas(100, 50)
        draw(canvas)
        return to_svg(canvas.figure, key="k", paint=str)


def test_numbers_are_rounded_to_two_places() -> None:
    assert rounded("translate(1.23456 -0.001) 7 2.50") == "translate(1.23 0) 7 2.5"


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("M 1 2 \nL 3.001 4 \n", "M1 2L3 4"),
        ("M 0 0 \nL 8 0 \nL 8 4 \nL 0 4 \nz", "M0 0H8V4H0z"),
        ("M 0 0 L 8 0 L 8 4 L 0 4 L 0 0 z", "M0 0H8V4H0z"),
        ("M 1 1 L 1 5 M 3 1 L 3 5", "M1 1V5M3 1V5"),
        ("M 1 2 C 3 4 5 6 -7 8", "M1 2C3 4 5 6-7 8"),
    ],
)
def test_paths_are_written_shortly(long: str, short: str) -> None:
    assert compact_path(long) == short


def test_a_disc_becomes_a_circle() -> None:
    root = drawn(lambda canvas: canvas.circle(20, 30, 8.5, fill="input"))
    assert [dict(el.attrib, style="") for el in root] == [
        {"cx": "20", "cy": "30", "r": "8.5", "style": ""}
    ]


def test_other_curves_stay_paths() -> None:
    assert as_circle("M 0 0 C 1 1 2 2 3 3", {}) is None
    root = drawn(lambda canvas: canvas.box(10, 10, 30, 20, edge="kernel"))
    assert [el.tag for el in root] == ["path"]


def test_neighbours_of_one_style_share_it() -> None:
    def three(canvas: Canvas) -> None:
        for x in (10, 30, 50):
            canvas.square(x, 20, 8, fill="output")

    (group,) = drawn(three)
    assert group.tag == "g"
    assert "fill" in group.get("style", "")
    assert [el.attrib.keys() for el in group] == [{"d"}] * 3


def test_nothing_is_left_of_an_empty_sheet() -> None:
    assert list(drawn(lambda canvas: None)) == []


def test_ids_are_kept_where_something_refers_to_them_and_begin_with_the_key() -> None:
    def clipped(canvas: Canvas) -> None:
        axes = canvas.figure.add_axes((0.1, 0.1, 0.5, 0.5))
        axes.set_axis_off()
        axes.plot([0, 1], [0, 1], color=palette("page").input)

    root = drawn(clipped)
    ids = [el.get("id", "") for el in root.iter() if "id" in el.attrib]
    assert len(ids) == 1
    assert ids[0].startswith("k-")
    assert f"url(#{ids[0]})" in write(root)


def test_black_that_nobody_chose_reaches_the_painter() -> None:
    seen = []

    def paint(colour: str) -> str:
        seen.append(colour)
        return colour

    figure = Figure(figsize=(1, 1), dpi=72)
    figure.text(0.5, 0.5, "unthemed")
    with drawing("page"):
        to_svg(figure, key="k", paint=paint)
    assert seen == ["#000000"]
