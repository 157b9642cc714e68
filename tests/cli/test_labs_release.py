from pathlib import Path

from click.testing import CliRunner

from course_lib.cli import main


def test_a_course_folder_that_is_not_there_is_not_made_without_labs_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "misspelt"
    result = CliRunner().invoke(main, ["labs", "release", "lab", "--course", str(folder)])
    assert result.exit_code == 2
    assert "there is no folder" in result.output
    assert not folder.exists()


def test_a_course_folder_is_made_where_labs_are_given_for_it(tmp_path: Path) -> None:
    origin, folder = tmp_path / "labs", tmp_path / "courses" / "mine"
    origin.mkdir()
    words = ["labs", "release", "lab", "--course", str(folder), "--from", str(origin)]
    assert CliRunner().invoke(main, words).exit_code == 1  # there is no such lab
    assert folder.is_dir()
