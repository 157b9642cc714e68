"""`course reproduce`: make an experiment of the lecture again, and say whether it holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from course_lib.cli import options
from course_lib.cli.folder import check_writable
from course_lib.cli.training_errors import told_in_words

if TYPE_CHECKING:
    from course_lib.training import Profile
    from course_lib.training.reproduction import Finding


@click.command()
@click.argument("experiment", type=click.Choice(["mnist-1d"]))
@click.option(
    "--seeds", type=click.IntRange(1), help="Networks of each kind.  [default: 20; of fast, 2]"
)
@options.profile("full", "full: the lecture's 100,000 steps; fast: 1,000, to try the command.")
@options.device
@options.workers
@options.out("reproduced")
@options.resume
def reproduce(
    experiment: str,
    seeds: int | None,
    profile: str,
    device: str,
    workers: int | None,
    out: Path,
    resume: bool,
) -> None:
    """Train the networks of EXPERIMENT as the lecture does, and compare them to what it states.

    mnist-1d trains the convolutional network and its fully connected rival, each for many seeds.
    OUT/mnist-1d-PROFILE.md has the table and what was found, .csv and -seeds.csv the numbers, .svg
    the curves, -run.json the time that it took and on what. The networks stand beside, with their
    records.

    Whatever stops it, the same command goes on, and ends with the same table, figure and networks.
    """
    from course_lib.training import find_profile, sweep
    from course_lib.training.reproduction import STATEMENTS, Finding, sentences

    chosen, findings, began = find_profile(profile), list[Finding](), perf_counter()
    count = seeds or chosen.seeds
    with told_in_words(out):
        check_writable(out)
        for number, stated in enumerate(STATEMENTS, 1):
            steps = stated.recipe.settings_in(chosen).steps
            click.echo(
                f"{number} of {len(STATEMENTS)}: {stated.name}, {count} seed"
                f"{'' if count == 1 else 's'}, {steps:,} steps each",
                err=True,
            )
            records = sweep(
                stated.recipe,
                range(count),
                out,
                profile=chosen,
                device=device,
                workers=workers,
                resume=resume,
            )
            findings.append(Finding(stated, tuple(records)))
        paths = _write(findings, chosen, device, out / f"{experiment}-{profile}", began)
    for sentence in sentences(findings, chosen):
        click.echo(sentence)
    click.echo(f"Wrote {', '.join(path.name for path in paths)} into {out}")


def _write(
    findings: Sequence[Finding], profile: Profile, device: str, stem: Path, began: float
) -> list[Path]:
    """Write the table, the figure, and apart from them what differs from run to run."""
    from course_lib.figures import render_entry
    from course_lib.figures.mnist_1d.reproduction import reproduction
    from course_lib.files import write_whole
    from course_lib.networks import MNIST1DRun
    from course_lib.training.devices import device_name, find_device
    from course_lib.training.mnist_1d_results import plain_run
    from course_lib.training.reproduction import markdown, seeds_csv, table_csv
    from course_lib.training.workers import cores

    runs = {f.statement.network: MNIST1DRun.from_plain(plain_run(f.records)) for f in findings}
    stated = {f.statement.network: f.statement.test_error for f in findings}
    name = device_name(find_device(device))
    of_training = {
        f.statement.network: round(sum(record.seconds for record in f.records), 1) for f in findings
    }
    run = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds of this run": round(perf_counter() - began, 1),
        "seconds of training, over all seeds": of_training,
        "device": name,
        "cores": cores(),
        "versions": dict(findings[0].records[0].versions),
    }
    contents = {
        ".md": markdown(findings, profile, name).encode(),
        ".csv": table_csv(findings).encode(),
        "-seeds.csv": seeds_csv(findings).encode(),
        ".svg": render_entry(reproduction(runs, stated), "svg"),
        "-run.json": (json.dumps(run, indent=1, ensure_ascii=False) + "\n").encode(),
    }
    paths = [stem.with_name(stem.name + ending) for ending in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        write_whole(path, content)
    return paths
