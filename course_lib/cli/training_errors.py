"""What ends a command that trains networks, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from course_lib.cli.folder import reason


@contextmanager
def told_in_words(out: Path) -> Iterator[None]:
    """Turn what stops training into what the command says last."""
    from concurrent.futures import BrokenExecutor

    from course_lib.datasets import DataUnavailableError
    from course_lib.training import (
        CheckpointError,
        Interrupted,
        NonFiniteLossError,
        UnknownRecipeError,
    )

    try:
        yield
    except UnknownRecipeError as error:
        raise click.UsageError(str(error)) from error
    except (CheckpointError, NonFiniteLossError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    except Interrupted as error:
        raise click.ClickException(f"{error}; the same command goes on from there") from error
    except BrokenExecutor as error:
        raise click.ClickException(
            "a worker process died, perhaps for want of memory; what is finished is kept, and the "
            "same command goes on from there (with --workers 1 it needs least)"
        ) from error
    except DataUnavailableError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot write to {out}: {reason(error)}") from error
