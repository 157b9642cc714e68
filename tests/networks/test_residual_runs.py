"""The results of plain and residual networks: what they say, and that they can be had again."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from course_lib.networks import residual_results, signal_resnet
from course_lib.training import FULL, find_recipe, run
from course_lib.training.recipes import examples_of
from course_lib.training.residual_results import errors_without_blocks, gather_residual


def train_error(depth: int, *, skip: bool, batch_norm: bool) -> float:
    return mean(residual_results().run(depth, skip=skip, batch_norm=batch_norm).train_error)


def test_every_kind_was_trained_at_each_depth_with_five_seeds() -> None:
    results = residual_results()
    assert results.depths()[:3] == (4, 8, 16)
    for found in results.runs.values():
        assert len(found.seeds) >= 5
        assert len(found.train_error) == len(found.test_loss) == len(found.seeds)
    assert results.settings["steps"] == 400
    with pytest.raises(ValueError, match="depth=5: there are the runs plain-4, "):
        results.run(5, skip=True, batch_norm=True)


def test_plain_networks_degrade_and_residual_ones_with_normalisation_do_not() -> None:
    deepest = residual_results().depths()[-1]
    for batch_norm in (False, True):
        shallow = train_error(8, skip=False, batch_norm=batch_norm)
        assert train_error(deepest, skip=False, batch_norm=batch_norm) > 1.5 * shallow
    deep = train_error(deepest, skip=True, batch_norm=True)
    assert deep <= train_error(8, skip=True, batch_norm=True)
    assert deep < 0.5 * train_error(deepest, skip=False, batch_norm=True)


def test_a_plain_network_breaks_without_a_block_and_a_residual_one_less() -> None:
    plain, residual = (
        mean(e for seed in found.without_block for e in seed)
        for found in (residual_results().run(16, skip=s, batch_norm=True) for s in (False, True))
    )
    assert plain > 0.75
    assert residual < 0.5 * plain


def test_the_shallowest_network_comes_out_the_same_again() -> None:
    recipe = find_recipe("residual/residual-4-batch-norm")
    again = run(recipe, 0, profile=FULL, device="cpu").record.metrics
    kept = residual_results().run(4, skip=True, batch_norm=True)
    assert again["train_error"] == pytest.approx(kept.train_error[0], abs=0.02)
    assert again["test_loss"] == pytest.approx(kept.test_loss[0], abs=0.05)


def test_recipes_look_at_their_networks_only_a_few_times() -> None:
    recipe = find_recipe("residual/plain-8")
    assert recipe.settings_in(FULL).evaluate_every == 100
    assert recipe.layers() is None  # trained singly


def test_leaving_a_block_out_leaves_the_network_as_it_was() -> None:
    network = signal_resnet(8)
    before = str(network)
    examples = examples_of(find_recipe("residual/plain-8"), 0)
    errors = errors_without_blocks(network, examples.x_test[:20], examples.y_test[:20])
    assert len(errors) == 3
    assert str(network) == before


def test_a_folder_without_finished_recipes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="expected 5 networks of a recipe of residual"):
        gather_residual(tmp_path)
