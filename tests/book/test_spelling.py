"""No word of the book, the labs, the README or the package is one that codespell would mend."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "codespell_lib", "--config", str(ROOT / ".codespellrc")]


def test_no_word_is_misspelt() -> None:
    places = ["book", "labs", "course_lib", "README.md", "CHANGELOG.md"]
    done = subprocess.run([*COMMAND, *places], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr


def test_a_misspelt_word_would_be_found_and_a_british_one_not(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The colour of a convoultion's centre, recieved.")
    done = subprocess.run([*COMMAND, str(tmp_path)], capture_output=True, text=True)
    assert "recieved ==>" in done.stdout
    assert "colour" not in done.stdout
