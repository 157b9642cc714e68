"""How good a network is on examples that are tensors."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from course_lib.training.checks import check_count
from course_lib.training.examples import Examples


@torch.no_grad()
def classification_metrics(
    network: nn.Module, examples: Examples, *, at_once: int = 500
) -> dict[str, float]:
    """Return loss and error on both splits, as they stand in an ensemble's history.

    Parameters
    ----------
    network : Module
        As it is to be judged, so mostly in evaluation mode.
    examples : Examples
        On the network's device.
    at_once : int
        Examples computed together.

    Returns
    -------
    metrics : dict
        ``train_loss``, ``train_error``, ``test_loss``, ``test_error``; errors are fractions.
    """
    check_count("at_once", at_once)
    metrics = {}
    for split in ("train", "test"):
        x, y = getattr(examples, f"x_{split}"), getattr(examples, f"y_{split}")
        parts: Sequence[Tensor] = [
            network(x[i : i + at_once]) for i in range(0, len(x), at_once)
        ]  # fmt: skip
        z = torch.cat(list(parts))
        metrics[f"{split}_loss"] = float(functional.cross_entropy(z, y))
        metrics[f"{split}_error"] = float((z.argmax(1) != y).double().mean())
    return metrics
