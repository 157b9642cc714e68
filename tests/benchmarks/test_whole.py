"""The whole report: what it says of bars that are missed, and of what was not measured."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as every
from benchmarks import report, training_on_a_gpu, whole
from benchmarks.claims import Claim

KEPT = Path(report.__file__).parent / "reports"


def bench(name: str, *claims: Claim, **options: Any) -> whole.Benchmark:
    return whole.Benchmark("An area", name, lambda: 0, lambda results: list(claims), **options)


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder of reports."""
    monkeypatch.setattr(report, "REPORTS", tmp_path)
    return tmp_path


def keep(folder: Path, name: str) -> None:
    record = {"machine": {"date": "2026-01-02", "cores": 2}, "results": {}}
    (folder / f"{name}.json").write_text(json.dumps(record))


@pytest.mark.parametrize(
    ("ours", "at_least", "met"),
    [(3, False, True), (4, False, False), (3, True, True), (2, True, False)],
)
def test_a_bar_is_met_from_its_own_side(ours: float, at_least: bool, met: bool) -> None:
    assert Claim("x", ours, "s", 3, at_least).met is met


def test_without_a_bar_nothing_is_met_or_missed() -> None:
    assert Claim("x", 3, "s").met is None


def test_missed_bars_are_named_first_and_plainly(reports: Path) -> None:
    keep(reports, "one")
    slow = Claim("drawing", 9.876, "s", 5.0, baseline=20.0, baseline_is="another", note="by far")
    fast = Claim("erasing", 2.0, "", 1.5, at_least=True)
    text = "\n\n".join(whole.tables(whole.gathered([bench("one", slow, fast)])))
    assert text.startswith("1 of 2 bars are met.\n\n**Missed:**\n\n")
    assert "- An area, `one`: drawing: 9.88 s, bar at most 5 s: by far" in text
    assert "| drawing | 9.88 s | 20 | another | at most 5 s | **no** | one |" in text
    assert "| erasing | 2 | – | – | at least 1.5 | yes | one |" in text
    assert "| [one](one.md) | 2026-01-02 | cores 2 |" in text


def test_what_has_no_report_is_not_measured_and_says_why(reports: Path) -> None:
    gpu = bench("two", unavailable=lambda: "there is no such machine")
    found = whole.gathered([bench("one"), gpu])
    assert found["not measured"] == {
        "one": "it has not been run",
        "two": "there is no such machine",
    }
    assert "- `two`: there is no such machine" in "\n".join(whole.tables(found))


def test_a_report_of_another_machine_counts_where_nothing_can_be_measured(reports: Path) -> None:
    keep(reports, "two")
    gpu = bench("two", Claim("x", 1, "s", 2), unavailable=lambda: "there is no such machine")
    found = whole.gathered([gpu])
    assert found["not measured"] == {}
    assert [claim["met"] for claim in found["claims"]] == [True]


@pytest.mark.parametrize("benchmark", whole.BENCHMARKS, ids=lambda one: one.name)
def test_the_claims_of_a_kept_report_can_be_read(benchmark: whole.Benchmark) -> None:
    path = KEPT / f"{benchmark.name}.json"
    if not path.is_file():
        pytest.skip("it has no report yet")
    claims = benchmark.claims(json.loads(path.read_text("utf-8"))["results"])
    assert claims
    assert len({claim.what for claim in claims}) == len(claims)
    assert all(claim.baseline is None or claim.baseline_is for claim in claims)


def test_every_benchmark_stands_in_the_whole() -> None:
    folder = Path(report.__file__).parent
    runnable = {
        path.stem
        for path in folder.glob("*.py")
        if "def claims(" in path.read_text("utf-8") or "write_report(" in path.read_text("utf-8")
    }
    assert runnable - {"whole", "report"} == {benchmark.name for benchmark in whole.BENCHMARKS}


def test_one_that_fails_keeps_none_of_the_others_from_running(
    reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = []

    def broken() -> int:
        raise RuntimeError("no such browser")

    def works() -> int:
        ran.append(1)
        return 0

    area = ("An area", "one", broken, lambda results: [])
    monkeypatch.setattr(
        whole,
        "BENCHMARKS",
        (
            whole.Benchmark(*area),
            whole.Benchmark("An area", "two", works, lambda results: []),
            whole.Benchmark("An area", "three", broken, lambda results: [], lambda: "no GPU"),
        ),
    )
    monkeypatch.setattr(whole, "main", lambda: 0)
    assert every.main() == 1
    assert ran == [1]
    said = capsys.readouterr()
    assert "three: not measured, no GPU." in said.err
    assert said.out.endswith("of an earlier run: one\n")


def test_without_a_gpu_its_benchmark_refuses_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reports: Path
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert training_on_a_gpu.main([]) == 1
    said = "Not measured: there is no CUDA device here, and this benchmark needs one.\n"
    assert capsys.readouterr().err == said
    assert list(reports.iterdir()) == []


def test_the_bar_of_the_gpu_holds_for_the_whole_run_alone() -> None:
    kinds = {"convolutional": {"textbook, steps a second": 1000}}
    results = {"seeds": 32, "steps": 100_000, "whole, s": {"convolutional": 29.0}, "kinds": kinds}
    (claim,) = training_on_a_gpu.claims(results)
    assert (claim.met, claim.baseline) == (True, 3200)
    (claim,) = training_on_a_gpu.claims(results | {"steps": 1000})
    assert claim.met is None
