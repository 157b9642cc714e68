import subprocess
import sys

import pytest

from course_lib import datasets


@pytest.mark.parametrize("name", sorted(set(datasets.__all__) - {"scenes"}))
def test_every_name_that_is_offered_is_there_and_documented(name: str) -> None:
    assert getattr(datasets, name) is not None
    assert name in dir(datasets)
    assert name in (datasets.__doc__ or "")


def test_no_module_hides_a_name() -> None:
    for name in datasets.__all__:
        if name != "scenes":
            assert type(getattr(datasets, name)).__name__ != "module"


def test_what_the_scenes_offer_is_offered_here_but_for_the_function_of_their_own_name() -> None:
    offered = datasets._OFFERS["scenes"]
    assert sorted(offered) == sorted(set(datasets.scenes.__all__) - {"scenes"})
    assert datasets.scenes.__name__ == "course_lib.datasets.scenes"


def test_every_offer_is_public_and_every_public_name_is_offered() -> None:
    offered = [name for names in datasets._OFFERS.values() for name in names]
    assert sorted([*offered, "scenes"]) == sorted(datasets.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'load_imagenet'"):
        datasets.load_imagenet  # noqa: B018


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"torch", "numpy", "PIL", "requests", "scipy"}
    assert heavy & loaded_by("import course_lib.datasets") == set()


def test_importing_every_name_loads_no_compiler_nothing_that_draws_and_no_network() -> None:
    unwanted = {
        "IPython",
        "PIL",
        "ipywidgets",
        "matplotlib",
        "mnist1d",
        "requests",
        "scipy",
        "skimage",
        "sklearn",
        "torch._dynamo",
        "torch._inductor",
    }
    assert unwanted & loaded_by("from course_lib.datasets import *") == set()
