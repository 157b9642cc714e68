"""Steps a second of the training in the page, beside torch's loop on this machine in this run.

``python -m benchmarks.training_in_the_page [--rounds N]``
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import torch
from playwright.sync_api import Page, sync_playwright
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.claims import Claim
from benchmarks.latency import BLOCK, RECORDER, Control, press_keys, summary
from benchmarks.report import machine, table, write_report
from benchmarks.serving import serve_compressed
from course_lib.datasets import load_mnist1d
from course_lib.demos import TrainMNIST1D
from course_lib.demos.train_mnist_1d_run import NETWORKS, network
from tests.browser.chromium import FLAGS, find
from tests.browser.demo_page import Driven, driven, write_page

ROUNDS = 9
PRESSES = 100
# From here on the curves get a point every 500 steps: what is measured is training.
FIRST = 4000
# About half a second of each.
PAGE_STEPS = {"convolutional": 2000, "fully connected": 500}
TORCH_STEPS = {"convolutional": 240, "fully connected": 320}
BARS = {"convolutional": 5.5, "fully connected": 0.7}
KEY_PRESS_BAR = 16.0  # ms at p95, beyond an empty handler at rest
SAMPLE = Control("input[id$='-sample']", "ArrowUp", "ArrowDown")

# Keeps the address of the demo's own worker, so that one more can be started from it.
KEEP_ADDRESS = """
window.Worker = class extends Worker {
  constructor(address) { super(address); window.workerAddress = address; }
};
"""

START = """async (network) => {
  const worker = new Worker(window.workerAddress);
  const recipe = { learningRate: 0.05, momentum: 0.9, halveEvery: 800 };
  const start = { network, seed: 0, batchSize: 100, permuted: false };
  const ready = new Promise((done) => { worker.onmessage = done; });
  worker.postMessage({ type: "start", run: 1, start, recipe, sample: 0 });
  await ready;
  (window.alone ??= {})[network] = worker;
}"""

TRAIN = """async ([network, until]) => {
  const worker = window.alone[network];
  const began = performance.now();
  const done = new Promise((resolve) => {
    worker.onmessage = ({ data }) => { if (data.step >= until && !data.training) resolve(); };
  });
  worker.postMessage({ type: "train", until });
  await done;
  return performance.now() - began;
}"""


class TorchLoop:
    """The loop of the textbook's notebook: DataLoader, SGD, one step after the other."""

    def __init__(self, name: str) -> None:
        data = load_mnist1d()
        self._net = network(name, 0).float()
        self._sgd = torch.optim.SGD(self._net.parameters(), lr=0.05, momentum=0.9)
        dataset = TensorDataset(data.x_train[:, None], data.y_train)
        self._loader = DataLoader(dataset, batch_size=100, shuffle=True)
        self._batches = self._endless()

    def _endless(self) -> Iterator[list[torch.Tensor]]:
        while True:
            yield from self._loader

    def rate(self, steps: int) -> float:
        """Train on, and return steps a second."""
        loss_function = nn.CrossEntropyLoss()
        began = time.perf_counter()
        for _ in range(steps):
            x, y = next(self._batches)
            self._sgd.zero_grad()
            loss_function(self._net(x), y).backward()
            self._sgd.step()
        return steps / (time.perf_counter() - began)


def measure_alone(page: Page, name: str, rounds: int) -> dict[str, Any]:
    """Measure one worker and torch's loop in turns."""
    loop = TorchLoop(name)
    loop.rate(TORCH_STEPS[name] // 4)
    page.evaluate(START, name)
    page.evaluate(TRAIN, [name, FIRST])
    ours, theirs = [], []
    for i in range(rounds):
        until = FIRST + (i + 1) * PAGE_STEPS[name]
        ours.append(1000 * PAGE_STEPS[name] / page.evaluate(TRAIN, [name, until]))
        theirs.append(loop.rate(TORCH_STEPS[name]))
    return {
        "page": round(median(ours)),
        "page, best round": round(max(ours)),
        "torch": round(median(theirs)),
        "torch, best round": round(max(theirs)),
        "ratio": round(median(ours) / median(theirs), 2),
        "median of the rounds' ratios": round(
            median(a / b for a, b in zip(ours, theirs, strict=True)), 2
        ),
    }


def steps_of(demo: Driven) -> dict[str, int]:
    output = demo.get("output")
    return {name: output.get(name, {"step": 0})["step"] for name in NETWORKS}


def measure_race(page: Page, demo: Driven, presses: int) -> dict[str, Any]:
    """Train both in two workers; meanwhile press keys on the demo, and on nothing before."""
    page.evaluate(RECORDER)
    still: list[float] = []
    racing: list[float] = []
    empty_racing: list[float] = []
    page.wait_for_timeout(1000)
    for _ in range(presses // BLOCK):
        demo.set(training=False)
        page.wait_for_timeout(300)
        page.locator("#empty-handler").focus()
        still += press_keys(page, Control("", "ArrowUp", "ArrowDown"), pause_ms=0)
        demo.set(training=True)
        empty_racing += press_keys(page, Control("", "ArrowUp", "ArrowDown"), pause_ms=0)
        demo.root.locator(SAMPLE.selector).focus()
        racing += press_keys(page, SAMPLE, pause_ms=0)
    before, began = steps_of(demo), time.perf_counter()
    page.wait_for_timeout(3000)
    after, passed = steps_of(demo), time.perf_counter() - began
    demo.set(training=False)
    times = {
        "empty handler, at rest": summary(still),
        "empty handler, while both train": summary(empty_racing),
        "test sample, while both train": summary(racing),
    }
    beyond = {
        key: round(summary(racing)[key] - summary(still)[key], 2) for key in ("median", "p95")
    }
    rates = {name: round((after[name] - before[name]) / passed) for name in NETWORKS}
    return {"steps a second": rates, "key press": {**times, "beyond": beyond}}


def measure(rounds: int, presses: int) -> dict[str, Any]:
    """Measure each network alone, then the race."""
    torch.set_num_threads(1)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        write_page(Path(folder), [TrainMNIST1D(steps=100_000, guess="convolutional")])
        with serve_compressed(Path(folder)) as origin:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(KEEP_ADDRESS)
            page.goto(f"{origin}/index.html")
            demo = driven(page, "train-mnist-1d")
            for _ in range(600):
                if len(demo.get("output")) == len(NETWORKS):
                    break
                page.wait_for_timeout(100)
            alone = {name: measure_alone(page, name, rounds) for name in NETWORKS}
            page.evaluate("Object.values(window.alone).forEach((worker) => worker.terminate())")
            race = measure_race(page, demo, presses)
        version = f"Chromium {browser.version}"
        browser.close()
    return {"browser": version, "rounds": rounds, "alone": alone, "race": race}


def report(results: dict[str, Any]) -> list[str]:
    rows = [
        [name, r["page"], r["torch"], r["ratio"], r["median of the rounds' ratios"], BARS[name]]
        for name, r in results["alone"].items()
    ]
    head = ["network", "page", "torch", "ratio", "median of ratios", "bar"]
    alone = (
        "Steps a second, batch 100: one worker of the page against the loop of the textbook's"
        f" notebook in torch, one thread; medians of {results['rounds']} rounds in turns.\n\n"
        + table(head, rows)
    )
    race = results["race"]
    rates = ", ".join(f"{name} {rate}" for name, rate in race["steps a second"].items())
    keys = [[name, t["median"], t["p95"]] for name, t in race["key press"].items()]
    both = (
        f"Both in two workers, steps a second: {rates}. From a key press to the painted frame, ms"
        f" (bar: {KEY_PRESS_BAR:g} beyond, at p95).\n\n" + table(["", "median", "p95"], keys)
    )
    return [alone, both]


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return how fast the page trains beside torch, and what a key press costs meanwhile."""
    found = [
        Claim(
            f"{name}: times as fast as the textbook notebook's loop",
            alone["median of the rounds' ratios"],
            "",
            BARS[name],
            at_least=True,
            baseline=alone["torch"],
            baseline_is="that loop in torch, one thread, steps a second",
            note=f"{alone['page']:,} steps a second in the page",
        )
        for name, alone in results["alone"].items()
    ]
    keys = results["race"]["key press"]
    return [
        *found,
        Claim(
            "key press while both train, beyond an empty handler, p95",
            keys["beyond"]["p95"],
            "ms",
            KEY_PRESS_BAR,
            baseline=keys["empty handler, at rest"]["p95"],
            baseline_is="an empty handler, at rest",
        ),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.training_in_the_page", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--presses", type=int, default=PRESSES)
    given = parser.parse_args(arguments)
    on = machine()
    results = measure(given.rounds, given.presses)
    on["browser"] = results.pop("browser")
    path = write_report(
        "training_in_the_page", "Training in the page", on, results, report(results)
    )
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
