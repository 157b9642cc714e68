"""The kernel moves along the signal: plainly, over padding, with a stride, with a dilation."""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.figures.animation import animation
from course_lib.figures.canvas import COLUMN, Canvas
from course_lib.figures.convolution_1d.settings import KERNEL, SIGNAL
from course_lib.figures.convolution_1d.steps import PANEL, Steps
from course_lib.figures.film import Film, Frame
from course_lib.figures.numbers import bracketed, listed

Numbers = Sequence[float]


def _film(steps: Steps) -> Film:
    """Return a film with a frame for each output."""

    def frame(position: int) -> Frame:
        def draw(canvas: Canvas) -> None:
            steps.panel(canvas, 0, position)

        return Frame(draw, steps.sentence(position))

    return Film(COLUMN, PANEL - 24, tuple(map(frame, steps.shown)))


def _steps(
    signal: Numbers, kernel: Numbers, stride: int, dilation: int, padding: str, inner: bool = False
) -> Steps:
    return Steps(signal, kernel, padding, inner, stride=stride, dilation=dilation, left=0)


def _sliding_alt(signal: Numbers, kernel: Numbers) -> str:
    return f"The kernel {bracketed(kernel)} slides along the inputs {listed(signal)}."


@animation(
    "convolution-1d/sliding-animation",
    title="The kernel slides along the input",
    slide="Convolution with kernel size 3",
    alt=_sliding_alt,
)
def sliding_animation(signal: Numbers = SIGNAL, kernel: Numbers = KERNEL) -> Film:
    """Move the kernel over all positions at which it lies inside the signal.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 3
    """
    return _film(_steps(signal, kernel, 1, 1, "zeros", inner=True))


def _padding_alt(signal: Numbers, kernel: Numbers, padding: str) -> str:
    return (
        f"The kernel {bracketed(kernel)} moves along the inputs {listed(signal)}, from the first "
        f"to the last; padding {padding}: dashed values stand beyond the ends."
    )


@animation(
    "convolution-1d/padding-animation",
    title="Beyond the ends the kernel reads zeros",
    slide="Zero padding",
    alt=_padding_alt,
)
def padding_animation(
    signal: Numbers = SIGNAL,
    kernel: Numbers = KERNEL,
    padding: str = "zeros",
) -> Film:
    """Move the kernel from the first to the last input, over what stands beyond the ends.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 3
    padding : str
        What stands beyond the ends.
    """
    return _film(_steps(signal, kernel, 1, 1, padding))


def _stride_alt(signal: Numbers, kernel: Numbers, stride: int, padding: str) -> str:
    count = len(_steps(signal, kernel, stride, 1, padding).output)
    return (
        f"The kernel {bracketed(kernel)} jumps {stride} inputs at a time along {listed(signal)}; "
        f"padding {padding}. {len(signal)} inputs give {count} outputs."
    )


@animation(
    "convolution-1d/stride-animation",
    title="With a stride the kernel jumps",
    slide="Stride, kernel size, and dilation",
    alt=_stride_alt,
    seconds=2.0,
)
def stride_animation(
    signal: Numbers = SIGNAL,
    kernel: Numbers = KERNEL,
    stride: int = 2,
    padding: str = "zeros",
) -> Film:
    """Move the kernel by more than one input from output to output.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 3
    stride : int
        How far the kernel moves.
    padding : str
        What stands beyond the ends.
    """
    return _film(_steps(signal, kernel, stride, 1, padding))


def _dilation_alt(signal: Numbers, kernel: Numbers, dilation: int, padding: str) -> str:
    return (
        f"The weights {bracketed(kernel)} of the kernel stand {dilation} inputs apart, and it "
        f"moves along {listed(signal)}; padding {padding}."
    )


@animation(
    "convolution-1d/dilation-animation",
    title="With a dilation the kernel leaves inputs out",
    slide="Stride, kernel size, and dilation",
    alt=_dilation_alt,
)
def dilation_animation(
    signal: Numbers = SIGNAL[:6],
    kernel: Numbers = KERNEL,
    dilation: int = 2,
    padding: str = "zeros",
) -> Film:
    """Move a kernel whose weights stand apart.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 3
    dilation : int
        From one weight to the next, in inputs.
    padding : str
        What stands beyond the ends.
    """
    return _film(_steps(signal, kernel, 1, dilation, padding))
