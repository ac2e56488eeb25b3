"""Fit the filter: whether somebody said a content, from what ``filter_rows.py`` wrote.

    python train_filter.py OUT.json ROWS.jsonl ... --also POLNEAR_ROWS.jsonl

A logistic regression, whose ridge is chosen in five folds of articles; prints precision and recall of ROWS out of fold
for some least probabilities, of which one is given. What --also names teaches too, with a weight for each, and is not
measured: articles that the encoder was trained on. Needs scikit-learn.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MaxAbsScaler

RIDGES = (0.03, 0.1, 0.3, 1.0)  # inverse strength
SEEN = 6  # candidates that a feature must occur in


def read(paths: list[Path]) -> list[dict]:  # type: ignore[type-arg]
    """The rows of some files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def fitted(evidence: list[dict], right: np.ndarray, weight: np.ndarray, ridge: float) -> Pipeline:  # type: ignore[type-arg]
    """The regression that some rows teach."""
    model = make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=ridge, max_iter=4000))
    return model.fit(evidence, right, logisticregression__sample_weight=weight)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("--weight", type=float, default=0.3, help="of each row of --also")
    parser.add_argument("--least", type=float, default=0.5, help="the least probability that is kept")
    args = parser.parse_args()
    own, also = read(args.rows), read(args.also)
    rows = own + also
    count: dict[str, int] = {}
    for row in rows:
        for name, x in row["features"].items():
            count[name] = count.get(name, 0) + bool(x)
    known = [{n: x for n, x in row["features"].items() if count[n] >= SEEN} for row in rows]
    right = np.array([row["right"] for row in rows])
    weight = np.array([1.0] * len(own) + [args.weight] * len(also))
    best = (np.inf, 0.0)
    for ridge in RIDGES:
        promised = np.zeros(len(own))
        for taught, left in GroupKFold(5).split(own, groups=[row["article"] for row in own]):
            chosen = np.concatenate([taught, np.arange(len(own), len(rows))])
            model = fitted([known[i] for i in chosen], right[chosen], weight[chosen], ridge)
            promised[left] = model.predict_proba([known[i] for i in left])[:, 1]
        is_right = right[: len(own)]
        loss = float(-np.log(np.where(is_right, promised, 1 - promised)).mean())
        print(f"C {ridge}: log loss {loss:.4f}")
        for least in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7):
            kept = promised >= least
            print(
                f"  {least:.2f} right of kept {is_right[kept].mean():.3f}, kept of right {kept[is_right].mean():.3f}"
            )
        best = min(best, (loss, ridge))
    model = fitted(known, right, weight, best[1])
    names = model[0].get_feature_names_out()
    weights = model[2].coef_[0] / model[1].scale_
    found = {
        "least": args.least,
        "intercept": round(float(model[2].intercept_[0]), 4),
        "weights": {name: round(float(w), 4) for name, w in zip(names, weights, strict=True) if round(w, 4)},
    }
    args.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
