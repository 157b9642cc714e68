"""A trained network as the page runs it: a plan of layers in JSON, and weights of half precision.

Batch normalisation is folded into the convolution before it and the weights are rounded; what comes
out, `page_network`, is again a network of torch, to which the page's answers are held. The plan
names each map as torch names the layer that makes it, activation included: ``features.0``.
"""

from __future__ import annotations

from base64 import b64encode
from copy import deepcopy
from typing import Any, Literal, TypeVar

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from course_lib.networks.checks import check_choice
from course_lib.networks.page_plan import PagePlan, plan_network

Precision = Literal["half", "single"]
DTYPES = {"half": torch.float16, "single": torch.float32}

Network = TypeVar("Network", bound=nn.Module)


def page_network(network: Network, precision: Precision = "half") -> Network:
    """Return a copy of a network that computes what the page computes.

    Parameters
    ----------
    network : Module
    precision : str
        Of the weights: ``"half"`` or ``"single"``.

    Returns
    -------
    network : Module
        Of the same class, in evaluation mode, float32: without batch normalisation, rounded.
    """
    check_choice(DTYPES, precision=precision)
    # Folded in double precision, so that every machine rounds to the same numbers.
    copy = deepcopy(network).double().eval()
    _fold(copy)
    with torch.no_grad():
        for parameter in copy.parameters():
            parameter.copy_(parameter.to(DTYPES[precision]).double())
    return copy.float().requires_grad_(False)


def page_format(
    network: nn.Module, image_shape: tuple[int, int, int], precision: Precision = "half"
) -> dict[str, Any]:
    """Return a network for the page, as JSON can hold it.

    Parameters
    ----------
    network : Module
        One of the course's networks for scenes, or a Sequential of layers.
    image_shape : tuple of int
        Channels, height, width: the page runs a network on images of one size.
    precision : str
        Of the weights.

    Returns
    -------
    stored : dict
        ``plan``, ``precision`` and ``weights``, in base64.

    Raises
    ------
    ValueError
        If the network holds something that the page cannot run; the message names it.
    """
    plan = plan_network(page_network(network, precision), image_shape)
    return {"plan": plan.document(), "precision": precision, "weights": _written(plan, precision)}


def _written(plan: PagePlan, precision: Precision) -> str:
    tensors = [t.detach().flatten() for t in plan.weights]
    numbers = torch.cat(tensors) if tensors else torch.empty(0)
    return b64encode(numbers.to(DTYPES[precision]).numpy().tobytes()).decode()


def _fold(module: nn.Module) -> None:
    """Fold each batch normalisation into the convolution before it, within every Sequential."""
    for child in module.children():
        _fold(child)
    if not isinstance(module, nn.Sequential):
        return
    for index in range(1, len(module)):
        before, norm = module[index - 1], module[index]
        if isinstance(norm, nn.BatchNorm2d) and isinstance(before, nn.Conv2d | nn.ConvTranspose2d):
            transposed = isinstance(before, nn.ConvTranspose2d)
            module[index - 1] = fuse_conv_bn_eval(before, norm, transpose=transposed)
            module[index] = nn.Identity()
