import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from course_lib.cli import main
from course_lib.training.profiles import PROFILES, Profile

NAMES = {"mnist-1d-fast" + end for end in (".md", ".csv", "-seeds.csv", ".svg", "-run.json")}


def course(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["reproduce", *arguments])


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the fast profile faster still."""
    monkeypatch.setitem(PROFILES, "fast", Profile("fast", seeds=2, most_steps=20, evaluations=2))


@pytest.mark.usefixtures("brief")
def test_both_networks_are_trained_and_compared(tmp_path: Path) -> None:
    result = course("mnist-1d", "--profile", "fast", "--device", "cpu", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "1 of 2: convolutional, 2 seeds, 20 steps each" in result.output
    assert "A trial: 20 of the lecture's 100,000 steps." in result.output
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == NAMES
    seeds = list(csv.DictReader((tmp_path / "mnist-1d-fast-seeds.csv").read_text().splitlines()))
    for row in seeds:
        kept = tmp_path / f"mnist-1d/{row['network']}-lecture/fast/seed-000{row['seed']}.json"
        metrics = json.loads(kept.read_text())["metrics"]
        assert float(row["test_error"]) == pytest.approx(metrics["test_error"])
    assert [row["network"] for row in seeds] == ["convolutional"] * 2 + ["fully-connected"] * 2
    run = json.loads((tmp_path / "mnist-1d-fast-run.json").read_text())
    assert run["seconds of training, over all seeds"].keys() == {"convolutional", "fully-connected"}
    assert run["versions"]["torch"]
    assert run["device"]
    drawing = ElementTree.parse(tmp_path / "mnist-1d-fast.svg").getroot()
    assert "the mean over 2 seeds" in drawing.findtext("{http://www.w3.org/2000/svg}desc", "")


@pytest.mark.usefixtures("brief")
def test_a_second_run_trains_nothing_and_writes_the_same(tmp_path: Path) -> None:
    words = ("mnist-1d", "--profile", "fast", "--device", "cpu", "--out", str(tmp_path))
    assert course(*words).exit_code == 0
    lasting = sorted(NAMES - {"mnist-1d-fast-run.json"})
    before = [(tmp_path / name).read_bytes() for name in lasting]
    network = tmp_path / "mnist-1d/convolutional-lecture/fast/seed-0001.safetensors"
    stamp = network.stat().st_mtime_ns
    assert course(*words).exit_code == 0
    assert [(tmp_path / name).read_bytes() for name in lasting] == before
    assert network.stat().st_mtime_ns == stamp


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "Missing argument"),
        (("mnist-2d",), 2, "'mnist-2d' is not 'mnist-1d'"),
        (("mnist-1d", "--seeds", "0"), 2, "0 is not in the range x>=1"),
        (("mnist-1d", "--jobs", "0"), 2, "0 is not in the range x>=1"),
        (("mnist-1d", "--device", "abacus"), 1, "device='abacus': expected 'auto', 'cpu'"),
    ],
)
def test_a_misuse_is_told_in_one_sentence(
    arguments: tuple[str, ...], code: int, message: str, tmp_path: Path
) -> None:
    result = course(*arguments, "--out", str(tmp_path))
    assert result.exit_code == code
    assert message in result.output


BRIEF = """
from course_lib.cli import main
from course_lib.training import sweeps
from course_lib.training.profiles import PROFILES, Profile
PROFILES["fast"] = Profile("fast", seeds=3, most_steps=400, evaluations=40)
sweeps._SAVE_EVERY = 0.0
sweeps.TOGETHER = 2
main(["reproduce", "mnist-1d", "--profile", "fast", "--device", "cpu", "--out", "{out}"])
"""


def lasting_files(folder: Path) -> dict[str, bytes]:
    """Return all that does not tell when it was made."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.suffix in (".safetensors", ".md", ".csv", ".svg") or path.name == "summary.json"
    }


@pytest.mark.slow
def test_whoever_kills_it_gets_the_same_bytes_from_a_second_run(tmp_path: Path) -> None:
    def start(out: Path) -> subprocess.Popen[bytes]:
        code = BRIEF.format(out=out)
        return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)

    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert start(whole).wait(300) == 0
    for kind in ("convolutional", "fully-connected"):
        process = start(parts)
        until = time.monotonic() + 300
        while not list(parts.glob(f"mnist-1d/{kind}-lecture/fast/*.checkpoint")):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert start(parts).wait(300) == 0
    assert lasting_files(parts) == lasting_files(whole)
    assert len(lasting_files(whole)) == 6 + 2 + 4
    assert not list(parts.rglob("*.checkpoint"))
