"""Every figure looks as its pinned picture does.

The pictures stand in ``baseline/``. matplotlib's own renderer (Agg) draws them, with the FreeType
and the DejaVu Sans that matplotlib ships, so that they depend on its version, which is locked, and
on nothing that the machine has. ``make pictures`` draws them anew: look at what changed before you
commit it.
"""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.testing.compare import calculate_rms
from PIL import Image

from course_lib.figures import load, names
from course_lib.figures.theme import SETTINGS, drawing

FOLDER = Path(__file__).parent / "baseline"
DPI = 54  # of the pictures: three quarters of a figure's own size
# Root mean square of the difference, levels of 255. Other processors round otherwise: far less than
# this. One digit that changes makes more, see the last test.
TOLERANCE = 0.5


def file_of(name: str) -> str:
    return f"{name.replace('/', '--')}.png"


def draw(name: str, **parameters: object) -> Figure:
    with drawing("light"):
        return load(name).draw(**parameters)


def pixels(figure: Figure) -> "np.typing.NDArray[np.int16]":
    file = BytesIO()
    with drawing("light"):
        figure.savefig(file, format="png", dpi=DPI)
    return np.asarray(Image.open(file).convert("RGB")).astype(np.int16)


def compared(name: str) -> pytest.MarkDecorator:
    return pytest.mark.mpl_image_compare(
        baseline_dir=FOLDER.name,
        filename=file_of(name),
        style=SETTINGS,
        savefig_kwargs={"dpi": DPI},
        tolerance=TOLERANCE,
    )


# The plugin takes a test's name for a path: no slash may stand in it.
CASES = [pytest.param(name, marks=compared(name), id=file_of(name)[:-4]) for name in names()]


@pytest.mark.parametrize("name", CASES)
def test_it_looks_as_its_picture(name: str) -> Figure:
    return draw(name)


def test_there_is_a_picture_of_each_figure_and_of_nothing_else() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {file_of(name) for name in names()}


def test_the_pictures_are_compared_at_all(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getoption("--mpl")


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 3_500_000


def test_one_digit_that_changes_is_seen() -> None:
    name = "channels/two-from-one"
    pinned = np.asarray(Image.open(FOLDER / file_of(name)).convert("RGB")).astype(np.int16)
    assert calculate_rms(pixels(draw(name)), pinned) <= TOLERANCE
    changed = pixels(draw(name, signal=(2, 4, 6, 2, 1, 3, 6)))
    assert calculate_rms(changed, pinned) > 2 * TOLERANCE
