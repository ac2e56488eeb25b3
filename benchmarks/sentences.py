"""How many passages of tests/data/sentences.jsonl come out right, by pattern.

    python benchmarks/sentences.py [--notes] [--model NAME]

A passage is attributed when every quotation it asks for is found (Jaccard of the content's characters at
least 0.5) with its source and nothing is found beyond them; right when speaker and relay are right as well.
"""

import argparse
import collections
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from support.hard_cases import Result, judge, passages

import quotes


def row(name: str, results: list[Result]) -> str:
    """One line of the table."""
    asked = sum(result.asked for result in results)
    speakers = [right for result in results for right in result.speaker]
    via = [right for result in results for right in result.via]
    cells = [
        f"{sum(result.right for result in results)}/{len(results)}",
        f"{sum(result.attributed for result in results)}/{len(results)}",
        *(f"{sum(getattr(r, key) for r in results)}/{asked}" for key in ("content", "source", "cue", "type")),
        f"{sum(speakers)}/{len(speakers)}",
        f"{sum(via)}/{len(via)}",
        str(sum(result.extra for result in results)),
    ]
    return f"{name:18}" + "".join(f"{cell:>11}" for cell in cells)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--notes", action="store_true", help="what is wrong with each passage that is not right"
    )
    parser.add_argument("--model", help="another spaCy pipeline's name")
    options = parser.parse_args()
    nlp = quotes.load(options.model) if options.model else quotes.load()
    every = passages()
    by_pattern: dict[str, list[Result]] = collections.defaultdict(list)
    for passage, doc in zip(every, nlp.pipe(passage["text"] for passage in every), strict=True):
        result = judge(passage, doc._.quotes)
        by_pattern[passage["pattern"]].append(result)
        if options.notes and not result.right:
            print(f"{passage['id']}: {passage['text']!r}", *result.notes, sep="\n    ")
    headings = ("right", "attributed", "content", "source", "cue", "type", "speaker", "via", "extra")
    print(f"{'pattern':18}" + "".join(f"{heading:>11}" for heading in headings))
    for pattern, results in by_pattern.items():
        print(row(pattern, results))
    print(row("all", [result for results in by_pattern.values() for result in results]))


if __name__ == "__main__":
    main()
