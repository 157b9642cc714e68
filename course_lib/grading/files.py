"""Files of strangers."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def read_strange(path: Path, limit: int) -> bytes:
    """Read a file that somebody else put there: a plain one, and no more of it than `limit` + 1.

    Raises
    ------
    OSError
        If it is a link, a pipe, a device or not there.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path.name} is no plain file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(limit + 1)
    finally:
        os.close(descriptor)  # also of a folder, of which no file can be made
