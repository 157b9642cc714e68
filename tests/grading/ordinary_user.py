"""Runs a command as an ordinary user, since the grader refuses root and tests may well be root.

What the command needs may lie below a folder that only root may enter (a Python in a home folder, a
clone there). In a mount namespace of its own such a folder is covered by an empty one, through
which nothing shows but what is needed; no permission on the machine is changed.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

NOBODY = 65534
CLONE = Path(__file__).resolve().parents[2]

# $1: the folder to cover. $2...: what is to show, each below it. Then `--` and the command.
COVER = """
set -eu
cover=$1; shift
aside=$(mktemp -d)
paths=""
while [ "$1" != "--" ]; do
  paths="$paths $1"
  mkdir -p "$aside$1"; mount --bind "$1" "$aside$1"
  shift
done
shift
mount -t tmpfs -o mode=755 none "$cover"
for path in $paths; do
  mkdir -p "$path"; mount --bind "$aside$path" "$path"
done
exec "$@"
"""


def command(words: list[str], user: int = NOBODY) -> list[str]:
    """Return words that run a command as an ordinary user, whoever runs the tests."""
    if os.geteuid() != 0:
        return words
    drop = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--", *words]
    for cover, paths in _closed().items():
        drop = ["sh", "-c", COVER, "cover", cover, *paths, "--", *drop]
    return ["unshare", "--mount", "--", *drop]


def run(words: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as an ordinary user, with the clone's package and this Python at hand."""
    return subprocess.run(command(words), text=True, capture_output=True, check=False, **options)


def _closed() -> dict[str, list[str]]:
    """Return what must show through each folder that others may not enter."""
    needed = {CLONE, Path(sys.prefix), Path(sys.base_prefix)}
    closed: dict[str, list[str]] = {}
    for path in sorted(needed):
        for parent in reversed(path.parents):
            if not parent.stat().st_mode & stat.S_IXOTH:
                closed.setdefault(str(parent), []).append(str(path))
                break
    return closed
