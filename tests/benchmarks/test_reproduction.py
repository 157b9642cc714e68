"""What the report of the reproduced experiment claims, and that its command is killed for good."""

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks import reproduction


def row(network: str, split: str, mean: float, stated: tuple[float, float]) -> dict[str, str]:
    low, high = stated
    numbers = {"mean": mean, "lowest": mean, "highest": mean}
    numbers |= {"stated_low": low, "stated_high": high, "seeds": 20, "seeds_within": 20}
    return {"network": network, "split": split} | {k: str(v) for k, v in numbers.items()}


@pytest.fixture
def results() -> dict[str, Any]:
    return {
        "profile": "full",
        "seeds": 20,
        "seconds": [120.0, 1080.0],
        "found": [
            row("convolutional", "test", 0.151, (0.12, 0.18)),
            row("convolutional", "train", 0.006, (0, 0.005)),
        ],
        "run": {"cores": 2},
        "textbook loop, steps a second": {"convolutional": 500, "fully-connected": 1000},
    }


def test_the_time_is_that_of_both_runs_beside_the_textbook_s(results: dict[str, Any]) -> None:
    first, *_ = reproduction.claims(results)
    assert (first.ours, first.bar, first.met) == (20.0, 25.0, True)
    # 20 seeds of 100,000 steps: 4,000 s at 500 steps a second and 2,000 s at 1,000.
    assert first.baseline == 100.0
    assert "killed once" in first.what


def test_errors_are_held_to_what_is_stated(results: dict[str, Any]) -> None:
    _, low, high, train = reproduction.claims(results)
    assert (low.ours, low.bar, low.met) == (15.1, 12.0, True)
    assert (high.bar, high.met) == (18.0, True)
    assert (train.ours, train.bar, train.met) == (0.6, 0.5, False)


def test_of_a_trial_no_bar_is_met_or_missed(results: dict[str, Any]) -> None:
    claims = reproduction.claims(results | {"profile": "fast"})
    assert {claim.met for claim in claims} == {None}


def test_what_is_killed_does_nothing_more_nor_do_its_children(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    child = f"import time, pathlib; time.sleep(3); pathlib.Path({str(mark)!r}).touch()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    seconds = reproduction.killed([sys.executable, "-c", parent], after=1.0)
    assert 1.0 <= seconds < 3.0
    time.sleep(3)
    assert not mark.exists()


def test_a_command_that_ends_by_itself_was_not_killed() -> None:
    with pytest.raises(SystemExit, match="ended before it was killed"):
        reproduction.killed([sys.executable, "-c", ""], after=20.0)
