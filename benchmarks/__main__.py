"""Runs every benchmark and puts their reports together: ``python -m benchmarks``."""

import sys
import traceback

from benchmarks import whole


def main() -> int:
    """Run what can run here; one that fails keeps none of the others from running."""
    failed = []
    for benchmark in whole.BENCHMARKS:
        if reason := benchmark.unavailable():
            print(f"{benchmark.name}: not measured, {reason}.", file=sys.stderr)
            continue
        print(f"→ {benchmark.name}", file=sys.stderr)
        try:
            code = benchmark.run()
        except Exception:
            traceback.print_exc()
            code = 1
        if code:
            failed.append(benchmark.name)
    whole.main()
    if failed:
        print(f"Failed, so their reports are of an earlier run: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
