"""Numbers longer than a figure's own stay in their marks, and formulas on the sheet."""

from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from course_lib.figures import load
from course_lib.figures.canvas import Canvas
from course_lib.figures.fitting import READABLE
from course_lib.figures.formula import Formula
from course_lib.figures.theme import drawing

FINE = 8  # pixels of the renderer for one of the figure
LONG: list[tuple[str, dict[str, Any]]] = [
    (
        "convolution-1d/weighted-sum",
        {"signal": (10.25, -20.5, 30.75, 40, -50, 60, 70), "kernel": (0.125, -0.25, 12)},
    ),
    ("convolutional-layers/unit", {"kernel": (-10.5, 20, -0.25), "bias": 100.5}),
    (
        "convolution-1d/matrix",
        {"kernel": (1, 2, 3, 2, 1), "signal": (12.5, -34.25, 100, 7, 3, 2, 1)},
    ),
]


def boxes(figure: Figure) -> list[tuple[str, float, float]]:
    """Return each text with its left and right end, pixels."""
    figure.set_dpi(72 * FINE)  # letters are fitted to the pixels of the renderer
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = figure.findobj(lambda one: isinstance(one, Text | Formula))
    spans = [(one, one.get_window_extent(renderer)) for one in found]
    return [
        (one.get_text() if isinstance(one, Text) else "formula", box.x0 / FINE, box.x1 / FINE)
        for one, box in spans
        if box.width > 0
    ]


@pytest.mark.parametrize(("name", "parameters"), LONG, ids=[name for name, _ in LONG])
def test_long_numbers_leave_no_text_beyond_the_sheet(name: str, parameters: dict[str, Any]) -> None:
    with drawing("page"):
        figure = load(name).draw(**parameters)
        width = 72 * figure.get_figwidth()
        for words, left, right in boxes(figure):
            assert -1 <= left <= right <= width + 1, words


@pytest.mark.parametrize(
    ("case", "words"),
    [(0, "469.75"), (0, "\u221220.5"), (0, "10.25"), (2, "129.25"), (2, "\u221234.25")],
)
def test_a_long_number_stays_in_its_mark(case: int, words: str) -> None:
    name, parameters = LONG[case]
    with drawing("page"):
        found = boxes(load(name).draw(**parameters))
    spans = [right - left for text, left, right in found if text == words]
    assert spans
    assert max(spans) <= 31  # a mark is 32 pixels wide


def lines(markup: str, width: float) -> list[Formula]:
    with drawing("page"):
        canvas = Canvas(width, 40)
        canvas.formula(width / 2, 20, markup, size=18)
    return [one for one in canvas.figure.axes[0].artists if isinstance(one, Formula)]


def extent(line: Formula) -> tuple[float, float]:
    assert isinstance(line.figure, Figure)
    box = line.get_window_extent(FigureCanvasAgg(line.figure).get_renderer())
    return box.x0, box.x1


def test_a_formula_wider_than_the_sheet_is_set_smaller_and_then_on_two_lines() -> None:
    (whole,) = lines("{output:z_3} = 12 + 34", 400)
    (smaller,) = lines("{output:z_3} = 12 + 34", 100)
    assert extent(smaller)[1] - extent(smaller)[0] < extent(whole)[1] - extent(whole)[0]
    first, second = lines("{output:z_3} = 1234 + 3456 + 4567 + 6789", 160)
    for line in (smaller, first, second):
        left, right = extent(line)
        assert -1 <= left <= right <= (100 if line is smaller else 160) + 1
    assert first._size == second._size <= READABLE
    assert "".join(p.text for line in (first, second) for p in line._pieces).replace(" ", "") == (
        "z3=1234+3456+4567+6789"
    )
