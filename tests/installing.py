"""Finding a program that tests drive, and installing the distribution's where that may be done."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path


def named_by(variable: str) -> Path | None:
    """Return the browser that an environment variable names, or None where it names none.

    Raises
    ------
    FileNotFoundError
        If it names something that cannot be run.
    """
    named = os.environ.get(variable)
    if not named:
        return None
    if shutil.which(named) is None:
        raise FileNotFoundError(f"{variable} is {named!r}; expected the path of a browser")
    return Path(named)


def on_the_path(names: Iterable[str]) -> Path | None:
    """Return the first program of these names that there is, or None."""
    return next(map(Path, filter(None, map(shutil.which, names))), None)


def run(command: list[str]) -> bool:
    """Run what installs something, and return whether it could."""
    print("→", " ".join(command), flush=True)
    try:
        return subprocess.run(command, check=False, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def from_the_distribution(package: str) -> None:
    """Install a package of Debian's where the user may."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        run(["apt-get", "update"])
        run(["apt-get", "install", "--yes", "--no-install-recommends", package])
