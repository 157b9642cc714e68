"""Options that more than one command has, said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

device = click.option(
    "--device", default="auto", show_default=True, help="Where: auto, cpu, cuda or another."
)
workers = click.option(
    "--workers",
    "--jobs",
    type=click.IntRange(1),
    help="Processes on a CPU.  [default: one for each core]",
)
resume = click.option(
    "--resume/--no-resume",
    default=True,
    show_default=True,
    help="Go on with networks that were left half trained.",
)


def profile(default: str, says: str) -> Decorator:
    """Return the option ``--profile``, fast or full, with its default and what it means here."""
    choice = click.Choice(["fast", "full"])
    return click.option("--profile", type=choice, default=default, show_default=True, help=says)


def out(default: str, says: str = "Folder to write into.") -> Decorator:
    """Return the option ``--out``, a folder."""
    folder = click.Path(path_type=Path)
    return click.option("--out", type=folder, default=default, show_default=True, help=says)
