"""Fit which words that the tagger does not see are cues all the same (``quotes/quotations/unseen.py``).

    python train_unseen.py CORPORA OUT.json [--least 0.2] [--rows ROWS.jsonl]

Candidates of PolNeAR's training articles (the encoder has seen these, so it misses less there than elsewhere): every
word with a lemma that is a cue often enough, beside what ``keep="all"`` finds. Prints for some least probabilities, in
five folds of articles, how many are added, how many of these are cues and have the content of one, and how many
thoughts and requests are found then that were not. --rows: keeps the candidates there, and reads them if the file
exists. Needs scikit-learn.
"""

import argparse
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from acts import act_of_gold
from encoder_data import Gold, read_attributions
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MaxAbsScaler

import quotes.component  # noqa: F401  (registers the factories)
from quotes.evaluation.metrics import LOOSE_JACCARD, characters, jaccard
from quotes.nlp.encoder import encoder
from quotes.quotations.acts import is_clause, report
from quotes.quotations.attribution import Attribution
from quotes.quotations.filter import features, is_kept, said_probability
from quotes.quotations.passes import find_attributions, find_doubtful
from quotes.quotations.unseen import candidates, lemma_of
from quotes.text.quoted import quote_type, quoted_mask

FOLDS = 5
LEAST_CUES, LEAST_SHARE = 3, 0.04  # cues that a lemma must be, of its words at least this share
SEEN = 5  # candidates that a feature must occur in
RIDGE = 0.2  # inverse strength
Row = dict[str, Any]


def rows(text: str, gold: list[Gold]) -> Iterator[Row]:
    """The words of an article: lemma, whether it is a cue; of candidates evidence, act, whether the content agrees."""
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes_syntax")
    nlp.add_pipe("quotes_morphology")
    doc, mask, logits = nlp(text), quoted_mask(text), encoder()(text)

    def act_of(attribution: Attribution) -> str | None:
        kind = quote_type(text, attribution.content, mask)
        act, clause = report(doc, text, attribution, kind).act, is_clause(doc, attribution)
        said = said_probability(features(doc, text, attribution, kind, act, is_clause=clause))
        kept = is_kept(doc, text, attribution, kind, act, is_clause=clause, said=said, keep="all")
        return act if kept else None

    first = find_attributions(doc, text)
    known = [part for part in (*first, *find_doubtful(doc, text, first)) if act_of(part)]
    found = {part.attribution.cue: part for part in candidates(doc, text, logits, known, None)}
    for token in doc:
        lemma, cue = lemma_of(token), (token.idx, token.idx + len(token))
        if lemma is None:
            continue
        same = [part for part in gold if any(start < cue[1] and cue[0] < end for start, end in part.cue)]
        row: Row = {"lemma": lemma, "right": bool(same)}
        candidate = found.get(cue)
        act = act_of(candidate.attribution) if candidate else None
        if candidate and act not in (None, "asserts"):
            own = characters(text, candidate.attribution.content)
            near = max((jaccard(own, characters(text, tuple(part.content))) for part in same), default=0.0)
            told = act_of_gold(text, same[0]) if same else None
            row |= {
                "evidence": dict(candidate.evidence),
                "act": act,
                "gold": told,
                "agrees": near >= LOOSE_JACCARD,
            }
        yield row


def read(corpora: Path, cache: Path | None) -> list[Row]:
    """The rows of PolNeAR's training articles, each with its fold."""
    if cache and cache.exists():
        return [json.loads(line) for line in cache.read_text(encoding="utf-8").splitlines()]
    found = []
    for name, text, gold in read_attributions(corpora / "attribution" / "polnear-train"):
        found += [{**row, "fold": zlib.crc32(name.encode()) % FOLDS} for row in rows(text, gold)]
    if cache:
        cache.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    return found


def shares(words: list[Row]) -> dict[str, float]:
    """The log odds that a word with a lemma is a cue, of lemmas that are cues often enough."""
    count: dict[str, list[int]] = {}
    for row in words:
        both = count.setdefault(row["lemma"], [0, 0])
        both[row["right"]] += 1
    return {
        lemma: float(np.log((cues + 0.5) / (others + 5)))
        for lemma, (others, cues) in sorted(count.items())
        if cues >= LEAST_CUES and cues >= LEAST_SHARE * (cues + others)
    }


def evidence(row: Row, share: dict[str, float]) -> dict[str, float]:
    """The features of a candidate whose lemma is in the table."""
    return {**row["evidence"], "share": share[row["lemma"]], f"lemma {row['lemma']}": 1.0}


def fitted(taught: list[Row], share: dict[str, float]) -> Pipeline:
    """The regression that some candidates teach."""
    known = [evidence(row, share) for row in taught]
    count: dict[str, int] = {}
    for told in known:
        for name, x in told.items():
            count[name] = count.get(name, 0) + bool(x)
    known = [{name: x for name, x in told.items() if count[name] >= SEEN} for told in known]
    model = make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=RIDGE, max_iter=4000))
    return model.fit(known, [row["right"] for row in taught])


def main() -> None:
    """Command line: the corpora, and where the weights go."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--least", type=float, default=0.2, help="the least probability that is kept")
    parser.add_argument("--rows", type=Path)
    args = parser.parse_args()
    words = read(args.corpora, args.rows)
    promised = []
    for fold in range(FOLDS):
        share = shares([row for row in words if row["fold"] != fold])
        usable = [row for row in words if "evidence" in row and row["lemma"] in share]
        left = [row for row in usable if row["fold"] == fold]
        model = fitted([row for row in usable if row["fold"] != fold], share)
        probabilities = model.predict_proba([evidence(row, share) for row in left])[:, 1]
        promised += list(zip(probabilities, left, strict=True))
    for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
        kept = [row for probability, row in promised if probability >= least]
        right, agree = (sum(row[key] for row in kept) / max(len(kept), 1) for key in ("right", "agrees"))
        acts = {act: sum(row["gold"] == row["act"] == act for row in kept) for act in ("thinks", "requests")}
        print(
            f"{least:.2f}: {len(kept)} added, cue right {right:.3f}, content agrees {agree:.3f}, found now {acts}"
        )
    share = shares(words)
    model = fitted([row for row in words if "evidence" in row and row["lemma"] in share], share)
    names, scale = model[0].get_feature_names_out(), model[1].scale_
    weights = dict(zip(names, model[2].coef_[0] / scale, strict=True))
    by_share = weights.pop("share", 0.0)
    result = {
        "least": args.least,
        "intercept": round(float(model[2].intercept_[0]), 4),
        "weights": {
            n: round(float(w), 4) for n, w in weights.items() if not n.startswith("lemma ") and round(w, 4)
        },
        "lemmas": {
            n: round(float(by_share * s + weights.get(f"lemma {n}", 0.0)), 4) for n, s in share.items()
        },
    }
    args.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
