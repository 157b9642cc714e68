"""YOLO: one look at the image gives every box, from a grid of cells.

Redmon, Divvala, Girshick and Farhadi, "You only look once: unified, real-time object detection",
CVPR 2016, figure 3 and section 2. Slides, "You Only Look Once (YOLO)".

The last axis of the output holds, for each cell, the boxes one after another with five numbers
each (x, y, width, height, confidence), then one number a class. The class belongs to the cell, not
to its boxes. What the numbers mean, and the loss, belong to detection.
"""

from __future__ import annotations

from torch import Tensor, nn

from course_lib.networks.checks import check_images, check_probability, check_whole
from course_lib.networks.layers import convolution_block

BOX_NUMBERS = 5
"""x, y, width, height and confidence."""
SLOPE = 0.1
"""Of the leaky ReLU where its input is negative."""

Stage = tuple[tuple[int, int, int], ...]
STAGES: tuple[Stage, ...] = (
    # (kernel size, channels, stride) of each convolution; a pooling halves the map between stages.
    ((7, 64, 2),),  # (N, 3, 448, 448) -> (N, 64, 224, 224)
    ((3, 192, 1),),  # (N, 192, 112, 112)
    ((1, 128, 1), (3, 256, 1), (1, 256, 1), (3, 512, 1)),  # (N, 512, 56, 56)
    (*((1, 256, 1), (3, 512, 1)) * 4, (1, 512, 1), (3, 1024, 1)),  # (N, 1024, 28, 28)
    # The second half of this stage is new after training on ImageNet, and halves the map itself.
    (*((1, 512, 1), (3, 1024, 1)) * 2, (3, 1024, 1), (3, 1024, 2), (3, 1024, 1), (3, 1024, 1)),
)
REDUCTION = 64
"""How many pixels of the image, along one side, make one cell."""


def output_numbers(boxes: int, classes: int) -> int:
    """Return how many numbers a cell has: five for every box and one for every class.

    Examples
    --------
    >>> 7 * 7 * output_numbers(boxes=2, classes=20)
    1470
    """
    check_whole(boxes=boxes, classes=classes)
    return boxes * BOX_NUMBERS + classes


class YOLO(nn.Module):
    """The published detector: 24 convolutions and 2 dense layers, 448×448 pixels to 7×7×30.

    Parameters
    ----------
    grid : int
        Cells along one side; the image has 64 times as many pixels.
    boxes, classes : int
        Boxes a cell, and classes.
    dropout : float
        Probability that a unit of the first dense layer is left out.

    Raises
    ------
    ValueError
        If a setting is impossible.
    """

    def __init__(
        self, *, grid: int = 7, boxes: int = 2, classes: int = 20, dropout: float = 0.5
    ) -> None:
        super().__init__()
        check_whole(grid=grid)
        check_probability(dropout=dropout)
        numbers = output_numbers(boxes, classes)
        self.image_size = REDUCTION * grid
        layers: list[nn.Module] = []
        channels = 3
        for stage in STAGES:
            if layers:
                layers.append(nn.MaxPool2d(2))
            for kernel_size, width, stride in stage:
                layers += convolution_block(
                    channels, width, kernel_size, stride=stride, activation=nn.LeakyReLU(SLOPE)
                )
                channels = width
        self.features = nn.Sequential(*layers)  # (N, 1024, 7, 7)
        self.head = nn.Sequential(
            nn.Flatten(),  # (N, 50176)
            nn.Linear(channels * grid * grid, 4096),
            nn.LeakyReLU(SLOPE),
            nn.Dropout(dropout),
            nn.Linear(4096, grid * grid * numbers),  # (N, 1470)
            nn.Unflatten(1, (grid, grid, numbers)),  # (N, 7, 7, 30)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return what every cell predicts.

        Parameters
        ----------
        x : Tensor, shape (N, 3, 64 grid, 64 grid)

        Returns
        -------
        cells : Tensor, shape (N, grid, grid, 5 boxes + classes)
            Rows of the grid first; the last axis as the module's documentation says.

        Raises
        ------
        ValueError
            If x has another shape.
        """
        check_images(x, 3, size=self.image_size, network=self)
        cells: Tensor = self.head(self.features(x))
        return cells
