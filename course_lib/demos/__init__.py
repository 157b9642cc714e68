"""Interactive demos: Jupyter widgets in a notebook, and the same in a page without a kernel.

- `Convolution1D`: slide a kernel along a signal.
- `Question`: a question with instant feedback.
- `TrainMNIST1D`: train two networks in the page.

Each is an `anywidget.AnyWidget`, so its traits can be read, set, observed and linked from Python.
"""

from course_lib.demos.convolution_1d import Convolution1D
from course_lib.demos.question import Choice, Mistake, Question
from course_lib.demos.train_mnist_1d import TrainMNIST1D

__all__ = ["Choice", "Convolution1D", "Mistake", "Question", "TrainMNIST1D"]
