"""The hostile table under load and alone: what fits, peak memory of the process tree, and the slowest case.

`python -m benchmarks.hostile` crawls all cases together, 16 requests at once; then as one hostile source beside 20
honest ones; then one at a time: some 15 minutes in all. `--together` does the first alone.
"""

import sys

from tests.hostile.run import AMONG_OTHERS, MEMORY_MAX_BYTES, ONE_AT_A_TIME, Result, run
from tests.hostile.server import CASES


def main() -> int:
    results = {"16 at once": run(list(CASES))}
    if "--together" not in sys.argv:
        results["among 20 honest sources"] = run(list(CASES), settings=AMONG_OTHERS, honest=20)
        results["one at a time"] = run(list(CASES), settings=ONE_AT_A_TIME)
    for name, result in results.items():
        _print(name, result)
    return 0 if all(result.ok for result in results.values()) else 1


def _print(name: str, result: Result) -> None:
    for line in result.wrong:
        print(f"WRONG {line}")
    for line in result.late:
        print(f"LATE {line}")
    print(
        f"{name}: {len(CASES) - len(result.wrong)} of {len(CASES)} cases end as they should; internal addresses reached"
        f" {result.canary_hits} times; peak {result.peak_bytes / 2**20:.0f} MiB of {MEMORY_MAX_BYTES // 2**20};"
        f" slowest {result.slowest[1]} with {result.slowest[0]:.1f} s; {result.took_s:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
