import json
import os
import pickle
import signal
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from course_lib.training import (
    CheckpointError,
    Constant,
    Interrupted,
    NonFiniteLossError,
    Profile,
    Recipe,
    SeedState,
    advance,
    load_network,
    run,
    sweep,
    tasks,
)
from course_lib.training import sweeps as module
from course_lib.training.results import Results
from course_lib.training.workers import advance_packed, pack, unpack
from tests.training.problems import SMALL, build, plain_loop, small_examples, small_network

WHOLE = Profile("whole", seeds=3, most_steps=None, evaluations=3)


def examples(seed: int):
    del seed
    return small_examples()


def network_with_dropout(*, generator: torch.Generator) -> nn.Module:
    """Return a network that no ensemble can train."""
    network = nn.Sequential(nn.Flatten(), nn.Linear(10, 8), nn.Dropout(), nn.Linear(8, 3))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(0.3 * torch.randn(parameter.shape, generator=generator))
    return network


RECIPE = Recipe("test/small", "a small network", small_network, examples, SMALL)
SINGLE = replace(RECIPE, name="test/single", network=network_with_dropout)


def small_sweep(folder: Path, seeds=(0, 1, 2), recipe: Recipe = RECIPE, **options):
    options = {"profile": WHOLE, "device": "cpu"} | options
    return sweep(recipe, seeds, folder, **options)


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Return a list that fills with the seeds of each piece of work."""
    calls: list[list[int]] = []

    def counting(recipe, packed, *rest):
        calls.append([state.seed for state in unpack(packed)])
        return advance_packed(recipe, packed, *rest)

    monkeypatch.setattr(module, "advance_packed", counting)
    return calls


def test_each_seed_is_what_the_plain_loop_makes_of_it(tmp_path: Path) -> None:
    records = small_sweep(tmp_path)
    for seed, record in enumerate(records):
        alone, kept = build(seed), build(99)
        plain_loop(alone, small_examples(), SMALL, seed)
        path = tmp_path / "test/small/whole" / f"seed-{seed:04d}.safetensors"
        assert load_network(path, kept) == record
        for a, b in zip(alone.parameters(), kept.parameters(), strict=True):
            torch.testing.assert_close(a, b, rtol=0, atol=1e-5)
        z = alone(small_examples().x_test)
        wrong = (z.argmax(1) != small_examples().y_test).double().mean().item()
        assert record.metrics["test_error"] == pytest.approx(wrong)
        assert record.seed == seed
        assert record.history.steps == (0, 10, 20, 30)


def test_the_summary_has_mean_and_deviation_over_the_seeds(tmp_path: Path) -> None:
    records = small_sweep(tmp_path)
    summary = json.loads((tmp_path / "test/small/whole/summary.json").read_text())
    losses = torch.tensor([r.metrics["test_loss"] for r in records], dtype=torch.float64)
    curve = summary["metrics"]["test_loss"]
    assert summary["seeds"] == [0, 1, 2]
    assert curve["mean"][-1] == pytest.approx(losses.mean().item())
    assert curve["deviation"][-1] == pytest.approx(losses.std().item())


def test_a_run_is_a_pure_function_of_recipe_and_seed() -> None:
    first, again = (run(RECIPE, 4, profile=WHOLE, device="cpu") for _ in range(2))
    assert all(torch.equal(first.weights[name], again.weights[name]) for name in first.weights)
    assert first.record.history == again.record.history


def test_a_second_sweep_trains_only_what_is_left(tmp_path: Path, counted: list[list[int]]) -> None:
    before = small_sweep(tmp_path, seeds=[1])
    counted.clear()
    records = small_sweep(tmp_path, seeds=[0, 1, 2])
    assert {seed for group in counted for seed in group} == {0, 2}
    assert records[1] == before[0]
    counted.clear()
    assert small_sweep(tmp_path, seeds=[2, 0]) == [records[2], records[0]]
    assert counted == []


@pytest.mark.parametrize("damage", ["network", "record", "recipe", "data"])
def test_what_is_damaged_or_of_another_recipe_counts_as_left(
    tmp_path: Path, counted: list[list[int]], damage: str
) -> None:
    small_sweep(tmp_path, seeds=[0, 1])
    counted.clear()
    place, recipe = tmp_path / "test/small/whole", RECIPE
    if damage == "network":
        (place / "seed-0001.safetensors").write_bytes(b"")
    elif damage == "record":
        (place / "seed-0001.json").unlink()
    elif damage == "recipe":
        recipe = replace(RECIPE, settings=SMALL.with_(schedule=Constant(0.2)))
    else:
        recipe = replace(RECIPE, examples=lambda seed: small_examples(seed=5 * seed))
    small_sweep(tmp_path, seeds=[0, 1], recipe=recipe)
    trained = {seed for group in counted for seed in group}
    assert trained == ({0, 1} if damage == "recipe" else {1})


@pytest.mark.parametrize("recipe", [RECIPE, SINGLE], ids=["together", "singly"])
def test_a_stopped_sweep_goes_on_to_bit_for_bit_the_same_networks(
    tmp_path: Path, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = small_sweep(tmp_path / "whole", recipe=recipe)
    calls = []

    def killing(original):
        def work(*arguments, **options):
            calls.append(1)
            if len(calls) == 2:
                os.kill(os.getpid(), signal.SIGTERM)
            return original(*arguments, **options)

        return work

    with monkeypatch.context() as patch:
        patch.setattr(module, "advance_packed", killing(module.advance_packed))
        patch.setattr(
            "course_lib.training.tasks.classification_metrics",
            killing(tasks.classification_metrics),
        )
        with pytest.raises(Interrupted, match="stopped by SIGTERM"):
            small_sweep(tmp_path / "parts", recipe=recipe)
    assert any(name.endswith(".checkpoint") for name in files(tmp_path / "parts"))
    records = small_sweep(tmp_path / "parts", recipe=recipe)
    assert [r.history for r in records] == [r.history for r in expected]
    assert [r.network_sha256 for r in records] == [r.network_sha256 for r in expected]
    assert not any(name.endswith((".checkpoint", ".part")) for name in files(tmp_path / "parts"))


class Killed(BaseException):
    """What no code expects, as it is with SIGKILL."""


@pytest.mark.parametrize("save_every", [0.0, 1e9], ids=["often saved", "never saved"])
def test_a_sweep_killed_at_any_write_goes_on_to_the_same_bytes(
    save_every: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(module, "_SAVE_EVERY", save_every)
    monkeypatch.setattr(module, "TOGETHER", 2)

    def content(folder: Path) -> dict[str, bytes]:
        kept = (p for p in folder.rglob("*") if p.suffix == ".safetensors" or "summary" in p.name)
        return {p.name: p.read_bytes() for p in kept}

    small_sweep(tmp_path / "whole")
    expected, original = content(tmp_path / "whole"), os.replace
    assert len(expected) == 4
    for deadly in range(1, 99):
        writes, groups = [], []

        def replace_or_die(source, target, writes=writes, deadly=deadly):
            writes.append(target)
            if len(writes) == deadly:
                raise Killed
            original(source, target)

        def noting(recipe, packed, *rest, groups=groups):
            groups.append([state.seed for state in unpack(packed)])
            return advance_packed(recipe, packed, *rest)

        folder = tmp_path / f"killed-{deadly}"
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", replace_or_die)
            try:
                small_sweep(folder)
            except Killed:
                pass
            else:
                break
        with monkeypatch.context() as patch:
            patch.setattr(module, "advance_packed", noting)
            small_sweep(folder)
        assert content(folder) == expected
        # With other neighbours a network would learn the same, but for the rounding of sums.
        assert all(group in ([0, 1], [2]) for group in groups)
        assert not any(name.endswith(".checkpoint") for name in files(folder))
    assert deadly > (14 if save_every == 0 else 10)


def test_a_finished_network_is_not_written_again_when_its_neighbours_go_on(tmp_path: Path) -> None:
    small_sweep(tmp_path, seeds=[1])
    path = tmp_path / "test/small/whole/seed-0001.safetensors"
    before = path.stat().st_mtime_ns
    results = Results(tmp_path, RECIPE, WHOLE)
    results.keep_states([results.start(seed) for seed in (0, 1, 2)])
    records = small_sweep(tmp_path)
    assert [record.seed for record in records] == [0, 1, 2]
    assert path.stat().st_mtime_ns == before


def test_work_and_what_comes_of_it_can_go_from_process_to_process() -> None:
    start = SeedState.start(RECIPE.build(0), 0)
    work = (advance_packed, RECIPE, pack([start]), SMALL, 20, "cpu")
    function, *arguments = pickle.loads(pickle.dumps(work))
    (state,) = unpack(function(*arguments))
    layers = RECIPE.layers()
    assert layers is not None
    (expected,) = advance(layers, [start], [examples(0)], SMALL, until=20, device="cpu")
    assert state.step == 20
    assert all(map(torch.equal, state.parameters, expected.parameters))
    assert state.history == expected.history


@pytest.mark.slow
def test_two_processes_train_what_one_does(tmp_path: Path) -> None:
    one = small_sweep(tmp_path / "one", seeds=[0, 1], workers=1)
    two = small_sweep(tmp_path / "two", seeds=[0, 1], workers=2)
    for a, b in zip(one, two, strict=True):
        assert a.history.steps == b.history.steps
        assert a.metrics == pytest.approx(b.metrics, abs=1e-5)


def test_a_network_that_cannot_be_stacked_is_trained_singly(tmp_path: Path) -> None:
    records = small_sweep(tmp_path, recipe=SINGLE, seeds=[0, 1])
    losses = [r.history.metrics["train_loss"] for r in records]
    assert all(loss[-1] < loss[0] for loss in losses)
    assert losses[0] != losses[1]


def test_a_seed_that_diverges_names_itself_and_spares_the_finished(tmp_path: Path) -> None:
    small_sweep(tmp_path, seeds=[0])
    before = files(tmp_path)
    wild = replace(RECIPE, settings=SMALL.with_(steps=300, schedule=Constant(1e8)))
    with pytest.raises(NonFiniteLossError, match="of seed 3 is"):
        small_sweep(tmp_path, seeds=[3], recipe=wild, workers=1)
    assert files(tmp_path) == before


def test_a_divergence_is_told_by_another_process_as_by_this_one() -> None:
    error = NonFiniteLossError(7, float("inf"), seed=3)
    told = pickle.loads(pickle.dumps(error))
    assert (told.step, told.seed) == (7, 3)
    assert str(told) == str(error)


def test_a_checkpoint_of_another_recipe_is_refused_unless_it_is_not_wanted(
    tmp_path: Path,
) -> None:
    place = tmp_path / "test/small/whole"
    results = module.Results(tmp_path, RECIPE, WHOLE)
    results.keep_states([results.start(0)])
    changed = replace(RECIPE, settings=SMALL.with_(schedule=Constant(0.2)))
    with pytest.raises(CheckpointError, match="is of another recipe or profile"):
        small_sweep(tmp_path, seeds=[0], recipe=changed)
    small_sweep(tmp_path, seeds=[0], recipe=changed, resume=False)
    assert not (place / "seed-0000.checkpoint").exists()


@pytest.mark.parametrize(
    ("seeds", "options", "message"),
    [
        ([], {}, r"seeds=\[\]: expected at least one"),
        ([1, 1], {}, r"seeds=\[1, 1\]: .* each once"),
        ([-1], {}, "seed=-1: expected a whole number of at least 0"),
        ([0], {"workers": 0}, "workers=0"),
        ([0], {"device": "abacus"}, "device='abacus': expected 'auto', 'cpu'"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, seeds, options, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small_sweep(tmp_path, seeds, **options)
    assert files(tmp_path) == []


@pytest.mark.parametrize("recipe", [RECIPE, SINGLE])
def test_a_half_trained_network_does_not_go_on_with_other_examples(
    recipe: Recipe, tmp_path: Path
) -> None:
    half = Results(tmp_path, recipe, WHOLE)
    if recipe is RECIPE:
        half.keep_states([half.start(0)])
    else:
        run(recipe, 0, profile=WHOLE, device="cpu", checkpoint=half.checkpoint(0))
    changed = replace(recipe, examples=lambda seed: small_examples(seed=99))
    with pytest.raises(CheckpointError, match=r"SHA-256|data_sha256"):
        small_sweep(tmp_path, [0], changed)
    (record,) = small_sweep(tmp_path, [0], changed, resume=False)
    assert record.data_sha256 == small_examples(seed=99).sha256()


def test_a_network_that_no_ensemble_can_train_is_trained_alone(tmp_path: Path) -> None:
    def frozen(*, generator: torch.Generator) -> nn.Module:
        network = small_network(generator=generator)
        next(network.parameters()).requires_grad_(False)
        return network

    recipe = replace(RECIPE, name="test/frozen", network=frozen)
    assert recipe.layers() is None
    small_sweep(tmp_path, [0], recipe)
    trained = small_network(generator=torch.Generator())
    load_network(Results(tmp_path, recipe, WHOLE).network(0), trained)
    assert torch.equal(next(trained.parameters()), next(recipe.build(0).parameters()))
