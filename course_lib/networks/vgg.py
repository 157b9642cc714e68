"""VGG: stages of 3×3 convolutions, each closed by a max pooling, and three dense layers.

Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition",
ICLR 2015. Slides, "VGG (2015)": the slide's 19 hidden layers are 19 layers with weights, the last
of which gives the output.
"""

from __future__ import annotations

from torch import Tensor, nn

from course_lib.networks.checks import check_choice, check_images, check_probability, check_whole
from course_lib.networks.layers import convolution_block

WIDTHS = (64, 128, 256, 512, 512)
"""Channels of the five stages."""
CONVOLUTIONS = {
    11: (1, 1, 2, 2, 2),
    16: (2, 2, 3, 3, 3),
    19: (2, 2, 4, 4, 4),
}
"""Convolutions of the five stages by depth: the paper's configurations A, D and E."""


class VGG(nn.Module):
    """VGG-11, VGG-16 or VGG-19.

    Parameters
    ----------
    depth : int
        Number of layers with weights: 11, 16 or 19.
    image_size : int
        Height and width of the image, a multiple of 32. The first dense layer has weights for
        every position of the last map, so it grows with the square of this; the convolutions do
        not grow at all.
    in_channels, classes : int
    dropout : float
        Probability that a unit of the first two dense layers is left out.
    batch_norm : bool
        Whether every convolution is normalised, which came after the paper.

    Raises
    ------
    ValueError
        If a setting is not one of these.
    """

    def __init__(
        self,
        depth: int = 19,
        *,
        image_size: int = 224,
        in_channels: int = 3,
        classes: int = 1000,
        dropout: float = 0.5,
        batch_norm: bool = False,
    ) -> None:
        super().__init__()
        check_choice(CONVOLUTIONS, depth=depth)
        check_whole(image_size=image_size, in_channels=in_channels, classes=classes)
        check_probability(dropout=dropout)
        if image_size % 32:
            raise ValueError(f"image_size={image_size}: expected a multiple of 32")
        self.in_channels, self.image_size = in_channels, image_size
        stages = []
        channels = in_channels
        for width, convolutions in zip(WIDTHS, CONVOLUTIONS[depth], strict=True):
            stages.append(_stage(channels, width, convolutions, batch_norm))
            channels = width
        self.features = nn.Sequential(*stages)  # (N, 3, 224, 224) -> (N, 512, 7, 7)
        self.classifier = nn.Sequential(
            nn.Flatten(),  # (N, 25088)
            nn.Linear(channels * (image_size // 32) ** 2, 4096),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(4096, 4096),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(4096, classes),  # (N, 1000)
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
        images = isinstance(x, Tensor) and x.ndim == 4
        hint = f"; VGG(image_size={x.shape[-1]}) takes this one" if images else ""
        check_images(x, self.in_channels, size=self.image_size, hint=hint, network=self)
        scores: Tensor = self.classifier(self.features(x))
        return scores


def _stage(in_channels: int, width: int, convolutions: int, batch_norm: bool) -> nn.Sequential:
    """Return a stage: (N, in_channels, H, W) -> (N, width, H/2, W/2)."""
    layers: list[nn.Module] = []
    for _ in range(convolutions):
        layers += convolution_block(in_channels, width, batch_norm=batch_norm)
        in_channels = width
    return nn.Sequential(*layers, nn.MaxPool2d(2))
