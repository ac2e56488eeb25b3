"""The ranker: trees as they are stored, and the probabilities that follow."""

import math

import numpy as np
import pytest

from quotes.coreference.ranker import LEAF_UNIT, PATH, Ranker, Rows, exp, ranker

# One tree that asks for "sentences" <= 1, then for "agrees" <= 0; leaves of 2 nats, 0 and 1.
TREE = {
    "feature": np.array([1, 0]),
    "threshold": np.array([1.0, 0.0]),
    "left": np.array([1, -2]),
    "right": np.array([-1, -3]),
    "value": np.array([2 * LEAF_UNIT, 0, LEAF_UNIT]),
    "root": np.array([0]),
}
TREES = {
    "features": np.array(["agrees", "sentences"]),
    "passes": 1,
    "temperature": np.array([1.0, 2.0]),
    **{f"{name}_0": values for name, values in TREE.items()},
    **{f"{name}_1": values * (3 if name == "value" else 1) for name, values in TREE.items()},
}


def test_rows_go_down_the_tree() -> None:
    rows = [
        Rows({}, [{"sentences": 5}, {"sentences": 1}]),
        Rows(
            {"agrees": 1}, [{"unheard of": 7}, {"agrees": 0}]
        ),  # a candidate's own value goes before the shared one
    ]
    assert (Ranker(TREES).scores(0, rows) / LEAF_UNIT).tolist() == [2, 0, 1, 0]


def test_noun_phrases_go_down_trees_of_their_own() -> None:
    candidates = [{"sentences": 5}, {"agrees": 1}]
    blocks = [Rows({}, candidates), Rows({}, candidates, is_nominal=True), Rows({}, candidates)]
    assert (Ranker(TREES).scores(0, blocks) / LEAF_UNIT).tolist() == [2, 1, 6, 3, 2, 1]
    assert Ranker(TREES).scores(0, []).tolist() == []


def test_probabilities_sum_to_one_and_a_temperature_levels_them() -> None:
    trees = Ranker(TREES)
    sharp, level = (trees.probabilities([2 * LEAF_UNIT, 0], form) for form in (0, 1))
    assert sum(sharp) == pytest.approx(1)
    assert sharp[0] == pytest.approx(1 / (1 + math.exp(-2)), abs=0.001)
    assert level[0] == pytest.approx(1 / (1 + math.exp(-1)), abs=0.001)


@pytest.mark.parametrize("x", [0.0, -0.5, -3.0, -9.0, -5000.0])
def test_exp_is_nearly_exp(x: float) -> None:
    assert exp(x) == pytest.approx(math.exp(x), rel=0.02, abs=1e-9)


def test_a_tree_that_asks_nothing_has_one_leaf() -> None:
    trees = TREES | {"value_0": np.array([5, 6, 7, 8]), "root_0": np.array([0, -4])}
    assert Ranker(trees).scores(0, [Rows({}, [{"sentences": 5}, {"agrees": 1}])]).tolist() == [13, 15]


def test_rows_come_to_the_leaves_of_the_stored_trees_one_question_after_another() -> None:
    with np.load(PATH) as arrays:
        feature, threshold, left, right, value, root = (
            arrays[f"{name}_2"] for name in ("feature", "threshold", "left", "right", "value", "root")
        )
        names = arrays["features"].tolist()
    random = np.random.default_rng(3)
    rows = [
        {
            names[feature[n]]: threshold[n] + random.integers(-1, 2)
            for n in random.integers(0, len(feature), 60)
        }
        for _ in range(5)
    ]
    expected = []
    for row in rows:
        nodes = root.tolist()
        while inner := [n for n in nodes if n >= 0]:
            goes_right = {n: row.get(names[feature[n]], 0) > threshold[n] for n in inner}
            nodes = [n if n < 0 else int(right[n] if goes_right[n] else left[n]) for n in nodes]
        expected.append(sum(int(value[-1 - n]) for n in nodes))
    assert ranker().scores(1, [Rows({}, rows)]).tolist() == expected


def test_the_stored_trees_are_small_and_whole() -> None:
    for trees in ranker().forests:
        assert trees.value.dtype.kind == "i"
        assert trees.right.dtype == np.uint16
