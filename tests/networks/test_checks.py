import numpy as np
import pytest
import torch
from torch import nn

from course_lib.networks import build, input_shape

IMAGE_NETWORKS = (
    "alexnet",
    "vgg-11",
    "resnet-18",
    "yolo",
    "deconvolution-network",
    "u-net",
    "small-u-net",
    "small-encoder-decoder",
    "small-hourglass",
    "small-resnet",
    "scene-classifier",
    "scene-detector",
)


@pytest.fixture(params=IMAGE_NETWORKS, scope="module")
def case(request: pytest.FixtureRequest) -> tuple[nn.Module, tuple[int, ...]]:
    return build(request.param, device="meta"), (1, *input_shape(request.param))


def test_what_is_no_tensor_is_named(case: tuple[nn.Module, tuple[int, ...]]) -> None:
    network, shape = case
    for wrong, kind in (([1.0], "list"), (np.zeros(shape, np.float32), "ndarray")):
        with pytest.raises(TypeError, match=f"x is a {kind}: expected a tensor"):
            network(wrong)


def test_numbers_of_another_dtype_than_the_weights_are_named(
    case: tuple[nn.Module, tuple[int, ...]],
) -> None:
    network, shape = case
    x = torch.zeros(shape, dtype=torch.float64, device="meta")
    with pytest.raises(TypeError, match=r"x has dtype torch.float64: expected torch.float32"):
        network(x)


def test_an_input_on_another_device_is_named(case: tuple[nn.Module, tuple[int, ...]]) -> None:
    network, shape = case
    with pytest.raises(ValueError, match="x lies on cpu: expected meta"):
        network(torch.zeros(shape))


def test_autocast_may_bring_dtypes_together() -> None:
    network = build("scene-classifier").eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        scores = network(torch.zeros(1, 3, 96, 96, dtype=torch.bfloat16))
    assert scores.isfinite().all()
