import json

import pytest

from course_lib.convolution import PADDINGS
from tests.golden.files import DATA, FOLDER, data_texts, texts


@pytest.fixture(scope="module")
def regenerated() -> dict[str, str]:
    return texts()


def test_regenerating_the_golden_files_gives_the_committed_bytes(
    regenerated: dict[str, str],
) -> None:
    for name, text in regenerated.items():
        # Compared before the assertion, for the difference of such files says nothing.
        current = (FOLDER / name).read_bytes() == text.encode()
        assert current, f"{name} differs from what torch says now: run python -m tests.golden"


def test_no_golden_file_is_left_without_its_generator(regenerated: dict[str, str]) -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == set(regenerated)


def test_the_convolution_cases_cover_what_they_promise(regenerated: dict[str, str]) -> None:
    cases = json.loads(regenerated["convolution-1d.json"])["cases"]
    assert len(cases) >= 2000

    def values(key: str) -> set[object]:
        return {case[key] for case in cases if "error" not in case}

    assert values("padding") == {"zeros", "valid", "reflect", "replicate", "circular"}
    assert values("stride") >= {1, 2, 3, 4}
    assert values("dilation") >= {1, 2, 3, 4}
    assert values("groups") >= {1, 2, 3}
    assert {len(case["w"][0][0]) for case in cases if "error" not in case} >= set(range(1, 10))
    assert {case.get("error") for case in cases} == {
        None,
        "stride",
        "dilation",
        "empty-signal",
        "empty-kernel",
        "kernel-too-long",
        "reflect-too-short",
        "circular-too-short",
    }


def test_the_golden_file_of_the_convolution_stays_small(regenerated: dict[str, str]) -> None:
    assert len(regenerated["convolution-1d.json"].encode()) < 700_000


def test_the_page_s_data_is_what_the_networks_and_the_samples_give() -> None:
    for name, text in data_texts().items():
        current = (DATA / name).read_text("utf-8") == text
        assert current, f"{name} differs from the networks: run python -m tests.golden"


def test_the_cases_of_images_cover_what_they_promise(regenerated: dict[str, str]) -> None:
    cases = json.loads(regenerated["convolution-2d.json"])["cases"]
    possible = [case for case in cases if "error" not in case]
    assert len(possible) >= 1000
    assert {case["padding"] for case in possible} == {*PADDINGS}
    assert {case["groups"] for case in possible} >= {1, 2, 3}
    assert {case.get("error") for case in cases} >= {
        *("stride", "dilation", "kernel-too-long", "reflect-too-short", "circular-too-short")
    }
    assert len(regenerated["convolution-2d.json"].encode()) < 700_000
