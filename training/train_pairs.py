"""Fit the decision whether two contents of one speaker are one claim, and measure it.

    python train_pairs.py CORPORA OUT_FILE [--seed 1] [--leave-out-dev] [--errors]

CORPORA has ``statements/pairs-train.jsonl`` (labelled pairs; ``label`` same, again or different), ``attribution/``
(the articles and their gold cues) and whatever else ``README.md`` names; the pairs written for this project (half "fit"
of ``tests/data/statement_pairs.jsonl`` and ``near_misses.py``) are beside it. Writes ``model/statements.json``: how
rare words are, logistic models, and the probabilities at which something follows.

Printed are the figures of five folds, pairs whose articles are connected kept together, as a mean of three shuffles.
``--leave-out-dev`` trains without the pairs that share a quotation or both articles with ``pairs-dev.jsonl``.
"""

import argparse
import json
import math
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import numpy as np
from near_misses import near_misses

from quotes.evaluation.gold import GoldText, read_gold
from quotes.evaluation.metrics import characters
from quotes.nlp.encoder import encoder
from quotes.statements.compare import VERBATIM_EVIDENCE
from quotes.statements.contradiction import OBJECTIONS
from quotes.statements.exact import group_exact, make_pair
from quotes.statements.features import meaning_features, word_features
from quotes.statements.normalise import normalise
from quotes.statements.pair import Pair
from quotes.statements.paraphrase import WordSimilarity, content_surface
from quotes.statements.records import StatementQuote
from quotes.store.rows import shown_content
from quotes.text.quotation_marks import quote_type, quoted_mask

TESTS = Path(__file__).parent.parent / "tests" / "data" / "statement_pairs.jsonl"
DAY = re.compile(r"_(\d{4}-\d\d-\d\d)_")
UNFIT_KINDS = ("speaker", "open", "later")  # of written pairs: other rules decide on these
LEAST_ARTICLES = 6  # that have a word, for its rarity to be known
PENALTY = 30.0  # of the squared weights of standardised features
WEIGHT_AGAIN = (
    0.3  # of a pair that is one claim on two occasions: what is merged should be one utterance first
)
WEIGHT_WRITTEN = 0.1  # of a pair written for this
FOLDS, SHUFFLES = 5, 3
PRECISION_MERGE, PRECISION_PERHAPS = 0.94, 0.80
LOST_AT_FIRST = 0.01  # of the pairs that are one claim, those that the first stage may lose

Row = tuple[StatementQuote, StatementQuote]


class Articles:
    """The texts of PolNeAR, with the gold cue of each content."""

    def __init__(self, corpora: Path) -> None:
        self._folders = [corpora / "attribution" / f"polnear-{part}" for part in ("train", "dev")]
        self._gold = {gold.path.stem: gold for folder in self._folders for gold in read_gold(folder)}

    def quotation(self, ident: str, side: dict[str, Any]) -> StatementQuote:
        """One side of a labelled pair."""
        known = self._gold[side["doc"]]
        text, spans = known.read(), [tuple(span) for span in side["spans"]]
        kind = quote_type(text, spans, quoted_mask(text))
        day = DAY.search(side["doc"])
        return StatementQuote(
            ident,
            side["doc"],
            "speaker",
            shown_content(text, spans),
            kind,
            day[1] if day else None,
            cue=_cue(known, text, spans),
        )


def _cue(known: GoldText, text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """The gold cue of the content that overlaps most with these spans, half of both at least."""
    mine = characters(text, tuple(spans))
    best, cue = 0.5, None
    for gold in known.quotes:
        theirs = characters(text, gold.content)
        overlap = len(mine & theirs) / max(1, len(mine | theirs))
        if overlap >= best:
            best, cue = overlap, " ".join(text[start:end] for start, end in gold.cue) or None
    return cue


def rarities(folders: Iterable[Path]) -> tuple[dict[str, float], float]:
    """How rare each stem is in the articles of these folders, and how rare one is that few have."""
    found: Counter[str] = Counter()
    articles = 0
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            found.update(normalise(path.read_text(encoding="utf-8"), direct=True).content)
            articles += 1
    unknown = round(math.log((articles + 1) / (LEAST_ARTICLES - 2)), 1)
    table = {
        word: min(unknown, round(math.log((articles + 1) / (count + 1)), 1))
        for word, count in sorted(found.items())
        if count >= LEAST_ARTICLES
    }
    return table, unknown


def written(half: str) -> list[tuple[Row, bool]]:
    """The pairs of the tests of one half."""
    pairs = [json.loads(line) for line in TESTS.read_text(encoding="utf-8").splitlines()]
    return [
        ((_written("1", pair["a"]), _written("2", pair["b"])), pair["label"] == "same")
        for pair in pairs
        if pair["half"] == half and pair["kind"] not in UNFIT_KINDS
    ]


def _written(ident: str, side: dict[str, Any]) -> StatementQuote:
    return StatementQuote(
        ident, f"art-{ident}", "x", side["text"], side["type"], side.get("published"), cue=side.get("cue")
    )


def made() -> list[tuple[Row, bool]]:
    """The near misses."""
    rows = []
    for one, other, same in near_misses():
        pair = [
            StatementQuote(
                ident, f"art-{ident}", "x", text, "direct" if text[-1] == "." else "indirect", "2024-03-04"
            )
            for ident, text in (("1", one), ("2", other))
        ]
        rows.append(((pair[0], pair[1]), same))
    return rows


class Features:
    """The features of pairs, in two stages; each text is embedded once."""

    def __init__(self, rows: Sequence[Row], rarity: Callable[[str], float]) -> None:
        texts = sorted({side.text for row in rows for side in row})
        vectors = dict(zip(texts, encoder().embed(texts), strict=True))
        similarity = WordSimilarity(encoder().embed)
        similarity.load(
            word for text in texts for word in content_surface(normalise(text, direct=True)).values()
        )
        self.first, self.second, ruled = [], [], []
        for a, b in rows:
            group, other = group_exact([a])[0], group_exact([b])[0]
            group.vector, other.vector = vectors[a.text], vectors[b.text]
            pair = make_pair(group, other)
            words = word_features(pair, rarity)
            ruled.append(by_rule(pair) if group.stance == other.stance else 0.0)
            self.first.append(words)
            self.second.append(words | meaning_features(pair, rarity, similarity))
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
    pairs = [
        json.loads(line) for line in (corpora / "statements" / "pairs-train.jsonl").open(encoding="utf-8")
    ]
    pairs = [
        pair
        for pair in pairs
        if pair["label"] != "unsure"
        and not pair.get("junk")
        and not (options.leave_out_dev and pair.get("shares_dev"))
    ]
    articles = Articles(corpora)
    rows = [(articles.quotation("1", pair["a"]), articles.quotation("2", pair["b"])) for pair in pairs]
    mine = [*written("fit"), *made()]
    features = Features([*rows, *(row for row, _ in mine)], lambda word: table.get(word, unknown))
    labels = np.array([pair["label"] for pair in pairs])
    y, w = (labels != "different").astype(float), np.where(labels == "again", WEIGHT_AGAIN, 1.0)
    groups, size = components(pairs), len(pairs)
    own = np.array([same for _, same in mine], float)
    data: dict[str, Any] = {"rarity_unknown": unknown, "rarities": table}
    judged: dict[str, np.ndarray] = {}
    for name, found, wanted in (
        ("words", features.first, WEIGHT_WRITTEN),
        ("meaning", features.second, WEIGHT_WRITTEN),
        ("likely", features.second, 0.0),
    ):
        x, many = matrix(found), np.full(len(own), wanted)
        judged[name] = out_of_fold(x[:size], y, w, groups, (x[size:], own, many), options.seed)
        model = fit(x, np.r_[y, own], np.r_[w, many])
        data[name] = {
            "bias": round(model[0], 5),
            "weights": {key: round(float(value), 5) for key, value in zip(found[0], model[1], strict=True)},
        }
    data["second_stage"] = round(float(np.quantile(judged["words"][y == 1], LOST_AT_FIRST)), 3)
    ruled = features.ruled[:size]
    p, likely = (
        np.where(np.isnan(ruled), np.where(judged["words"] >= data["second_stage"], judged[name], 0.0), ruled)
        for name in ("meaning", "likely")
    )
    data["merge"] = threshold(p, y, PRECISION_MERGE)
    data["perhaps"] = threshold(likely, y, PRECISION_PERHAPS)
    print(f"{len(pairs)} labelled pairs {dict(Counter(labels.tolist()))}, {len(mine)} written ones")
    tell("merged", p, data["merge"], labels)
    tell("perhaps", likely, data["perhaps"], labels)
    tell("perhaps or merged", np.maximum(p >= data["merge"], likely >= data["perhaps"]), 1, labels)
    if options.errors:
        for k in np.argsort(-p):
            if (labels[k] == "different") == (p[k] >= data["merge"]):
                print(f"{labels[k]:9} {p[k]:.3f} | {rows[k][0].text[:160]} | {rows[k][1].text[:160]}")
    options.out.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
