from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course_lib.cli import main
from course_lib.training import Interrupted, load_record, recipes
from course_lib.training.profiles import PROFILES, Profile

NAME = "mnist-1d/convolutional-notebook"


def course(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["train", *arguments])


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the fast profile faster still."""
    monkeypatch.setitem(PROFILES, "fast", Profile("fast", seeds=2, most_steps=20, evaluations=2))


def test_list_names_every_recipe_and_trains_nothing(tmp_path: Path) -> None:
    result = course("--list", "--out", str(tmp_path))
    assert result.exit_code == 0
    for recipe in recipes():
        assert f"{recipe.name} " in result.output
        assert recipe.title in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("brief")
def test_the_profiles_seeds_are_trained_and_their_spread_is_told(tmp_path: Path) -> None:
    result = course(NAME, "--device", "cpu", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    errors = [
        load_record(tmp_path / NAME / "fast" / f"seed-000{seed}.json").metrics["test_error"]
        for seed in (0, 1)
    ]
    mean, half = sum(errors) / 2, abs(errors[0] - errors[1]) / 2
    assert f"test_error   {mean:.4f} ± {half * 2**0.5:.4f}" in result.output
    assert f"2 networks in {tmp_path / NAME / 'fast'}" in result.output


@pytest.mark.usefixtures("brief")
def test_one_seed_has_no_spread_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    first = course(NAME, "--seed", "7", "--device", "cpu", "--out", str(tmp_path))
    assert first.exit_code == 0, first.output
    assert "±" not in first.output
    path = tmp_path / NAME / "fast" / "seed-0007.json"
    before = path.stat().st_mtime_ns
    again = course(NAME, "--seed", "7", "--device", "cpu", "--out", str(tmp_path))
    assert again.output == first.output
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a recipe; `course train --list` has them all"),
        (["mnist-1d/convolutonal-notebook"], f"did you mean '{NAME}'?"),
        ([NAME, "--seeds", "0"], "0 is not in the range x>=1"),
        ([NAME, "--seed", "-1"], "-1 is not in the range x>=0"),
        ([NAME, "--seed", "1", "--seeds", "2"], "give one of them"),
        ([NAME, "--workers", "0"], "0 is not in the range x>=1"),
        ([NAME, "--profile", "slow"], "'slow' is not one of 'fast', 'full'"),
    ],
)
def test_a_misuse_is_told_in_one_sentence(arguments: list[str], message: str) -> None:
    result = course(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_a_device_that_is_none_is_told(tmp_path: Path) -> None:
    result = course(NAME, "--device", "abacus", "--out", str(tmp_path))
    assert result.exit_code == 1
    assert "device='abacus': expected 'auto', 'cpu'" in result.output


def test_a_place_that_takes_no_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    result = course(NAME, "--seed", "0", "--out", str(tmp_path / "taken"))
    assert result.exit_code == 1
    assert f"cannot write to {tmp_path / 'taken'}: it is not a folder" in result.output


def test_being_stopped_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise Interrupted("stopped by SIGINT: 3 of 20 networks are finished")

    monkeypatch.setattr("course_lib.training.sweep", stopped)
    result = course(NAME, "--out", str(tmp_path))
    assert result.exit_code == 1
    assert "3 of 20 networks are finished; the same command goes on from there" in result.output
