"""The exact and greedy searches over scores."""

import itertools

import numpy as np
import pytest

from quotes.nlp.decoding import bio_spans, log_softmax, spanning_tree, viterbi


def is_tree(heads: np.ndarray) -> bool:
    roots = [i for i, head in enumerate(heads) if i == head]
    for node in range(len(heads)):
        for _ in range(len(heads)):
            node = int(heads[node])
        if node not in roots:
            return False
    return len(roots) == 1


@pytest.mark.parametrize("seed", range(40))
def test_heads_form_a_tree(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert is_tree(spanning_tree(rng.normal(size=(seed + 1, seed + 1))))


def test_long_sentences_cost_little() -> None:
    scores = np.zeros((2000, 2000), np.float32)
    scores[np.arange(1999), np.arange(1, 2000)] = 2
    scores[np.arange(1, 2000), np.arange(1999)] = 3  # every word wants its neighbour, and is wanted by it
    assert is_tree(spanning_tree(scores))


def test_cycle_is_opened_where_it_costs_least() -> None:
    scores = np.array(
        [[5.0, 0, 0], [1, 0, 9], [4, 9, 0]]
    )  # 1 and 2 want each other; 2 likes 0 better than 1 does
    assert spanning_tree(scores).tolist() == [0, 2, 0]


@pytest.mark.parametrize("breaks", [[], [2], [1, 4, 5]])
@pytest.mark.parametrize("seed", range(8))
def test_viterbi_is_the_best_legal_sequence(seed: int, breaks: list[int]) -> None:
    rng = np.random.default_rng(seed)
    logp = log_softmax(rng.normal(size=(5, 5)) * 2)

    def legal(labels: tuple[int, ...]) -> bool:
        return all(
            label % 2 or not label or (i and i not in breaks and labels[i - 1] in (label, label - 1))
            for i, label in enumerate(labels)
        )

    best = max(
        (labels for labels in itertools.product(range(5), repeat=5) if legal(labels)),
        key=lambda labels: sum(logp[i, label] for i, label in enumerate(labels)),
    )
    assert viterbi(logp, breaks=breaks).tolist() == list(best)


def test_spans_end_at_a_break() -> None:
    sure = np.full((4, 3), -20.0)
    sure[[0, 1, 2, 3], [1, 2, 2, 0]] = 0
    assert bio_spans(viterbi(sure)) == [(0, 0, 2)]
    assert bio_spans(viterbi(sure, breaks=[2]))[0] == (0, 0, 1)
