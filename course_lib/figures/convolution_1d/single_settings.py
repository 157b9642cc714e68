"""Size, stride and dilation, one change at a time: a figure for each of the slides' settings."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.convolution_1d.connections import SETTINGS, connected, connections_alt
from course_lib.figures.registry import figure

# Name and title, in the order of the slides' settings after the first, which is `connections`.
FIGURES = (
    ("stride", "Stride: how far the window moves to the next output"),
    ("kernel-size", "Kernel size: how many inputs an output weighs"),
    ("kernel-size-and-stride", "Kernel size and stride together"),
    ("dilation", "Dilation: gaps between the weights"),
    ("stride-and-dilation", "Stride and dilation together"),
)


def _register(name: str, title: str, setting: tuple[int, int, int]) -> None:
    size, step, gap = setting

    @figure(
        f"convolution-1d/{name}",
        title=title,
        slide="Stride, kernel size, and dilation",
        alt=connections_alt,
    )
    def draw(
        kernel_size: int = size,
        stride: int = step,
        dilation: int = gap,
        length: int = 8,
        padding: str = "zeros",
    ) -> Figure:
        return connected(kernel_size, stride, dilation, length, padding)


for (_name, _title), _setting in zip(FIGURES, SETTINGS[1:], strict=True):
    _register(_name, _title, _setting)
