"""The kernel moves over the image: plainly, over padding, with a stride, with a dilation."""

from __future__ import annotations

from course_lib.figures.animation import animation
from course_lib.figures.canvas import Canvas
from course_lib.figures.convolution_2d.grids import IMAGE, SOBEL_X, Rows, spelt
from course_lib.figures.convolution_2d.steps import Place, Steps
from course_lib.figures.film import Film, Frame

# Small, so that the frame of zeros and all outputs find room beside it.
CORNER = ((1, 2, 3), (2, 4, 1), (3, 1, 2))
ONES = ((1, 1, 1), (1, 1, 1), (1, 1, 1))
WIDER = (
    (2, 1, 2, 1, 8, 9),
    (1, 2, 1, 2, 9, 8),
    (2, 2, 1, 1, 8, 8),
    (1, 2, 2, 1, 9, 9),
    (2, 1, 1, 2, 8, 9),
    (1, 1, 2, 2, 9, 8),
)


def _film(steps: Steps) -> Film:
    """Return a film with a frame for each output, row by row."""

    def frame(place: Place) -> Frame:
        def draw(canvas: Canvas) -> None:
            steps.draw(canvas, place)

        return Frame(draw, steps.sentence(place))

    return Film(steps.width, steps.height, tuple(map(frame, steps.outputs)))


def _over(image: Rows, kernel: Rows, how: str) -> str:
    return f"The kernel {spelt(kernel)} {how} {len(image)} by {len(image)} inputs, {spelt(image)}"


def _sliding_alt(image: Rows, kernel: Rows) -> str:
    return f"{_over(image, kernel, 'slides over')}, row by row, where all of it finds room."


@animation(
    "convolution-2d/sliding-animation",
    title="The kernel slides over the image",
    slide="2D Convolution",
    alt=_sliding_alt,
    columns=3,
)
def sliding_animation(image: Rows = IMAGE, kernel: Rows = SOBEL_X) -> Film:
    """Move the kernel over all positions at which it lies inside the image.

    Parameters
    ----------
    image : rows of numbers, 3 to 7 of as many
    kernel : rows of numbers, 2 or 3 of as many
    """
    return _film(Steps(image, kernel, padding="valid"))


def _padding_alt(image: Rows, kernel: Rows, padding: str) -> str:
    over = _over(image, kernel, "moves over")
    return f"{over}; padding {padding}: dashed values stand beyond the edges."


@animation(
    "convolution-2d/padding-animation",
    title="A frame of zeros, and an output for every pixel",
    slide="2D Convolution with Zero Padding",
    alt=_padding_alt,
    columns=3,
)
def padding_animation(image: Rows = CORNER, kernel: Rows = ONES, padding: str = "zeros") -> Film:
    """Move the kernel over every pixel, and over what stands beyond the edges.

    Parameters
    ----------
    image : rows of numbers, 2 to 5 of as many
    kernel : rows of numbers, 2 or 3 of as many
    padding : str
        What stands beyond the edges.
    """
    return _film(Steps(image, kernel, padding=padding))


def _stride_alt(image: Rows, kernel: Rows, stride: int, padding: str) -> str:
    return f"{_over(image, kernel, f'jumps {stride} at a time over')}; padding {padding}."


@animation(
    "convolution-2d/stride-animation",
    title="With a stride the kernel jumps, across and down",
    slide="Channels in 2D convolution",
    alt=_stride_alt,
    seconds=2.0,
)
def stride_animation(
    image: Rows = IMAGE,
    kernel: Rows = SOBEL_X,
    stride: int = 2,
    padding: str = "valid",
) -> Film:
    """Move the kernel by more than one pixel from output to output.

    Parameters
    ----------
    image : rows of numbers, 3 to 7 of as many
    kernel : rows of numbers, 2 or 3 of as many
    stride : int
        How far the kernel moves, across and down.
    padding : str
        What stands beyond the edges.
    """
    return _film(Steps(image, kernel, stride=stride, padding=padding))


def _dilation_alt(image: Rows, kernel: Rows, dilation: int, padding: str) -> str:
    over = _over(image, kernel, f"with its weights {dilation} apart moves over")
    return f"{over}; padding {padding}."


@animation(
    "convolution-2d/dilation-animation",
    title="With a dilation the kernel reaches further",
    slide="Channels in 2D convolution",
    alt=_dilation_alt,
    seconds=2.0,
)
def dilation_animation(
    image: Rows = WIDER,
    kernel: Rows = SOBEL_X,
    dilation: int = 2,
    padding: str = "valid",
) -> Film:
    """Move a kernel whose weights stand apart.

    Parameters
    ----------
    image : rows of numbers, 5 to 7 of as many
    kernel : rows of numbers, 2 or 3 of as many
    dilation : int
        From one weight to the next, in pixels.
    padding : str
        What stands beyond the edges.
    """
    return _film(Steps(image, kernel, dilation=dilation, padding=padding))
