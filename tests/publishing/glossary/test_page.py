"""A small book with a glossary, built by Sphinx."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing.notebooks import notebook, write

CONFIGURATION = """
extensions = ["myst_nb", "course_lib.publishing"]
nb_execution_mode = "off"
html_theme = "basic"
root_doc = "book/glossary"
exclude_patterns = ["_build"]
suppress_warnings = ["course.frontend"]
"""
PAGE = """# Glossary

```{toctree}
03-convolution-1d
```

```{course-glossary}
```
"""
GLOSSARY = """
- {term: kernel, chapter: 3, says: The weights of a *convolution*.}
- {term: stride, chapter: 3, says: How far the window moves.}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a book of one chapter."""
    root = tmp_path_factory.mktemp("book")
    (root / "conf.py").write_text(CONFIGURATION)
    (root / "book").mkdir()
    (root / "book" / "glossary.yml").write_text(GLOSSARY)
    (root / "book" / "glossary.md").write_text(PAGE)
    chapter = notebook(prose="# A page\n\nOne kernel & its width.")
    write(root / "book" / "03-convolution-1d.ipynb", chapter)
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(root), str(root / "o")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return root / "o" / "book"


def test_the_first_use_links_to_the_glossary_and_says_so_to_a_screen_reader(built: Path) -> None:
    html = (built / "03-convolution-1d.html").read_text()
    [link] = re.findall(r'<a class="course-term".*?</a>', html)
    assert link == (
        '<a class="course-term" href="glossary.html#term-kernel"'
        ' aria-describedby="definition-of-term-kernel">kernel</a>'
    )
    assert '<dt id="term-kernel">' in (built / "glossary.html").read_text()


def test_a_chapter_carries_the_definitions_of_its_own_terms_only(built: Path) -> None:
    html = (built / "03-convolution-1d.html").read_text()
    [definition] = re.findall(r'<div class="course-definition".*?</div>', html, flags=re.S)
    assert 'id="definition-of-term-kernel" role="tooltip" popover="manual"' in definition
    assert "<strong>Kernel.</strong> The weights of a <em>convolution</em>." in definition


def test_the_glossary_names_each_term_s_chapter_and_marks_none(built: Path) -> None:
    html = (built / "glossary.html").read_text()
    assert html.count('href="03-convolution-1d.html"') >= 2
    assert "course-term" not in html
    assert "course-definition" not in html


def test_search_knows_the_words_of_a_marked_term_and_not_its_definition(built: Path) -> None:
    index = (built.parent / "searchindex.js").read_text()
    words = json.loads(index[index.index("{") : index.rindex("}") + 1])
    chapter = words["docnames"].index("book/03-convolution-1d")
    where = words["terms"]
    kernel, weight = (where.get(word, []) for word in ("kernel", "weight"))
    assert chapter in (kernel if isinstance(kernel, list) else [kernel])
    assert chapter not in (weight if isinstance(weight, list) else [weight])
