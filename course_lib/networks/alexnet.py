"""AlexNet: five convolutions and three fully-connected layers, on two GPUs or on one.

Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural
networks", NIPS 2012; the variant ``"one-weird-trick"`` is Krizhevsky, "One weird trick for
parallelizing convolutional neural networks", arXiv:1404.5997, 2014. Slides, "AlexNet (2012)".
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from course_lib.networks.checks import check_choice, check_images, check_probability, check_whole

PADDING = {227: 0, 224: 2}
"""What the first convolution pads an image of that size with, to have 55 positions."""


@dataclass(frozen=True)
class Variant:
    """Channels of the five convolutions, and how many towers the second, fourth and fifth have."""

    channels: tuple[int, int, int, int, int]
    towers: int
    normalised: bool
    """Whether local response normalisation follows the first two convolutions."""


VARIANTS = {
    # Kernels of layers 2, 4 and 5 read the half of the maps that lies on their own GPU.
    "two-towers": Variant((96, 256, 384, 384, 256), towers=2, normalised=True),
    # The same widths on one GPU: every kernel reads every map.
    "one-tower": Variant((96, 256, 384, 384, 256), towers=1, normalised=True),
    # Narrower and on one GPU, without normalisation: what libraries call AlexNet today.
    "one-weird-trick": Variant((64, 192, 384, 256, 256), towers=1, normalised=False),
}


class AlexNet(nn.Module):
    """AlexNet in one of three variants.

    Parameters
    ----------
    variant : str
        One of ``VARIANTS``: ``"two-towers"`` (published), ``"one-tower"``, ``"one-weird-trick"``.
    image_size : int
        227, or 224 with a padding of 2. The paper says 224 and no padding, which would give the
        first layer 54.25 positions (see `first_layer_positions`).
    classes : int
    dropout : float
        Probability that a hidden unit of the first two fully-connected layers is left out.

    Raises
    ------
    ValueError
        If a setting is not one of these.
    """

    def __init__(
        self,
        variant: str = "two-towers",
        *,
        image_size: int = 227,
        classes: int = 1000,
        dropout: float = 0.5,
    ) -> None:
        super().__init__()
        check_choice(VARIANTS, variant=variant)
        check_choice(PADDING, image_size=image_size)
        check_whole(classes=classes)
        check_probability(dropout=dropout)
        self.image_size = image_size
        chosen = VARIANTS[variant]
        c1, c2, c3, c4, c5 = chosen.channels
        towers = chosen.towers
        self.features = nn.Sequential(
            # (N, 3, 227, 227) -> (N, 96, 55, 55)
            nn.Conv2d(3, c1, kernel_size=11, stride=4, padding=PADDING[image_size]),
            nn.ReLU(),
            *_normalisation(chosen),
            nn.MaxPool2d(3, stride=2),  # (N, 96, 27, 27): windows overlap
            nn.Conv2d(c1, c2, kernel_size=5, padding=2, groups=towers),  # (N, 256, 27, 27)
            nn.ReLU(),
            *_normalisation(chosen),
            nn.MaxPool2d(3, stride=2),  # (N, 256, 13, 13)
            nn.Conv2d(c2, c3, kernel_size=3, padding=1),  # (N, 384, 13, 13): the towers meet
            nn.ReLU(),
            nn.Conv2d(c3, c4, kernel_size=3, padding=1, groups=towers),  # (N, 384, 13, 13)
            nn.ReLU(),
            nn.Conv2d(c4, c5, kernel_size=3, padding=1, groups=towers),  # (N, 256, 13, 13)
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),  # (N, 256, 6, 6)
        )
        self.classifier = nn.Sequential(
            nn.Flatten(),  # (N, 9216)
            nn.Linear(c5 * 6 * 6, 4096),
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
        x : Tensor, shape (N, 3, image_size, image_size)

        Returns
        -------
        scores : Tensor, shape (N, classes)

        Raises
        ------
        ValueError
            If x has another shape; the message says what to do.
        """
        hint = "; image_size=224 pads the first layer by 2" if self.image_size == 227 else ""
        check_images(x, 3, size=self.image_size, hint=hint, network=self)
        scores: Tensor = self.classifier(self.features(x))
        return scores


def _normalisation(variant: Variant) -> list[nn.Module]:
    """Return the paper's local response normalisation (n = 5, k = 2, α = 1e-4, β = 0.75)."""
    # Torch divides α by n, the paper does not.
    alpha = 5 * 1e-4
    return [nn.LocalResponseNorm(5, alpha=alpha, beta=0.75, k=2.0)] if variant.normalised else []


def first_layer_positions(image_size: int = 224, padding: int = 0) -> float:
    """Return how many positions a kernel of 11 at stride 4 has along one side, unrounded.

    Examples
    --------
    >>> first_layer_positions(224), first_layer_positions(227)
    (54.25, 55.0)
    """
    check_whole(image_size=image_size)
    return (image_size + 2 * padding - 11) / 4 + 1


@dataclass(frozen=True)
class NeuronCount:
    """How many neurons a layer has: in the caption of the paper's figure 2, and as computed."""

    layer: str
    paper: int
    computed: int
    note: str = ""


PAPER_NEURONS = (253_440, 186_624, 64_896, 64_896, 43_264, 4096, 4096, 1000)
"""The caption of the paper's figure 2, which the slide shows."""


def neuron_counts() -> list[NeuronCount]:
    """Return the paper's neuron counts beside those of the published network, layer by layer.

    They differ in the first layer alone: 55·55·96 = 290,400, where the paper has 253,440, which is
    55·48·96.
    """
    import torch

    from course_lib.networks.summary import summarise

    with torch.device("meta"):
        network = AlexNet()
    rows = summarise(network, (3, 227, 227))
    weighted = [row for row in rows if row.parameters]
    counts = []
    for row, paper in zip(weighted, PAPER_NEURONS, strict=True):
        note = ""
        if row.activations != paper:
            channels, height, width = row.output_shape
            others = paper // (channels * width)
            note = (
                f"{height}·{width}·{channels} = {row.activations:,}; "
                f"{paper:,} is {width}·{others}·{channels}"
            )
        counts.append(NeuronCount(row.name, paper, row.activations, note))
    return counts
