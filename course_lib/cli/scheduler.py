"""The options of commands that may hand their work to a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

certificate = click.Path(exists=True, dir_okay=False, path_type=Path)


def jobs_options(command: F) -> F:
    """Let a command be told how much at a time, and where: here, or on a cluster."""
    for option in reversed(
        [
            click.option(
                "--jobs", type=click.IntRange(1), default=1, show_default=True, help="At a time."
            ),
            click.option(
                "--scheduler", metavar="ADDRESS", help="A Dask cluster's, tls://HOST:PORT."
            ),
            click.option("--tls-ca", type=certificate, help="The cluster's certificate authority."),
            click.option("--tls-cert", type=certificate, help="This client's certificate."),
            click.option("--tls-key", type=certificate, help="Its key."),
        ]
    ):
        command = option(command)
    return command
