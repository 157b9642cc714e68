"""Stride, kernel size and dilation: which inputs each output is made of."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_1d.positions import middles
from course_lib.figures.convolution_1d.setting import Setting
from course_lib.figures.registry import figure

# The settings of the slides: size, stride, dilation.
SETTINGS = ((3, 1, 1), (3, 2, 1), (5, 1, 1), (5, 2, 1), (3, 1, 2), (3, 2, 2))


def connections_alt(kernel_size: int, stride: int, dilation: int, length: int, padding: str) -> str:
    """Return the alternative text of the setting that `connected` draws."""
    setting = Setting(kernel_size, stride, dilation, length, padding)
    first = _first(setting)
    windows = " and ".join(
        f"output {n + 1} reads positions {', '.join(str(at + 1) for at, _ in setting.reads[n])}"
        for n in range(first, min(first + 2, len(setting.reads)))
    )
    text = f"{setting.sentence}, padding {padding}. Marked: {windows}."
    return text[0].upper() + text[1:]


@figure(
    "convolution-1d/connections",
    title="Which inputs each output is made of",
    slide="Stride, kernel size, and dilation",
    alt=connections_alt,
)
def connections(
    kernel_size: int = 3,
    stride: int = 1,
    dilation: int = 1,
    length: int = 8,
    padding: str = "zeros",
) -> Figure:
    """Draw the lines from inputs to outputs, with the windows of two neighbouring outputs.

    Parameters
    ----------
    kernel_size, stride, dilation : int
        The convolution.
    length : int
        Number of inputs, at most 16.
    padding : str
        What stands beyond the ends.
    """
    return connected(kernel_size, stride, dilation, length, padding)


def connected(kernel_size: int, stride: int, dilation: int, length: int, padding: str) -> Figure:
    """Draw one setting; parameters as for `connections`."""
    setting = Setting(kernel_size, stride, dilation, length, padding)
    pitch = min(34.0, COLUMN / (length + 2 * setting.beyond))
    canvas = Canvas(COLUMN, 296)
    canvas.text(COLUMN / 2, 16, setting.title, size=18)
    canvas.text(COLUMN / 2, 280, setting.counts, "muted")
    left = COLUMN / 2 - pitch * length / 2
    _diagram(canvas, setting, left, 112, pitch, drop=96)
    _measures(canvas, setting, left, pitch, 80, 232)
    return canvas.figure


def _six_alt(length: int, padding: str) -> str:
    said = "; ".join(Setting(*setting, length, padding).sentence for setting in SETTINGS)
    return f"Six small diagrams, padding {padding}. {said[0].upper()}{said[1:]}."


@figure(
    "convolution-1d/six-settings",
    title="Six settings of size, stride and dilation",
    slide="Stride, kernel size, and dilation",
    alt=_six_alt,
)
def six_settings(length: int = 8, padding: str = "zeros") -> Figure:
    """Draw the slides' six settings of size, stride and dilation side by side.

    Parameters
    ----------
    length : int
        Number of inputs, at most 16.
    padding : str
        What stands beyond the ends.
    """
    column, row = COLUMN / 2 - 8, 176.0
    canvas = Canvas(COLUMN, 3 * row - 24)
    settings = [Setting(*numbers, length, padding) for numbers in SETTINGS]
    # All at one scale and in line, whatever padding each needs.
    pitch = min(16.0, column / (length + 2 * max(setting.beyond for setting in settings)))
    for n, setting in enumerate(settings):
        middle, top = column / 2 + (n % 2) * (column + 16), (n // 2) * row
        canvas.text(middle, top + 16, setting.name, size=SMALL)
        canvas.text(middle, top + 136, setting.short, "muted", size=SMALL)
        _diagram(canvas, setting, middle - pitch * length / 2, top + 48, pitch, drop=56)
    return canvas.figure


def _first(setting: Setting) -> int:
    """Return the first of the two outputs whose windows are marked: near the middle."""
    return max(0, (len(setting.reads) - 1) // 2)


def _diagram(
    canvas: Canvas, setting: Setting, left: float, top: float, pitch: float, *, drop: float
) -> None:
    """Draw two rows and the lines between; the first input begins at `left`, centred on `top`."""
    radius = min(14.0, 0.36 * pitch)
    xs = {place: left + pitch * (place + 0.5) for place in setting.places}
    middle = [left + pitch * (place + 0.5) for place in middles(setting.reads)]
    first = _first(setting)
    bottom = top + drop
    strokes = [
        [[(xs[at], top), (middle[n], bottom)] for at, _ in taps]
        for n, taps in enumerate(setting.reads)
    ]
    rest = strokes[:first] + strokes[first + 2 :]
    canvas.lines([line for lines in rest for line in lines], "grid")
    for n, lines in enumerate(strokes[first : first + 2]):
        canvas.lines(lines, "kernel", width=1.75, dashed=n == 1)
    window = {at for at, _ in setting.reads[first]}
    for place, x in xs.items():
        fill = "window" if place in window else "paper"
        if 0 <= place < setting.length:
            canvas.circle(x, top, radius, fill=fill, edge="input")
        else:
            canvas.circle(x, top, radius, fill=fill, edge="padding", dashed=True)
        if radius > 10:
            role = "input" if 0 <= place < setting.length else "muted"
            words = str(place + 1) if role == "input" else "0"
            if role == "input" or setting.padding == "zeros":
                canvas.text(x, top, words, role, size=SMALL)
    for n, x in enumerate(middle):
        full = n == first
        canvas.square(x, bottom, 2 * radius - 1, fill="output" if full else "paper", edge="output")
        if radius > 10:
            canvas.text(x, bottom, str(n + 1), "paper" if full else "output", size=SMALL)


def _measures(
    canvas: Canvas, setting: Setting, left: float, pitch: float, above: float, below: float
) -> None:
    """Draw how far a window reaches, and how far it moves to the next output."""
    first = _first(setting)
    start = left + pitch * setting.reads[first][0][0]
    end = start + pitch * setting.span
    canvas.lines([[(start, above + 4), (start, above), (end, above), (end, above + 4)]], "kernel")
    words = f"covers {setting.span}"
    canvas.text((start + end) / 2, above - 16, words, "kernel-text", size=SMALL)
    if first + 1 < len(setting.reads):
        here, there = (left + pitch * (m + 0.5) for m in middles(setting.reads)[first : first + 2])
        canvas.lines([[(here, below - 4), (here, below), (there, below), (there, below - 4)]])
        canvas.text((here + there) / 2, below + 16, f"stride {setting.stride}", "muted", size=SMALL)
