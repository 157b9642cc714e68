"""The folder that a command writes into."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile

import click


def check_writable(out: Path) -> None:
    """Make the folder and try it, so that nothing is made for a place that takes nothing."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=out).close()
    except OSError as error:
        why = "it is not a folder" if out.is_file() else reason(error)
        raise click.ClickException(
            f"cannot write to {out}: {why}; choose another folder with --out"
        ) from error


def reason(error: OSError) -> str:
    """Return the system's own words for an error."""
    return (error.strerror or str(error)).lower()
