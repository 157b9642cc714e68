"""What is written can be read where it stands: 4.5:1 at least, as WCAG 2 asks (1.4.3)."""

import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from course_lib.figures import load, names
from course_lib.figures.formula import Formula
from course_lib.figures.palette import Theme
from course_lib.figures.theme import drawing

LEAST = 4.5
# Of the pixels below a text: a thin line that passes between two words hides neither.
SHARE = 0.8


def luminance(colours: "np.typing.NDArray[np.float64]") -> "np.typing.NDArray[np.float64]":
    """Return relative luminance as WCAG 2 defines it, of colours from 0 to 1."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    found: np.typing.NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return found


def drawn(one: Artist) -> bool:
    """Say whether an artist is words that are seen."""
    return isinstance(one, Formula) or (isinstance(one, Text) and bool(one.get_text()))


def unreadable(name: str, theme: Theme, **parameters: object) -> list[str]:
    """Return the texts of a figure that stand on too little contrast, with what they have."""
    with drawing(theme):
        figure = load(name).draw(**parameters)
        canvas = FigureCanvasAgg(figure)
        # An axis that is off keeps its numbers, which nobody sees.
        texts = [one for axes in figure.axes for one in axes.get_children() if drawn(one)]
        boxes = [text.get_window_extent(canvas.get_renderer()).extents for text in texts]
        for text in texts:
            text.set_visible(False)
        canvas.draw()
    sheet = np.asarray(canvas.buffer_rgba())[::-1, :, :3] / 255
    bad = []
    for text, (x0, y0, x1, y1) in zip(texts, boxes, strict=True):
        below = sheet[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1]
        if not below.size or x1 <= x0:
            continue
        lights = luminance(below.reshape(-1, 3))
        for colour in {text.get_color()} if isinstance(text, Text) else text.colours:
            ink = luminance(np.array(to_rgb(colour)))
            contrast = (np.maximum(lights, ink) + 0.05) / (np.minimum(lights, ink) + 0.05)
            reached = float(np.quantile(contrast, 1 - SHARE))
            if reached < LEAST:
                words = text.get_text() if isinstance(text, Text) else "formula"
                bad.append(f"{words!r} in {colour}: {reached:.2f}")
    return bad


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize("name", names())
def test_its_text_stands_out_from_what_lies_below(name: str, theme: Theme) -> None:
    assert unreadable(name, theme) == []
