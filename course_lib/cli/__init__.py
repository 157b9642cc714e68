"""The `course` command: a table of subcommands, each imported only when it runs."""

from __future__ import annotations

import click

from course_lib import __version__
from course_lib.cli.lazy import LazyGroup

# name → (module, attribute, what it does)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "book": ("course_lib.cli.book", "book", "Print the built book."),
    "execute": ("course_lib.cli.execute", "execute", "Run notebooks and keep what they show."),
    "figures": ("course_lib.cli.figures", "figures", "Draw the course's figures into a folder."),
    "labs": ("course_lib.cli.labs", "labs", "Release, check and grade the labs."),
    "new": ("course_lib.cli.new", "new", "Begin something new, in the clone."),
    "reproduce": (
        "course_lib.cli.reproduce",
        "reproduce",
        "Make an experiment of the lecture again.",
    ),
    "slides": ("course_lib.cli.slides", "slides", "Make decks of slides, their demos live."),
    "train": ("course_lib.cli.train", "train", "Train the networks behind the chapters."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
@click.version_option(__version__, prog_name="course")
def main() -> None:
    """Build, draw and check the course on convolutional networks."""
