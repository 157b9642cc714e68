"""A recipe and a seed make a result: pure functions, for this process or any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

import torch
from torch import Tensor, nn

from course_lib.training.devices import find_device
from course_lib.training.ensembles import SeedState, advance
from course_lib.training.histories import History
from course_lib.training.loop import train
from course_lib.training.profiles import FULL, Profile
from course_lib.training.recipes import Recipe, examples_of, tensors_of
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
        examples = [tensors_of(recipe, seed)]
        state = advance(layers, [state], examples, settings, until=settings.steps, device=device)[0]
        return result_of(recipe, state, profile, device)

    where, task = find_device(device), recipe.task
    examples_here, network = examples_of(recipe, seed).to(where), recipe.build(seed)
    began = perf_counter()
    history = train(
        network,
        task.batches(examples_here, settings, seed),
        task.loss,
        settings,
        evaluate=lambda trained: task.watch(trained, examples_here),
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
    network.eval()
    with torch.no_grad():
        judged = task.judge(network, examples_here)
    return _result(
        recipe, network, seed, profile, history, seconds, where, compiled=False, judged=judged
    )


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
    judged: Mapping[str, float] = MappingProxyType({}),
) -> Result:
    record = Record(
        recipe=recipe.identity(profile),
        seed=seed,
        data_sha256=examples_of(recipe, seed).sha256(),
        metrics={**history.last, **judged},
        history=history,
        seconds=round(seconds, 3),
        device=str(device),
        compiled=compiled,
    )
    weights = {name: tensor.detach().cpu() for name, tensor in network.state_dict().items()}
    return Result(weights, record)
