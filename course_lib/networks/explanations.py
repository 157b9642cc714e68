"""What in an image a classifier's score for a class comes from: three answers, and a control.

Piece by piece a network of ReLUs and max poolings is linear: its score is the sum of what each
value of a map contributes (the value times the score's gradient) and of what the biases add after
it. So `class_map` and `pixel_shares` split a score exactly. `occlusion_map` asks what happens
without a part. Whether such a picture tells of what was learnt shows a network that learnt nothing:
`shuffle_weights` (Adebayo et al., "Sanity checks for saliency maps", 2018).
"""

from __future__ import annotations

from copy import deepcopy
from typing import TypeVar

import torch
from torch import Tensor, nn

from course_lib.convolution.counts import check_count
from course_lib.networks.scenes import SceneClassifier

PATCH, STEP = 24, 8
"""Pixels of each side of the square that covers, and from one place to the next."""

GREY = 0.5

Network = TypeVar("Network", bound=nn.Module)


def class_map(network: SceneClassifier, image: Tensor, target: int) -> Tensor:
    """Return what each position of the last map contributes to a score.

    Parameters
    ----------
    network : SceneClassifier
    image : Tensor, shape (C, H, W)
    target : int
        The class whose score is split.

    Returns
    -------
    contributions : Tensor, shape (H/16, W/16)
        Their sum, and what the biases of the dense layers add, is the score.
    """
    with torch.no_grad():
        last = network.features(image[None])
    last.requires_grad_()
    (gradient,) = torch.autograd.grad(network.classifier(last)[0, target], last)
    contributions: Tensor = (last * gradient).detach()[0].sum(0)
    return contributions


def pixel_shares(network: nn.Module, image: Tensor, target: int) -> Tensor:
    """Return what each pixel contributes to a score: its values times the score's gradient.

    Parameters
    ----------
    network : Module
    image : Tensor, shape (C, H, W)
    target : int

    Returns
    -------
    shares : Tensor, shape (H, W)
        Their sum, and what all biases add, is the score.
    """
    x = image[None].clone().requires_grad_()
    (gradient,) = torch.autograd.grad(network(x)[0, target], x)
    return (x * gradient).detach()[0].sum(0)


@torch.no_grad()
def occlusion_map(network: nn.Module, image: Tensor, target: int) -> Tensor:
    """Return how far a score falls when a grey square covers a part of the image.

    Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014.

    Parameters
    ----------
    network : Module
    image : Tensor, shape (C, H, W)
    target : int

    Returns
    -------
    falls : Tensor, shape ((H − 24)/8 + 1, (W − 24)/8 + 1)
        For 96×96 pixels 10×10. Below zero where the score rises.
    """
    covered = []
    rows, columns = ((side - PATCH) // STEP + 1 for side in image.shape[1:])
    for row in range(rows):
        for column in range(columns):
            one = image.clone()
            y, x = STEP * row, STEP * column
            one[:, y : y + PATCH, x : x + PATCH] = GREY
            covered.append(one)
    scores = network(torch.stack([image, *covered]))[:, target]
    falls: Tensor = (scores[0] - scores[1:]).view(rows, columns)
    return falls


def shuffle_weights(network: Network, layers: int = 0, seed: int = 0) -> Network:
    """Return a copy whose weights are shuffled within each layer: as many of each size as before.

    Parameters
    ----------
    network : Module
    layers : int
        How many of the last layers are shuffled, of those that have weights; 0 for all. Biases and
        normalisation stay.
    seed : int
        Of NumPy's `RandomState`; the layers are shuffled in their order.

    Returns
    -------
    network : Module
        Of the same class.
    """
    from numpy.random import RandomState

    check_count("layers", layers, least=0)
    copy = deepcopy(network)
    chance = RandomState(seed)
    weighted = [m for m in copy.modules() if isinstance(m, nn.Conv2d | nn.Linear)]
    for module in weighted[-layers:]:
        order = torch.from_numpy(chance.permutation(module.weight.numel()).copy())
        with torch.no_grad():
            shuffled = module.weight.flatten()[order].view_as(module.weight)
            module.weight.copy_(shuffled)
    return copy
