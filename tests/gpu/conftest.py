"""The device of these tests, and arithmetic that can be compared."""

from collections.abc import Iterator

import pytest
import torch


@pytest.fixture(scope="session")
def device(request: pytest.FixtureRequest) -> torch.device:
    """The device under test; where there is none, the test is skipped and says why."""
    name = request.config.getoption("--gpu-device")
    if name != "cpu" and not torch.cuda.is_available():
        built = torch.version.cuda
        why = "finds no GPU" if built else "is built for the CPU only"
        pytest.skip(f"needs CUDA, and torch {torch.__version__} {why} (--gpu-device cpu tries)")
    return torch.device(name)


@pytest.fixture
def exact() -> Iterator[None]:
    """Let the GPU multiply in float32 proper: TF32, its default in convolutions, keeps 10 bits."""
    places = (torch.backends.cudnn.conv, torch.backends.cuda.matmul)
    before = [place.fp32_precision for place in places]
    for place in places:
        place.fp32_precision = "ieee"
    yield
    for place, value in zip(places, before, strict=True):
        place.fp32_precision = value
