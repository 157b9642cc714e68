import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from course_lib.files import write_whole
from course_lib.training import CheckpointError
from course_lib.training.checkpoints import load_checkpoint, save_checkpoint


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deep" / "a"
    write_whole(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(path.parent) == ["a"]


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    code = (
        "from pathlib import Path; import sys\n"
        "sys.modules['torch'] = None\n"  # files.py alone, without the seconds of torch
        "import importlib.util as u\n"
        f"s = u.spec_from_file_location('files', {write_whole.__code__.co_filename!r})\n"
        "m = u.module_from_spec(s); s.loader.exec_module(m)\n"
        f"p, i = Path({str(path)!r}), 0\n"
        "while True:\n    m.write_whole(p, bytes([i % 256]) * 200_000); i += 1\n"
    )
    for pause in (0.0, 0.01, 0.03):
        writer = subprocess.Popen([sys.executable, "-c", code])
        while not path.exists():
            time.sleep(0.001)
            assert writer.poll() is None
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        content = path.read_bytes()
        assert len(content) == 200_000
        assert len(set(content)) == 1
        path.unlink()


def test_a_checkpoint_comes_back_as_it_was(tmp_path: Path) -> None:
    content = {"x": torch.randn(3), "list": [1, 2.5, "a", None], "deep": {"y": torch.arange(2)}}
    save_checkpoint(tmp_path / "a", content)
    found = load_checkpoint(tmp_path / "a")
    assert torch.equal(found["x"], content["x"])
    assert torch.equal(found["deep"]["y"], torch.arange(2))
    assert found["list"] == content["list"]
    assert found.keys() == content.keys()


@pytest.mark.parametrize("keep", [0, 10, 0.5, 0.99])
def test_a_damaged_checkpoint_is_refused_by_name(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "a.checkpoint"
    save_checkpoint(path, {"x": torch.zeros(1000)})
    data = path.read_bytes()
    path.write_bytes(data[: int(keep if keep >= 1 else keep * len(data))])
    with pytest.raises(CheckpointError, match=r"a\.checkpoint is no checkpoint or is damaged"):
        load_checkpoint(path)


def test_a_checkpoint_that_would_run_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.checkpoint"
    torch.save({"format": 1, "x": subprocess.Popen}, path)
    with pytest.raises(CheckpointError, match="no checkpoint"):
        load_checkpoint(path)


def test_another_format_is_refused(tmp_path: Path) -> None:
    torch.save({"format": 99}, tmp_path / "a")
    with pytest.raises(CheckpointError, match="no checkpoint of format 1"):
        load_checkpoint(tmp_path / "a")
