"""Training on a GPU: 32 seeds of both networks of MNIST-1D, 100,000 steps each.

``python -m benchmarks.training_on_a_gpu [--seeds 32] [--steps 100000]``

Steps that are recorded as one CUDA graph, beside the same steps launched one by one and beside the
textbook notebook's loop on the same GPU. What the kernels themselves take, from torch's profiler,
says whether it is their launches that a step waits for.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from course_lib.training import FULL, Recipe, SeedState, advance, find_recipe, sweep
from course_lib.training.recipes import examples_of, tensors_of

KINDS = ("convolutional", "fully-connected")
SEEDS, STEPS = 32, 100_000
BAR = 30.0  # s, for both networks
BUSY = 0.8  # share of a step in which kernels run, from which on launches do not bound it
WAYS = {
    "one by one": {"record": False, "compile": False},
    "compiled, one by one": {"record": False, "compile": True},
    "graph": {"record": True, "compile": False},
    "compiled, graph": {"record": True, "compile": True},
}
SHORT = 2000  # steps of a round: the way to the GPU and back is then little of it
ROUNDS = 3
TEXTBOOK_STEPS = 400


def unavailable() -> str | None:
    """Return why this cannot be measured here, or None if it can."""
    if torch.cuda.is_available():
        return None
    return "there is no CUDA device here, and this benchmark needs one"


def textbook(recipe: Recipe) -> float:
    """Return the steps a second of the textbook notebook's loop, one network on the GPU."""
    data, network = examples_of(recipe, 0), recipe.build(0).cuda()
    loader = DataLoader(TensorDataset(data.x_train, data.y_train), batch_size=100, shuffle=True)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.01)
    loss_function = nn.CrossEntropyLoss()

    def steps(count: int) -> None:
        done = 0
        while done < count:
            for x, y in loader:
                optimiser.zero_grad()
                loss_function(network(x.cuda()), y.cuda()).backward()
                optimiser.step()
                done += 1
        torch.cuda.synchronize()

    steps(40)
    start = perf_counter()
    steps(TEXTBOOK_STEPS)
    return TEXTBOOK_STEPS / (perf_counter() - start)


class Ensemble:
    """All seeds of a network, trained on from round to round."""

    def __init__(self, recipe: Recipe, seeds: int, way: dict[str, bool]) -> None:
        layers = recipe.layers()
        assert layers is not None
        self.layers, self.way = layers, way
        self.settings = recipe.settings.with_(evaluate_every=SHORT)
        self.examples = [tensors_of(recipe, seed) for seed in range(seeds)]
        self.states = [SeedState.start(recipe.build(seed), seed) for seed in range(seeds)]

    def train(self) -> float:
        """Train on to the next evaluation; return its seconds."""
        until, start = self.states[0].step + SHORT, perf_counter()
        self.states = advance(
            self.layers,
            self.states,
            self.examples,
            self.settings,
            until=until,
            device="cuda",
            **self.way,
        )
        torch.cuda.synchronize()
        return perf_counter() - start


def kernel_seconds(work: Callable[[], object]) -> float:
    """Return the time that kernels take in some work."""
    from torch.profiler import ProfilerActivity, profile

    with profile(activities=[ProfilerActivity.CUDA]) as found:
        work()
    return sum(event.self_device_time_total for event in found.key_averages()) / 1e6


def measure_kind(kind: str, seeds: int) -> dict[str, Any]:
    """Measure the ways to take a network's steps, in turns."""
    recipe = find_recipe(f"mnist-1d/{kind}-lecture")
    ensembles = {name: Ensemble(recipe, seeds, way) for name, way in WAYS.items()}
    first = {name: round(ensemble.train(), 2) for name, ensemble in ensembles.items()}
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    loop = []
    for _ in range(ROUNDS):
        loop.append(textbook(recipe))
        for name, ensemble in ensembles.items():
            seconds[name].append(ensemble.train())
    found: dict[str, Any] = {"textbook, steps a second": round(median(loop)), "ways": {}}
    for name, ensemble in ensembles.items():
        taken = median(seconds[name])
        busy = kernel_seconds(ensemble.train) / taken
        found["ways"][name] = {
            "first round, s": first[name],
            "microseconds a step": round(1e6 * taken / SHORT, 1),
            "steps a second": round(SHORT / taken),
            "seed-steps a second": round(seeds * SHORT / taken),
            "kernels run, share of the time": round(busy, 2),
            "launches bound the steps": busy < BUSY,
            "why not as asked": ensemble.states[0].why_not,
        }
    return found


def measure_whole(kind: str, seeds: int, steps: int) -> float:
    """Return the seconds of all that `course reproduce` does for a network, files included."""
    recipe, profile = find_recipe(f"mnist-1d/{kind}-lecture"), replace(FULL, most_steps=steps)
    with TemporaryDirectory() as folder:
        start = perf_counter()
        sweep(recipe, range(seeds), folder, profile=profile, device="cuda", progress=False)
        return perf_counter() - start


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what all seeds of both networks take, whole."""
    seeds, steps, whole = (results[name] for name in ("seeds", "steps", "whole, s"))
    loops = [kind["textbook, steps a second"] for kind in results["kinds"].values()]
    return [
        Claim(
            f"both networks, {seeds} seeds, {steps:,} steps, files included",
            round(sum(whole.values()), 1),
            "s",
            BAR if (seeds, steps) == (SEEDS, STEPS) else None,
            baseline=round(sum(seeds * steps / loop for loop in loops)),
            baseline_is="the textbook's loop on the same GPU, one seed after the other",
        )
    ]


def report(results: dict[str, Any]) -> list[str]:
    """Return the tables of the report."""
    rows = [
        [kind, name, *list(way.values())[:-1]]
        for kind, found in results["kinds"].items()
        for name, way in found["ways"].items()
    ]
    way = next(iter(results["kinds"].values()))["ways"]["graph"]
    head = ["network", "steps", *list(way)[:-1]]
    loops = ", ".join(
        f"{kind} {found['textbook, steps a second']}" for kind, found in results["kinds"].items()
    )
    whole = ", ".join(f"{kind} {taken:.1f} s" for kind, taken in results["whole, s"].items())
    total = sum(results["whole, s"].values())
    return [
        f"{results['seeds']} seeds at once, batches of 100; medians of {ROUNDS} rounds of "
        f"{SHORT:,} steps in turns, an evaluation of all 5,000 examples in each. Launches bound "
        f"the steps where kernels run for less than {BUSY:.0%} of the time. The textbook "
        f"notebook's loop, one network on the same GPU, steps a second: {loops}.\n\n"
        + table(head, rows),
        f"Whole, {results['steps']:,} steps, compiling and files included: {whole}; together "
        f"{total:.1f} s (bar: {BAR:g} s for {SEEDS} seeds and {STEPS:,} steps).",
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.training_on_a_gpu", description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--steps", type=int, default=STEPS, help="of the whole run")
    given = parser.parse_args(arguments)
    if reason := unavailable():
        print(f"Not measured: {reason}.", file=sys.stderr)
        return 1
    on = machine() | {"torch": torch.__version__, "GPU": torch.cuda.get_device_name()}
    whole = {kind: measure_whole(kind, given.seeds, given.steps) for kind in KINDS}
    results: dict[str, Any] = {
        "seeds": given.seeds,
        "steps": given.steps,
        "whole, s": whole,  # first, so that nothing is compiled or recorded before
        "kinds": {kind: measure_kind(kind, given.seeds) for kind in KINDS},
    }
    path = write_report("training_on_a_gpu", "Training on a GPU", on, results, report(results))
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
