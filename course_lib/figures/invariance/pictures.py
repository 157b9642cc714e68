"""Small images as figures draw them: squares of ink, neighbours of one strength as one stroke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from course_lib.figures.canvas import Canvas

Rows = Sequence[Sequence[float]]

SIDE = 24
BRIGHT = 9.0
OVERLAP = 0.8  # so that no paper shines through between two strokes, pixels


def scene() -> list[list[float]]:
    """Draw a bright disc, a dimmer box and a faint band below, as the demo does."""
    rows = [[0.0] * SIDE for _ in range(SIDE)]
    for r in range(SIDE):
        for c in range(SIDE):
            if (r - 7) ** 2 + (c - 8) ** 2 <= 18:
                rows[r][c] = BRIGHT
            elif 11 <= r < 18 and 14 <= c < 20:
                rows[r][c] = 6.0
            elif r >= 20:
                rows[r][c] = 2.0
    return rows


def image(
    canvas: Canvas, rows: Rows, left: float, top: float, side: float, role: str, largest: float
) -> None:
    """Draw an image in a frame, its values as strengths of one colour.

    Parameters
    ----------
    canvas : Canvas
    rows : sequence of sequences of float, none negative
    left, top, side : float
        Where the square frame stands and how wide it is, pixels.
    role : str
        The colour of ink and frame.
    largest : float
        The value drawn at full strength.
    """
    cell = side / len(rows)
    strokes: dict[tuple[float, int], list[list[tuple[float, float]]]] = {}
    for value, r0, r1, c0, c1 in _blocks(rows):
        y = top + cell * (r0 + r1) / 2
        stroke = [(left + cell * c0, y), (left + cell * c1, y)]
        strokes.setdefault((value, r1 - r0), []).append(stroke)
    for (value, height), lines in strokes.items():
        strength = min(1.0, value / largest)
        canvas.lines(lines, role, width=cell * height + OVERLAP, alpha=strength)
    canvas.square(left + side / 2, top + side / 2, side, edge=role, width=1.0)


def _blocks(rows: Rows) -> Iterator[tuple[float, int, int, int, int]]:
    """Yield value, first and last row, first and last column of rectangles that cover the ink."""
    open_: dict[tuple[float, int, int], int] = {}
    for r in range(len(rows) + 1):
        runs = set(_runs(rows[r])) if r < len(rows) else set()
        for run in [run for run in open_ if run not in runs]:
            value, c0, c1 = run
            yield value, open_.pop(run), r, c0, c1
        for run in sorted(runs):
            open_.setdefault(run, r)


def _runs(row: Sequence[float]) -> Iterator[tuple[float, int, int]]:
    start = 0
    for c in range(1, len(row) + 1):
        if c == len(row) or row[c] != row[start]:
            if row[start] > 0:
                yield row[start], start, c
            start = c
