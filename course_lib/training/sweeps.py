"""A recipe over many seeds: results are written as they come, and only what is left is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import groupby
from pathlib import Path
from time import monotonic

from course_lib.training.checks import check_count, check_seed
from course_lib.training.devices import find_device
from course_lib.training.ensembles import SeedState, say_why_not_compiled
from course_lib.training.interrupts import Interrupted, Stop, stop_on_signals
from course_lib.training.profiles import FULL, Profile
from course_lib.training.progress import Bar, progress_bar
from course_lib.training.recipes import Recipe
from course_lib.training.records import Record
from course_lib.training.results import Results
from course_lib.training.running import result_of, run
from course_lib.training.workers import advance_packed, cores, executor, pack, unpack

TOGETHER = 5
"""Networks that one process trains at once on a CPU: the parameters of more leave its cache."""
WORTH_PROCESSES = 20_000
"""Updates, over all seeds, from which on the seconds that processes take to start are won back."""
_SAVE_EVERY = 20.0  # seconds


def sweep(
    recipe: Recipe,
    seeds: Iterable[int],
    folder: Path | str,
    *,
    profile: Profile = FULL,
    device: str = "auto",
    workers: int | None = None,
    resume: bool = True,
    progress: bool | None = None,
) -> list[Record]:
    """Train the networks of a recipe for several seeds, those that are not there yet.

    Parameters
    ----------
    recipe : Recipe
    seeds : iterable of int
        Each once.
    folder : Path
        See `course_lib.training.results` for what is written.
    profile : Profile
    device : str
        As for `find_device`. On a GPU all seeds are trained at once, by one process.
    workers : int, optional
        Processes; without it one for each core, or just this one if there is little to do.
    resume : bool
        Whether a network that was left half trained goes on from its checkpoint; else it is trained
        anew. A finished one is never trained again, unless the recipe has changed.
    progress : bool, optional
        As for `progress_bar`.

    Returns
    -------
    records : list of Record
        Of every seed asked for, in that order.

    Raises
    ------
    TypeError, ValueError
        If something does not fit; the message says what.
    CheckpointError
        If a checkpoint is damaged, of another recipe, or of other examples.
    NonFiniteLossError
        If a loss becomes NaN or infinite; checkpoints stay as they are.
    Interrupted
        On Ctrl-C or SIGTERM, after checkpoints.
    """
    wanted = list(seeds)
    for seed in wanted:
        check_seed(seed)
    if not wanted or len(set(wanted)) < len(wanted):
        raise ValueError(f"seeds={wanted}: expected at least one, and each once")
    if workers is not None:
        check_count("workers", workers)
    where = str(find_device(device))
    results = Results(Path(folder), recipe, profile)
    found = ((seed, results.finished(seed)) for seed in wanted)
    records = {seed: record for seed, record in found if record is not None}
    left = [seed for seed in wanted if seed not in records]
    if left:
        steps = recipe.settings_in(profile).steps
        with (
            progress_bar(steps * len(left), recipe.name, show=progress) as bar,
            stop_on_signals() as stop,
        ):
            job = _Sweep(results, where, resume, bar, stop)
            train = job.singly if recipe.layers(left[0]) is None else job.together
            for record in train(left, workers):
                records[record.seed] = record
                results.summarise([records[seed] for seed in wanted if seed in records])
            if len(records) < len(wanted):
                raise Interrupted(
                    f"stopped by {stop.signal}: {len(records)} of {len(wanted)} networks are "
                    f"finished; what the others have learned is in {results.place}"
                )
    return [records[seed] for seed in wanted]


class _Sweep:
    """What the two ways of training a recipe's networks share."""

    def __init__(self, results: Results, device: str, resume: bool, bar: Bar, stop: Stop) -> None:
        self.results, self.device, self.resume = results, device, resume
        self.bar, self.stop = bar, stop
        self.settings = results.recipe.settings_in(results.profile)

    def singly(self, seeds: Sequence[int], workers: int | None) -> Iterator[Record]:
        """Train one network after the other; yield what is finished."""
        del workers
        for seed in seeds:
            if self.stop:
                return
            trained = run(
                self.results.recipe,
                seed,
                profile=self.results.profile,
                device=self.device,
                checkpoint=self.results.checkpoint(seed),
                resume=self.resume,
            )
            self.bar.update(self.settings.steps)
            yield self.results.keep(trained)

    def together(self, seeds: Sequence[int], workers: int | None) -> Iterator[Record]:
        """Train networks in groups, a group a process; yield what is finished."""
        on_cpu = self.device.startswith("cpu")
        if workers is None:
            little = len(seeds) * self.settings.steps < WORTH_PROCESSES
            workers = 1 if little or not on_cpu else cores()
        size = min(TOGETHER, -(-len(seeds) // workers)) if on_cpu else len(seeds)
        states = [self.results.start(seed, resume=self.resume) for seed in seeds]
        self.bar.update(sum(state.step for state in states))
        groups = list(_groups(states, size))
        with executor(min(workers, len(groups))) as pool:
            yield from self._rounds(pool, groups, workers)

    def _rounds(
        self, pool: Executor, groups: Sequence[list[SeedState]], workers: int
    ) -> Iterator[Record]:
        """Send every group from evaluation to evaluation, until all are done or told to stop."""
        waiting = list(groups)
        running: dict[Future[bytes], list[SeedState]] = {}
        saved: dict[int, float] = {}  # first seed of a group → when
        while waiting or running:
            # One group a worker is in hand at a time, so that stopping waits for little.
            while waiting and len(running) < workers and not self.stop:
                group = waiting.pop(0)
                until = self.settings.next_evaluation(group[0].step)
                work = (self.results.recipe, pack(group), self.settings, until, self.device)
                running[pool.submit(advance_packed, *work)] = group
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                before = running.pop(future)
                group = unpack(future.result())
                say_why_not_compiled(group)
                self.bar.update((group[0].step - before[0].step) * len(group))
                if group[0].step == self.settings.steps:
                    for state in group:
                        recipe, profile = self.results.recipe, self.results.profile
                        yield self.results.keep(result_of(recipe, state, profile, self.device))
                    continue
                # First those under way: a group that is finished early is safe early.
                waiting.insert(0, group)
                last = saved.setdefault(group[0].seed, monotonic())
                if self.stop or monotonic() - last > _SAVE_EVERY:
                    for state in group:
                        self.results.keep_state(state)
                    saved[group[0].seed] = monotonic()


def _groups(states: Sequence[SeedState], size: int) -> Iterator[list[SeedState]]:
    """Yield states in groups of at most `size`, all of a group after the same number of steps."""
    furthest_first = sorted(states, key=lambda state: (-state.step, state.seed))
    for _, same in groupby(furthest_first, key=lambda state: state.step):
        rest = list(same)
        for first in range(0, len(rest), size):
            yield rest[first : first + size]
