"""Seconds that the book takes to build: clean, its notebooks alone, after one changed sentence.

``python -m benchmarks.book_build [--chapters N]``

Both books are built from copies. The baseline is Jupyter Book as it comes, on the same notebooks:
without this course's extension, run by its own cache of executed notebooks. What only the extension
understands (galleries, first frames of demos, figures drawn for the page) is missing from it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter
from typing import Any

import yaml

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report

ROOT = Path(__file__).parents[1]
BARS = {"clean": 480.0, "notebooks": 240.0, "one sentence": 15.0}  # s
WORDS = {
    "clean": "clean build, notebooks included",
    "notebooks": "the notebooks within it",
    "one sentence": "after one changed sentence",
}
CHANGED = "book/03-convolution-1d.ipynb"
OURS = "course_lib.publishing"


def copy_of_the_course(folder: Path, chapters: int | None) -> Path:
    """Copy what is under version control, and the front end's bundles; return the folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    wanted = [name for name in listed.split("\0") if name and not name.startswith("tests/")]
    bundles = (ROOT / "course_lib/demos/static").rglob("*")
    wanted += [str(path.relative_to(ROOT)) for path in bundles if path.is_file()]
    for name in wanted:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    if (modules := ROOT / "frontend/node_modules").is_dir():
        (folder / "frontend/node_modules").symlink_to(modules)
    if chapters is not None:
        toc = yaml.safe_load((folder / "_toc.yml").read_text("utf-8"))
        first = toc["parts"][0]["chapters"]
        toc["parts"] = [{"caption": "Some", "chapters": first[:chapters]}]
        (folder / "_toc.yml").write_text(yaml.safe_dump(toc), "utf-8")
        for path in sorted((folder / "book").glob("*.ipynb")):
            if not any(path.stem in one["file"] for one in first[:chapters]):
                path.unlink()
    return folder


def as_it_comes(folder: Path) -> None:
    """Take the course's extension out of a copy, and let Jupyter Book run the notebooks."""
    config = yaml.safe_load((folder / "_config.yml").read_text("utf-8"))
    config["execute"] |= {"execute_notebooks": "cache", "timeout": 600}
    config["sphinx"].pop("local_extensions")
    config["sphinx"]["config"]["extensions"].remove(OURS)
    (folder / "_config.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")


def change_a_sentence(folder: Path, chapters: int | None) -> None:
    """Add a sentence to a chapter's first paragraph of text."""
    path = folder / CHANGED
    if chapters is not None and not path.is_file():
        path = min((folder / "book").glob("[0-9][0-9]-*.ipynb"))
    notebook = json.loads(path.read_text("utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    text = "".join(cell["source"])
    cell["source"] = f"{text}\n\nThis sentence is new."
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


def timed(folder: Path, *command: str) -> float:
    """Run a command of this environment in a folder; return its seconds."""
    program = Path(sys.executable).with_name(command[0])
    environment = os.environ | {"PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1"}
    with TemporaryFile("w+", encoding="utf-8") as said:
        start = perf_counter()
        # Not through a pipe: what typesets formulas stays behind, and would keep it open.
        process = subprocess.Popen(
            [str(program), *command[1:]],
            cwd=folder,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        code = process.wait()
        taken = perf_counter() - start
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)  # and is not left behind here
        if code:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed:\n{said.read()[-4000:]}")
    return round(taken, 1)


def measure_ours(folder: Path, chapters: int | None) -> dict[str, float]:
    """Measure this course's own build."""
    copy_of_the_course(folder, chapters)
    notebooks = sorted(str(p.relative_to(folder)) for p in (folder / "book").glob("*.ipynb"))
    executed = timed(folder, "course", "execute", *notebooks)
    built = timed(folder, "jupyter-book", "build", ".")
    change_a_sentence(folder, chapters)
    again = timed(folder, "jupyter-book", "build", ".")
    return {"clean": round(executed + built, 1), "notebooks": executed, "one sentence": again}


def measure_stock(folder: Path, chapters: int | None) -> dict[str, float]:
    """Measure Jupyter Book as it comes; what its notebooks take is what a second clean build saves.

    That second build has the executed notebooks in Jupyter Book's cache and no page.
    """
    copy_of_the_course(folder, chapters)
    as_it_comes(folder)
    clean = timed(folder, "jupyter-book", "build", ".")
    for name in ("html", ".doctrees"):
        shutil.rmtree(folder / "_build" / name)
    pages = timed(folder, "jupyter-book", "build", ".")
    change_a_sentence(folder, chapters)
    again = timed(folder, "jupyter-book", "build", ".")
    return {"clean": clean, "notebooks": round(clean - pages, 1), "one sentence": again}


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what each build takes; of some chapters only, no bar applies."""
    return [
        Claim(
            words,
            results["ours"][name],
            "s",
            BARS[name] if results["chapters"] == "all" else None,
            baseline=results["stock"][name],
            baseline_is="Jupyter Book as it comes, without our extension",
        )
        for name, words in WORDS.items()
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.book_build", description=__doc__)
    parser.add_argument("--chapters", type=int, help="only the first so many of Part I (all)")
    given = parser.parse_args(arguments)
    on = machine()
    with TemporaryDirectory() as ours, TemporaryDirectory() as stock:
        results: dict[str, Any] = {
            "chapters": given.chapters or "all",
            "ours": measure_ours(Path(ours), given.chapters),
            "stock": measure_stock(Path(stock), given.chapters),
        }
    rows = [
        [words, results["ours"][name], results["stock"][name], BARS[name]]
        for name, words in WORDS.items()
    ]
    text = f"Seconds of the clock; chapters: {results['chapters']}.\n\n" + table(
        ["build", "this book", "Jupyter Book as it comes", "bar (all chapters)"], rows
    )
    path = write_report("book_build", "Building the book", on, results, [text])
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
