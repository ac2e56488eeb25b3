"""Fit the confidence of quotations, so that it is the probability that content and source are right.

    python calibrate.py OUT_FOLDER CORPORA/attribution/polnear-dev CORPORA/attribution/world-dev.jsonl

Every other article fits the curves, the rest checks them (expected calibration error, ten bins), for each corpus
apart. Prints the reliability tables and writes calibration.json.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc

import quotes.component  # noqa: F401  (registers the factories)
from quotes.evaluation.gold import Annotation, read_gold
from quotes.evaluation.metrics import characters, pair
from quotes.quotations.acts import is_clause, report
from quotes.quotations.attribution import Attribution
from quotes.quotations.calibration import CALIBRATION
from quotes.quotations.filter import is_kept
from quotes.quotations.passes import find_attributions
from quotes.text.quoted import quote_type, quoted_mask

STEPS = 5  # bins of a fitted curve: each needs some thirty quotations
BINS = 10  # of the reliability table
Judged = tuple[str, float, bool]  # type, raw confidence, right


def judge(text: str, found: list[Attribution], known: list[Annotation]) -> list[Judged]:
    """Each finding with its raw confidence, and whether content (half of it) and source agree with the gold.

    Where the gold says what is required, all else counts neither way; nor does one with a source on one side only.
    """
    contents = [characters(text, one.content) for one in found]
    golds = [characters(text, gold.content) for gold in known]
    matched = dict(pair(contents, golds))
    mask = quoted_mask(text)
    result = []
    for i, one in enumerate(found):
        right = False
        if i in matched:
            gold, given = known[matched[i]], one.source
            if gold.required is False or (gold.required and bool(given) != bool(gold.source)):
                continue
            right = any(a < given[1] and given[0] < b for a, b in gold.source) if given else not gold.source
        elif any(
            gold.required is not None and contents[i] < own for gold, own in zip(known, golds, strict=True)
        ):
            continue
        result.append((quote_type(text, one.content, mask), one.confidence, right))
    return result


def kept(doc: Doc, text: str, attribution: Attribution) -> bool:
    """Whether the pipeline keeps an attribution, unless told otherwise."""
    kind = quote_type(text, attribution.content)
    act, clause = report(doc, text, attribution, kind).act, is_clause(doc, attribution)
    return is_kept(doc, text, attribution, kind, act, is_clause=clause, keep="said")


def fit(judged: list[Judged]) -> dict[str, dict[str, list[float]]]:
    """Per type: mean raw confidence and share of right ones in bins of equal size, made to rise."""
    curves = {}
    for kind in ("direct", "mixed", "indirect"):
        rows = sorted((raw, right) for name, raw, right in judged if name == kind)
        groups = np.array_split(np.array(rows, float), STEPS)
        right = np.maximum.accumulate([group[:, 1].mean() for group in groups])
        raw = [round(float(group[:, 0].mean()), 4) for group in groups]
        curves[kind] = {"raw": raw, "right": [round(float(x), 4) for x in right]}
    return curves


def reliability(judged: list[Judged], curves: dict[str, dict[str, list[float]]]) -> float:
    """Print what was promised beside what was right; the expected calibration error."""
    promised = np.array(
        [np.interp(raw, curves[kind]["raw"], curves[kind]["right"]) for kind, raw, _ in judged]
    )
    right = np.array([r for *_, r in judged], float)
    error = 0.0
    for low in np.arange(0, 1, 1 / BINS):
        here = (promised >= low) & (promised < low + 1 / BINS + (low >= 1 - 1.5 / BINS))
        if here.any():
            error += here.mean() * abs(promised[here].mean() - right[here].mean())
            print(
                f"{low:.1f}  {here.sum():5d}  promised {promised[here].mean():.3f}  right {right[here].mean():.3f}"
            )
    return error


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    args = parser.parse_args()
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes_syntax")
    nlp.add_pipe("quotes_morphology")
    fitting: list[Judged] = []
    checks: dict[str, list[Judged]] = {}
    for path in args.gold:
        checks[path.name] = []
        for number, gold in enumerate(read_gold(path)):
            text = gold.read()
            doc = nlp(text)
            found = [one for one in find_attributions(doc, text) if kept(doc, text, one)]
            (checks[path.name] if number % 2 else fitting).extend(judge(text, found, list(gold.quotes)))
    curves = fit(fitting)
    for name, judged in checks.items():
        print(
            f"{name}: expected calibration error {reliability(judged, curves):.3f} ({len(judged)} quotations)"
        )
    (args.out / CALIBRATION).write_text(json.dumps(curves, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
