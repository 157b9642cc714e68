"""`course new demo`: a small demo that works, with its tests, to begin from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from course_lib.cli.folder import reason

NEXT = """
It scales a signal by a factor, and its tests pass as they stand. Next:

  make frontend                                  the page's scripts, with the new demo
  pytest tests/demos/test_{module}.py tests/browser/test_{module}.py
  make test-frontend                             the front end's tests

Then change, in this order, the mathematics (frontend/src/core/{name}.ts and reference() in
course_lib/demos/{module}.py), the state and the drawing (frontend/src/demos/{name}/).
CONTRIBUTING.md goes on from there."""


@click.command()
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Name the files, and write nothing.")
def demo(name: str, dry_run: bool) -> None:
    """Write a demo called NAME into the clone: a signal, scaled, which works and is tested.

    NAME is what the page calls it, in lower case with hyphens: scale-a-signal. Its class in Python
    is then ScaleASignal. Mathematics, state and drawing are a file each; golden cases hold the
    page's numbers to torch's; and the demo is entered wherever one must be.
    """
    from course_lib.cli.new_demo_files import created, registered
    from course_lib.cli.new_demo_names import UnfitNameError, check_name

    root = _clone(Path.cwd())
    try:
        words = check_name(root, name)
        new, changed = created(root, words), registered(root, words)
    except UnfitNameError as error:
        raise click.UsageError(str(error)) from error
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    golden = Path("frontend/tests/golden") / f"{name}.json"
    for path in sorted([*new, golden]):
        click.echo(f"new      {path}")
    for path in sorted(changed):
        click.echo(f"changed  {path}")
    if dry_run:
        return
    try:
        for path, text in {**new, **changed}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {reason(error)}") from error
    _write_golden(root, words["module"], golden)
    click.echo(NEXT.format(**words))


def _clone(folder: Path) -> Path:
    """Return the clone that a folder lies in."""
    from course_lib.cli.new_demo_files import TEMPLATES

    for place in (folder, *folder.parents):
        if (place / TEMPLATES).is_dir() and (place / "course_lib/demos").is_dir():
            return place
    raise click.ClickException(
        f"there is no clone in {folder}: a demo is new source, which an installed package does not"
        " have; clone the repository, and call `course new demo` in it"
    )


def _write_golden(root: Path, module: str, path: Path) -> None:
    """Write the golden cases: by themselves, for the demo's class needs the front end built."""
    code = (
        "from pathlib import Path\n"
        f"from tests.golden.{module} import cases\n"
        "from tests.golden.document import document\n"
        f"Path({path.as_posix()!r}).write_bytes(document({{'cases': cases()}}).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=300
    )
    if done.returncode != 0:
        why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise click.ClickException(
            f"the files are written, but not the golden cases ({why}): run `make frontend golden`"
        )
