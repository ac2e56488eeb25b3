"""The speakers of a database about whom a person should decide."""

from collections import defaultdict
from typing import Any

from quotes.speakers.doubts import Appearance, DoubtKind, Profile, SpeakerDoubt, speaker_doubts
from quotes.store.database import Store

# What each article says of each speaker: of several mentions the first that says something.
APPEARANCES = """
    select quotes.speaker, quotes.article, articles.publication, substr(articles.published, 1, 4) as year,
        max(mentions.description) as description, max(mentions.pronouns) as pronouns
    from quotes join articles on articles.id = quotes.article join mentions on mentions.quote = quotes.id
    where quotes.speaker is not null and articles.copy_of is null and quotes.attribution <> 'correction'
    group by quotes.speaker, quotes.article order by quotes.speaker, articles.published, quotes.article
"""


def profiles(store: Store) -> list[Profile]:
    """The people and organisations of a database with their appearances; copies of a story are none of their own."""
    rows = store.db.execute(APPEARANCES).fetchall()
    speakers = {row["id"]: row for row in store.db.execute("select id, name, type from speakers")}
    company: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if speakers[row["speaker"]]["type"] in ("person", "organisation"):
            company[row["article"]].add(row["speaker"])
    found: dict[str, list[Appearance]] = defaultdict(list)
    for row in rows:
        others = frozenset(company[row["article"]] - {row["speaker"]})
        year = int(row["year"]) if (row["year"] or "").isdecimal() else None
        found[row["speaker"]].append(
            Appearance(row["article"], row["publication"], year, row["description"], row["pronouns"], others)
        )
    return [
        Profile(ident, speakers[ident]["name"], speakers[ident]["type"], tuple(appearances))
        for ident, appearances in found.items()
        if speakers[ident]["type"] in ("person", "organisation")
    ]


def suggested_speakers(
    store: Store, *, kind: DoubtKind | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """Entries that are perhaps two people, and pairs that are perhaps one, the likeliest first, each with its evidence.

    Suggestions only: ``quotes split`` and ``quotes merge`` decide.
    """
    doubts = [doubt for doubt in speaker_doubts(profiles(store)) if kind in (None, doubt.kind)]
    return [_row(store, doubt) for doubt in doubts[:limit]]


def _row(store: Store, doubt: SpeakerDoubt) -> dict[str, Any]:
    names = dict(
        store.db.execute(
            "select id, name from speakers where id in (?, ?)", (doubt.speaker, doubt.other)
        ).fetchall()
    )
    return {
        "kind": doubt.kind,
        "score": doubt.score,
        "speaker": doubt.speaker,
        "speaker_name": names[doubt.speaker],
        "other": doubt.other,
        "other_name": names.get(doubt.other) if doubt.other else None,
        "evidence": list(doubt.evidence),
        "articles": list(doubt.articles),
    }
