"""A recipe and a seed make a result: pure functions, for this process or any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import torch
from torch import Tensor, nn
from torch.nn import functional

from course_lib.training.batches import TensorBatches
from course_lib.training.checks import check_count
from course_lib.training.devices import find_device
from course_lib.training.ensembles import SeedState, advance
from course_lib.training.examples import Examples
from course_lib.training.histories import History
from course_lib.training.loop import classification_loss, train
from course_lib.training.profiles import FULL, Profile
from course_lib.training.recipes import Recipe, examples_of
from course_lib.training.records import Record


@dataclass(frozen=True, eq=False)
class Result:
    """A trained network: what `save_network` writes."""

    weights: Mapping[str, Tensor]
    """The network's ``state_dict()``."""
    record: Record


def run(
    recipe: Recipe,
    seed: int,
    *,
    profile: Profile = FULL,
    device: str | torch.device = "auto",
    checkpoint: Path | str | None = None,
    resume: bool = False,
) -> Result:
    """Train the network of a recipe and a seed.

    Parameters
    ----------
    recipe : Recipe
    seed : int
        Of first weights, batches, and what else the recipe leaves to chance.
    profile : Profile
    device : str or torch.device
        As for `find_device`.
    checkpoint, resume
        As for `train`; only for networks that are trained singly.

    Returns
    -------
    result : Result

    Raises
    ------
    NonFiniteLossError, Interrupted
        As for `train`.
    """
    settings = recipe.settings_in(profile)
    layers = recipe.layers(seed)
    if layers is not None:
        state = SeedState.start(recipe.build(seed), seed)
        examples = [examples_of(recipe, seed)]
        state = advance(layers, [state], examples, settings, until=settings.steps, device=device)[0]
        return result_of(recipe, state, profile, device)

    where = find_device(device)
    examples_here, network = examples_of(recipe, seed).to(where), recipe.build(seed)
    began = perf_counter()
    history = train(
        network,
        TensorBatches((examples_here.x_train, examples_here.y_train), settings.batch_size, seed),
        classification_loss,
        settings,
        evaluate=lambda trained: classification_metrics(trained, examples_here),
        checkpoint=checkpoint,
        resume=resume,
        identity={
            "recipe": recipe.identity(profile),
            "data_sha256": examples_of(recipe, seed).sha256(),
        },
        seed=seed,
        device=where,
    )
    seconds = perf_counter() - began
    return _result(recipe, network, seed, profile, history, seconds, where, compiled=False)


def result_of(
    recipe: Recipe, state: SeedState, profile: Profile, device: str | torch.device
) -> Result:
    """Return the result that a network's last state stands for."""
    network = recipe.build(state.seed)
    state.load_into(network)
    return _result(
        recipe,
        network,
        state.seed,
        profile,
        state.history,
        state.seconds,
        find_device(device),
        compiled=state.compiled,
    )


def _result(
    recipe: Recipe,
    network: nn.Module,
    seed: int,
    profile: Profile,
    history: History,
    seconds: float,
    device: torch.device,
    *,
    compiled: bool,
) -> Result:
    record = Record(
        recipe=recipe.identity(profile),
        seed=seed,
        data_sha256=examples_of(recipe, seed).sha256(),
        metrics=history.last,
        history=history,
        seconds=round(seconds, 3),
        device=str(device),
        compiled=compiled,
    )
    weights = {name: tensor.detach().cpu() for name, tensor in network.state_dict().items()}
    return Result(weights, record)


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
