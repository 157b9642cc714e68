"""Training on MNIST-1D: many seeds at once, and one, against the textbook notebook's loop.

``python -m benchmarks.training [--rounds 5]``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from course_lib.training import Recipe, SeedState, TensorBatches, classification_loss, find_recipe
from course_lib.training import train as lean_loop
from course_lib.training.recipes import examples_of
from course_lib.training.sweeps import TOGETHER
from course_lib.training.workers import advance_packed, cores, executor, pack, unpack

SEEDS = 20
STEPS = 1000  # between two evaluations of the full profile
TEXTBOOK_STEPS = 400
MINUTES = 25.0  # bar for all seeds of both networks, on two cores
KINDS = {"convolutional": (4, 8), "fully-connected": (None, 4)}  # bars: one seed, all seeds


def textbook(recipe: Recipe) -> Callable[[], float]:
    """Return the textbook notebook's loop, as steps per second of some epochs."""
    data, network = examples_of(recipe, 0), recipe.build(0)
    loader = DataLoader(TensorDataset(data.x_train, data.y_train), batch_size=100, shuffle=True)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.01)
    loss_function = nn.CrossEntropyLoss()

    def measure() -> float:
        start, done = perf_counter(), 0
        while done < TEXTBOOK_STEPS:
            for x, y in loader:
                optimiser.zero_grad()
                loss = loss_function(network(x), y)
                loss.backward()
                optimiser.step()
                done += 1
        return done / (perf_counter() - start)

    return measure


def lean(recipe: Recipe) -> Callable[[], float]:
    """Return `train`, the loop for every network, as steps per second."""
    data, network = examples_of(recipe, 0), recipe.build(0)
    batches = TensorBatches((data.x_train, data.y_train), 100, seed=0)
    settings = recipe.settings.with_(steps=TEXTBOOK_STEPS, evaluate_every=TEXTBOOK_STEPS)

    def measure() -> float:
        start = perf_counter()
        lean_loop(network, batches, classification_loss, settings, device="cpu", progress=False)
        return TEXTBOOK_STEPS / (perf_counter() - start)

    return measure


class Together:
    """Seeds in groups over processes, as `sweep` trains them, evaluations included."""

    def __init__(self, recipe: Recipe, seeds: int, workers: int) -> None:
        self.recipe, self.settings = recipe, recipe.settings.with_(evaluate_every=STEPS)
        size = min(TOGETHER, -(-seeds // workers))
        states = [SeedState.start(recipe.build(seed), seed) for seed in range(seeds)]
        self.groups = [states[i : i + size] for i in range(0, seeds, size)]
        self.pool, self.seeds = executor(workers), seeds

    def __call__(self) -> float:
        """Return seed-steps per second up to the next evaluation."""
        until = self.groups[0][0].step + STEPS
        start = perf_counter()
        futures = [
            self.pool.submit(advance_packed, self.recipe, pack(group), self.settings, until, "cpu")
            for group in self.groups
        ]
        self.groups = [unpack(future.result()) for future in futures]
        return self.seeds * STEPS / (perf_counter() - start)

    @property
    def compiled(self) -> bool:
        """Whether every group's step was compiled."""
        return all(state.compiled for group in self.groups for state in group)


def measure_kind(kind: str, *, rounds: int) -> dict[str, Any]:
    """Measure one network; the loops take turns, so that all meet the same noise."""
    recipe, workers = find_recipe(f"mnist-1d/{kind}-lecture"), min(2, cores())
    one, many = Together(recipe, 1, 1), Together(recipe, SEEDS, workers)
    loops = {
        "textbook": textbook(recipe),
        "train": lean(recipe),
        "one seed": one,
        f"{SEEDS} seeds": many,
    }
    first = {}
    for name, loop in loops.items():  # what is slow once: compiling, starting processes
        start = perf_counter()
        loop()
        first[name] = round(perf_counter() - start, 1)
    samples: dict[str, list[float]] = {name: [] for name in loops}
    for _ in range(rounds):
        for name, loop in loops.items():
            samples[name].append(loop())
    many.pool.shutdown()
    speeds = {name: round(median(values)) for name, values in samples.items()}
    ratios = {
        name: round(median(a / b for a, b in zip(v, samples["textbook"], strict=True)), 1)
        for name, v in samples.items()
    }
    return {
        "processes": workers,
        "compiled": one.compiled and many.compiled,
        "first round, s": first,
        "seed-steps per second": speeds,
        "all rounds": {name: [round(v) for v in values] for name, values in samples.items()},
        "ratio to the textbook's loop": ratios,
        "20 seeds x 100,000 steps, minutes": round(2e6 / speeds[f"{SEEDS} seeds"] / 60, 1),
    }


def rows_of(kind: str, found: dict[str, Any]) -> list[list[object]]:
    """Return the lines of one network."""
    one, all_seeds = KINDS[kind]
    bars = {"one seed": one, f"{SEEDS} seeds": all_seeds}
    how = {
        "textbook": "the textbook notebook's loop",
        "train": "`train`, any network",
        "one seed": "`advance`, one seed, one process",
        f"{SEEDS} seeds": f"`sweep`, {SEEDS} seeds, {found['processes']} processes",
    }
    return [
        [
            kind,
            words,
            found["seed-steps per second"][name],
            found["ratio to the textbook's loop"][name],
            bars.get(name) or "–",
        ]
        for name, words in how.items()
    ]


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return how many times as fast as the textbook's loop we train."""
    found = []
    for kind, measured in results.items():
        bars = dict(zip(("one seed", f"{SEEDS} seeds"), KINDS[kind], strict=True))
        found += [
            Claim(
                f"{kind}, {name}: times as fast as the textbook notebook's loop",
                measured["ratio to the textbook's loop"][name],
                "",
                bar,
                at_least=True,
                baseline=measured["seed-steps per second"]["textbook"],
                baseline_is="that loop, steps a second",
                note=f"{measured['seed-steps per second'][name]:,} seed-steps a second",
            )
            for name, bar in bars.items()
        ]
    minutes = [m["20 seeds x 100,000 steps, minutes"] for m in results.values()]
    textbook = [2e6 / m["seed-steps per second"]["textbook"] / 60 for m in results.values()]
    return [
        *found,
        Claim(
            "both networks, 20 seeds, 100,000 steps, at these speeds",
            round(sum(minutes), 1),
            "min",
            MINUTES,
            baseline=round(sum(textbook), 1),
            baseline_is="the textbook's loop, one seed after the other",
        ),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.training", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of turns (%(default)s)")
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)  # two threads gain nothing here and wait for each other
    on = machine() | {"torch": torch.__version__}
    results = {kind: measure_kind(kind, rounds=given.rounds) for kind in KINDS}
    rows = [row for kind, found in results.items() for row in rows_of(kind, found)]
    head = ["network", "loop", "seed-steps / s", "ratio", "bar"]
    text = (
        f"MNIST-1D, batches of 100, one thread a process; evaluations of all 5,000 examples every "
        f"{STEPS:,} steps are part of `advance` and `sweep`. Medians of {given.rounds} rounds in "
        "which the loops take turns; the ratio is the median of each round's own."
    )
    long = [
        f"{kind}: {SEEDS} seeds × 100,000 steps take {found['20 seeds x 100,000 steps, minutes']} "
        f"minutes at this speed. {'Compiled' if found['compiled'] else 'NOT compiled'}; the first "
        f"round, which compiles, took {found['first round, s'][f'{SEEDS} seeds']} s."
        for kind, found in results.items()
    ]
    tables = [f"{text}\n\n{table(head, rows)}", *long]
    path = write_report("training", "Training MNIST-1D", on, results, tables)
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
