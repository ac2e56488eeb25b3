"""Pairs of names of two articles: which of them are one speaker.

``data/name_pairs.jsonl`` has names only. A line is an article with whom it names ({"article", "mentions"}), or a pair
({"a": [article, name], "b", "same", "kind"}) whose label is what the context in the two articles calls for; the name
may be an alias, where the article itself leaves no doubt. All articles are linked as one archive.
"""

import json
import random
from collections import Counter
from functools import cache
from typing import Any

import pytest
from support.paths import DATA

from quotes.speakers.resolve import SpeakerMention, link_speakers
from quotes.types import Mention

PAIRS = DATA / "name_pairs.jsonl"
PRECISION, RECALL = 0.98, 0.90


@cache
def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def archive() -> list[SpeakerMention]:
    return [
        SpeakerMention(
            f"{line['article']}/{row['name']}",
            str(line["article"]),
            Mention(row["name"], row["type"], row.get("description"), tuple(row["aliases"]), row["pronouns"]),
        )
        for line in lines()
        if "article" in line
        for row in line["mentions"]
    ]


def wrong() -> list[tuple[str, str, dict[str, Any]]]:
    """Pairs that are judged wrongly: ("merged" or "apart", kind, pair)."""
    speaker = {}
    of_quote = link_speakers(archive()).of_quote
    for line in lines():
        for row in line.get("mentions", ()):
            for name in (*row["aliases"], row["name"]):
                speaker[line["article"], name] = of_quote[f"{line['article']}/{row['name']}"]
        for row in line.get("mentions", ()):  # a mention of its own says more than an alias
            speaker[line["article"], row["name"]] = of_quote[f"{line['article']}/{row['name']}"]
    found = []
    for pair in (line for line in lines() if "same" in line):
        same = speaker[tuple(pair["a"])] == speaker[tuple(pair["b"])]
        if same != pair["same"]:
            found.append(("merged" if same else "apart", pair["kind"], pair))
    return found


def test_pairwise_precision_and_recall() -> None:
    labels = Counter(line["same"] for line in lines() if "same" in line)
    faults = Counter(fault for fault, _, _ in wrong())
    right = labels[True] - faults["apart"]
    precision, recall = right / (right + faults["merged"]), right / labels[True]
    print(f"{labels.total()} pairs: precision {precision:.3f}, recall {recall:.3f}")
    assert labels.total() >= 150
    assert precision >= PRECISION, [pair for fault, _, pair in wrong() if fault == "merged"]
    assert recall >= RECALL, [pair for fault, _, pair in wrong() if fault == "apart"]


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_the_articles_gives_the_same_speakers(seed: int) -> None:
    mentions = archive()
    expected = link_speakers(mentions)
    random.Random(seed).shuffle(mentions)
    assert link_speakers(mentions) == expected
