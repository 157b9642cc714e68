"""The process that runs one notebook: `python -m course_lib.publishing.batch.process FOLDER`.

It reads FOLDER/task.json and writes FOLDER/run.ipynb, cell by cell, and FOLDER/result.json. It ends
with whoever started it: when its standard input closes, so does everything it has begun.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from course_lib.publishing.files import from_text
from course_lib.publishing.running import NotebookError, run


def main(folder: Path) -> None:
    """Do the task of a folder."""
    task = json.loads((folder / "task.json").read_text("utf-8"))
    began = time.monotonic()
    result = outcome(task, folder / "run.ipynb")
    result["seconds"] = round(time.monotonic() - began, 3)
    (folder / "result.json").write_text(json.dumps(result), "utf-8")


def outcome(task: dict[str, Any], output: Path) -> dict[str, Any]:
    """Run the notebook of a task; return how it ended, and its peaks of memory."""
    memory: dict[str, Any] = {}
    try:
        run(
            Path(task["name"]),
            from_text(task["notebook"]),
            task["parameters"],
            folder=Path(task["folder"]),
            output=output,
            seconds=task["seconds"],
            ended=memory.update,
        )
    except NotebookError as error:
        return {
            **memory,
            "state": "timed out" if error.timed_out else "failed",
            "cell": error.cell,
            "line": error.line,
            "error": error.error,
            "trace": error.trace,
        }
    return {**memory, "state": "passed"}


def _end_with_parent() -> None:
    from course_lib.publishing.batch.tasks import kill_children

    os.read(sys.stdin.fileno(), 1)
    kill_children(os.getpid())
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    main(Path(sys.argv[1]))
