from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from course_lib.convolution import (
    graph_receptive_fields,
    receptive_fields,
)
from course_lib.convolution.receptive_field_networks import (
    alexnet_layers,
    resnet50_graph,
    unet_graph,
    vgg16_layers,
)
from course_lib.networks import (
    NETWORKS,
    build,
    convolutional_mnist1d,
    input_shape,
    parameter_total,
    summarise,
    summary_table,
)

# With eight stacks the same as with two, four times as long.
SETTINGS: dict[str, dict[str, Any]] = {"stacked-hourglass": {"stacks": 2}}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_layers_add_up_to_the_network(name: str) -> None:
    settings = SETTINGS.get(name, {})
    network = build(name, device="meta", **settings).eval()
    shape = input_shape(name, **settings)
    layers = summarise(network, shape)
    assert sum(layer.parameters for layer in layers) == parameter_total(network)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        output = network(torch.zeros(1, *shape, device="meta"))
    # Torch counts a product and its addition as two operations.
    assert sum(layer.multiply_adds for layer in layers) == counter.get_total_flops() / 2
    stacks = settings.get("stacks", 1)
    assert layers[-1].activations * stacks == output.numel()


def test_the_rows_of_the_slides_network_are_those_counted_by_hand() -> None:
    layers = summarise(convolutional_mnist1d(), (1, 40))
    assert [(layer.kind, layer.output_shape, layer.parameters) for layer in layers] == [
        ("Conv1d", (15, 19), 60),
        ("ReLU", (15, 19), 0),
        ("Conv1d", (15, 9), 690),
        ("ReLU", (15, 9), 0),
        ("Conv1d", (15, 4), 690),
        ("ReLU", (15, 4), 0),
        ("Flatten", (60,), 0),
        ("Linear", (10,), 610),
    ]
    products = [layer.multiply_adds for layer in layers if layer.parameters]
    assert products == [19 * 15 * 3, 9 * 15 * 45, 4 * 15 * 45, 600]
    assert sum(products) * 100 == 1_023_000
    # The last of the 40 values is read by no unit.
    fields = [layer.receptive_field for layer in layers if layer.parameters]
    assert fields == [(3,), (7,), (15,), (39,)]


def fields_of(name: str, kind: str, **settings: Any) -> list[int]:
    layers = summarise(build(name, device="meta", **settings), input_shape(name, **settings))
    fields = [layer.receptive_field for layer in layers if layer.kind == kind]
    assert all(field is not None and field[0] == field[1] for field in fields)
    return [field[0] for field in fields if field]


def test_receptive_fields_are_those_of_the_published_chains() -> None:
    windows = alexnet_layers()
    expected = [field.size for field in receptive_fields(windows.values())]
    pooled = [size for name, size in zip(windows, expected, strict=True) if "pool" in name]
    assert fields_of("alexnet", "MaxPool2d") == pooled
    assert pooled[-1] == 195
    vgg = vgg16_layers()
    assert fields_of("vgg-16", "MaxPool2d")[-1] == receptive_fields(vgg.values())[-1].size == 212


@pytest.mark.parametrize(("stride_in", "size"), [("1x1", 483), ("3x3", 427)])
def test_receptive_fields_are_those_of_the_published_graphs(stride_in: Any, size: int) -> None:
    graph = graph_receptive_fields(resnet50_graph(stride_in))
    blocks = [field.size for name, field in graph.items() if name.count(".") == 1]
    ours = fields_of("resnet-50", "Add", stride_in=stride_in)
    assert ours == [size for size in blocks if size][-len(ours) :]
    assert ours[-1] == size


def test_the_receptive_field_of_a_u_net_is_that_of_its_graph() -> None:
    field = graph_receptive_fields(unet_graph(4, padding=0))["up0"]
    assert fields_of("u-net", "Conv2d")[-1] == field.size


@pytest.mark.parametrize(
    ("name", "settings", "shape"),
    [
        ("small-u-net", {"widths": (2, 3, 4)}, (3, 96, 96)),
        ("small-resnet", {"depth": 8, "dimensions": 1, "width": 2}, (1, 160)),
        ("scene-detector", {}, (3, 320, 320)),
    ],
)
def test_receptive_fields_are_what_gradients_see(
    name: str, settings: dict[str, Any], shape: tuple[int, ...]
) -> None:
    network = build(name, **settings)
    pooled = name == "small-resnet"
    # A global pool reads everything: the stages before it have a field of their own.
    part = nn.Sequential(network.stem, network.stages) if pooled else network  # type: ignore[arg-type]
    claimed = summarise(part, shape)[-1].receptive_field
    assert claimed is not None
    x = torch.randn(1, *shape, generator=torch.Generator().manual_seed(0), requires_grad=True)
    for module in part.modules():
        if isinstance(module, nn.ReLU | nn.LeakyReLU):
            module.forward = nn.Softplus().forward  # type: ignore[method-assign]
        if isinstance(module, nn.MaxPool1d | nn.MaxPool2d):
            size, stride, padding = module.kernel_size, module.stride, module.padding
            module.forward = nn.AvgPool2d(size, stride, padding).forward  # type: ignore
    part.double().eval()
    widest = 0
    output = part(x.double())
    if name == "scene-detector":
        output = output.permute(0, 3, 1, 2)
    middle = output.shape[-1] // 2
    for unit in range(middle, middle + 4):
        index = (0, slice(None), *(unit,) * (output.ndim - 2))
        (gradient,) = torch.autograd.grad(output[index].sum(), x, retain_graph=True)
        touched = gradient.abs().flatten(0, -2).sum(dim=0).nonzero().flatten()
        widest = max(widest, int(touched.max() - touched.min()) + 1)
    assert widest == claimed[-1]


def test_the_network_is_left_as_it_was() -> None:
    network = build("scene-classifier", batch_norm=True)
    network.features[1].eval()  # type: ignore[index,union-attr]
    before = {key: value.clone() for key, value in network.state_dict().items()}
    modes = [module.training for module in network.modules()]
    summarise(network, (3, 96, 96))
    assert [module.training for module in network.modules()] == modes
    after = network.state_dict()
    assert all(torch.equal(before[key], after[key]) for key in before)
    assert not any(module._forward_hooks for module in network.modules())


def test_a_layer_of_an_unknown_kind_has_no_receptive_field_and_hides_those_above() -> None:
    class Mystery(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x.flip(-1)

    layers = summarise(nn.Sequential(nn.Conv1d(1, 2, 3), Mystery(), nn.Conv1d(2, 2, 3)), (1, 9))
    assert [layer.receptive_field for layer in layers] == [(3,), None, None]


def test_a_layer_that_is_used_twice_counts_its_work_twice_and_its_parameters_once() -> None:
    linear = nn.Linear(4, 4)
    (layer,) = summarise(nn.Sequential(linear, linear), (4,))
    assert (layer.parameters, layer.multiply_adds, layer.activations) == (20, 32, 8)


def test_the_table_has_a_line_a_layer_and_the_totals() -> None:
    layers = summarise(convolutional_mnist1d(), (1, 40))
    head, rule, *lines, end, total = summary_table(layers).splitlines()
    assert " ".join(head.split()) == (
        "layer kind output parameters multiply-adds activations reads"
    )
    assert set(rule) == set(end) == {"-"}
    assert len(lines) == 8
    assert lines[2].split() == ["2", "Conv1d", "15×9", "690", "6,075", "135", "7"]
    assert total.split() == ["total", "2,050", "10,230", "1,030"]


@pytest.mark.parametrize("shape", [(), (3, 0, 4), (3, 2.5), (True, 4)])
def test_an_impossible_shape_is_refused_in_words(shape: Any) -> None:
    with pytest.raises(ValueError, match=r"input_shape=.*expected whole numbers"):
        summarise(nn.Identity(), shape)
