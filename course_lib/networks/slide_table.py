"""The layer table of the slide, as `torchinfo` prints it.

Slides, "Convolutional network": the slide prints ``Conv2d`` where the network has ``Conv1d``,
counts four hidden layers where there are three, and calls its 1.07 million multiply-adds
megabytes. torchinfo counts a bias as one multiply-add more: without them there are 1.023 million
(see `summarise`, which leaves them out).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torch import nn


@dataclass(frozen=True)
class LayerLine:
    """One line of the table.

    Parameters
    ----------
    label : str
        Such as ``Conv1d: 1-1``: the class, the depth and the place.
    output_shape : tuple of int
        With the axis of examples in front.
    parameters : int or None
        None stands for the table's dash: a layer without parameters, or one that only holds others.
    """

    label: str
    output_shape: tuple[int, ...]
    parameters: int | None


@dataclass(frozen=True)
class LayerTable:
    """The table: its lines, and the sums below it.

    A megabyte is a million bytes here, and every number takes four.

    Parameters
    ----------
    lines : tuple of LayerLine
    parameters : int
    multiply_adds : int
        For the whole batch, biases included.
    input_megabytes : float
    activation_megabytes : float
        The outputs of the layers with parameters, once forwards and once backwards.
    parameter_megabytes : float
    text : str
        The table as torchinfo prints it.
    """

    lines: tuple[LayerLine, ...]
    parameters: int
    multiply_adds: int
    input_megabytes: float
    activation_megabytes: float
    parameter_megabytes: float
    text: str

    @property
    def total_megabytes(self) -> float:
        """Input, activations and parameters together."""
        return self.input_megabytes + self.activation_megabytes + self.parameter_megabytes


def layer_table(network: nn.Module, input_shape: Sequence[int], *, depth: int = 3) -> LayerTable:
    """Return the table that torchinfo makes of a network.

    Parameters
    ----------
    network : Module
        On the CPU; with its values, as torchinfo runs it.
    input_shape : sequence of int
        With the axis of examples: the slide's is (100, 1, 40).
    depth : int
        How many levels of modules within modules to show.

    Returns
    -------
    table : LayerTable

    Raises
    ------
    ValueError
        If the network does not take such an input.
    """
    import torchinfo

    try:
        found = torchinfo.summary(network, tuple(input_shape), depth=depth, verbose=0, device="cpu")
    except RuntimeError as error:
        reason = error.__cause__ or error
        raise ValueError(f"input_shape={tuple(input_shape)}: {reason}") from error
    lines = tuple(
        LayerLine(
            # torchinfo names the outermost module without a place.
            label=f"{layer.class_name}: {layer.depth}-{layer.depth_index}"
            if layer.depth
            else layer.class_name,
            output_shape=tuple(layer.output_size),
            parameters=layer.num_params if layer.is_leaf_layer and layer.num_params else None,
        )
        for layer in found.summary_list
        if layer.depth <= depth
    )
    return LayerTable(
        lines=lines,
        parameters=found.total_params,
        multiply_adds=found.total_mult_adds,
        input_megabytes=found.total_input / 1e6,
        activation_megabytes=found.total_output_bytes / 1e6,
        parameter_megabytes=found.total_param_bytes / 1e6,
        text=str(found),
    )
