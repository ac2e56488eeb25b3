"""Candidates of the filter with their features, and whether they are right.

    python filter_rows.py TEXTS GOLD OUT.jsonl

TEXTS is a folder of articles, GOLD their quotations: world-train.jsonl, or a folder with brat standoff (PolNeAR). The
encoder must not have seen the articles of world news: run it once for each fold, in a copy of the package whose encoder
was trained on the other folds. Right is what agrees in half of its characters with a required quotation, or in PolNeAR
with speech; what is within another attribution, or agrees with one of another kind, counts neither way and is left out.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import spacy

import quotes.component  # noqa: F401  (registers the factories)
from quotes.evaluation.gold import Annotation, read_gold
from quotes.evaluation.metrics import LOOSE_JACCARD, characters, is_speech, jaccard
from quotes.quotations.acts import is_clause, report
from quotes.quotations.filter import features, is_hearsay, is_said
from quotes.quotations.passes import find_attributions
from quotes.text.quoted import quote_type, quoted_mask


def rows(text: str, gold: tuple[Annotation, ...]) -> Iterator[tuple[dict[str, float], bool]]:
    """Features, right or not, of each candidate of one text."""
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes_syntax")
    nlp.add_pipe("quotes_morphology")
    doc, mask = nlp(text), quoted_mask(text)
    known = [
        (
            characters(text, quote.content),
            is_speech(text, quote) if quote.required is None else quote.required,
        )
        for quote in gold
    ]
    for attribution in find_attributions(doc, text):
        kind = quote_type(text, attribution.content, mask)
        act = report(doc, text, attribution, kind).act
        clause = is_clause(doc, attribution)
        if kind == "direct" or attribution.acts is None or is_hearsay(text, attribution):
            continue
        if not is_said(kind, act, is_clause=clause):
            continue
        own = characters(text, attribution.content)
        best = max(known, key=lambda pair: jaccard(own, pair[0]), default=None)
        agrees = best is not None and jaccard(own, best[0]) >= LOOSE_JACCARD
        if (agrees and best and not best[1]) or (not agrees and any(own < other for other, _ in known)):
            continue
        yield features(doc, text, attribution, kind, act, is_clause=clause), agrees


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    gold = {text.path.name: text for text in read_gold(args.gold)}
    with args.out.open("w", encoding="utf-8") as out:
        for path in sorted(args.texts.glob("*.txt")):
            known = gold[path.name].quotes if path.name in gold else ()
            for evidence, right in rows(path.read_bytes().decode("utf-8"), known):
                print(json.dumps({"article": path.stem, "features": evidence, "right": right}), file=out)


if __name__ == "__main__":
    main()
