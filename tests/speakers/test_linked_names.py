"""Who is one speaker across articles, from text to database.

A line of ``data/linked_names.jsonl``: {"kind", "half", "articles": [text, ...], "speakers": [[words, ...], ...]}. The
words are the beginnings of quotations; those in one list are one speaker's. Two halves: rules were made while looking
at "building"; "held out" was written later and run once before anything was adjusted to it. All articles are linked
as one archive.
"""

import json
from collections import Counter
from itertools import combinations
from typing import Any

import pytest
from support.paths import DATA

from quotes.extraction import extract
from quotes.store.database import Store
from quotes.types import Article

CASES = DATA / "linked_names.jsonl"
PRECISION, RECALL = 0.94, 0.88


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The cases, each with the speaker found for every quotation: {words: id of the speaker}."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    path = tmp_path_factory.mktemp("names") / "names.db"
    articles = [
        Article(f"{n:03}-{at}", text, f"{n:03}-{at}.txt")
        for n, case in enumerate(cases)
        for at, text in enumerate(case["articles"])
    ]
    extract(articles, path)
    with Store(path) as store:
        found = list(store.export())
    for n, case in enumerate(cases):
        own = [row for row in found if row["article"].startswith(f"{n:03}-")]
        case["found"] = {}
        for words in (words for some in case["speakers"] for words in some):
            said = [row for row in own if words in row["text"]]
            best = min(said, key=lambda row: len(row["text"]), default=None)
            case["found"][words] = best["speaker"]["id"] if best and best["speaker"] else None
    return cases


@pytest.mark.parametrize("half", ["building", "held out"])
def test_pairs(rows: list[dict[str, Any]], half: str) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for case in (case for case in rows if case["half"] == half):
        named = [(at, words) for at, some in enumerate(case["speakers"]) for words in some]
        for (a, first), (b, second) in combinations(named, 2):
            one, other = case["found"][first], case["found"][second]
            if one is None or other is None:
                counts["lost"] += 1
                continue
            fault = "" if (one == other) == (a == b) else "merged" if one == other else "apart"
            counts["same" if a == b else "different"] += 1
            counts[fault] += 1
            if fault:
                wrong.append((fault, case["kind"], one, other))
    right = counts["same"] - counts["apart"]
    precision, recall = right / (right + counts["merged"]), right / counts["same"]
    print(
        f"{half}: {counts['same'] + counts['different']} pairs: precision {precision:.3f}, recall {recall:.3f}"
    )
    assert counts["lost"] <= 4
    assert precision >= PRECISION, wrong
    assert recall >= RECALL, wrong
