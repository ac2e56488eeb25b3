"""Fit whether two articles with one name mean one person or two: the weights of quotes/speakers/namesakes.py.

    quotes extract CORPORA/attribution/polnear-train --database people.db
    python train_namesakes.py people.db [--seeds 5]

One person: two articles that quote somebody who is quoted in a few (at most 8: whom all quote is no example). Two
people: appearances of two others, whose names are exchanged for one. There are as many of these as of those. Folds keep
a person's pairs together. Prints how many are told as two people, out of fold, and the weights, the mean over all
seeds.
"""

import argparse
import random
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from quotes.linking.speaker_doubts import profiles
from quotes.speakers.namesakes import Appearance, facts
from quotes.speakers.settings import NAMESAKE_WEIGHTS, SETTINGS
from quotes.store.database import Store

MOST_ARTICLES = 8
FOLDS = 5
FITTED = [name for name in NAMESAKE_WEIGHTS if name not in ("bias", "years_apart")]


def appearances(store: Store) -> list[list[Appearance]]:
    """Those of each person. The publication is the beginning of a file's name, as PolNeAR has it ("nyt_2016-...")."""
    paths = dict(store.db.execute("select id, coalesce(path, source_id, id) from articles").fetchall())
    papers = {article: Path(path).name.partition("_")[0] for article, path in paths.items()}
    people = [profile for profile in profiles(store) if profile.type == "person"]
    return [[replace(one, publication=papers[one.article]) for one in who.appearances] for who in people]


def exchanged(people: list[list[Appearance]], count: int, seed: int) -> list[tuple[Appearance, Appearance]]:
    """Pairs of appearances of two people in two articles."""
    chance = random.Random(seed)
    pairs: list[tuple[Appearance, Appearance]] = []
    while len(pairs) < count:
        one, other = (who[0] for who in chance.sample(people, 2))
        if one.article != other.article:
            pairs.append((one, other))
    return pairs


def table(pairs: list[tuple[Appearance, Appearance]]) -> np.ndarray:
    """The facts of pairs as columns."""
    rows = [facts(one, other) for one, other in pairs]
    return np.array([[row[name] for name in FITTED] for row in rows], float)


def main() -> None:
    """Fit, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    with Store(options.database) as store:
        people = appearances(store)
    few = [who for who in people if 2 <= len(who) <= MOST_ARTICLES]
    same = [pair for who in few for pair in combinations(who, 2)]
    groups = [number for number, who in enumerate(few) for _ in combinations(who, 2)]
    weights = []
    print(f"{len(few)} people in 2 to {MOST_ARTICLES} articles, {len(same)} pairs of one and as many of two")
    for seed in range(options.seeds):
        x = table([*same, *exchanged(people, len(same), seed)])
        is_one = np.repeat([1, 0], len(same))
        fold_of = [*groups, *range(len(few), len(few) + len(same))]
        p = cross_val_predict(
            LogisticRegression(), x, is_one, groups=fold_of, cv=GroupKFold(FOLDS), method="predict_proba"
        )[:, 0]
        told = p >= SETTINGS.min_namesakes
        print(
            f"told as two: {told[is_one == 1].mean():.3f} of one person, {told[is_one == 0].mean():.3f} of two"
        )
        model = LogisticRegression().fit(x, is_one)
        weights.append([*model.intercept_, *model.coef_[0]])
    for name, weight in zip(["bias", *FITTED], np.mean(weights, axis=0), strict=True):
        print(f"{name:20} {round(100 * weight):5}")


if __name__ == "__main__":
    main()
