"""Golden cases of the networks in the page: torch's scores, with the page's own weights."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import torch

from course_lib.convolution import convolution_cost, linear_cost
from course_lib.datasets import load_mnist1d, permutation
from course_lib.demos.mnist1d_page import NETWORKS, page_network, sample_indices

DECIMALS = 6


@torch.no_grad()
def scores() -> Iterator[dict[str, Any]]:
    """Yield the scores of each network: plain and permuted samples, none at all, huge ones."""
    samples = load_mnist1d().x_test[list(sample_indices())].double()
    order = permutation(samples.shape[-1], 0)
    for page_name, name in NETWORKS.items():
        network = page_network(name).double()
        cases = [*product(range(len(samples)), (False, True), (1,)), (4, False, 100), (4, True, 0)]
        for sample, permuted, scale in cases:
            x = scale * (samples[sample][order] if permuted else samples[sample])
            z = network(x[None, None])[0]
            yield {
                "network": page_name,
                "sample": sample,
                "permuted": permuted,
                "scale": scale,
                "scores": [round(v, DECIMALS) for v in z.tolist()],
            }


def orders() -> Iterator[dict[str, Any]]:
    """Yield orders of several lengths and seeds."""
    for length, seed in ((1, 0), (2, 1), (7, 3), (40, 0), (40, 12)):
        yield {"length": length, "seed": seed, "order": permutation(length, seed).tolist()}


def costs() -> Iterator[dict[str, Any]]:
    """Yield what a dense and a convolutional first layer cost, counted by the package."""
    for size, channels, maps, kernel_size in product((1, 3, 224, 1024), (1, 3), (1, 3, 64), (1, 7)):
        dense = linear_cost(size * size * channels, size * size * maps)
        convolution = convolution_cost(
            channels, maps, kernel_size, (size, size), padding=kernel_size // 2
        )
        case = {"size": size, "channels": channels, "maps": maps, "kernel_size": kernel_size}
        for name, cost in (("dense", dense), ("convolution", convolution)):
            case[name] = {
                "weights": cost.weights,
                "biases": cost.biases,
                "multiplyAdds": cost.multiply_adds,
                "activations": cost.activations,
            }
        yield case
