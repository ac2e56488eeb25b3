"""Candidates of the filter with their features, and whether they are right.

    python filter_rows.py TEXTS GOLD.jsonl OUT.jsonl

TEXTS is a folder of articles, GOLD.jsonl their quotations (world news). The encoder must not have seen these articles:
run it once for each fold, in a copy of the package whose encoder was trained on the other folds. Right is what agrees
with a required quotation in half of its characters; what is within another attribution, or not required, counts
neither way and is left out.
"""

import argparse
import json
from pathlib import Path

import spacy

import quotes.component  # noqa: F401  (registers the factories)
from quotes.quotations.acts import is_clause, report
from quotes.quotations.filter import features, is_hearsay, is_said
from quotes.quotations.passes import find_attributions
from quotes.text.quotation_marks import quote_type, quoted_mask

LEAST = 0.5  # of the characters of two contents, from which they agree


def characters(text: str, spans: list[list[int]]) -> frozenset[int]:
    """The places of the letters and digits of a content."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def rows(text: str, gold: list[dict]):  # type: ignore[no-untyped-def,type-arg]
    """Features, right or not, of each candidate of one text."""
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes_syntax")
    nlp.add_pipe("quotes_morphology")
    doc, mask = nlp(text), quoted_mask(text)
    known = [(characters(text, row["spans"]), row["required"]) for row in gold]
    for attribution in find_attributions(doc, text):
        kind = quote_type(text, attribution.content, mask)
        act = report(doc, text, attribution, kind).act
        clause = is_clause(doc, attribution)
        if kind == "direct" or attribution.acts is None or is_hearsay(text, attribution):
            continue
        if not is_said(kind, act, is_clause=clause):
            continue
        own = characters(text, [list(span) for span in attribution.content])
        best = max(known, key=lambda pair: len(own & pair[0]) / max(len(own | pair[0]), 1), default=None)
        agrees = best is not None and len(own & best[0]) >= LEAST * len(own | best[0])
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
    gold: dict[str, list[dict]] = {}  # type: ignore[type-arg]
    for line in args.gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold.setdefault(row["article"], []).append(row)
    with args.out.open("w", encoding="utf-8") as out:
        for path in sorted(args.texts.glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            for evidence, right in rows(text, gold.get(path.name, [])):
                print(json.dumps({"article": path.stem, "features": evidence, "right": right}), file=out)


if __name__ == "__main__":
    main()
