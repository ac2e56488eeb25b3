"""How far probabilities are probabilities: what was promised beside what was right."""

from collections.abc import Iterable, Iterator

BINS = 10  # of equal width


def reliability(judged: Iterable[tuple[float, bool]]) -> Iterator[tuple[float, int, float, float]]:
    """Of each bin that has any, from the lowest: its lower bound, how many, the mean probability, the share of right.

    ``judged``: probabilities, and whether what they were given to is right.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for probability, right in judged:
        bins[min(int(probability * BINS), BINS - 1)].append((probability, right))
    for number, some in enumerate(bins):
        if some:
            size = len(some)
            yield number / BINS, size, sum(p for p, _ in some) / size, sum(right for _, right in some) / size


def calibration_error(judged: Iterable[tuple[float, bool]]) -> float:
    """The expected calibration error (Naeini et al. 2015, Guo et al. 2017); 0 where there is nothing."""
    bins = list(reliability(judged))
    total = sum(size for _, size, _, _ in bins)
    return sum(size * abs(promised - right) for _, size, promised, right in bins) / total if total else 0.0
