"""Count the wrong speakers of an export by kind, and list them.

    quotes evaluate GOLD.jsonl --export found.jsonl
    python training/speaker_errors.py GOLD.jsonl found.jsonl [--list KIND]

GOLD is JSON Lines that say who spoke, as ``quotes evaluate`` reads them; ``found.jsonl`` is an export of the same
articles. Only quotations that were found and whose speaker is known and sure are looked at. ``--list`` prints those of
one kind: article, source, whom it means, who was given, and the words.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from quotes.evaluation.gold import Annotation, annotation, read_gold
from quotes.evaluation.metrics import characters, pair
from quotes.evaluation.names import is_same_name
from quotes.evaluation.speakers import FIRST_PERSON, source_form
from quotes.text.spans import any_overlap


class Wrong(NamedTuple):
    """One wrong speaker."""

    kind: str
    article: str
    source: str
    known: str
    given: str | None
    words: str


def wrong_speakers(gold: Path, export: Path) -> Iterator[Wrong]:
    """The wrong speakers of an export, in text order."""
    found: dict[str, list[Annotation]] = defaultdict(list)
    for line in export.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[Path(row["article"]).stem].append(annotation(row))
    for known in read_gold(gold):
        text = known.read()
        mine = sorted(found[known.path.stem], key=lambda quote: quote.content)
        contents = [characters(text, quote.content) for quote in mine]
        answers = [(quote, c) for quote in known.quotes if (c := characters(text, quote.content))]
        matched = dict(pair(contents, [c for _, c in answers]))
        for i, quote in enumerate(mine):
            answer = answers[matched[i]][0] if i in matched else None
            if answer is None or not answer.speaker or answer.unsure or answer.required is False:
                continue
            if not is_same_name(quote.speaker, (answer.speaker, *answer.names)):
                source = " ".join(text[start:end] for start, end in answer.source)
                words = " ".join(text[start:end] for start, end in quote.content)
                before = next((q.speaker for q in reversed(mine[:i]) if q.speaker), None)
                kind = kind_of(source, quote, answer, before)
                yield Wrong(kind, known.path.stem, source, answer.speaker, quote.speaker, words)


def kind_of(source: str, quote: Annotation, answer: Annotation, before: str | None) -> str:
    """The kind of an error: by the form of the source, and by who was given in place of the right one."""
    assert answer.speaker is not None
    form = source_form(source, answer.speaker, by_capitals=answer.required is not None)
    if source.lower() in FIRST_PERSON:
        return "first person"
    if answer.source and not any_overlap(quote.source, answer.source):
        return "another source was read, or none"
    if form == "none":
        return "no source: open" if quote.speaker is None else "no source: somebody else"
    if quote.speaker is None:
        return f"{form}: open"
    if form == "pronoun":
        return "pronoun: whoever spoke before" if quote.speaker == before else "pronoun: somebody else"
    if form == "nominal":
        own = is_same_name(quote.speaker, (source,))
        if answer.speaker_type == "person":
            return (
                "description of a person: its own words" if own else "description of a person: somebody else"
            )
        return "other description: its own words" if own else "other description: somebody else"
    return "name: another"


def main() -> None:
    """Command line: gold and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("export", type=Path)
    parser.add_argument("--list", metavar="KIND", help="list the errors of this kind")
    options = parser.parse_args()
    kinds: dict[str, list[Wrong]] = defaultdict(list)
    for wrong in wrong_speakers(options.gold, options.export):
        kinds[wrong.kind].append(wrong)
    for wrong in kinds.get(options.list, ()):
        print(
            wrong.article, wrong.source or "-", wrong.known, wrong.given or "-", wrong.words[:70], sep=" | "
        )
    if not options.list:
        for kind, errors in sorted(kinds.items(), key=lambda entry: -len(entry[1])):
            print(f"{len(errors):4}  {kind}")


if __name__ == "__main__":
    main()
