"""Interactive demos: Jupyter widgets in a notebook, and the same in a page without a kernel.

- `Convolution1D`: slide a kernel along a signal.
- `Equivariance`: move and compute, or compute and move.
- `Question`: a question with instant feedback.

Each is an `anywidget.AnyWidget`, so its traits can be read, set, observed and linked from Python.
"""

from course_lib.demos.convolution_1d import Convolution1D
from course_lib.demos.equivariance import Equivariance
from course_lib.demos.question import Choice, Mistake, Question

__all__ = ["Choice", "Convolution1D", "Equivariance", "Mistake", "Question"]
