"""Interactive demos: Jupyter widgets in a notebook, and the same in a page without a kernel.

- `Channels1D`: several channels in and out, and what they still say about the input.
- `Convolution1D`: slide a kernel along a signal.
- `LearnAKernel`: a hidden kernel, learnt by gradient descent.
- `Question`: a question with instant feedback.

Each is an `anywidget.AnyWidget`, so its traits can be read, set, observed and linked from Python.
"""

from course_lib.demos.channels_1d import Channels1D
from course_lib.demos.convolution_1d import Convolution1D
from course_lib.demos.learn_a_kernel import LearnAKernel
from course_lib.demos.question import Choice, Mistake, Question

__all__ = ["Channels1D", "Choice", "Convolution1D", "LearnAKernel", "Mistake", "Question"]
