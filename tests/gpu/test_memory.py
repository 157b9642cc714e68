"""How much of a GPU's memory training takes at most, as torch counts what it allocated.

Stated for a step: six times the weights (values, gradients, AdamW's two moments and the two copies
that its update over all weights at once works with), three times all layers' outputs (kept, their
gradients, one layer's working copies), and 256 MiB that cuBLAS and cuDNN may take to work in,
whatever the network.
"""

import pytest
import torch
from torch import nn

from course_lib.networks import build, input_shape
from course_lib.training import AdamW, Constant, Settings, train

pytestmark = pytest.mark.gpu
WORKSPACE = 256 * 2**20


def outputs_bytes(network: nn.Module, x: torch.Tensor) -> int:
    """Return the size of the outputs of all layers for a batch, in bytes."""
    sizes: list[int] = []

    def count(layer: nn.Module, given: object, output: object) -> None:
        if isinstance(output, torch.Tensor):
            sizes.append(output.numel() * output.element_size())

    hooks = [m.register_forward_hook(count) for m in network.modules() if not [*m.children()]]
    with torch.no_grad():
        network(x)
    for hook in hooks:
        hook.remove()
    return sum(sizes)


@pytest.mark.parametrize("name", ["mnist-1d-convolutional", "scene-classifier", "small-u-net"])
def test_a_step_of_training_stays_within_its_bound(name: str, device: torch.device) -> None:
    network = build(name)
    shape = input_shape(name)
    batch = 8 if device.type == "cpu" else 64
    x = torch.rand(batch, *shape)
    weights = sum(p.numel() * p.element_size() for p in network.parameters())
    bound = 6 * weights + 3 * outputs_bytes(network, x) + x.numel() * 4 + WORKSPACE
    if device.type == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(device)
    before = torch.cuda.memory_allocated(device) if device.type == "cuda" else 0
    train(
        network,
        lambda step: (x,),
        lambda network, batch: network(batch[0]).square().mean(),
        Settings(steps=2, schedule=Constant(1e-4), optimiser=AdamW()),
        device=device,
        progress=False,
    )
    if device.type != "cuda":
        pytest.skip("the step was taken; a CPU's allocations are not counted")
    assert weights < torch.cuda.max_memory_allocated(device) - before <= bound
