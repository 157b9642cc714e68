"""Receptive fields of networks with branches and skips.

A graph is a list of nodes; each merges the outputs of its predecessors and passes them through one
layer. Whether the merge adds or concatenates makes no difference: in both, unit ``u`` of the node
reads position ``u`` of every branch. Along one axis, as in `receptive_field_chain`.
Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course_lib.convolution.counts import check_count
from course_lib.convolution.receptive_field_chain import check_index, read_by, readers_of
from course_lib.convolution.receptive_field_interval import (
    INPUT,
    ReceptiveField,
    field_above,
    field_union,
)
from course_lib.convolution.receptive_field_layers import Layer, Window, check_whole

__all__ = [
    "Graph",
    "Node",
    "chain_graph",
    "graph_lengths",
    "graph_receptive_fields",
    "graph_units_reached",
    "graph_units_read",
]

_OWN_POSITION = Window()


@dataclass(frozen=True)
class Node:
    """One node of a network: what it reads, and the layer through which it does.

    Parameters
    ----------
    name : str
    inputs : tuple of str
        Names of the nodes whose outputs it merges, by adding or by concatenating; none for the
        input of the network.
    layer : Layer
        Applied to the merged outputs; by default each unit reads its own position, which is the
        merge alone.
    """

    name: str
    inputs: tuple[str, ...] = ()
    layer: Layer = _OWN_POSITION

    def __post_init__(self) -> None:
        if not isinstance(self.inputs, tuple):
            raise TypeError(
                f"inputs={self.inputs!r} of node {self.name!r}: expected a tuple of names"
            )
        if not isinstance(self.layer, Layer):
            raise TypeError(f"layer={self.layer!r} of node {self.name!r}: expected a Layer")


@dataclass(frozen=True)
class Graph:
    """A network as nodes in topological order: first the input, then each after those it reads.

    Raises
    ------
    ValueError
        If the first node is not the input or another is one too, a name occurs twice, or a node
        reads one that does not stand before it; the message names the node.

    Examples
    --------
    A residual block, with its skip:

    >>> block = Graph((
    ...     Node("x"),
    ...     Node("conv1", ("x",), Window(3, padding=1)),
    ...     Node("conv2", ("conv1",), Window(3, padding=1)),
    ...     Node("add", ("x", "conv2")),
    ... ))
    >>> print(graph_receptive_fields(block)["add"])
    size 5, jump 1, start -2
    """

    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        if not self.nodes or self.nodes[0].inputs or self.nodes[0].layer != _OWN_POSITION:
            raise ValueError(
                f"nodes begins with {self.nodes[0] if self.nodes else 'nothing'}: expected the "
                "network's input, a node without inputs and without a layer"
            )
        known = {self.nodes[0].name}
        for node in self.nodes[1:]:
            if not node.inputs:
                raise ValueError(
                    f"node {node.name!r} reads nothing: expected one input of the network, "
                    f"{self.nodes[0].name!r}"
                )
            if node.name in known:
                raise ValueError(f"two nodes are called {node.name!r}: expected different names")
            for name in node.inputs:
                if name not in known:
                    raise ValueError(
                        f"node {node.name!r} reads {name!r}: expected a node that stands before it"
                    )
            known.add(node.name)


def chain_graph(layers: Mapping[str, Layer], *, input_name: str = "input") -> Graph:
    """Return a chain of layers, by name from the input upwards, as a graph.

    Examples
    --------
    >>> [node.name for node in chain_graph({"conv": Window(3), "pool": Window(2)}).nodes]
    ['input', 'conv', 'pool']
    """
    names = [input_name, *layers]
    read = zip(names, layers.items(), strict=False)
    return Graph(
        (Node(input_name), *(Node(name, (below,), layer) for below, (name, layer) in read))
    )


def graph_receptive_fields(graph: Graph) -> dict[str, ReceptiveField]:
    """Return the receptive field of every node.

    The field of a merge is the union of its branches' fields, as one interval: from the first
    input that any branch reads to the last.

    Parameters
    ----------
    graph : Graph

    Returns
    -------
    fields : dict from str to ReceptiveField

    Raises
    ------
    ValueError
        If branches with different jumps meet: their units drift apart, so that no one start and
        size describes the merge. The message names the node.
    """
    first, *others = graph.nodes
    fields = {first.name: INPUT}
    for node in others:
        branches = [fields[name] for name in node.inputs]
        if len({branch.jump for branch in branches}) > 1:
            jumps = _listed(node.inputs, [branch.jump for branch in branches])
            raise ValueError(
                f"node {node.name!r} merges branches with the jumps {jumps}: expected equal ones"
            )
        fields[node.name] = field_above(node.layer, field_union(branches))
    return fields


def graph_lengths(graph: Graph, length: int) -> dict[str, int]:
    """Return the number of units of every node.

    Parameters
    ----------
    graph : Graph
    length : int
        Number of inputs.

    Raises
    ------
    ValueError
        If branches of different lengths meet, or a layer has no units; the message names the node.
    """
    check_count("length", length)
    first, *others = graph.nodes
    lengths = {first.name: length}
    for node in others:
        below = [lengths[name] for name in node.inputs]
        if len(set(below)) > 1:
            raise ValueError(
                f"node {node.name!r} merges branches of the lengths {_listed(node.inputs, below)}: "
                "expected equal ones"
            )
        try:
            lengths[node.name] = node.layer.output_length(below[0])
        except ValueError as error:
            raise ValueError(f"node {node.name!r}: {error}") from error
    return lengths


def graph_units_read(
    graph: Graph, name: str, unit: int, length: int | None = None
) -> dict[str, frozenset[int]]:
    """Return exactly the units of every node that one unit of one node reads.

    Parameters
    ----------
    graph : Graph
    name : str
        The node.
    unit : int
        Index of its unit.
    length : int, optional
        Number of inputs. With it, only units that exist are listed; without it, the axes have no
        ends (see `units_read`).

    Returns
    -------
    units : dict from str to frozenset of int
        For every node of the graph; empty for those that the unit does not read.

    Raises
    ------
    ValueError
        If there is no such node or unit.
    """
    if name not in {node.name for node in graph.nodes}:
        raise ValueError(
            f"name={name!r}: expected one of {', '.join(node.name for node in graph.nodes)}"
        )
    check_whole("unit", unit)
    lengths = None if length is None else graph_lengths(graph, length)
    if lengths is not None:
        check_index("unit", unit, lengths[name])
    units: dict[str, frozenset[int]] = {node.name: frozenset() for node in graph.nodes}
    units[name] = frozenset({unit})
    for node in reversed(graph.nodes):
        for below in node.inputs:
            read = read_by(
                node.layer, units[node.name], None if lengths is None else lengths[below]
            )
            units[below] |= read
    return units


def graph_units_reached(graph: Graph, position: int, length: int) -> dict[str, frozenset[int]]:
    """Return exactly the units of every node that an input reaches.

    Parameters
    ----------
    graph : Graph
    position : int
        Index of the input.
    length : int
        Number of inputs.

    Returns
    -------
    units : dict from str to frozenset of int
        For every node; empty where the input reaches no unit.

    Raises
    ------
    ValueError
        If there is no such input, or the lengths of the graph do not fit.
    """
    lengths = graph_lengths(graph, length)
    check_index("position", position, length)
    first, *others = graph.nodes
    units = {first.name: frozenset({position})}
    for node in others:
        merged = frozenset().union(*(units[name] for name in node.inputs))
        below = lengths[node.inputs[0]]
        units[node.name] = readers_of(node.layer, merged, below, lengths[node.name])
    return units


def _listed(names: tuple[str, ...], values: Sequence[object]) -> str:
    return ", ".join(f"{value} ({name})" for name, value in zip(names, values, strict=True))
