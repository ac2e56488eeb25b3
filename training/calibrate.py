"""Fit the confidence of quotations, so that it is the probability that content and source are right.

    python calibrate.py OUT_FOLDER CORPORA/attribution/polnear-dev CORPORA/attribution/world-dev.jsonl

A logistic model of the evidence in ``quotes.quotations.calibration``. Corpora weigh the same, however many articles
they have: in world news more is right than in PolNeAR, where annotators left more out. Prints the expected calibration
error (Guo et al. 2017, ten bins) and the Brier score of each corpus in five folds by article, as means of some
shuffles, the reliability tables of one of them, and writes calibration.json, fitted to all articles.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import spacy
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

import quotes.component  # noqa: F401  (registers the factories)
from quotes.evaluation.calibration import calibration_error, reliability
from quotes.evaluation.gold import Annotation, read_gold
from quotes.evaluation.metrics import characters, pair
from quotes.quotations.acts import is_clause, report
from quotes.quotations.attribution import Attribution
from quotes.quotations.calibration import CALIBRATION, evidence
from quotes.quotations.filter import features, is_kept, said_probability
from quotes.quotations.passes import find_attributions
from quotes.text.quoted import quote_type, quoted_mask

FOLDS, SHUFFLES = 5, 5
Row = tuple[dict[str, float], bool]  # evidence, right


def judge(text: str, found: list[Attribution], known: list[Annotation]) -> dict[int, bool]:
    """The findings that count, and whether content (half of it) and source agree with the gold.

    Where the gold says what is required, all else counts neither way; nor does one with a source on one side only.
    """
    contents = [characters(text, one.content) for one in found]
    golds = [characters(text, gold.content) for gold in known]
    matched = dict(pair(contents, golds))
    result = {}
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
        result[i] = right
    return result


def rows(doc: Doc, text: str, known: list[Annotation]) -> list[Row]:
    """The evidence for each quotation that is kept by default, and whether it is right."""
    mask = quoted_mask(text)
    found, told = [], []
    for one in find_attributions(doc, text):
        kind = quote_type(text, one.content, mask)
        act, clause = report(doc, text, one, kind).act, is_clause(doc, one)
        said = said_probability(features(doc, text, one, kind, act, is_clause=clause))
        if is_kept(doc, text, one, kind, act, is_clause=clause, said=said, keep="said"):
            found.append(one)
            told.append(evidence(one, kind, said))
    return [(told[i], right) for i, right in judge(text, found, known).items()]


def fit(x: np.ndarray, right: np.ndarray, corpus: np.ndarray) -> LogisticRegression:
    """A logistic model to which each corpus counts the same."""
    counts = np.bincount(corpus)
    return LogisticRegression(max_iter=4000).fit(x, right, (len(x) / len(counts) / counts)[corpus])


def out_of_fold(
    x: np.ndarray, right: np.ndarray, corpus: np.ndarray, article: np.ndarray, seed: int
) -> np.ndarray:
    """The probability of each quotation by a model that has not seen its article."""
    fold = np.random.default_rng(seed).permutation(article.max() + 1) % FOLDS
    promised = np.zeros(len(x))
    for number in range(FOLDS):
        held = fold[article] == number
        promised[held] = fit(x[~held], right[~held], corpus[~held]).predict_proba(x[held])[:, 1]
    return promised


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
    found: list[Row] = []
    corpora: list[int] = []
    articles: list[int] = []
    for number, path in enumerate(args.gold):
        for gold in read_gold(path):
            text = gold.read()
            new = rows(nlp(text), text, list(gold.quotes))
            found += new
            corpora += [number] * len(new)
            articles += [articles[-1] + 1 if articles else 0] * len(new)
    names = list(found[0][0])
    x = np.array([list(told.values()) for told, _ in found])
    right, corpus, article = (
        np.array([right for _, right in found], float),
        np.array(corpora),
        np.array(articles),
    )
    shuffles = [out_of_fold(x, right, corpus, article, seed) for seed in range(SHUFFLES)]
    for number, path in enumerate(args.gold):
        mine = corpus == number
        judged = [list(zip(given[mine].tolist(), right[mine].tolist(), strict=True)) for given in shuffles]
        for low, size, promised, share in reliability(judged[0]):
            print(f"{low:.1f}  {size:5d}  promised {promised:.3f}  right {share:.3f}")
        brier = np.mean([(given[mine] - right[mine]) ** 2 for given in shuffles])
        error = np.mean([calibration_error(one) for one in judged])
        print(
            f"{path.name}: expected calibration error {error:.3f}, Brier score {brier:.3f} "
            f"({mine.sum()} quotations)"
        )
    model = fit(x, right, corpus)
    weights = {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)}
    data = {"intercept": round(float(model.intercept_[0]), 4), "weights": weights}
    (args.out / CALIBRATION).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
