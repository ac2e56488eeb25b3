"""Fit the filter: whether somebody said a content, from what ``filter_rows.py`` wrote.

    python train_filter.py OUT.json ROWS.jsonl ...

A logistic regression, whose ridge is chosen in five folds of articles; prints precision and recall out of fold for
some least probabilities, of which one is given. Needs scikit-learn.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler

RIDGES = (0.1, 0.3, 1.0, 3.0)  # inverse strength
SEEN = 6  # candidates that a feature must occur in


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--least", type=float, default=0.5, help="the least probability that is kept")
    args = parser.parse_args()
    rows = [json.loads(line) for path in args.rows for line in path.read_text(encoding="utf-8").splitlines()]
    count: dict[str, int] = {}
    for row in rows:
        for name, x in row["features"].items():
            count[name] = count.get(name, 0) + bool(x)
    known = [{n: x for n, x in row["features"].items() if count[n] >= SEEN} for row in rows]
    right = np.array([row["right"] for row in rows])
    articles = np.array([row["article"] for row in rows])
    best = (np.inf, 0.0)
    for ridge in RIDGES:
        model = make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=ridge, max_iter=2000))
        promised = cross_val_predict(
            model, known, right, groups=articles, cv=GroupKFold(5), method="predict_proba"
        )[:, 1]
        loss = float(-np.log(np.where(right, promised, 1 - promised)).mean())
        print(f"C {ridge}: log loss {loss:.4f}")
        for least in (0.3, 0.4, 0.5, 0.6, 0.7):
            kept = promised >= least
            print(
                f"  {least:.1f} right of kept {right[kept].mean():.3f}, kept of right {kept[right].mean():.3f}"
            )
        best = min(best, (loss, ridge))
    model = make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=best[1], max_iter=2000))
    model.fit(known, right)
    names = model[0].get_feature_names_out()
    weights = model[2].coef_[0] / model[1].scale_
    found = {
        "least": args.least,
        "intercept": round(float(model[2].intercept_[0]), 4),
        "weights": {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)},
    }
    args.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
