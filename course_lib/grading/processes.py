"""A process and all its descendants, seen from outside by psutil."""

from __future__ import annotations

import contextlib

import psutil


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
