"""The speakers of a database about whom a person should decide."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from quotes.speakers.doubts import DoubtKind, Profile, SpeakerDoubt, speaker_doubts
from quotes.speakers.namesakes import Appearance
from quotes.store.database import Store

# What each article says of each person and organisation: of several mentions one that says something.
APPEARANCES = """
    select quotes.speaker, speakers.name, speakers.type, quotes.article, articles.publication,
        substr(articles.published, 1, 4) as year, max(mentions.description) as description,
        max(mentions.pronouns) as pronouns
    from quotes join articles on articles.id = quotes.article join mentions on mentions.quote = quotes.id
        join speakers on speakers.id = quotes.speaker
    where speakers.type in ('person', 'organisation') and articles.copy_of is null
        and quotes.attribution <> 'correction'
    group by quotes.speaker, quotes.article order by quotes.speaker, articles.published, quotes.article
"""


def profiles(store: Store) -> list[Profile]:
    """The people and organisations of a database with their appearances; copies of a story are none of their own."""
    rows = store.db.execute(APPEARANCES).fetchall()
    company: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        company[row["article"]].add(row["speaker"])
    speakers = {row["speaker"]: row for row in rows}
    appearances: dict[str, list[Appearance]] = defaultdict(list)
    for row in rows:
        others = frozenset(company[row["article"]] - {row["speaker"]})
        year = int(row["year"]) if (row["year"] or "").isdecimal() else None
        appearances[row["speaker"]].append(
            Appearance(row["article"], row["publication"], year, row["description"], row["pronouns"], others)
        )
    return [
        Profile(ident, row["name"], row["type"], tuple(appearances[ident])) for ident, row in speakers.items()
    ]


def suggested_speakers(
    store: Store, *, kind: DoubtKind | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """Entries that are perhaps two people, and pairs that are perhaps one, the likeliest first, each with its evidence.

    Suggestions only: ``quotes split`` and ``quotes merge`` decide.
    """
    known = profiles(store)
    names = {profile.id: profile.name for profile in known}
    doubts = [doubt for doubt in speaker_doubts(known) if kind in (None, doubt.kind)]
    return [_row(doubt, names) for doubt in doubts[:limit]]


def _row(doubt: SpeakerDoubt, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": doubt.kind,
        "score": doubt.score,
        "speaker": doubt.speaker,
        "speaker_name": names[doubt.speaker],
        "other": doubt.other,
        "other_name": names[doubt.other] if doubt.other else None,
        "evidence": list(doubt.evidence),
        "articles": list(doubt.articles),
    }
