"""What a command says when a package is not there that only some of the commands need."""

from __future__ import annotations

import click


def not_installed(error: ModuleNotFoundError, extra: str) -> click.ClickException:
    """Return the error that names the missing package and the extra of ours that brings it."""
    return click.ClickException(
        f'{error.name} is not installed: `pip install "course-lib[{extra}]"` brings it'
    )
