"""Labelled pairs of contents, those that were written, and how rare words are: what ``train_pairs.py`` reads."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from near_misses import near_misses

from quotes.evaluation.gold import GoldText, read_gold
from quotes.evaluation.metrics import characters
from quotes.statements.normalise import normalise
from quotes.statements.records import StatementQuote
from quotes.store.rows import shown_content
from quotes.text.quoted import quote_type, quoted_mask

PROPOSED = Path(__file__).parent / "proposed_pairs.jsonl"
TESTS = Path(__file__).parent.parent / "tests" / "data" / "statement_pairs.jsonl"
DAY = re.compile(r"_(\d{4}-\d\d-\d\d)_")
UNFIT_KINDS = ("speaker", "open", "later")  # of written pairs: other rules decide on these
LEAST_ARTICLES = 6  # that have a word, for its rarity to be known

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


def labelled(corpora: Path, leave_out_dev: bool) -> tuple[list[dict[str, Any]], int]:
    """The labelled pairs that were picked, then those that a decision proposed; and how many were picked."""
    picked = [
        json.loads(line) for line in (corpora / "statements" / "pairs-train.jsonl").open(encoding="utf-8")
    ]
    picked = [
        pair
        for pair in picked
        if pair["label"] != "unsure"
        and not pair.get("junk")
        and not (leave_out_dev and pair.get("shares_dev"))
    ]
    return [*picked, *map(json.loads, PROPOSED.open(encoding="utf-8"))], len(picked)
