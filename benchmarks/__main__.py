"""Runs every benchmark and writes its report: ``python -m benchmarks``."""

import sys

from benchmarks import (
    detection,
    every_demo,
    every_page,
    figures,
    inference,
    live_kernel,
    page,
    scenes,
    training,
    training_in_the_page,
)

if __name__ == "__main__":
    sys.exit(
        page.main([])
        or every_demo.main([])
        or every_page.main([])
        or live_kernel.main()
        or figures.main([])
        or scenes.main()
        or detection.main()
        or training.main()
        or training_in_the_page.main([])
        or inference.main([])
    )
