"""Gathers what a sweep over plain and residual networks came to, as it ships.

`course_lib.networks.residual_runs` reads it.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.networks.residual import ResNet
from course_lib.networks.residual_runs import DEPTHS, run_name
from course_lib.training.recipes import find_recipe, tensors_of
from course_lib.training.records import load_network

FINAL = ("train_error", "test_error", "train_loss", "test_loss")
PLACES = 5
CUT = 16
"""The deepest networks whose blocks are left out one by one."""


def gather_residual(folder: Path, seeds: int = 5) -> dict[str, Any]:
    """Return the results of the recipes, as plain values for JSON.

    Parameters
    ----------
    folder : Path
        That ``course train residual/… --profile full --out FOLDER`` wrote into.
    seeds : int
        A recipe of which fewer networks are finished is left out.

    Raises
    ------
    FileNotFoundError
        If no recipe is finished there.
    """
    runs: dict[str, Any] = {}
    versions: dict[str, str] = {}
    settings: dict[str, Any] = {}
    for depth, batch_norm, skip in product(DEPTHS, (False, True), (False, True)):
        name = run_name(depth, skip=skip, batch_norm=batch_norm)
        paths = sorted((folder / f"residual/{name}/full").glob("seed-*.safetensors"))[:seeds]
        if len(paths) < seeds:
            continue
        recipe, records, cut = find_recipe(f"residual/{name}"), [], []
        for path in paths:
            network = recipe.build(int(path.stem[-4:]))
            records.append(load_network(path, network))
            if batch_norm and depth <= CUT:
                assert isinstance(network, ResNet)
                examples = tensors_of(recipe, records[-1].seed)
                cut.append(errors_without_blocks(network, examples.x_test, examples.y_test))
        runs[name] = {"seeds": [record.seed for record in records]}
        for metric in FINAL:
            runs[name][metric] = [round(record.metrics[metric], PLACES) for record in records]
        if cut:
            runs[name]["without_block"] = cut
        settings = dict(records[0].recipe["settings"])
        versions.update(records[0].versions)
    if not runs:
        raise FileNotFoundError(
            f"{folder}: expected {seeds} networks of a recipe of residual networks there, profile"
            " full"
        )
    return {
        "about": "What training plain and residual networks on MNIST-1D came to; made by"
        " `course train RECIPE --profile full` and tools/residual-results.",
        "settings": settings,
        "versions": versions,
        "runs": runs,
    }


@torch.no_grad()
def errors_without_blocks(network: ResNet, x: Tensor, y: Tensor) -> list[float]:
    """Return the error with each block in turn left out, the identity in its place."""
    network.eval()
    errors = []
    for stage in network.stages:
        assert isinstance(stage, nn.Sequential)
        for place, block in enumerate(stage):
            stage[place] = nn.Identity()
            wrong = network(x).argmax(1) != y
            errors.append(round(wrong.double().mean().item(), PLACES))
            stage[place] = block
    return errors
