"""Files that are whole or not there: whoever reads meanwhile sees the old one or the new one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file in one stroke, over another of its name if there is one.

    The content reaches the disc before the name does, so that not even a power cut leaves half of
    it under that name. The folder is made if it is not there.

    Raises
    ------
    OSError
        If the place takes no file; what stood there stands still.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
