"""Folders that an ordinary user can reach: pytest shuts its own to everybody but who runs it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def reachable() -> Iterator[Path]:
    """Make a folder that everybody may enter, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="course-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder for one test."""
    with reachable() as folder:
        yield folder


@pytest.fixture(scope="module")
def shared_place() -> Iterator[Path]:
    """Return a folder for the tests of a module."""
    with reachable() as folder:
        yield folder
