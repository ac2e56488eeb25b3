"""How sure are the figures of a state of the pipeline, and is one better than another?

    quotes evaluate GOLD --export before.jsonl      (and after.jsonl, with the other state)
    python benchmarks/compare.py GOLD before.jsonl [after.jsonl]

Prints each figure with its 95% interval; with two exports both figures, and the difference with its interval. Articles
are drawn with replacement and both states are measured on the same draws (the paired bootstrap of Berg-Kirkpatrick,
Burkett and Klein 2012). Where GOLD says what is required the figures are those of the required, with precision and
recall.
"""

import argparse
from pathlib import Path

import numpy as np
from by_article import article_name, by_article

from quotes.evaluation.gold import Annotation, GoldText, annotation, read_gold
from quotes.evaluation.metrics import SUBSETS, Count, measure
from quotes.evaluation.required import ALL, measure_required

DRAWS = 2000
SEED = 1
MEASURES = ("loose", "strict", "joint")
REQUIRED_SUBSETS = (ALL, "direct", "mixed", "indirect")


def read_export(path: Path) -> dict[str, list[Annotation]]:
    """What was found, by the name of the article."""
    return {name: [annotation(row) for row in rows] for name, rows in by_article(path).items()}


def is_required(known: list[GoldText]) -> bool:
    """Whether the known quotations say which must be found."""
    return any(quote.required is not None for text in known for quote in text.quotes)


def counts(known: list[GoldText], found: dict[str, list[Annotation]]) -> np.ndarray:
    """Per article, subset and measure: right, found, known."""
    required = is_required(known)
    rows = []
    for text in known:
        words, mine = text.read(), found.get(article_name(text.path), [])
        if required:
            of = measure_required([(words, mine, text.quotes)]).counts
            row = [_triples(of.get(subset, Count())) for subset in REQUIRED_SUBSETS]
        else:
            figures = measure([(words, mine, text.quotes, text.discard)])
            row = [_triples(figures.counts[subset]) for subset in SUBSETS]
            row.append([tuple(figures.characters)] * len(MEASURES))
        rows.append(row)
    return np.array(rows, float)


def _triples(count: Count) -> list[tuple[int, int, int]]:
    return [(getattr(count, name), count.found, count.known) for name in MEASURES]


def figures_of(total: np.ndarray, *, required: bool) -> dict[str, np.ndarray]:
    """Named figures of summed counts [..., subsets, measures, 3]."""
    right, found, known = np.moveaxis(total, -1, 0)
    f = 2 * right / np.maximum(found + known, 1)
    result = {}
    for n, subset in enumerate(REQUIRED_SUBSETS if required else SUBSETS):
        if required:
            result[f"{subset} precision"] = right[..., n, 0] / np.maximum(found[..., n, 0], 1)
            result[f"{subset} recall"] = right[..., n, 0] / np.maximum(known[..., n, 0], 1)
        result |= {f"{subset} {name}": f[..., n, m] for m, name in enumerate(MEASURES)}
    if not required:
        result["characters"] = f[..., len(SUBSETS), 0]
    return result


def drawn_articles(number: int) -> np.ndarray:
    """How often each of so many articles is in each draw."""
    return np.random.default_rng(SEED).multinomial(number, np.full(number, 1 / number), DRAWS)


def interval(values: np.ndarray, *, sign: str = "") -> str:
    """The middle 95% of what was drawn."""
    low, high = np.percentile(values, [2.5, 97.5])
    return f"{low:{sign}.3f} … {high:{sign}.3f}"


def main() -> None:
    """Command line: the known quotations, and the export of one state or of two."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path, nargs="?")
    options = parser.parse_args()
    known = read_gold(options.gold)
    required = is_required(known)
    draws = drawn_articles(len(known))
    states = []
    for path in filter(None, (options.before, options.after)):
        each = counts(known, read_export(path))
        drawn = figures_of(np.tensordot(draws, each, 1), required=required)
        states.append((figures_of(each.sum(0), required=required), drawn))
    (before, drawn_before), (after, drawn_after) = states[0], states[-1]
    two = len(states) > 1
    print(
        f"{'':20}{'before':>8}{'after':>8}{'change':>9}   95% interval"
        if two
        else f"{'':20}{'':8}   95% interval"
    )
    for name, value in before.items():
        if two:
            change = interval(drawn_after[name] - drawn_before[name], sign="+")
            print(f"{name:20}{value:8.3f}{after[name]:8.3f}{after[name] - value:+9.3f}   {change}")
        else:
            print(f"{name:20}{value:8.3f}   {interval(drawn_before[name])}")


if __name__ == "__main__":
    main()
