"""What a network is to do: which batches it sees, what it loses, and how it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from course_lib.training.batches import TensorBatches
from course_lib.training.examples import Examples
from course_lib.training.loop import Batch, BatchSource, classification_loss
from course_lib.training.metrics import classification_metrics
from course_lib.training.settings import Settings


class AnyExamples(Protocol):
    """Examples of any task."""

    def to(self, device: torch.device) -> Any:
        """Return the examples on a device."""

    def sha256(self) -> str:
        """Return a hash of all values."""


class Task(Protocol):
    """What a recipe's network is to do."""

    def batches(self, examples: Any, settings: Settings, seed: int) -> BatchSource:
        """Return what gives each step its batch."""

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the loss of a batch."""

    def watch(self, network: nn.Module, examples: Any) -> Mapping[str, float]:
        """Return what is measured while the network learns."""

    def judge(self, network: nn.Module, examples: Any) -> Mapping[str, float]:
        """Return what is measured once, of the trained network, beside the last of the others."""


@dataclass(frozen=True)
class Classification:
    """To name the class of each example: of tensors that fit into memory as they are."""

    def batches(self, examples: Examples, settings: Settings, seed: int) -> BatchSource:
        """Return batches of inputs and classes."""
        return TensorBatches((examples.x_train, examples.y_train), settings.batch_size, seed)

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean cross-entropy."""
        return classification_loss(network, batch)

    def watch(self, network: nn.Module, examples: Examples) -> Mapping[str, float]:
        """Return loss and error on both splits."""
        return classification_metrics(network, examples)

    def judge(self, network: nn.Module, examples: Examples) -> Mapping[str, float]:
        """Return nothing more."""
        return {}


CLASSIFICATION = Classification()
"""The task of every recipe that names no other."""
