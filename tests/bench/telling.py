"""How figures are told."""

import statistics


def say(what: str, ms: list[float]) -> None:
    """One row: median and 95th percentile of milliseconds."""
    ordered = sorted(ms)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"\n{what:<54} median {statistics.median(ordered):7.1f} ms   p95 {p95:7.1f} ms   n {len(ordered)}", end="")
