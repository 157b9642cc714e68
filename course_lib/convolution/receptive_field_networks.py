"""Published networks along one axis, for tables of their receptive fields.

All of them treat rows and columns alike, so that one axis tells everything. Layers that read one
position only (activations, normalisation, dropout) are left out.
Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from typing import Literal

from course_lib.convolution.counts import check_count
from course_lib.convolution.receptive_field_graph import Graph, Node
from course_lib.convolution.receptive_field_layers import (
    Layer,
    TransposedWindow,
    Window,
)

__all__ = ["alexnet_layers", "mnist1d_layers", "resnet50_graph", "unet_graph", "vgg16_layers"]


def mnist1d_layers() -> dict[str, Window]:
    """Return the convolutions of the slides' network for MNIST-1D: sizes 3, 7 and 15."""
    return {f"conv{i}": Window(3, stride=2) for i in (1, 2, 3)}


def alexnet_layers() -> dict[str, Window]:
    """Return AlexNet up to its last pooling, whose receptive field has size 195.

    Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural
    networks", NeurIPS 2012. With the padding of 2 that its first layer lacks in the paper, an
    input of 224 gives the 55 positions that the paper has; the size does not depend on it.
    """
    return {
        "conv1": Window(11, stride=4, padding=2),
        "pool1": Window(3, stride=2),
        "conv2": Window(5, padding=2),
        "pool2": Window(3, stride=2),
        "conv3": Window(3, padding=1),
        "conv4": Window(3, padding=1),
        "conv5": Window(3, padding=1),
        "pool5": Window(3, stride=2),
    }


def vgg16_layers() -> dict[str, Window]:
    """Return VGG-16 up to its last pooling, whose receptive field has size 212.

    Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition",
    ICLR 2015.
    """
    layers = {}
    for block, convolutions in enumerate((2, 2, 3, 3, 3), start=1):
        for i in range(1, convolutions + 1):
            layers[f"conv{block}_{i}"] = Window(3, padding=1)
        layers[f"pool{block}"] = Window(2, stride=2)
    return layers


def resnet50_graph(stride_in: Literal["1x1", "3x3"] = "1x1") -> Graph:
    """Return ResNet-50 up to its last block, named after its blocks: ``block2.1``, …, ``block5.3``.

    Where a stage halves the resolution, the stride of 2 stands in the first 1×1 convolution of its
    first block, as published (He, Zhang, Ren and Sun, "Deep residual learning for image
    recognition", CVPR 2016), or in that block's 3×3 convolution, as in later versions. The second
    keeps that 3×3 convolution at the finer resolution, so its window covers half as much: the
    receptive field of the last block has size 483 in the first variant and 427 in the second.

    Parameters
    ----------
    stride_in : "1x1" or "3x3"
        Which convolution of a stage's first block has the stride.

    Raises
    ------
    ValueError
        If `stride_in` is neither.
    """
    if stride_in not in ("1x1", "3x3"):
        raise ValueError(f"stride_in={stride_in!r}: expected '1x1' or '3x3'")
    nodes = [
        Node("image"),
        Node("conv1", ("image",), Window(7, stride=2, padding=3)),
        Node("pool1", ("conv1",), Window(3, stride=2, padding=1)),
    ]
    below = "pool1"
    for stage, blocks in enumerate((3, 4, 6, 3), start=2):
        for i in range(1, blocks + 1):
            name = f"block{stage}.{i}"
            stride = 2 if stage > 2 and i == 1 else 1
            reduce, middle = (stride, 1) if stride_in == "1x1" else (1, stride)
            nodes += [
                Node(f"{name}.conv1", (below,), Window(1, stride=reduce)),
                Node(f"{name}.conv2", (f"{name}.conv1",), Window(3, stride=middle, padding=1)),
                Node(f"{name}.conv3", (f"{name}.conv2",)),
                Node(f"{name}.skip", (below,), Window(1, stride=stride)),
                Node(name, (f"{name}.conv3", f"{name}.skip")),
            ]
            below = name
    return Graph(tuple(nodes))


def unet_graph(levels: int = 4, *, padding: int = 1) -> Graph:
    """Return a U-Net: two 3×3 convolutions a level, max pooling, 2×2 transposed convolutions.

    Ronneberger, Fischer and Brox, "U-Net: convolutional networks for biomedical image
    segmentation", MICCAI 2015. Its nodes are ``image``, then per level ``down0``, ``down1``, …, the
    deepest being ``bottom``, and ``up3`` … ``up0``, each after a ``skip`` that is cropped where the
    convolutions have no padding.

    Parameters
    ----------
    levels : int
        How often the resolution is halved; 4 in the paper.
    padding : int
        Of the 3×3 convolutions: 0 as in the paper (an input of 572 gives 388), or 1, which keeps
        the length.

    Raises
    ------
    ValueError
        If a number is impossible.
    """
    check_count("levels", levels)
    if padding not in (0, 1):
        raise ValueError(f"padding={padding!r}: expected 0 or 1")
    convolution = Window(3, padding=padding)
    nodes = [Node("image")]

    def add(name: str, *inputs: str, layer: Layer) -> str:
        nodes.append(Node(name, inputs, layer))
        return name

    top = "image"
    for level in range(levels):
        half = add(f"down{level}.conv1", top, layer=convolution)
        add(f"down{level}", half, layer=convolution)
        top = add(f"pool{level}", f"down{level}", layer=Window(2, stride=2))
    top = add("bottom", add("bottom.conv1", top, layer=convolution), layer=convolution)
    # Each convolution without padding shortens an axis by 2; seen from level 0, twice as much
    # for each level further down.
    lost = 0 if padding else 4
    for level in reversed(range(levels)):
        up = add(f"up{level}.transposed", top, layer=TransposedWindow(2, stride=2))
        skip = add(f"skip{level}", f"down{level}", layer=Window(padding=-lost))
        half = add(f"up{level}.conv1", skip, up, layer=convolution)
        top = add(f"up{level}", half, layer=convolution)
        lost = 0 if padding else 2 * lost + 8
    return Graph(tuple(nodes))
