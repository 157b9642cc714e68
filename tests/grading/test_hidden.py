"""Hidden inputs depend on the run's secret and on their name, and on nothing else."""

from __future__ import annotations

from course_lib.grading import hidden


def drawn(seed: bytes, name: str) -> list[float]:
    with hidden.seeded(seed):
        return [float(x) for x in hidden.generator(name).normal(size=3)]


def test_the_same_secret_and_name_give_the_same_numbers() -> None:
    assert drawn(b"a" * 32, "stride") == drawn(b"a" * 32, "stride")


def test_another_secret_or_name_gives_other_numbers() -> None:
    assert drawn(b"a" * 32, "stride") != drawn(b"b" * 32, "stride")
    assert drawn(b"a" * 32, "stride") != drawn(b"a" * 32, "padding")


def test_the_secret_holds_for_the_run_alone() -> None:
    before = float(hidden.generator("x").normal())
    with hidden.seeded(b"a" * 32):
        assert float(hidden.generator("x").normal()) != before
    assert float(hidden.generator("x").normal()) == before
