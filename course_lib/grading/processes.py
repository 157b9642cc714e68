"""A process and all its descendants, seen from outside by psutil."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence

import psutil

INODE = 4096  # bytes, more than a file's entry takes


def memory_of_tree(pid: int) -> int:
    """Return the bytes that a process and its descendants hold, shared pages counted once each.

    A page that a process shares with its parent counts for both where the system does not tell;
    it errs to the side of ending a process too early.
    """
    total = 0
    for process in _tree(pid):
        with contextlib.suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def files_of_tree(pid: int, folders: Sequence[str]) -> int:
    """Return the bytes that file systems in memory take which a process's descendants see.

    Counts those that are not this process's own, and for each file, an empty one too, what the
    kernel keeps of it.
    """
    for process in _tree(pid)[1:]:
        held = 0
        with contextlib.suppress(OSError):
            for folder in folders:
                path = f"/proc/{process.pid}/root{folder}"
                if os.path.ismount(path) and not _is_ours(path, folder):
                    there = os.statvfs(path)
                    held += (there.f_blocks - there.f_bfree) * there.f_frsize
                    held += (there.f_files - there.f_ffree) * INODE
            if held:
                return held
    return 0


def _is_ours(path: str, folder: str) -> bool:
    return os.path.exists(folder) and os.stat(path).st_dev == os.stat(folder).st_dev


def kill_tree(pid: int) -> None:
    """Kill a process and its descendants, those that appear meanwhile too."""
    for _ in range(5):
        tree = _tree(pid)
        for process in tree:
            with contextlib.suppress(psutil.Error):
                process.kill()
        if len(tree) <= 1:
            return


def _tree(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []
