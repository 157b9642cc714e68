import ast
import inspect
import re
from pathlib import Path

import pytest

import course_lib.convolution as package


@pytest.mark.parametrize("name", package.__all__)
def test_a_public_name_is_there_documented_and_announced(name: str) -> None:
    value = getattr(package, name)
    assert inspect.getdoc(value)
    announced = set(re.findall(r"`(\w+)`", package.__doc__ or ""))
    assert name in announced | {"Tap"}


def test_every_announced_name_is_public() -> None:
    announced = set(re.findall(r"`(\w+)`", package.__doc__ or ""))
    assert announced <= set(package.__all__)


def test_the_list_of_names_is_sorted_and_holds_all_imports() -> None:
    assert len(set(package.__all__)) == len(package.__all__)
    tree = ast.parse(inspect.getsource(package))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course_lib")
        for alias in node.names
    }
    assert imported == set(package.__all__)
    assert dir(package) == sorted(package.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'convolve3d'"):
        package.convolve3d  # noqa: B018


def test_what_the_modules_call_public_is_public() -> None:
    folder = Path(inspect.getfile(package)).parent
    for path in folder.glob("[!_]*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                assert set(ast.literal_eval(node.value)) <= set(package.__all__), path.name
