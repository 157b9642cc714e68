"""The files of a new demo, and the places where a demo is entered.

The templates lie as the files will, `NAME` and `MODULE` in their paths standing for the demo's name
in the page and in Python.
"""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path("tools/new-demo")

PACKAGE = Path("course_lib/demos/__init__.py")
SHEETS = Path("frontend/src/demos.css")
GOLDEN = Path("tests/golden/files.py")

Words = dict[str, str]


def templates(root: Path) -> list[Path]:
    """Return the templates' paths below their folder."""
    folder = root / TEMPLATES
    return sorted(path.relative_to(folder) for path in folder.rglob("*.jinja"))


def target(template: Path, words: Words) -> Path:
    """Return where the file made of a template lies, below the clone."""
    path = template.as_posix().removesuffix(".jinja")
    return Path(path.replace("NAME", words["name"]).replace("MODULE", words["module"]))


def created(root: Path, words: Words) -> dict[Path, str]:
    """Return the text of each new file under its path below `root`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(root / TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # what is written is source, not a page
    )
    return {
        target(path, words): environment.get_template(path.as_posix()).render(words)
        for path in templates(root)
    }


def registered(root: Path, words: Words) -> dict[Path, str]:
    """Return the new text of each file in which a demo is entered, under its path below `root`.

    Raises
    ------
    ValueError
        If such a file is not as it is known here.
    """
    return {
        path: enter((root / path).read_text(encoding="utf-8"), words)
        for path, enter in (
            (PACKAGE, _in_the_package),
            (SHEETS, _in_the_sheets),
            (GOLDEN, _in_the_golden_files),
        )
    }


def _in_the_package(text: str, words: Words) -> str:
    module, class_name = words["module"], words["class_name"]
    text = _entered(text, r"- `.*", f"- `{class_name}`: a signal, scaled by a factor.")
    text = _entered(
        text,
        r"from course_lib\.demos\.(\w+) import .*",
        f"from course_lib.demos.{module} import {class_name}",
        key=module,
    )
    return _entered(text, r'    "([A-Z]\w*[a-z]\w*)",', f'    "{class_name}",', key=class_name)


def _in_the_sheets(text: str, words: Words) -> str:
    name = words["name"]
    return _entered(text, r"@import .*", f'@import "./demos/{name}/{name}.css";')


def _in_the_golden_files(text: str, words: Words) -> str:
    name, module = words["name"], words["module"]
    head, imports, rest = text.partition("from tests.golden import (\n")
    rest = _entered(rest, r"    ([a-z]\w*),", f"    {module},", key=module)
    entries, function, data = rest.partition("def data_texts")
    entry = f'        "{name}.json": _document({{"cases": {module}.cases()}}),'
    entries = _entered(entries, r'        ("[\w-]+\.json": .*\),|\),)', entry)
    return f"{head}{imports}{entries}{function}{data}"


def _entered(text: str, pattern: str, line: str, key: str | None = None) -> str:
    """Return the text with a line more, among those that match the pattern.

    Without a key it is the last of them; else it goes where the pattern's group says that it
    belongs, numbers in it compared as numbers.
    """
    lines = text.splitlines()
    found = [(i, match) for i, one in enumerate(lines) if (match := re.fullmatch(pattern, one))]
    if not found:
        raise ValueError(f"there is no line like {line.strip()!r}: enter it by hand")
    later = [i for i, match in found if key is not None and _natural(match[1]) > _natural(key)]
    place = later[0] if later else found[-1][0] + 1
    return "\n".join([*lines[:place], line, *lines[place:]]) + "\n"


def _natural(word: str) -> list[tuple[int, str]]:
    """Return what orders words as the linter does: the digits in them are numbers."""
    return [(int(digits or -1), other) for digits, other in re.findall(r"(\d+)|(\D+)", word)]
