"""What the pages for newcomers name is there: make's targets, the command's parts, files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from course_lib.cli import main

ROOT = Path(__file__).parents[1]
PAGES = ["CONTRIBUTING.md", "README.md"]


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def commands(page: str) -> list[str]:
    """Return each command on the page: the lines of its shell blocks, and what is quoted."""
    blocks = re.findall(r"^```bash\n(.*?)^```", text(page), flags=re.S | re.M)
    prose = re.sub(r"^```.*?^```", "", text(page), flags=re.S | re.M)
    quoted = re.findall(r"`([^`\n]+)`", prose)
    return [line.strip() for line in [*"\n".join(blocks).splitlines(), *quoted] if line.strip()]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", text("Makefile"), flags=re.M))


def missing(line: str) -> str | None:
    """Return what a line of the shell names that is not there, or None."""
    words = shlex.split(line, comments=True)
    if words[:1] == ["make"]:
        named = [word for word in words[1:] if re.fullmatch("[a-z-]+", word)]
        return next((word for word in named if word not in targets()), None)
    if words[:1] != ["course"]:
        return None
    command: click.Command = main
    for word in words[1:]:
        if isinstance(command, click.Group):
            if word == "--help":
                continue
            found = command.get_command(click.Context(command), word)
            if found is None:
                return word
            command = found
        elif word.startswith("-"):
            options = {option for one in command.params for option in one.opts} | {"--help"}
            if word.split("=")[0] not in options:
                return word
    return None


@pytest.mark.parametrize("page", PAGES)
def test_every_command_on_the_page_exists_with_its_options(page: str) -> None:
    named = [line for line in commands(page) if line.startswith(("make ", "course "))]
    assert len(named) >= 10
    assert {line: missing(line) for line in named if missing(line)} == {}


@pytest.mark.parametrize(
    "line",
    [
        "make bok",
        "make book tset",
        "course figure",
        "course labs grad",
        "course new demo --wet-run x",
        "course figures x --ouch y",
    ],
)
def test_a_command_that_does_not_exist_is_found(line: str) -> None:
    assert missing(line) is not None


@pytest.mark.parametrize("page", PAGES)
def test_every_file_on_the_page_exists(page: str) -> None:
    invented = ("scale-a-signal", "scale_a_signal", "NN-slug", "_build", "_root", ".venv", "index")
    paths = [
        word
        for line in commands(page)
        for word in line.split()
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?|\w+\.(md|yml|toml|txt|json)", word)
        and (ROOT / word.split("/")[0]).exists()
        and not any(name in word for name in invented)
    ]
    assert len(paths) >= 5
    assert [path for path in paths if not (ROOT / path).exists()] == []
