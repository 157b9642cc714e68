"""A small classifier of AlexNet's kind and a small detector of YOLO's, made for the scenes.

Both begin with the same `features`, so that what a classifier has learnt can be handed to a
detector (slides, "Transfer learning"). A scene has 96×96 pixels, ten classes, and objects large
enough for a grid of 6×6.
"""

from __future__ import annotations

from typing import Self

from torch import Tensor, nn

from course_lib.networks.checks import check_images, check_probability, check_whole
from course_lib.networks.layers import ChannelsLast, convolution_block
from course_lib.networks.yolo import SLOPE, output_numbers

REDUCTION = 16
"""How many pixels of the image, along one side, make one position of the last map."""


def scene_features(*, in_channels: int = 3, batch_norm: bool = False) -> nn.Sequential:
    """Return AlexNet's plan in small: a wide kernel with a stride, overlapping pools, 3×3 kernels.

    It costs 18.8 million multiply-adds for 96×96 pixels: a page runs it while something is dragged.

    Parameters
    ----------
    in_channels : int
    batch_norm : bool

    Returns
    -------
    features : Sequential
        (N, in_channels, H, W) to (N, 64, H/16, W/16).
    """
    check_whole(in_channels=in_channels)
    return nn.Sequential(
        # (N, 3, 96, 96) -> (N, 16, 48, 48)
        *convolution_block(in_channels, 16, 7, stride=2, batch_norm=batch_norm),
        nn.MaxPool2d(3, stride=2, padding=1),  # (N, 16, 24, 24)
        *convolution_block(16, 32, 5, batch_norm=batch_norm),
        nn.MaxPool2d(3, stride=2, padding=1),  # (N, 32, 12, 12)
        *convolution_block(32, 48, 3, batch_norm=batch_norm),
        *convolution_block(48, 64, 3, batch_norm=batch_norm),
        nn.MaxPool2d(3, stride=2, padding=1),  # (N, 64, 6, 6)
    )


class Frozen(nn.Sequential):
    """Layers that learn no more: no gradient, and batch normalisation keeps its statistics."""

    def __init__(self, *layers: nn.Module) -> None:
        super().__init__(*layers)
        self.requires_grad_(False).eval()

    def train(self, mode: bool = True) -> Self:
        """Stay in evaluation mode."""
        del mode
        return super().train(False)


def freeze(layers: nn.Sequential) -> Frozen:
    """Return the same layers, not copied, so that they learn no more."""
    return Frozen(*layers)


class SceneClassifier(nn.Module):
    """Four convolutions and two dense layers with dropout.

    Parameters
    ----------
    image_size : int
        Height and width, a multiple of 16.
    in_channels, classes : int
    dropout : float
        Probability that an input of a dense layer is left out; 0 for none.
    batch_norm : bool
        Whether every convolution is normalised; AlexNet had none.

    Raises
    ------
    ValueError
        If a setting is impossible.
    """

    def __init__(
        self,
        *,
        image_size: int = 96,
        in_channels: int = 3,
        classes: int = 10,
        dropout: float = 0.5,
        batch_norm: bool = False,
    ) -> None:
        super().__init__()
        check_whole(image_size=image_size, classes=classes)
        check_probability(dropout=dropout)
        if image_size % REDUCTION:
            raise ValueError(f"image_size={image_size}: expected a multiple of {REDUCTION}")
        self.image_size, self.in_channels = image_size, in_channels
        self.features = scene_features(in_channels=in_channels, batch_norm=batch_norm)
        self.classifier = nn.Sequential(
            nn.Flatten(),  # (N, 64, 6, 6) -> (N, 2304)
            nn.Dropout(dropout),
            nn.Linear(64 * (image_size // REDUCTION) ** 2, 64),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(64, classes),  # (N, 10)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return the scores of every class.

        Parameters
        ----------
        x : Tensor, shape (N, in_channels, image_size, image_size)

        Returns
        -------
        scores : Tensor, shape (N, classes)

        Raises
        ------
        ValueError
            If x has another shape.
        """
        check_images(x, self.in_channels, size=self.image_size, network=self)
        scores: Tensor = self.classifier(self.features(x))
        return scores


class SceneDetector(nn.Module):
    """YOLO's output from a small network: for 96×96 pixels a grid of 6×6 cells.

    Where YOLO has dense layers this has convolutions, so that a cell's answer depends on what
    stands around it, not on where it stands, and any size that is a multiple of 16 will do.

    Parameters
    ----------
    boxes, classes, in_channels : int
        Boxes a cell, classes, channels of the image.
    batch_norm : bool
        Whether every convolution is normalised.
    features : Sequential, optional
        As `scene_features` gives them, for transfer: ``SceneClassifier().features``. They are used
        themselves, not copied, and `batch_norm` then concerns the detector's own layers only.

    Raises
    ------
    ValueError
        If a setting is impossible.
    """

    def __init__(
        self,
        *,
        boxes: int = 2,
        classes: int = 10,
        in_channels: int = 3,
        batch_norm: bool = True,
        features: nn.Sequential | None = None,
    ) -> None:
        super().__init__()
        numbers = output_numbers(boxes, classes)
        self.in_channels = in_channels
        self.features = (
            scene_features(in_channels=in_channels, batch_norm=batch_norm)
            if features is None
            else features
        )
        self.head = nn.Sequential(
            # (N, 64, 6, 6) -> (N, 96, 6, 6), twice
            *convolution_block(64, 96, batch_norm=batch_norm, activation=nn.LeakyReLU(SLOPE)),
            *convolution_block(96, 96, batch_norm=batch_norm, activation=nn.LeakyReLU(SLOPE)),
            nn.Conv2d(96, numbers, kernel_size=1),  # (N, 20, 6, 6)
            ChannelsLast(),  # (N, 6, 6, 20)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return what every cell predicts, with the last axis as `YOLO` has it.

        Parameters
        ----------
        x : Tensor, shape (N, in_channels, H, W)
            Height and width are multiples of 16.

        Returns
        -------
        cells : Tensor, shape (N, H/16, W/16, 5 boxes + classes)

        Raises
        ------
        ValueError
            If x has another shape.
        """
        check_images(x, self.in_channels, multiple_of=REDUCTION, least=REDUCTION, network=self)
        cells: Tensor = self.head(self.features(x))
        return cells
