"""Runs every benchmark and writes its report: ``python -m benchmarks``."""

import sys

from benchmarks import live_kernel, page

if __name__ == "__main__":
    sys.exit(page.main([]) or live_kernel.main())
