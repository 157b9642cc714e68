from collections.abc import Sequence

import pytest

from course_lib.convolution.receptive_field_chain import chain_lengths, receptive_fields
from course_lib.convolution.receptive_field_gradient import receptive_field_by_gradient
from course_lib.convolution.receptive_field_graph import (
    Graph,
    chain_graph,
    graph_lengths,
    graph_receptive_fields,
    graph_units_read,
)
from course_lib.convolution.receptive_field_layers import Window
from course_lib.convolution.receptive_field_networks import (
    alexnet_layers,
    mnist1d_layers,
    resnet50_graph,
    unet_graph,
    vgg16_layers,
)
from tests.convolution.receptive_field_strategies import network


def sizes(layers: dict[str, Window]) -> dict[str, int]:
    return dict(zip(layers, (f.size for f in receptive_fields(layers.values())), strict=True))


def inputs_by_gradient(graph: Graph, length: int, unit: int) -> list[int]:
    mask = receptive_field_by_gradient(network(graph), (1, length), unit, draws=1)
    return mask.nonzero().flatten().tolist()


def span(positions: Sequence[int]) -> int:
    return positions[-1] - positions[0] + 1


def test_the_sizes_after_the_last_pooling_are_the_published_ones() -> None:
    assert sizes(alexnet_layers())["pool5"] == 195
    assert sizes(vgg16_layers())["pool5"] == 212
    assert list(sizes(mnist1d_layers()).values()) == [3, 7, 15]


def test_the_lengths_are_the_published_ones() -> None:
    assert chain_lengths(alexnet_layers().values(), 224) == [224, 55, 27, 27, 13, 13, 13, 13, 6]
    assert chain_lengths(vgg16_layers().values(), 224)[-1] == 7
    assert len([name for name in vgg16_layers() if "conv" in name]) == 13


@pytest.mark.parametrize(("stride_in", "size"), [("1x1", 483), ("3x3", 427)])
def test_resnet_50_reads_483_inputs_as_published_and_427_with_the_stride_in_the_3x3(
    stride_in: str, size: int
) -> None:
    graph = resnet50_graph(stride_in)  # type: ignore[arg-type]
    field = graph_receptive_fields(graph)["block5.3"]
    assert (field.size, field.jump) == (size, 32)
    assert graph_lengths(graph, 224)["block5.3"] == 7
    # The gradient of the network itself says so too, where the input is long enough.
    assert span(inputs_by_gradient(graph, 736, 11)) == size


@pytest.mark.parametrize("layers", [alexnet_layers(), vgg16_layers()])
def test_the_gradient_agrees_for_the_chains(layers: dict[str, Window]) -> None:
    graph = chain_graph(layers)
    units = graph_lengths(graph, 480)["pool5"]
    found = inputs_by_gradient(graph, 480, units // 2)
    assert span(found) == graph_receptive_fields(graph)["pool5"].size


def test_the_u_net_of_the_paper_gives_388_for_572_and_reads_204_inputs_at_most() -> None:
    graph = unet_graph(padding=0)
    lengths = graph_lengths(graph, 572)
    assert (lengths["bottom"], lengths["up0"]) == (28, 388)
    field = graph_receptive_fields(graph)["up0"]
    assert (field.jump, field.period) == (1, 16)
    # The deepest map has 16 inputs between neighbours, so a unit's field depends on its phase.
    assert {phase.size for phase in field.phases if phase} == {188, 204}
    assert {span(inputs_by_gradient(graph, 572, unit)) for unit in range(96, 112)} == {188, 204}


@pytest.mark.parametrize("levels", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1])
def test_u_nets_of_any_depth_read_what_their_gradient_says(levels: int, padding: int) -> None:
    graph = unet_graph(levels, padding=padding)
    length = 14
    for _ in range(levels):
        length = 2 * (length if padding else length + 4)
    length = length if padding else length + 4
    units = graph_lengths(graph, length)["up0"]
    for unit in {0, units // 2, units - 1}:
        read = graph_units_read(graph, "up0", unit, length)["image"]
        assert sorted(read) == inputs_by_gradient(graph, length, unit)


def test_other_variants_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"stride_in='7x7': expected '1x1' or '3x3'"):
        resnet50_graph("7x7")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"padding=2: expected 0 or 1"):
        unet_graph(padding=2)
    with pytest.raises(ValueError, match=r"levels=0: expected"):
        unet_graph(0)
