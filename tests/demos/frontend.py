"""Runs the frontend's own code in Node, to compare it with Python."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course_lib.demos.demo import STATIC, Demo
from course_lib.publishing.node import node

SOURCE = Path(__file__).parents[2] / "frontend/src"
SECONDS = 60


def run_node(*arguments: str, stdin: str = "") -> str:
    """Return what Node prints; its complaint is the error."""
    done = subprocess.run(
        [str(node()), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def exported(module: str, name: str) -> Any:
    """Return a constant that a module of the frontend exports.

    Parameters
    ----------
    module : str
        Its path below ``frontend/src``.
    name : str
        The constant's name.
    """
    address = (SOURCE / module).as_uri()
    code = f"import {{ {name} }} from {address!r}; console.log(JSON.stringify({name}));"
    return json.loads(run_node("--input-type=module", "--eval", code))


def first_frames(demos: Sequence[Demo]) -> list[str]:
    """Return the HTML of each demo's first frame, drawn by the demo's own code."""
    requests = [
        json.dumps({"name": demo.name, "id": demo.anchor, "state": demo.page_state()})
        for demo in demos
    ]
    answers = run_node(str(STATIC / "prerender.mjs"), stdin="\n".join(requests)).splitlines()
    return [json.loads(answer)["html"] for answer in answers]
