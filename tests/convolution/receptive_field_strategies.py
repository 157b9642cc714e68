"""Random layers, chains and graphs, each beside the torch module that it describes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from hypothesis import strategies as st
from torch import Tensor, nn

from course_lib.convolution.receptive_field_graph import Graph, Node
from course_lib.convolution.receptive_field_layers import (
    Layer,
    LinearInterpolation,
    TransposedWindow,
    Window,
)

Mode = Literal["zeros", "reflect", "replicate", "circular"]
MODES: list[Mode] = ["zeros", "zeros", "reflect", "replicate", "circular"]


@dataclass(frozen=True)
class Pair:
    """A layer, and a module with one channel in and one out that should be the same."""

    layer: Layer
    module: nn.Module


@st.composite
def convolutions(draw: st.DrawFn, most: int = 4) -> Pair:
    size, stride = draw(st.integers(1, most)), draw(st.integers(1, 3))
    dilation, padding = draw(st.integers(1, 3)), draw(st.integers(0, 3))
    mode: Mode = draw(st.sampled_from(MODES))
    module = nn.Conv1d(1, 1, size, stride, padding=padding, dilation=dilation, padding_mode=mode)
    return Pair(Window(size, stride, dilation, padding, padding_mode=mode), module)


@st.composite
def uneven_convolutions(draw: st.DrawFn) -> Pair:
    size, stride = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    left, right = draw(st.integers(-1, 3)), draw(st.integers(-1, 3))
    module = nn.Sequential(nn.ZeroPad1d((left, right)), nn.Conv1d(1, 1, size, stride))
    return Pair(Window(size, stride, padding=(left, right)), module)


@st.composite
def poolings(draw: st.DrawFn) -> Pair:
    size, stride = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    padding, ceil_mode = draw(st.integers(0, size // 2)), draw(st.booleans())
    if draw(st.booleans()):
        mean = nn.AvgPool1d(size, stride, padding, ceil_mode)
        return Pair(Window(size, stride, 1, padding, ceil_mode), mean)
    dilation = draw(st.integers(1, 3))
    maximum = nn.MaxPool1d(size, stride, padding, dilation, ceil_mode=ceil_mode)
    return Pair(Window(size, stride, dilation, padding, ceil_mode), maximum)


@st.composite
def upsamplings(draw: st.DrawFn) -> Pair:
    factor = draw(st.sampled_from([1, 2, 4]))
    kind = draw(st.sampled_from(["transposed", "nearest", "linear"]))
    if kind == "nearest":
        layer = TransposedWindow(factor, stride=factor)
        return Pair(layer, nn.Upsample(scale_factor=factor))
    if kind == "linear":
        return Pair(LinearInterpolation(factor), nn.Upsample(scale_factor=factor, mode="linear"))
    size, stride, dilation = (draw(st.integers(1, 3)) for _ in range(3))
    padding, extra = draw(st.integers(0, 2)), draw(st.integers(0, max(stride, dilation) - 1))
    module = nn.ConvTranspose1d(1, 1, size, stride, padding, extra, dilation=dilation)
    return Pair(TransposedWindow(size, stride, dilation, padding, extra), module)


pairs = st.one_of(convolutions(), uneven_convolutions(), poolings(), upsamplings())
window_pairs = st.one_of(convolutions(), uneven_convolutions(), poolings())


class GraphNetwork(nn.Module):
    """A graph as a module, with one channel everywhere; merges add, or concatenate and mix."""

    def __init__(self, graph: Graph, modules: dict[str, nn.Module], concatenates: bool) -> None:
        super().__init__()
        self.graph = graph
        self.layers = nn.ModuleDict({k.replace(".", "_"): m for k, m in modules.items()})
        self.mixers = nn.ModuleDict(
            {
                node.name.replace(".", "_"): nn.Conv1d(len(node.inputs), 1, 1)
                for node in graph.nodes
                if len(node.inputs) > 1 and concatenates
            }
        )

    def forward(self, x: Tensor) -> Tensor:
        first, *others = self.graph.nodes
        outputs = {first.name: x}
        for node in others:
            key = node.name.replace(".", "_")
            branches = [outputs[name] for name in node.inputs]
            merged = (
                self.mixers[key](torch.cat(branches, dim=1))
                if key in self.mixers
                else torch.stack(branches).sum(dim=0)
            )
            outputs[node.name] = self.layers[key](merged)
        return outputs[node.name]


def torch_layer(layer: Layer) -> nn.Module:
    """Return a layer as a module with one channel; poolings as convolutions."""
    if isinstance(layer, TransposedWindow):
        assert isinstance(layer.padding, int)
        return nn.ConvTranspose1d(
            1,
            1,
            layer.kernel_size,
            layer.stride,
            layer.padding,
            layer.output_padding,
            dilation=layer.dilation,
        )
    assert isinstance(layer, Window)
    pad = layer.padding if isinstance(layer.padding, tuple) else (layer.padding,) * 2
    convolution = nn.Conv1d(1, 1, layer.kernel_size, layer.stride, dilation=layer.dilation)
    return nn.Sequential(nn.ZeroPad1d(pad), convolution)


def network(graph: Graph, *, concatenates: bool = False) -> GraphNetwork:
    """Return a graph as a module."""
    modules = {node.name: torch_layer(node.layer) for node in graph.nodes[1:]}
    return GraphNetwork(graph, modules, concatenates)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw graphs whose branches keep the length, so that any of them may meet.

    A stage with a stride, and one that upsamples, may stand before, between and after.
    """
    nodes = [Node("input")]
    alike = ["input"]
    for i in range(draw(st.integers(1, 6))):
        name = f"node{i}"
        count = draw(st.integers(1, min(3, len(alike))))
        below = tuple(draw(st.permutations(alike)))[:count]
        kind = draw(st.sampled_from(["keep", "keep", "keep", "down", "up"]))
        if kind == "keep":
            size, dilation = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            total = dilation * (size - 1)
            left = draw(st.integers(0, total))
            nodes.append(Node(name, below, Window(size, 1, dilation, (left, total - left))))
            alike.append(name)
            continue
        size = draw(st.integers(1, 3))
        layer: Layer = Window(size, stride=2, padding=draw(st.integers(0, 1)))
        if kind == "up":
            layer = TransposedWindow(size, stride=2, padding=0, output_padding=1)
        nodes.append(Node(name, below, layer))
        alike = [name]
    return Graph(tuple(nodes))
