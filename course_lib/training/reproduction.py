"""The lecture's experiment on MNIST-1D, made again: what it states beside what was found."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from course_lib.training.aggregation import Spread, confidence_interval, spread
from course_lib.training.profiles import Profile
from course_lib.training.recipes import Recipe, find_recipe
from course_lib.training.records import Record


@dataclass(frozen=True)
class Statement:
    """What the lecture states of one network, as fractions."""

    network: str
    """Its key, as in ``mnist1d_results().run(network)``."""
    name: str
    test_error: tuple[float, float]
    """Where the test error lies."""
    train_error: float = 0.005
    """What the training error does not exceed."""

    @property
    def recipe(self) -> Recipe:
        """The recipe that trains it in the lecture's setting."""
        return find_recipe(f"mnist-1d/{self.network}-lecture")


STATEMENTS = (
    Statement("convolutional", "convolutional", (0.12, 0.18)),
    Statement("fully-connected", "fully connected", (0.38, 0.45)),
)
"""Bands around what the lecture shows: the slides "MNIST-1D results for fully-connected network",
"MNIST-1D convolutional network" and "Performance". Prince, *Understanding Deep Learning*, section
10.2.8, gives about 17 and 40 per cent, one run each."""


@dataclass(frozen=True)
class Finding:
    """A statement, and the networks that were trained to see whether it holds."""

    statement: Statement
    records: tuple[Record, ...]

    def errors(self, split: str) -> list[float]:
        """Return the error of each seed on "train" or "test"."""
        return [record.metrics[f"{split}_error"] for record in self.records]

    @property
    def test(self) -> Spread:
        """Mean and standard deviation of the test error over seeds."""
        return spread(self.errors("test"))

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the mean test error lies, by 95 per cent; None for one seed."""
        return confidence_interval(self.errors("test"))

    @property
    def within(self) -> int:
        """Seeds whose test error is as stated."""
        low, high = self.statement.test_error
        return sum(low <= error <= high for error in self.errors("test"))

    @property
    def holds(self) -> bool:
        """Whether the mean test error and every training error are as stated."""
        low, high = self.statement.test_error
        return low <= self.test.mean <= high and self.learnt

    @property
    def learnt(self) -> bool:
        """Whether every training error is as stated."""
        return max(self.errors("train")) <= self.statement.train_error


def markdown(findings: Sequence[Finding], profile: Profile, device: str) -> str:
    """Return the whole result as Markdown; nothing in it depends on when it was made.

    Parameters
    ----------
    findings : sequence of Finding
    profile : Profile
    device : str
        What it was computed on, in words.
    """
    records = [record for finding in findings for record in finding.records]
    settings = findings[0].statement.recipe.settings_in(profile)
    head = (
        "network", "parameters", "seeds", "test error, %", "95 % interval of its mean",
        "lowest to highest", "the lecture's", "training error, %", "highest",
    )  # fmt: skip
    rows = [head, ["---"] * len(head), *map(_cells, findings)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    versions = "; ".join(
        f"{name} {', '.join(sorted({record.versions[name] for record in records}))}"
        for name in records[0].versions
    )
    where = ", ".join(sorted({record.device for record in records}))
    return "\n\n".join(
        [
            "# MNIST-1D: the lecture's experiment, made again",
            f"{settings.steps:,} steps of stochastic gradient descent, learning rate "
            f"{settings.schedule(0):g}, {settings.batch_size} examples a batch; errors after the "
            "last step.",
            table,
            "Behind ±: the standard deviation over seeds. The interval is Student's, with one "
            "degree of freedom fewer than there are seeds. The figure's bands hold four of five of "
            "them.",
            *sentences(findings, profile),
            f"Trained on {where} ({device}); {versions}.\n",
        ]
    )


def sentences(findings: Sequence[Finding], profile: Profile) -> list[str]:
    """Return in words what was found, a paragraph a network and one on both."""
    recipe = findings[0].statement.recipe
    steps, whole = recipe.settings_in(profile).steps, recipe.settings.steps
    if steps < whole:
        return [
            f"A trial: {steps:,} of the lecture's {whole:,} steps. What the lecture states is of "
            "all of them (`--profile full`); nothing here confirms or refutes it.",
            *(
                f"{finding.statement.name.capitalize()}: so far the mean test error is "
                f"{100 * finding.test.mean:.1f} %, the highest training error "
                f"{100 * max(finding.errors('train')):.1f} %."
                for finding in findings
            ),
        ]
    said = [_compared(finding) for finding in findings]
    best = min(findings, key=lambda finding: finding.test.mean)
    for other in findings:
        if other is not best:
            apart = max(best.errors("test")) < min(other.errors("test"))
            said.append(
                f"The {other.statement.name} network errs "
                f"{other.test.mean / best.test.mean:.1f} times as often as the "
                f"{best.statement.name} one, whose worst seed is "
                f"{'better' if apart else 'NOT better'} than its best."
            )
    return said


def _compared(finding: Finding) -> str:
    """Return in words whether what is stated of a network was found."""
    stated, test = finding.statement, finding.test
    low, high = stated.test_error
    inside = "within" if low <= test.mean <= high else "NOT within"
    learnt = "at most" if finding.learnt else "NOT at most"
    return (
        f"{stated.name.capitalize()}: the mean test error is {100 * test.mean:.1f} %, {inside} the "
        f"lecture's {100 * low:g} to {100 * high:g} %; of {test.seeds} seeds {finding.within} are. "
        f"The highest training error is {100 * max(finding.errors('train')):.2f} %, {learnt} "
        f"{100 * stated.train_error:g} % as stated."
    )


def table_csv(findings: Sequence[Finding]) -> str:
    """Return a row for each network and split of the data; errors are fractions."""
    rows: list[Sequence[object]] = [
        (
            "network", "split", "seeds", "mean", "deviation", "interval_low", "interval_high",
            "lowest", "highest", "stated_low", "stated_high", "seeds_within",
        )
    ]  # fmt: skip
    for finding in findings:
        stated = finding.statement
        bounds = {"test": stated.test_error, "train": (0.0, stated.train_error)}
        for split, (low, high) in bounds.items():
            errors = finding.errors(split)
            found = spread(errors)
            interval = confidence_interval(errors) or ("", "")
            within = sum(low <= error <= high for error in errors)
            deviation = "" if found.deviation is None else found.deviation
            numbers = [found.mean, deviation, *interval, min(errors), max(errors), low, high]
            rounded = [n if isinstance(n, str) else f"{n:.6g}" for n in numbers]
            rows.append((stated.network, split, found.seeds, *rounded, within))
    return _csv(rows)


def seeds_csv(findings: Sequence[Finding]) -> str:
    """Return a row for each network trained: its errors and losses after the last step."""
    names = ("train_error", "test_error", "train_loss", "test_loss")
    rows: list[Sequence[object]] = [("network", "seed", "steps", *names)]
    rows += [
        (
            finding.statement.network,
            record.seed,
            record.history.steps[-1],
            *(f"{record.metrics[name]:.6g}" for name in names),
        )
        for finding in findings
        for record in finding.records
    ]
    return _csv(rows)


def _cells(finding: Finding) -> list[str]:
    stated, test, train = finding.statement, finding.test, finding.errors("train")
    network = stated.recipe.build(0)
    errors = finding.errors("test")
    deviation = "" if test.deviation is None else f" ± {100 * test.deviation:.1f}"
    return [
        stated.name,
        f"{sum(p.numel() for p in network.parameters()):,}",
        str(test.seeds),
        f"{100 * test.mean:.1f}{deviation}",
        "–" if finding.interval is None else _span(finding.interval),
        _span((min(errors), max(errors))),
        f"{100 * stated.test_error[0]:g} to {100 * stated.test_error[1]:g}",
        f"{100 * fmean(train):.2f}",
        f"{100 * max(train):.2f}",
    ]


def _span(bounds: tuple[float, float]) -> str:
    return f"{100 * bounds[0]:.1f} to {100 * bounds[1]:.1f}"


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
