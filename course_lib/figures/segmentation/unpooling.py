"""Max pooling that remembers where its maxima stood, and the unpooling that puts them back."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import number
from course_lib.figures.registry import figure

Rows = tuple[tuple[float, ...], ...]
IMAGE: Rows = ((1, 3, 2, 1), (2, 9, 1, 1), (1, 0, 2, 4), (1, 2, 6, 3))
CHANGED: Rows = ((8, 3), (1, 7))
PITCH = 30.0
LEFT_MIDDLE, RIGHT_MIDDLE = 84.0, COLUMN - 84.0


def _computed(image: Rows, changed: Rows) -> tuple[Rows, set[tuple[int, int]], Rows]:
    """Return the maxima, where they stood, and the other numbers unpooled to there."""
    import torch

    from course_lib.convolution import max_pool2d, max_unpool2d

    if len(image) != 4 or any(len(row) != 4 for row in image):
        raise ValueError(f"image={list(image)}: expected 4 rows of 4 numbers")
    if len(changed) != 2 or any(len(row) != 2 for row in changed):
        raise ValueError(f"changed={list(changed)}: expected 2 rows of 2 numbers")
    pooled = max_pool2d(torch.tensor(image, dtype=torch.float64)[None, None], 2)
    values = torch.tensor(changed, dtype=torch.float64)[None, None]
    unpooled = max_unpool2d(values, pooled.positions, 2)[0, 0]
    places = {divmod(int(place), 4) for place in pooled.positions.flatten()}
    return _rows(pooled.values[0, 0]), places, _rows(unpooled)


def _rows(x: object) -> Rows:
    return tuple(tuple(row) for row in x.tolist())  # type: ignore[attr-defined]


def _alt(image: Rows, changed: Rows) -> str:
    pooled, places, _ = _computed(image, changed)
    where = ", ".join(f"row {r + 1} column {c + 1}" for r, c in sorted(places))
    return (
        "On the left 4 by 4 numbers with the largest of each block of 2 by 2 marked, and below "
        f"them the 2 by 2 maxima {_spelt(pooled)}. On the right, below, the 2 by 2 numbers "
        f"{_spelt(changed)} that the decoder has made, and above them 4 by 4 places: the numbers "
        f"stand where the maxima stood, at {where}, and the other 12 are zero. A dashed arrow "
        "carries the positions across."
    )


def _spelt(rows: Rows) -> str:
    return "; ".join(", ".join(number(v) for v in row) for row in rows)


@figure(
    "segmentation/unpooling",
    title="Pooling remembers, unpooling puts back",
    slide="Upsampling; Semantic Segmentation (2015)",
    alt=_alt,
)
def unpooling(image: Rows = IMAGE, changed: Rows = CHANGED) -> Figure:
    """Draw a max pooling and, beside it, the unpooling of other numbers.

    Parameters
    ----------
    image : 4 rows of 4 numbers
        What is pooled.
    changed : 2 rows of 2 numbers
        What is unpooled.
    """
    pooled, places, unpooled = _computed(image, changed)
    canvas = Canvas(COLUMN, 300)
    canvas.text(LEFT_MIDDLE, 12, "on the way down", "input", size=SMALL, bold=True)
    canvas.text(RIGHT_MIDDLE, 12, "on the way up", "output", size=SMALL, bold=True)
    _grid(canvas, image, LEFT_MIDDLE, 36, "input", places)
    _grid(canvas, unpooled, RIGHT_MIDDLE, 36, "output", places)
    top = 36 + 4 * PITCH + 56
    _grid(canvas, pooled, LEFT_MIDDLE, top, "input", {(r, c) for r in (0, 1) for c in (0, 1)})
    _grid(canvas, changed, RIGHT_MIDDLE, top, "output", {(r, c) for r in (0, 1) for c in (0, 1)})
    end = 36 + 4 * PITCH
    canvas.arrow((LEFT_MIDDLE, end + 12), (LEFT_MIDDLE, top - 10))
    canvas.arrow((RIGHT_MIDDLE, top - 10), (RIGHT_MIDDLE, end + 12))
    canvas.text(LEFT_MIDDLE + 10, end + 28, "largest", "muted", size=SMALL, anchor="start")
    canvas.text(RIGHT_MIDDLE + 10, end + 28, "put back", "muted", size=SMALL, anchor="start")
    across = LEFT_MIDDLE + 2 * PITCH + 12, RIGHT_MIDDLE - 2 * PITCH - 12
    y = 36 + 2 * PITCH
    canvas.lines([[(across[0], y), (across[1], y)]], "kernel", dashed=True, width=1.5)
    canvas.lines(
        [[(across[1] - 5, y - 4), (across[1], y), (across[1] - 5, y + 4)]], "kernel", width=1.5
    )
    canvas.text(COLUMN / 2, y - 14, "positions", "kernel-text", size=SMALL)
    middle = top + PITCH
    canvas.arrow((LEFT_MIDDLE + PITCH + 14, middle), (RIGHT_MIDDLE - PITCH - 14, middle))
    canvas.text(COLUMN / 2, middle - 14, "layers below", "muted", size=SMALL)
    return canvas.figure


def _grid(
    canvas: Canvas, rows: Rows, middle: float, top: float, role: str, marked: set[tuple[int, int]]
) -> None:
    """Draw numbers in their marks: circles on the way down, squares on the way up."""
    size = len(rows)
    left = middle - PITCH * size / 2
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            x, y = left + PITCH * (c + 0.5), top + PITCH * (r + 0.5)
            full = (r, c) in marked
            if role == "input":
                fill = "window" if full and size == 4 else "paper"
                canvas.circle(x, y, 12, fill=fill, edge="input" if full else "grid")
            else:
                edge = "output" if full else "padding"
                canvas.square(x, y, 24, fill="paper", edge=edge, dashed=not full, width=1.25)
            ink = role if full else "muted"
            canvas.text(x, y, number(value), ink, size=SMALL, bold=full, within=22)
    if size == 4:
        middle_x, middle_y = left + 2 * PITCH, top + 2 * PITCH
        ends = [[(middle_x, top), (middle_x, top + 4 * PITCH)]]
        ends += [[(left, middle_y), (left + 4 * PITCH, middle_y)]]
        canvas.lines(ends, "muted", width=0.75)
