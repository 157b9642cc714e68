"""Interactive demos: Jupyter widgets in a notebook, and the same in a page without a kernel.

- `ComposeKernels`: two or three convolutions in a row, against one kernel.
- `Convolution1D`: slide a kernel along a signal.
- `WeightMatrix`: a layer as a matrix, fully connected or a convolution.
- `GuessTheConvolution`: read a convolution off its weight matrix.
- `Question`: a question with instant feedback.
- `ReceptiveField`: build a stack of layers and see who reads whom.

Each is an `anywidget.AnyWidget`, so its traits can be read, set, observed and linked from Python.
"""

from course_lib.demos.compose_kernels import ComposeKernels
from course_lib.demos.convolution_1d import Convolution1D
from course_lib.demos.guess_the_convolution import GuessTheConvolution
from course_lib.demos.question import Choice, Mistake, Question
from course_lib.demos.receptive_field import ReceptiveField
from course_lib.demos.weight_matrix import WeightMatrix

__all__ = [
    "Choice",
    "ComposeKernels",
    "Convolution1D",
    "GuessTheConvolution",
    "Mistake",
    "Question",
    "ReceptiveField",
    "WeightMatrix",
]
