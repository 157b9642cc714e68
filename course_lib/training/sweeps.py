"""A recipe over many seeds: results are written as they come, and only what is left is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
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
from course_lib.training.running import Result, result_of, run
from course_lib.training.settings import Settings
from course_lib.training.workers import advance_packed, cores, executor, pack, unpack

TOGETHER = 5
"""Networks that one process trains at once on a CPU: the parameters of more leave its cache."""
WORTH_PROCESSES = 20_000
"""Updates, over all seeds, from which on the seconds that processes take to start are won back."""
_SAVE_EVERY = 20.0  # seconds
_EVALUATIONS = 10  # a piece of work on a GPU; fewer, and its way there and back would count


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
        anew. A finished one is never trained again, unless the recipe has changed, or it was
        interrupted before its neighbours were finished too; and then it is not written again.
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
        job = _Sweep(results, where, len(wanted), workers)
        if not resume:
            for seed in left:
                results.forget(seed)
        alone = recipe.layers(left[0]) is None
        groups = [] if alone else job.groups(wanted, left)
        states = [state for group in groups for state in group]
        steps = job.settings.steps * (len(left) if alone else len(states))
        done = sum(state.step for state in states)
        with (
            progress_bar(steps, recipe.name, done=done, show=progress) as bar,
            stop_on_signals() as stop,
        ):
            work = job.singly(left, resume, bar, stop) if alone else job.together(groups, bar, stop)
            for trained in work:
                for result in trained:
                    if result.record.seed not in records:
                        records[result.record.seed] = results.keep(result)
                results.forget(trained[0].record.seed)
                results.summarise([records[seed] for seed in wanted if seed in records])
            if len(records) < len(wanted):
                raise Interrupted(
                    f"stopped by {stop.signal}: {len(records)} of {len(wanted)} networks are "
                    f"finished; what the others have learned is in {results.place}"
                )
    in_order = [records[seed] for seed in wanted]
    results.summarise(in_order)
    return in_order


class _Sweep:
    """How the networks of a recipe are trained: one after the other, or in groups."""

    def __init__(self, results: Results, device: str, count: int, workers: int | None) -> None:
        self.results, self.device = results, device
        self.settings = results.recipe.settings_in(results.profile)
        on_cpu = device.startswith("cpu")
        if workers is None:
            little = count * self.settings.steps < WORTH_PROCESSES
            workers = 1 if little or not on_cpu else cores()
        self.workers, self.evaluations = workers, 1 if on_cpu else _EVALUATIONS
        self.size = min(TOGETHER, -(-count // workers)) if on_cpu else count
        """Networks of a group: a matter of all seeds, not of those that are left."""

    def singly(
        self, seeds: Sequence[int], resume: bool, bar: Bar, stop: Stop
    ) -> Iterator[list[Result]]:
        """Train one network after the other; yield what is finished."""
        for seed in seeds:
            if stop:
                return
            trained = run(
                self.results.recipe,
                seed,
                profile=self.results.profile,
                device=self.device,
                checkpoint=self.results.checkpoint(seed),
                resume=resume,
            )
            bar.update(self.settings.steps)
            yield [trained]

    def groups(self, wanted: Sequence[int], left: Sequence[int]) -> list[list[SeedState]]:
        """Return what is to be trained together: first what was, then the others in their order."""
        groups = list[list[SeedState]]()
        for states in self.results.kept_states(wanted):
            if any(state.seed in left for state in states):
                groups.append(states)
            else:  # killed when all was done but this
                self.results.forget(states[0].seed)
        begun = {state.seed for group in groups for state in group}
        for first in range(0, len(wanted), self.size):
            seeds = wanted[first : first + self.size]
            if new := [seed for seed in seeds if seed in left and seed not in begun]:
                groups.append([self.results.start(seed) for seed in new])
        return sorted(groups, key=lambda group: -group[0].step)  # finished early is safe early

    def together(
        self, groups: Sequence[list[SeedState]], bar: Bar, stop: Stop
    ) -> Iterator[list[Result]]:
        """Train groups side by side, a process each at a time; yield those that are finished.

        Each is sent from evaluation to evaluation, until all are done or told to stop.
        """
        waiting = list(groups)
        running: dict[Future[bytes], list[SeedState]] = {}
        saved: dict[int, float] = {}  # first seed of a group → when
        with executor(min(self.workers, len(groups))) as pool:
            while waiting or running:
                # One group a worker is in hand at a time, so that stopping waits for little.
                while waiting and len(running) < self.workers and not stop:
                    group = waiting.pop(0)
                    if group[0].step == self.settings.steps:  # killed before it was all kept
                        yield self._results(group)
                        continue
                    running[pool.submit(advance_packed, *self._work(group))] = group
                if not running:
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    before = running.pop(future)
                    group = unpack(future.result())
                    say_why_not_compiled(group)
                    bar.update((group[0].step - before[0].step) * len(group))
                    finished = group[0].step == self.settings.steps
                    last = saved.setdefault(group[0].seed, monotonic())
                    if finished or stop or monotonic() - last > _SAVE_EVERY:
                        self.results.keep_states(group)
                        saved[group[0].seed] = monotonic()
                    if finished:
                        yield self._results(group)
                    else:
                        # First those under way: a group that is finished early is safe early.
                        waiting.insert(0, group)

    def _work(self, group: list[SeedState]) -> tuple[Recipe, bytes, Settings, int, str]:
        until = group[0].step
        for _ in range(self.evaluations):
            until = self.settings.next_evaluation(until)
        return self.results.recipe, pack(group), self.settings, until, self.device

    def _results(self, group: Sequence[SeedState]) -> list[Result]:
        recipe, profile = self.results.recipe, self.results.profile
        return [result_of(recipe, state, profile, self.device) for state in group]
