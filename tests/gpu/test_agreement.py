"""A GPU computes what a CPU does, within what the order of a sum may change.

In float64 a sum of some thousand products differs by about 1e-13 of its size: 1e-10 is asked. In
float32, with 24 bits, one layer differs by about 1e-6 of its largest value and some dozen layers by
some ten times that: 1e-4 is asked of whole networks. TF32 is off (see the fixture `exact`).
"""

import copy

import pytest
import torch
from torch import Tensor

from course_lib.convolution import (
    convolve1d,
    convolve2d,
    max_pool1d,
    max_pool2d,
    mean_pool1d,
    mean_pool2d,
)
from course_lib.detection import non_max_suppression
from course_lib.networks import TRAINED, trained_network
from course_lib.segmentation import confusion_matrix, mean_iou
from course_lib.training import AdamW, Constant, Settings, classification_loss, train

pytestmark = [pytest.mark.gpu, pytest.mark.usefixtures("exact")]

DOUBLE, SINGLE = 1e-10, 1e-4


def drawn(*shape: int, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def assert_close(there: Tensor, here: Tensor, tolerance: float) -> None:
    """Hold two results together, within a share of the largest value."""
    assert there.shape == here.shape
    assert torch.isfinite(here).all()
    largest = here.abs().max().item()
    assert (there.cpu() - here).abs().max().item() <= tolerance * largest


@pytest.mark.parametrize("name", TRAINED)
def test_every_shipped_network_gives_the_same_scores(name: str, device: torch.device) -> None:
    network = trained_network(name)
    shape = (16, 3, 96, 96) if name.startswith("scene") else (100, 1, 40)
    x = (
        drawn(*shape).abs().clamp(max=1).float()
        if name.startswith("scene")
        else drawn(*shape).float()
    )
    with torch.no_grad():
        here = network(x)
        there = network.to(device)(x.to(device))
    assert there.device.type == device.type
    assert_close(there, here, SINGLE)


@pytest.mark.parametrize("settings", [{}, {"stride": 2, "padding": "reflect"}, {"dilation": 3}])
def test_convolution_in_one_dimension(settings: dict, device: torch.device) -> None:
    x, weight, bias = drawn(4, 3, 50), drawn(8, 3, 5, seed=1), drawn(8, seed=2)
    here = convolve1d(x, weight, bias, **settings)
    there = convolve1d(x.to(device), weight.to(device), bias.to(device), **settings)
    assert_close(there, here, DOUBLE)


@pytest.mark.parametrize("settings", [{}, {"stride": 2, "padding": "circular"}, {"dilation": 2}])
def test_convolution_in_two_dimensions(settings: dict, device: torch.device) -> None:
    x, weight, bias = drawn(2, 3, 20, 24), drawn(6, 3, 3, 3, seed=1), drawn(6, seed=2)
    here = convolve2d(x, weight, bias, **settings)
    there = convolve2d(x.to(device), weight.to(device), bias.to(device), **settings)
    assert_close(there, here, DOUBLE)


def test_pooling_gives_the_same_values_from_the_same_places(device: torch.device) -> None:
    signal, image = drawn(2, 3, 41), drawn(2, 3, 17, 20)
    for x, largest, mean in ((signal, max_pool1d, mean_pool1d), (image, max_pool2d, mean_pool2d)):
        here, there = largest(x, 3, stride=2), largest(x.to(device), 3, stride=2)
        assert torch.equal(there.values.cpu(), here.values)
        assert torch.equal(there.positions.cpu(), here.positions)
        assert_close(mean(x.to(device), 3, stride=2), mean(x, 3, stride=2), DOUBLE)


def test_the_same_boxes_survive_in_the_same_order(device: torch.device) -> None:
    # On quarters, IoUs and equal scores are the same to the last bit wherever they are computed.
    generator = torch.Generator().manual_seed(0)
    corner = torch.randint(0, 200, (300, 2), generator=generator) / 4
    size = torch.randint(8, 80, (300, 2), generator=generator) / 4
    boxes = torch.cat([corner, corner + size], 1)
    scores = torch.randint(0, 20, (300,), generator=generator) / 20
    classes = torch.randint(0, 3, (300,), generator=generator)
    here = non_max_suppression(boxes, scores, classes, iou_threshold=0.4)
    parts = (part.to(device) for part in (boxes, scores, classes))
    there = non_max_suppression(*parts, iou_threshold=0.4)
    assert 10 < len(here) < 300
    assert there.tolist() == here.tolist()


def test_the_mean_iou_is_the_same(device: torch.device) -> None:
    generator = torch.Generator().manual_seed(0)
    prediction, target = torch.randint(0, 11, (2, 4, 96, 96), generator=generator)
    here = confusion_matrix(prediction, target, 11)
    there = confusion_matrix(prediction.to(device), target.to(device), 11)
    assert torch.equal(there.cpu(), here)
    assert mean_iou(there) == pytest.approx(mean_iou(here), rel=1e-12)


@pytest.mark.parametrize("name", ["mnist-1d-convolutional", "scene-classifier"])
def test_three_steps_of_training_lead_to_the_same_weights(name: str, device: torch.device) -> None:
    here = trained_network(name).double()
    for layer in here.modules():
        if isinstance(layer, torch.nn.Dropout):
            layer.p = 0.0  # each device draws its own
    there = copy.deepcopy(here)
    x = drawn(3, 20, 1, 40) if name.startswith("mnist") else drawn(3, 4, 3, 96, 96)
    classes = torch.arange(x.shape[1]) % 10
    settings = Settings(steps=3, schedule=Constant(0.01))
    for network, place in ((here, torch.device("cpu")), (there, device)):
        train(
            network,
            lambda step: (x[step], classes),
            classification_loss,
            settings,
            device=place,
            progress=False,
        )
    before = trained_network(name).double().state_dict()
    for key, value in here.state_dict().items():
        if value.is_floating_point():
            # Steps divide by a batch's deviation and so magnify what differs.
            assert (there.state_dict()[key].cpu() - value).abs().max() <= 1e-8
    assert any(not torch.equal(v, before[k]) for k, v in here.state_dict().items())


def test_autocast_trains_nearly_as_well_and_meets_no_nan(device: torch.device) -> None:
    """bfloat16 has float32's range, so nothing needs scaling; its 8 bits blur each gradient."""
    from course_lib.datasets import load_mnist1d
    from course_lib.networks import build
    from course_lib.training import TensorBatches

    data = load_mnist1d()
    settings = Settings(steps=300, schedule=Constant(1e-3), optimiser=AdamW(), evaluate_every=100)
    losses = {}
    for mixed in (False, True):
        network = build("mnist-1d-convolutional", seed=0)

        def objective(network: torch.nn.Module, batch: object, mixed: bool = mixed) -> Tensor:
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=mixed):
                return classification_loss(network, batch)

        batches = TensorBatches((data.x_train[:, None], data.y_train), 100, 0)
        history = train(network, batches, objective, settings, device=device, progress=False)
        assert all(torch.isfinite(p).all() for p in network.parameters())
        losses[mixed] = history.last["loss"]
    assert losses[False] < 1.6  # it learns: guessing costs ln 10, 2.30
    assert losses[True] == pytest.approx(losses[False], rel=0.05, abs=0.02)
