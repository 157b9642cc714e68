"""What in an image spoke for a class: three answers that do not mean the same.

Each takes a network in evaluation mode and one image, and returns a map; none of them says that the
network is right, or that it would say otherwise without what is marked, but for `occlusion_map`,
which tries.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from course_lib.networks.checks import check_whole


def gradient_map(network: nn.Module, x: Tensor, label: int) -> Tensor:
    """Return by how much a small change of each pixel would change a class's score.

    Parameters
    ----------
    network : Module
    x : Tensor, shape (1, C, H, W)
    label : int

    Returns
    -------
    gradient : Tensor, shape (H, W)
        The largest size over the channels.
    """
    _check(x)
    inputs = x.detach().clone().requires_grad_(True)
    network(inputs)[0, label].backward()  # type: ignore[no-untyped-call]
    assert inputs.grad is not None
    return inputs.grad[0].abs().amax(dim=0)


def class_map(features: nn.Module, head: nn.Module, x: Tensor, label: int) -> Tensor:
    """Return what each position of the last feature maps adds to a class's score.

    Each value is its feature maps times the score's gradient there, summed over the maps. Where the
    head is linear, or linear pieces without biases, the positions add up to the score; biases are
    what is missing otherwise.

    Parameters
    ----------
    features : Module
        From the image to the last maps.
    head : Module
        From the maps to the scores.
    x : Tensor, shape (1, C, H, W)
    label : int

    Returns
    -------
    contributions : Tensor, shape (h, w)
    """
    _check(x)
    with torch.no_grad():
        maps = features(x)
    maps.requires_grad_(True)
    head(maps)[0, label].backward()
    return (maps.grad * maps)[0].sum(dim=0).detach()


@torch.no_grad()
def occlusion_map(
    network: nn.Module, x: Tensor, label: int, *, size: int = 16, stride: int = 8
) -> Tensor:
    """Return how far a class's score falls when a grey square hides each place.

    Parameters
    ----------
    network : Module
    x : Tensor, shape (1, C, H, W)
    label : int
    size : int
        Side of the square, pixels.
    stride : int
        From one place to the next.

    Returns
    -------
    falls : Tensor, shape ((H - size) // stride + 1, (W - size) // stride + 1)
        The score without the square less that with it; a probability near 1 would hide it.
    """
    _check(x)
    check_whole(size=size, stride=stride)
    height, width = x.shape[-2:]
    grey = x.mean()
    tops = range(0, height - size + 1, stride)
    lefts = range(0, width - size + 1, stride)
    hidden = x.repeat(len(tops) * len(lefts), 1, 1, 1)
    for place, (top, left) in enumerate((t, w) for t in tops for w in lefts):
        hidden[place, :, top : top + size, left : left + size] = grey
    falls: Tensor = network(x)[0, label] - network(hidden)[:, label]
    return falls.reshape(len(tops), len(lefts))


def _check(x: Tensor) -> None:
    if x.ndim != 4 or len(x) != 1:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected one image, (1, C, H, W)")
