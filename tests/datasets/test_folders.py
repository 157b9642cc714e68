from pathlib import Path

import platformdirs
import pytest

from course_lib.datasets import data_folder


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"
    assert not data_folder().exists()


def test_a_tilde_and_a_relative_path_are_understood(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COURSE_DATA", "~/data")
    assert data_folder() == tmp_path / "data"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_DATA", "here")
    assert data_folder() == tmp_path / "here"


@pytest.mark.parametrize("value", [None, ""])
def test_otherwise_it_is_the_systems_folder_for_caches(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is None:
        monkeypatch.delenv("COURSE_DATA")
    else:
        monkeypatch.setenv("COURSE_DATA", value)
    assert data_folder() == Path(platformdirs.user_cache_dir("course-lib", appauthor=False))
