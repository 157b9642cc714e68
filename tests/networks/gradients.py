"""What a test asks of a network that is to learn."""

import torch
from torch import Tensor, nn


def images(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def parameters_without_gradient(network: nn.Module, x: Tensor) -> list[str]:
    """Return the names of parameters that an output built of all outputs does not depend on."""
    network(x).square().sum().backward()
    return [
        name
        for name, parameter in network.named_parameters()
        if parameter.grad is None or not parameter.grad.any()
    ]
