"""What holds for every test."""

import pytest
from hypothesis import settings

# Machines are shared and noisy: how long one example takes says nothing about the code.
settings.register_profile("course", deadline=None)
settings.load_profile("course")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--gpu-device",
        default="cuda",
        help="The device of the tests marked gpu; cpu tries their code where there is no GPU.",
    )
