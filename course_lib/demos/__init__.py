"""Interactive demos: Jupyter widgets in a notebook, and the same in a page without a kernel.

- `PixelPermutation`: permute, retrain, un-permute; `ShiftStability`: move the signal.
- `Architecture`: what a layer costs as the image grows, and every layer of a network.
- `Convolution1D`: slide a kernel along a signal.
- `Convolution2D`: slide a kernel over an image.
- `WeightMatrix`: a layer as a matrix, fully connected or a convolution.
- `GuessTheConvolution`: read a convolution off its weight matrix.
- `Channels1D`: several channels in and out, and what they still say about the input.
- `Channels2D`: filters on red, green and blue, slice by slice.
- `LearnAKernel`: a hidden kernel, learnt by gradient descent.
- `Equivariance`: move and compute, or compute and move.
- `ReceptiveField`: build a stack of layers and see who reads whom.
- `ComposeKernels`: two or three convolutions in a row, against one kernel.
- `Resampling`: three ways down, three ways up, and the transposed convolution.
- `InsideMNIST1D`: every unit of a classifier, and what a shift does to it.
- `InsideAClassifier`: every map of a classifier, and what a score comes from.
- `LiveDetector`, `LiveSegmenter`: a network on a scene that one changes.
- `Boxes`: overlap, suppression, precision and recall.
- `YoloGrid`: a box as the numbers of a cell, and what a prediction costs.
- `ResidualDepth`: activations and gradients through many layers, with and without skips.
- `Augmentation`: change an image, and see when its label goes wrong.
- `Question`: a question with instant feedback.
- `MNIST1DSampler`: from a template to a sample of MNIST-1D, stage by stage.
- `Inventory`: ten questions on what students get wrong, before and after.
- `Skips`: a U-Net's skips, switched off one by one.
- `TrainMNIST1D`: train two networks in the page.

Each is an `anywidget.AnyWidget`, so its traits can be read, set, observed and linked from Python.
"""

from course_lib.demos.architecture import Architecture
from course_lib.demos.augmentation import Augmentation
from course_lib.demos.boxes import Boxes
from course_lib.demos.channels_1d import Channels1D
from course_lib.demos.channels_2d import Channels2D
from course_lib.demos.compose_kernels import ComposeKernels
from course_lib.demos.convolution_1d import Convolution1D
from course_lib.demos.convolution_2d import Convolution2D
from course_lib.demos.equivariance import Equivariance
from course_lib.demos.guess_the_convolution import GuessTheConvolution
from course_lib.demos.inside_a_classifier import InsideAClassifier
from course_lib.demos.inside_mnist_1d import InsideMNIST1D
from course_lib.demos.inventory import Inventory
from course_lib.demos.inventory_items import ITEMS, Item
from course_lib.demos.learn_a_kernel import LearnAKernel
from course_lib.demos.live_detector import LiveDetector
from course_lib.demos.live_segmenter import LiveSegmenter
from course_lib.demos.mnist_1d_sampler import MNIST1DSampler
from course_lib.demos.pixel_permutation import PixelPermutation
from course_lib.demos.question import Choice, Mistake, Question
from course_lib.demos.receptive_field import ReceptiveField
from course_lib.demos.resampling import Resampling
from course_lib.demos.residual_depth import ResidualDepth, ten_samples
from course_lib.demos.shift_stability import ShiftStability
from course_lib.demos.skips import Skips
from course_lib.demos.train_mnist_1d import TrainMNIST1D
from course_lib.demos.weight_matrix import WeightMatrix
from course_lib.demos.yolo_grid import YoloGrid

__all__ = [
    "ITEMS",
    "Architecture",
    "Augmentation",
    "Boxes",
    "Channels1D",
    "Channels2D",
    "Choice",
    "ComposeKernels",
    "Convolution1D",
    "Convolution2D",
    "Equivariance",
    "GuessTheConvolution",
    "InsideAClassifier",
    "InsideMNIST1D",
    "Inventory",
    "Item",
    "LearnAKernel",
    "LiveDetector",
    "LiveSegmenter",
    "MNIST1DSampler",
    "Mistake",
    "PixelPermutation",
    "Question",
    "ReceptiveField",
    "Resampling",
    "ResidualDepth",
    "ShiftStability",
    "Skips",
    "TrainMNIST1D",
    "WeightMatrix",
    "YoloGrid",
    "ten_samples",
]
