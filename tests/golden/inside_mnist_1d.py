"""Golden cases of what is seen inside a network: gradients, signals from templates, errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.datasets import load_mnist1d
from course_lib.demos import InsideMNIST1D
from course_lib.demos.inside_mnist_1d_network import errors
from course_lib.demos.mnist1d_page import NETWORKS, page_network, sample_indices

DECIMALS = 7
SAMPLES = (0, 7, 16)


def gradients() -> Iterator[dict[str, Any]]:
    """Yield the gradient of each score, and of some units within, by the input."""
    data = load_mnist1d().x_test[list(sample_indices())].double()
    for page_name, name in NETWORKS.items():
        network = page_network(name).double()
        for sample in SAMPLES:
            x = data[sample].clone().requires_grad_()
            sums = _sums(network, x[None, None])
            for layer, values in enumerate(sums):
                last = layer == len(sums) - 1
                units = range(10) if last else (0, values.numel() // 2, values.numel() - 1)
                for unit in units:
                    (g,) = torch.autograd.grad(values.flatten()[unit], x, retain_graph=True)
                    yield {
                        "network": page_name,
                        "sample": sample,
                        "layer": layer,
                        "unit": unit,
                        "sum": round(values.flatten()[unit].item(), DECIMALS),
                        "gradient": [round(v, DECIMALS) for v in g.tolist()],
                    }


def _sums(network: nn.Sequential, x: Tensor) -> list[Tensor]:
    """Return what each layer with a sum of its own gives, before any ReLU."""
    found = []
    for module in network:
        x = module(x)
        if isinstance(module, nn.Conv1d | nn.Linear | nn.AdaptiveAvgPool1d):
            found.append(x)
    return found


def signals() -> Iterator[dict[str, Any]]:
    """Yield signals made of templates: the data set's own ranges, and the limits of the demo."""
    states: list[dict[str, Any]] = [
        {"digit": digit, "place": (11 * digit) % 54, "padding": 36 + 2 * digit, "seed": digit}
        for digit in range(10)
    ]
    states += [
        {"digit": 3, "place": 53, "padding": 36, "scale": 3.0, "shear": -1.0, "noise": 3.0},
        {"digit": 7, "place": 0, "padding": 60, "scale": 0.0, "shear": 1.0, "noise": 0.0},
        {"digit": 0, "place": 53, "padding": 60, "scale": 0.85, "shear": 0.35, "seed": 999},
    ]
    for state in states:
        demo = InsideMNIST1D(**state)
        values = [round(v, 10) for v in demo.values().tolist()]
        traits = ("digit", "place", "padding", "scale", "shear", "noise", "seed")
        yield {**{name: getattr(demo, name) for name in traits}, "values": values}


def some_errors() -> Iterator[dict[str, Any]]:
    """Yield the errors over the test set at a few shifts and places."""
    known = errors()
    for kind, picked in (("shift", (0, 10, 15)), ("place", (0, 20, 51))):
        for index in picked:
            found = [known[kind][name][index] for name in known[kind]]
            yield {"kind": kind, "index": index, "errors": found}
