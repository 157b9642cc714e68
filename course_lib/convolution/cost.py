r"""What a layer costs, in numbers that add up: parameters, multiply-adds, activations, memory.

A multiply-add is one product and its addition to a sum. As is usual, the products with padded
zeros count, additions of biases do not (`LayerCost.multiply_adds`; the tool torchinfo, of which the
slides show a table, counts them: `LayerCost.multiply_adds_with_biases`), and what layers without
weights do (activations, pooling) is left out.

Slides, "How many parameters?" and the table of the network for MNIST-1D.
Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from course_lib.convolution.counts import check_count

__all__ = ["LayerCost", "mebibytes", "memory_bytes", "total_cost"]


@dataclass(frozen=True)
class LayerCost:
    """What one layer costs on a batch of inputs.

    Parameters
    ----------
    weights, biases : int
        Numbers of parameters; they do not depend on the batch.
    multiply_adds : int
        Products of a weight and a value, over the whole batch; without the additions of biases.
    bias_additions : int
        Additions of a bias to an output, over the whole batch.
    activations : int
        Output values, over the whole batch.
    output_shape : tuple of int
        Shape of the output, batch first; empty for a sum over layers.

    Examples
    --------
    The first layer of the slides' network for MNIST-1D, on a batch of 100:

    >>> from course_lib.convolution import convolution_cost
    >>> first = convolution_cost(1, 15, 3, (40,), stride=2, batch=100)
    >>> first.parameters, first.output_shape
    (60, (100, 15, 19))
    >>> first.multiply_adds, first.multiply_adds_with_biases
    (85500, 114000)
    """

    weights: int = 0
    biases: int = 0
    multiply_adds: int = 0
    bias_additions: int = 0
    activations: int = 0
    output_shape: tuple[int, ...] = ()

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.weights + self.biases

    @property
    def multiply_adds_with_biases(self) -> int:
        """Multiply-adds, and the addition of a bias counted as one more."""
        return self.multiply_adds + self.bias_additions

    def parameter_bytes(self, bytes_per_value: int = 4) -> int:
        """Return the memory of the parameters; 4 bytes a value is float32."""
        return memory_bytes(self.parameters, bytes_per_value)

    def activation_bytes(self, bytes_per_value: int = 4) -> int:
        """Return the memory of the output values; 4 bytes a value is float32."""
        return memory_bytes(self.activations, bytes_per_value)


def total_cost(costs: Iterable[LayerCost]) -> LayerCost:
    """Return the sum of several layers' costs, without a shape.

    Examples
    --------
    >>> from course_lib.convolution import linear_cost
    >>> total_cost([linear_cost(60, 10), linear_cost(10, 10)]).parameters
    720
    """
    costs = list(costs)
    return LayerCost(
        weights=sum(cost.weights for cost in costs),
        biases=sum(cost.biases for cost in costs),
        multiply_adds=sum(cost.multiply_adds for cost in costs),
        bias_additions=sum(cost.bias_additions for cost in costs),
        activations=sum(cost.activations for cost in costs),
    )


def memory_bytes(values: int, bytes_per_value: int = 4) -> int:
    """Return the memory that a number of values takes; 4 bytes a value is float32.

    Raises
    ------
    ValueError
        If a number is impossible.
    """
    check_count("values", values, least=0)
    check_count("bytes_per_value", bytes_per_value)
    return values * bytes_per_value


def mebibytes(size: int) -> float:
    """Return a number of bytes in MiB: 1 MiB is 2²⁰ bytes, where 1 MB is 10⁶.

    Raises
    ------
    ValueError
        If the number is impossible.
    """
    check_count("size", size, least=0)
    return size / 2**20
