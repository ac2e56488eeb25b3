"""Fit the decision whether two contents of one speaker are one claim, and measure it.

    python train_pairs.py CORPORA OUT_FILE [--seed 1] [--leave-out-dev] [--errors]

CORPORA has ``statements/pairs-train.jsonl`` (labelled pairs; ``label`` same, again or different), ``attribution/``
(the articles and their gold cues) and whatever else ``README.md`` names; the pairs written for this project (half "fit"
of ``tests/data/statement_pairs.jsonl`` and ``near_misses.py``) are beside it. So are ``proposed_pairs.jsonl``, pairs of
PolNeAR that an earlier decision merged or nearly merged, labelled by one reader, since what is compared in earnest
has more pairs of one topic than those that were picked for labelling. None of them has a quotation, or both articles,
in common with ``pairs-dev.jsonl``. Writes ``model/statements.json``: how rare words are, logistic models, and the
probabilities at which something follows.

Printed are the figures of five folds, pairs whose articles are connected kept together, as a mean of three shuffles.
``--leave-out-dev`` trains without the pairs that share a quotation or both articles with ``pairs-dev.jsonl``.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import numpy as np
from pair_data import Articles, Row, labelled, made, rarities, written

from quotes.nlp.encoder import encoder
from quotes.statements.compare import VERBATIM_EVIDENCE
from quotes.statements.contradiction import OBJECTIONS
from quotes.statements.exact import group_exact, make_pair
from quotes.statements.features import meaning_features, word_features
from quotes.statements.normalise import normalise
from quotes.statements.pair import Pair
from quotes.statements.paraphrase import WordSimilarity, content_surface
from quotes.statements.settings import TIME

PENALTY = 30.0  # of the squared weights of standardised features
WEIGHT_AGAIN = (
    0.3  # of a pair that is one claim on two occasions: what is merged should be one utterance first
)
WEIGHT_WRITTEN = 0.15  # of a pair written for this
FOLDS, SHUFFLES = 5, 3
# Of the pairs that were picked for labelling. At 0.94 statements get members of which more are wrong than right.
PRECISION_MERGE, PRECISION_PERHAPS = 0.957, 0.80
PRECISION_ENTRY = 0.90  # of those that a decision proposed: the bar for two wordings alone
LOST_AT_FIRST = 0.01  # of the pairs that are one claim, those that the first stage may lose


class Features:
    """The features of pairs, in two stages; each text is embedded once."""

    def __init__(self, rows: Sequence[Row], rarity: Callable[[str], float]) -> None:
        texts = sorted({side.text for row in rows for side in row})
        vectors = dict(zip(texts, encoder().embed(texts), strict=True))
        similarity = WordSimilarity(encoder().embed)
        similarity.load(
            word for text in texts for word in content_surface(normalise(text, direct=True)).values()
        )
        self.first, self.second, ruled, compared = [], [], [], []
        for a, b in rows:
            group, other = group_exact([a])[0], group_exact([b])[0]
            group.vector, other.vector = vectors[a.text], vectors[b.text]
            pair = make_pair(group, other, similarity)
            words = word_features(pair, rarity)
            ruled.append(by_rule(pair) if group.stance == other.stance else 0.0)
            self.first.append(words)
            compared.append(pair.in_learned_time and not pair.same_article)
            self.second.append(words | meaning_features(pair, rarity, similarity))
        self.compared = np.array(compared, bool)  # what the second stage decides on in earnest
        self.ruled = np.array(ruled, float)  # NaN where nothing but the model decides


def by_rule(pair: Pair) -> float | None:
    """The probability of a pair that is decided without the model: 0 for an objection. None for the others."""
    if any(objection(pair) for objection in OBJECTIONS):
        return 0.0
    return next((found.probability for one in VERBATIM_EVIDENCE if (found := one(pair))), None)


def matrix(features: Sequence[dict[str, float]]) -> np.ndarray:
    """A row a pair, a column a feature."""
    return np.array([list(each.values()) for each in features], float)


def fit(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Bias and weights of a logistic model with a penalty, by Newton's method on standardised features."""
    mean, scale = x.mean(0), x.std(0)
    scale[scale == 0] = 1.0
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / scale])
    penalty = np.diag([0.0, *[PENALTY] * x.shape[1]])
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        gradient = z.T @ (weights * (y - p)) - penalty @ w
        hessian = (z * (weights * p * (1 - p))[:, None]).T @ z + penalty
        w += np.linalg.solve(hessian, gradient)
    return float(w[0] - (w[1:] * mean / scale).sum()), w[1:] / scale


def predict(model: tuple[float, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Probabilities."""
    return np.asarray(1 / (1 + np.exp(-(model[0] + x @ model[1]))))


def components(pairs: Sequence[dict[str, Any]]) -> list[str]:
    """For each pair the name of its connected component of articles."""
    parent: dict[str, str] = {}

    def find(doc: str) -> str:
        parent.setdefault(doc, doc)
        while parent[doc] != doc:
            doc = parent[doc]
        return doc

    for pair in pairs:
        parent[find(pair["a"]["doc"])] = find(pair["b"]["doc"])
    return [find(pair["a"]["doc"]) for pair in pairs]


def folds(groups: Sequence[str], seed: int) -> np.ndarray:
    """The fold of each pair: components, the largest first, each to the smallest fold."""
    chance = np.random.default_rng(seed)
    sizes, of = [0] * FOLDS, {}
    for group, count in sorted(Counter(groups).items(), key=lambda item: (-item[1], chance.random())):
        order = chance.permutation(FOLDS)
        place = int(min(order, key=lambda fold: sizes[fold]))
        of[group] = place
        sizes[place] += count
    return np.array([of[group] for group in groups])


def out_of_fold(
    x: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    groups: Sequence[str],
    more: tuple[np.ndarray, ...],
    seed: int,
) -> np.ndarray:
    """The probability of each labelled pair, by models that have not seen its articles."""
    total = np.zeros(len(y))
    for shuffle in range(SHUFFLES):
        fold = folds(groups, seed + shuffle)
        for number in range(FOLDS):
            learn = fold != number
            model = fit(np.vstack([x[learn], more[0]]), np.r_[y[learn], more[1]], np.r_[w[learn], more[2]])
            total[~learn] += predict(model, x[~learn]) / SHUFFLES
    return total


def threshold(p: np.ndarray, y: np.ndarray, precision: float) -> float:
    """The lowest probability from which so many are right."""
    order = np.argsort(-p, kind="stable")
    right = np.cumsum(y[order]) / np.arange(1, len(y) + 1)
    last = int(np.flatnonzero(right >= precision)[-1])
    after = p[order[last + 1]] if last + 1 < len(y) else 0.0
    return round(float((p[order[last]] + after) / 2), 3)


def tell(name: str, p: np.ndarray, least: float, labels: np.ndarray) -> None:
    """Print precision and recall from a probability on."""
    given, claim, same = p >= least, labels != "different", labels == "same"
    print(
        f"{name} from {least:.3f}: P {(given & claim).sum() / max(1, given.sum()):.3f} "
        f"R same {(given & same).sum() / same.sum():.3f} R same and again {(given & claim).sum() / claim.sum():.3f}"
    )


def fit_models(
    features: Features,
    y: np.ndarray,
    w: np.ndarray,
    picked: np.ndarray,
    groups: Sequence[str],
    own: np.ndarray,
    seed: int,
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The three models as they are written, and of each the probabilities of labelled pairs out of fold."""
    models: dict[str, Any] = {}
    judged: dict[str, np.ndarray] = {}
    for name, found, wanted, proposed in (
        ("words", features.first, WEIGHT_WRITTEN, 0.0),
        ("meaning", features.second, WEIGHT_WRITTEN, 1.0),
        ("likely", features.second, 0.0, 0.0),
    ):
        x, many = matrix(found), np.full(len(own), wanted)
        weights = np.where(picked, w, w * proposed)
        judged[name] = out_of_fold(x[: len(y)], y, weights, groups, (x[len(y) :], own, many), seed)
        model = fit(x, np.r_[y, own], np.r_[weights, many])
        models[name] = {
            "bias": round(model[0], 5),
            "weights": {key: round(float(value), 5) for key, value in zip(found[0], model[1], strict=True)},
        }
    return models, judged


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--leave-out-dev", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print the pairs that come out wrong")
    options = parser.parse_args()
    corpora = options.corpora
    table, unknown = rarities(corpora / "attribution" / name for name in ("polnear-train", "world-train"))
    pairs, size = labelled(corpora, options.leave_out_dev)
    articles = Articles(corpora)
    rows = [(articles.quotation("1", pair["a"]), articles.quotation("2", pair["b"])) for pair in pairs]
    mine = [*written("fit"), *made()]
    features = Features([*rows, *(row for row, _ in mine)], lambda word: table.get(word, unknown))
    labels = np.array([pair["label"] for pair in pairs])
    y, w = (labels != "different").astype(float), np.where(labels == "again", WEIGHT_AGAIN, 1.0)
    picked = np.arange(len(pairs)) < size
    own = np.array([same for _, same in mine], float)
    models, judged = fit_models(features, y, w, picked, components(pairs), own, options.seed)
    data: dict[str, Any] = {"rarity_unknown": unknown, "rarities": table, **models}
    data["second_stage"] = round(float(np.quantile(judged["words"][picked & (y == 1)], LOST_AT_FIRST)), 3)
    ruled = features.ruled[: len(y)]
    p, likely = (
        np.where(np.isnan(ruled), np.where(judged["words"] >= data["second_stage"], judged[name], 0.0), ruled)
        for name in ("meaning", "likely")
    )
    proposed = ~picked & np.isnan(ruled) & features.compared[: len(y)]
    data["merge"] = threshold(p[picked], y[picked], PRECISION_MERGE)
    data["perhaps"] = threshold(likely[picked], y[picked], PRECISION_PERHAPS)
    data["entry"] = max(data["merge"], threshold(p[proposed], y[proposed], PRECISION_ENTRY))
    print(f"{size} labelled pairs {dict(Counter(labels[picked].tolist()))}, {len(mine)} written ones")
    for name in ("merge", "entry"):
        tell(name, p[picked], data[name], labels[picked])
    tell("perhaps", likely[picked], data["perhaps"], labels[picked])
    print(f"{proposed.sum()} proposed pairs, which no rule decides, at most {TIME.learned} days apart")
    for name in ("merge", "entry"):
        tell(name, p[proposed], data[name], labels[proposed])
    if options.errors:
        for k in np.argsort(-p):
            if (labels[k] == "different") == (p[k] >= data["merge"]):
                print(f"{labels[k]:9} {p[k]:.3f} | {rows[k][0].text[:160]} | {rows[k][1].text[:160]}")
    options.out.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
