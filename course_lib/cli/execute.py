"""`course execute`: run notebooks, and write a report of how it went."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from course_lib.cli import options
from course_lib.cli.folder import check_writable, reason
from course_lib.cli.missing import not_installed
from course_lib.cli.scheduler import jobs_options

if TYPE_CHECKING:
    from course_lib.publishing.batch.pools import Pool
    from course_lib.publishing.batch.rows import Row


def _device(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"cpu|cuda(:\d+)?", value):
        raise click.BadParameter(f"{value!r}: expected cpu, cuda or cuda:N")
    return value


@click.command()
@click.argument("notebooks", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.profile("fast", "How much to compute.")
@click.option(
    "--device",
    default="cpu",
    show_default=True,
    callback=_device,
    help="Where: cpu, cuda or cuda:N.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="For random numbers."
)
@jobs_options
@options.out("executed", "Folder of the report and of the executed copies.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=3600,
    show_default=True,
    metavar="SECONDS",
    help="The longest that one notebook may run.",
)
@click.option("--force", is_flag=True, help="Run also what passed before and has not changed.")
def execute(
    notebooks: tuple[Path, ...],
    profile: str,
    device: str,
    seed: int,
    jobs: int,
    scheduler: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    out: Path,
    time_limit: float,
    force: bool,
) -> None:
    """Run NOTEBOOKS with papermill; without any, every chapter and every lab's solution.

    OUT gets report.html, report.json and the executed copies, as they come. One that fails does not
    stop the others. What passed before in OUT with the same code, parameters, package and machine
    is not run again; after Ctrl-C the same command goes on.
    """
    chosen = list(notebooks) or [
        *sorted(Path("book").glob("*.ipynb")),
        *sorted(Path("labs").glob("*/*.ipynb")),
    ]
    if not chosen:
        raise click.ClickException(
            "there is no notebook in book/ or labs/; name some, or go to the clone"
        )
    try:
        from course_lib.publishing.batch import pools, report, running
        from course_lib.publishing.batch.machine import DeviceError
    except ModuleNotFoundError as error:
        raise not_installed(error, "book") from error

    try:
        sources = running.read_sources(chosen)
    except running.NotANotebookError as error:
        raise click.ClickException(str(error)) from error
    check_writable(out)
    threads = max(1, (os.cpu_count() or 1) // jobs) if jobs > 1 and not scheduler else None
    order = running.Order(out, profile, device, seed, time_limit, threads, force)
    pool: Pool = pools.local(jobs)
    if scheduler:
        pool = _cluster(scheduler, tls_ca, tls_cert, tls_key)
    with _Progress(len(sources)) as progress, _ended_as_interrupted():
        try:
            made = running.run(sources, order, pool, progress)
        except (DeviceError, pools.SchedulerError) as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"cannot write to {out}: {reason(error)}") from error
    click.echo(f"The report: {out / report.HTML}")
    _finish(made)


def _cluster(address: str, ca: Path | None, cert: Path | None, key: Path | None) -> Pool:
    from course_lib.publishing.batch import pools

    try:
        return pools.cluster(address, ca, cert, key)
    except ModuleNotFoundError as error:
        raise not_installed(error, "grading") from error
    except pools.SchedulerError as error:
        raise click.ClickException(str(error)) from error


def _finish(made: dict[str, Any]) -> None:
    failed = [row["name"] for row in made["notebooks"] if row["state"] in ("failed", "timed out")]
    some = f"{len(failed)} of {len(made['notebooks'])} failed: {', '.join(failed)}"
    if made["state"] == "interrupted":
        waits = sum(made["counts"].get(state, 0) for state in ("waiting", "interrupted"))
        raise click.ClickException(
            f"stopped with {waits} of {len(made['notebooks'])} to do; the same command goes on"
            + (f"; {some}" if failed else "")
        )
    if failed:
        raise click.ClickException(some)


@contextmanager
def _ended_as_interrupted() -> Iterator[None]:
    """Take SIGTERM for Ctrl-C meanwhile, so that the report is finished."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Progress:
    """A line for each notebook that is settled; in a terminal, a bar and what runs."""

    def __init__(self, count: int) -> None:
        from tqdm import tqdm  # type: ignore[import-untyped]

        # disable=None: no bar where nobody looks.
        self.bar = tqdm(total=count, unit=" notebooks", disable=None, leave=False)
        self.running: list[str] = []

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()

    def __call__(self, row: Row, settled: int, count: int) -> None:
        from course_lib.publishing.batch.report import size, span

        if row.name in self.running:
            self.running.remove(row.name)
        if row.state == "running":
            self.running.append(row.name)
        else:
            took = "" if row.seconds is None else f", {span(row.seconds)}, {size(row.host_bytes)}"
            took += f", device {size(row.device_bytes)}" if row.device_bytes else ""
            before = " before" if row.kept else ""
            self.bar.clear()
            click.echo(f"{settled:3}/{count} {row.name}: {row.state}{before}{took}")
            if row.state in ("failed", "timed out"):
                where = f"cell {row.cell} ({row.line!r}): " if row.cell else ""
                click.echo(f"        {where}{row.error}", err=True)
            self.bar.update(1)
        self.bar.set_description_str(", ".join(Path(name).stem for name in self.running))
