import pytest
from matplotlib.figure import Figure

from course_lib.figures.canvas import Canvas
from course_lib.figures.formula import Piece, parse
from course_lib.figures.svg import to_svg
from course_lib.figures.theme import drawing


def test_letters_that_stand_alone_are_variables() -> None:
    assert parse("stride s = 2") == [
        Piece("stride ", "text"),
        Piece("s", "text", italic=True),
        Piece(" = 2", "text"),
    ]


def test_subscripts_are_one_letter_or_what_stands_in_braces() -> None:
    assert parse("x_i z_{i−1}", "input") == [
        Piece("x", "input", italic=True),
        Piece("i", "input", italic=True, subscript=True),
        Piece(" ", "input"),
        Piece("z", "input", italic=True),
        Piece("i", "input", italic=True, subscript=True),
        Piece("−1", "input", subscript=True),
    ]


def test_braces_with_a_role_colour_what_is_in_them() -> None:
    roles = [(piece.text, piece.role) for piece in parse("{kernel-text:0.5}·{input:4}")]
    assert roles == [("0.5", "kernel-text"), ("·", "text"), ("4", "input")]


def formula_in(markup: str, anchor: str) -> list[str]:
    with drawing("light"):
        canvas = Canvas(200, 40)
        canvas.formula(100, 20, markup, anchor=anchor)  # type: ignore[arg-type]
        root = to_svg(canvas.figure, key="f", paint=str)
    (line,) = root.iter("text")
    return [line.get("x", ""), *(span.text or "" for span in line)]


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_in_svg_a_formula_is_one_text_at_its_anchor(anchor: str) -> None:
    # 16 pixels of margin stand round a drawing outside the page.
    assert formula_in("{output:z_i} = 2", anchor) == ["116", "z", "i", " = 2"]


def test_a_formula_knows_how_wide_it_is() -> None:
    with drawing("page"):
        canvas = Canvas(200, 40)
        canvas.formula(100, 20, "wide", anchor="end")
        canvas.formula(100, 20, "wide and wider", anchor="end")
        narrow, wide = (
            artist.get_window_extent(renderer(canvas.figure))
            for artist in canvas.figure.axes[0].artists
        )
    assert narrow.x1 == wide.x1 == pytest.approx(100)
    assert wide.width > narrow.width > 0


def renderer(figure: Figure) -> object:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    return FigureCanvasAgg(figure).get_renderer()
