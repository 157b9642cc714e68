"""Interactive demos: Jupyter widgets in a notebook, and the same in a page without a kernel.

- `PixelPermutation`: permute, retrain, un-permute; `ShiftStability`: move the signal.
- `Architecture`: what a layer costs as the image grows.
- `Convolution1D`: slide a kernel along a signal.
- `Question`: a question with instant feedback.

Each is an `anywidget.AnyWidget`, so its traits can be read, set, observed and linked from Python.
"""

from course_lib.demos.architecture import Architecture
from course_lib.demos.convolution_1d import Convolution1D
from course_lib.demos.pixel_permutation import PixelPermutation
from course_lib.demos.question import Choice, Mistake, Question
from course_lib.demos.shift_stability import ShiftStability

__all__ = [
    "Architecture",
    "Choice",
    "Convolution1D",
    "Mistake",
    "PixelPermutation",
    "Question",
    "ShiftStability",
]
