"""A blank page of the theme as it comes, the baseline of the book's pages."""

import subprocess
import sys
from pathlib import Path

CONFIG = """title: Blank
only_build_toc_files: true
execute: {execute_notebooks: "off"}
sphinx: {config: {nb_ipywidgets_js: {}}}
"""


def build_blank(folder: Path) -> Path:
    """Build a book of one empty page into `folder` and return the folder of its pages."""
    (folder / "_config.yml").write_text(CONFIG)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (folder / "index.md").write_text("# Blank\n")
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "_build" / "html"
