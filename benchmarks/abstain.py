"""How often a name that is given to a quotation is right, and what is left open, by how it was found.

    quotes extract FOLDER --database dev.db && quotes export --database dev.db > dev.jsonl
    python benchmarks/abstain.py dev.jsonl SPEAKERS.jsonl FOLDER

SPEAKERS has a known quotation a line: article, spans, speaker (null: nobody could tell), also (other names), unsure.
Only quotations that were found count. A name where nobody could tell is wrong.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from by_article import by_article
from support.hard_cases import same_name

from quotes.evaluation.metrics import characters, pair


def contents(text: str, rows: list[dict[str, Any]]) -> list[frozenset[int]]:
    """The characters of each content."""
    return [characters(text, tuple((start, end) for start, end in row["spans"])) for row in rows]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", type=Path)
    parser.add_argument("speakers", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    found, counts = by_article(options.export), Counter[tuple[str, str]]()
    for article, known in by_article(options.speakers).items():
        text = (options.folder / f"{article}.txt").read_text(encoding="utf-8")
        rows = found.get(article, [])
        for at, to in pair(contents(text, rows), contents(text, known)):
            if known[to]["unsure"]:
                continue
            name = (rows[at]["speaker"] or {}).get("name")
            names = [known[to]["speaker"], *known[to]["also"]] if known[to]["speaker"] else []
            right = "open" if not name else "right" if any(same_name(name, one) for one in names) else "wrong"
            counts[rows[at]["attribution"], right] += 1
            counts["all", right] += 1
    print(f"{'attribution':12}{'given':>7}{'right':>7}{'precision':>11}{'open':>6}")
    for how in sorted(
        {how for how, _ in counts}, key=lambda how: -sum(counts[how, r] for r in ("right", "wrong"))
    ):
        given = counts[how, "right"] + counts[how, "wrong"]
        share = f"{counts[how, 'right'] / given:.3f}" if given else "-"
        print(f"{how:12}{given:7}{counts[how, 'right']:7}{share:>11}{counts[how, 'open']:6}")


if __name__ == "__main__":
    main()
