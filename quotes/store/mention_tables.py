"""The mentions of stored articles, in groups whose names may decide on each other, and the keys of these groups.

Articles that say the same of the same names share a group (see ``speakers.blocking``), so a group counts them.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from quotes.speakers.records import MentionGroup, RecordId, SpeakerMention
from quotes.store.changes import Change, Changes
from quotes.store.rows import MentionGroupRow
from quotes.types import Mention


class MentionPlace(NamedTuple):
    """Where a quotation's mention is: in which group, at which place of it, in which article."""

    group: int
    place: int
    article: str


class MentionTables:
    """Tables ``mentions``, ``mention_groups`` and ``blocking_keys``. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection, changes: Changes) -> None:
        self.db, self.changes = db, changes

    # written with an article

    def add_groups(self, groups: Iterable[MentionGroupRow]) -> None:
        """Store the groups that the mentions of one article, which are stored, make up."""
        for group in groups:
            new = "insert into mention_groups values (?, ?, 1, 1) on conflict (id) do nothing"
            if self.db.execute(new, (group.id, group.data)).rowcount:
                keys = [(key, group.id) for key in group.keys]
                self.db.executemany("insert into blocking_keys values (?, ?)", keys)
            else:
                count = "update mention_groups set articles = articles + 1, changed = 1 where id = ?"
                self.db.execute(count, (group.id,))
            rows = [(group.id, place, quote) for place, quotes in enumerate(group.quotes) for quote in quotes]
            self.db.executemany("update mentions set mention_group = ?, place = ? where quote = ?", rows)

    def drop_groups(self, article: str) -> None:
        """Forget that an article has its groups, and note whose quotations become fewer."""
        own = "select id from quotes where article = :article"
        self.db.execute(
            "update mention_groups set articles = articles - 1, changed = 1 where id in "
            f"(select mention_group from mentions where quote in ({own}))",
            {"article": article},
        )
        for kind, column in ((Change.SPEAKER, "speaker"), (Change.STATEMENT, "statement")):
            query = f"select {column} from quotes where article = :article"
            self.changes.note_selected(kind, query, {"article": article})

    def clear_groups(self) -> None:
        """Forget all groups, and whom their names mean; every article and every speaker counts as changed."""
        for table in ("mention_groups", "blocking_keys", "name_records"):
            self.db.execute(f"delete from {table}")
        self.changes.note_selected(Change.ARTICLE, "select id from articles")
        self.changes.note_selected(Change.SPEAKER, "select id from speakers")

    def by_article(self) -> Iterator[list[SpeakerMention]]:
        """The mentions of each article that has any."""
        query = """
            select mentions.*, quotes.article from quotes indexed by idx_quotes_article
            join mentions on mentions.quote = quotes.id order by quotes.article
        """
        for _, rows in groupby(self.db.execute(query), key=itemgetter("article")):
            yield [_mention(row) for row in rows]

    def of_article(self, article: str) -> list[SpeakerMention]:
        """The mentions of one article."""
        query = """
            select mentions.*, quotes.article from quotes join mentions on mentions.quote = quotes.id
            where quotes.article = ? order by quotes.position, quotes.id
        """
        return [_mention(row) for row in self.db.execute(query, (article,))]

    # asked when linking

    def group(self, ident: int) -> tuple[MentionGroup, int] | None:
        """A group and how many articles have it."""
        row = self.db.execute("select data, articles from mention_groups where id = ?", (ident,)).fetchone()
        return (MentionGroup.read(row[0]), row[1]) if row else None

    def group_ids(self) -> list[int]:
        """The ids of all groups."""
        return [row[0] for row in self.db.execute("select id from mention_groups")]

    def changed_groups(self) -> list[int]:
        """The groups that articles have or had, and whose number of articles has changed."""
        return [row[0] for row in self.db.execute("select id from mention_groups where changed order by id")]

    def all_keys(self) -> Iterator[tuple[int, int]]:
        """Each key of each group, those with the same key together."""
        query = "select key, mention_group from blocking_keys order by key"
        return (tuple(row) for row in self.db.execute(query))

    def groups_with_key(self, key: int) -> list[int]:
        """The groups that have a key."""
        query = "select mention_group from blocking_keys where key = ?"
        return [row[0] for row in self.db.execute(query, (key,))]

    def groups_of_speaker(self, speaker: str) -> list[int]:
        """The groups in which a name means a speaker."""
        query = "select mention_group from name_records where speaker = ?"
        return [row[0] for row in self.db.execute(query, (speaker,))]

    def place_of(self, quote: str) -> MentionPlace | None:
        """The place of the mention that names a quotation's speaker; None when nothing does."""
        row = self.db.execute(
            "select mention_group, place, article from mentions join quotes on quotes.id = mentions.quote "
            "where quote = ?",
            (quote,),
        ).fetchone()
        return MentionPlace(*row) if row else None

    def quotations_at(
        self, members: Iterable[RecordId], article: str | None = None
    ) -> Iterator[tuple[str, str, str]]:
        """Id, article and name of each quotation whose mention is there, in one article or in all."""
        query = (
            "select quotes.id, quotes.article, mentions.name from mentions join quotes "
            "on quotes.id = mentions.quote where mention_group = ? and place = ?"
        )
        for member in members:
            for row in self.db.execute(query, member):
                if article in (None, row["article"]):
                    yield row["id"], row["article"], row["name"]


def _mention(row: sqlite3.Row) -> SpeakerMention:
    aliases = tuple(json.loads(row["aliases"]))
    mention = Mention(row["name"], row["type"], row["description"], aliases, row["pronouns"])
    return SpeakerMention(row["quote"], row["article"], mention)
