"""What Hubel and Wiesel found: cells that answer to one orientation, as Gabor filters."""

from __future__ import annotations

from math import pi

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import number
from course_lib.figures.registry import figure

SIZE = 21  # pixels of a filter
LEFT = 88.0
TOP = 40.0
GAP = 8.0


def _check(orientations: int, wavelength: float) -> None:
    if not 3 <= orientations <= 8:
        raise ValueError(f"orientations={orientations}: expected a whole number from 3 to 8")
    if not 3 <= wavelength <= 20:
        raise ValueError(f"wavelength={number(wavelength)}: expected from 3 to 20 pixels")


def _answer(tilt: float, wavelength: float) -> float:
    """Return how strongly the upright filter answers to a grating at an angle, 0 to 1.

    The larger of the answers to any shift of the grating, as a cell that ignores place gives it.
    """
    import torch

    from course_lib.figures.classification.sight import gabor

    flat = torch.arange(SIZE, dtype=torch.float64) - (SIZE - 1) / 2
    y, x = torch.meshgrid(flat, flat, indexing="ij")
    along = x * torch.cos(torch.tensor(tilt)) + y * torch.sin(torch.tensor(tilt))
    even, odd = (gabor(SIZE, 0, phase, wavelength) for phase in (0.0, pi / 2))

    def energy(angle: torch.Tensor) -> float:
        waves = (torch.cos(angle), torch.sin(angle))
        parts = [float((one * wave).sum()) for one in (even, odd) for wave in waves]
        return float(torch.tensor(parts).square().sum().sqrt())

    return energy(2 * pi * along / wavelength) / energy(2 * pi * x / wavelength)


def _alt(orientations: int, wavelength: float) -> str:
    _check(orientations, wavelength)
    said = ", ".join(
        f"{_answer(pi * n / orientations, wavelength):.2f} at {180 * n / orientations:.0f}°"
        for n in range(orientations)
    )
    return (
        f"Two rows of {orientations} Gabor filters, stripes under a bell with a wavelength of "
        f"{number(wavelength)} pixels, each at another angle; in the second row light and dark are "
        "set off by a quarter of a wave. Below, a curve with discs: how strongly the first pair "
        f"answers to a grating at each angle, relative to its best: {said}."
    )


@figure(
    "classification/orientations",
    title="Filters that answer to one orientation",
    slide="Hubel & Wiesel",
    alt=_alt,
)
def orientations(orientations: int = 6, wavelength: float = 7.0) -> Figure:
    """Draw Gabor filters of several orientations, and the tuning curve of the first.

    Parameters
    ----------
    orientations : int, 3 to 8
    wavelength : float, 3 to 20
        Of the stripes, pixels; a filter has 21 a side.
    """
    _check(orientations, wavelength)
    from course_lib.figures.classification.sight import as_pixels, gabor

    cell = (COLUMN - LEFT) / orientations
    side = cell - GAP
    base = TOP + 2 * cell + 168
    canvas = Canvas(COLUMN, base + 56)
    middles = [LEFT + cell * (n + 0.5) for n in range(orientations)]
    for n, x in enumerate(middles):
        canvas.text(x, 16, f"{180 * n / orientations:.0f}°", "muted", size=SMALL)
        for row, phase in enumerate((0.0, pi / 2)):
            pixels = as_pixels(gabor(SIZE, pi * n / orientations, phase, wavelength))
            canvas.image(x - side / 2, TOP + cell * row, side, side, pixels)
    for row, words in enumerate(("symmetric", "shifted")):
        canvas.text(0, TOP + cell * (row + 0.5) - 4, words, "muted", size=SMALL, anchor="start")
    for part in (0.0, 0.5, 1.0):
        y = base - 112 * part
        canvas.lines([[(LEFT, y), (COLUMN, y)]], "grid")
        canvas.text(LEFT - 8, y, number(part), "muted", size=SMALL, anchor="end")
    steps = [(orientations - 1) * n / 48 for n in range(49)]
    curve = [
        (LEFT + cell * (n + 0.5), base - 112 * _answer(pi * n / orientations, wavelength))
        for n in steps
    ]
    canvas.lines([curve], "output", width=2)
    for n, x in enumerate(middles):
        canvas.circle(x, base - 112 * _answer(pi * n / orientations, wavelength), 4, fill="output")
    words = "answer of the 0° pair to a grating at each angle"
    canvas.text(COLUMN, base + 28, words, "output", size=SMALL, anchor="end")
    return canvas.figure
