"""Milliseconds of one pass through each network of the scenes, in Chromium, on one core.

``python -m benchmarks.inference [--passes N]``
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import torch
from playwright.sync_api import Page, sync_playwright
from torch import nn

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from course_lib.networks import (
    SceneClassifier,
    SceneDetector,
    page_format,
    small_encoder_decoder,
    small_unet,
)
from course_lib.publishing.node import node
from tests.browser.chromium import FLAGS, find

PASSES = 200
SIZE = (3, 96, 96)
FRONTEND = Path(__file__).parents[1] / "frontend"

NETWORKS: dict[str, nn.Module] = {
    "classifier": SceneClassifier(),
    "detector": SceneDetector(),
    "encoder–decoder": small_encoder_decoder(),
    "U-Net": small_unet(),
    "U-Net, no stride in its stem": small_unet(stem_stride=1),
}

MEASURE = """async ([stored, passes]) => {
  const began = performance.now();
  const runner = await inference.Runner.start(stored, inference.binaries);
  const start = performance.now() - began;
  const [channels, rows, columns] = stored.plan.image;
  const image = Float32Array.from({ length: channels * rows * columns }, Math.random);
  const times = [];
  for (let i = 0; i < passes; i++) {
    // The machine's better code for what runs often is made on another thread.
    if (i % 20 === 0) await new Promise((done) => setTimeout(done, 50));
    const before = performance.now();
    runner.run(image);
    times.push(performance.now() - before);
  }
  const multiplyAdds = inference.multiplyAdds(stored.plan);
  return { start, times, multiplyAdds, bytes: runner.machine.memory.buffer.byteLength };
}"""


def measure_network(page: Page, network: nn.Module, passes: int) -> dict[str, Any]:
    """Return the times of a network's passes, the first and those once it is warm."""
    stored = page_format(network, SIZE)
    found = page.evaluate(MEASURE, [stored, passes])
    warm = found["times"][passes // 4 :]
    middle = median(warm)
    return {
        "multiply-adds, millions": round(found["multiplyAdds"] / 1e6, 1),
        "start": round(found["start"], 1),
        "first": round(found["times"][0], 1),
        "median": round(middle, 2),
        "p95": round(quantiles(warm, n=20)[-1], 2),
        "least": round(min(warm), 2),
        "GFLOP a second": round(2 * found["multiplyAdds"] / middle / 1e6, 1),
        "memory, MB": round(found["bytes"] / 1e6, 1),
        "weights, KB": round(len(stored["weights"]) / 1e3),
    }


def measure(passes: int) -> dict[str, Any]:
    """Measure each network in a page of its own."""
    torch.manual_seed(0)
    results: dict[str, Any] = {"passes": passes, "networks": {}}
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder) / "inference.js"
        command = [str(node()), str(FRONTEND / "inference.mjs"), str(script)]
        subprocess.run(command, check=True, cwd=FRONTEND)
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for name, network in NETWORKS.items():
            page = browser.new_page()
            page.add_script_tag(path=script)
            results["networks"][name] = measure_network(page, network, passes)
            page.close()
        results["browser"] = f"Chromium {browser.version}"
        browser.close()
    return results


def report(results: dict[str, Any]) -> list[str]:
    rows = [[name, *found.values()] for name, found in results["networks"].items()]
    head = ["network", *next(iter(results["networks"].values()))]
    return [
        f"One pass on 96×96 pixels, ms; of {results['passes']} passes the last three quarters.\n\n"
        + table(head, rows)
    ]


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what a pass through each network takes."""
    return [
        Claim(f"one pass of the {name}, median", found["median"], "ms")
        for name, found in results["networks"].items()
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.inference", description=__doc__)
    parser.add_argument("--passes", type=int, default=PASSES)
    given = parser.parse_args(arguments)
    on = machine()
    results = measure(given.passes)
    on["browser"] = results.pop("browser")
    path = write_report("inference", "Inference in the page", on, results, report(results))
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
