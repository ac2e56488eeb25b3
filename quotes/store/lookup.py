"""Whom and what there is: speakers by their words, names and ids by their beginnings, publications."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from quotes.store.fts import name_query
from quotes.store.search_sql import SPEAKERS_MEANT, SearchQuery, speaker_parameters
from quotes.store.stories import STORY_COUNTS, said_in_stories

SPEAKER_KEYS = tuple("id name type description aliases pronouns outside_id quotes articles".split())
MAX_OFFERS = 40  # beginnings that are looked up for a shell; more are no help
AFTER_ALL_IDS = "\U0010ffff"  # sorts after everything that an id begins with


class Lookup:
    """Names and ids of what is stored. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def speakers(
        self,
        words: str = "",
        *,
        type: str | None = None,
        limit: int | None = None,
        among: SearchQuery | None = None,
    ) -> list[dict[str, Any]]:
        """Speakers whose name or alias has these words, or their beginnings; the most quoted first.

        ``among``: only their quotations that this search finds are counted, and who has none is left out.
        """
        where = ["true"]
        values: dict[str, Any] = {"type": type, "limit": -1 if limit is None else limit}
        if words.strip():
            where.append("speakers.rowid in (select rowid from speakers_fts where speakers_fts match :name)")
            values["name"] = name_query(words)
        if type is not None:
            where.append("speakers.type = :kind")
            values["kind"] = values.pop("type")
        source, order = "speakers", "speakers.quotes desc, speakers.id"
        if among:
            said = said_in_stories(f"quotes.id in (select id from ({among.hits()}))")
            counted = f"select speaker, {STORY_COUNTS} from ({said}) group by speaker"
            source = f"speakers join ({counted}) as said on said.speaker = speakers.id"
            order = "said.quotes desc, speakers.id"
        counts = "said.quotes as said_quotes, said.articles as said_articles" if among else "null"
        query = f"select speakers.*, {counts} from {source} where {' and '.join(where)} order by {order} limit :limit"
        out = []
        for row in self.db.execute(query, values | (among.values if among else {})):
            speaker = {name: row[name] for name in SPEAKER_KEYS} | {
                "aliases": json.loads(row["aliases"] or "[]")
            }
            if among:
                speaker |= {"quotes": row["said_quotes"], "articles": row["said_articles"]}
            out.append(speaker)
        return out

    def is_speaker(self, words: str) -> bool:
        """Whether ``search`` finds a speaker by this id or these words of a name or an alias."""
        query = f"select exists ({SPEAKERS_MEANT})"
        return bool(self.db.execute(query, speaker_parameters(words)).fetchone()[0])

    def names(self) -> Iterator[tuple[str, ...]]:
        """The name of every speaker, and the aliases; the most quoted first."""
        for name, aliases in self.db.execute("select name, aliases from speakers order by quotes desc, id"):
            yield (name, *json.loads(aliases)) if aliases and aliases != "[]" else (name,)

    def publications(self) -> list[str]:
        """The names of all publications, those with the most articles first."""
        query = (
            "select publication from articles where publication is not null "
            "group by publication order by count(*) desc, publication"
        )
        return [row[0] for row in self.db.execute(query)]

    def headline(self, speaker: str) -> str | None:
        """The title of an article that quotes a speaker."""
        query = "select title from articles where id = (select min(article) from quotes where speaker = ?)"
        row = self.db.execute(query, (speaker,)).fetchone()
        return row[0] if row else None

    # what a user may mean

    def speaker_row(self, ident: str) -> dict[str, Any] | None:
        """A speaker by id."""
        row = self.db.execute("select * from speakers where id = ?", (ident,)).fetchone()
        return dict(row) if row else None

    def quote_ids_of_speaker(self, speaker: str) -> list[str]:
        """The ids of a speaker's quotations, in order, without those whose speaker is inferred from their words."""
        query = (
            "select id from quotes where speaker = ? and id not in (select quote from inferred) order by id"
        )
        return self._ids(query, speaker)

    def quote_ids_of_article(self, article: str) -> list[str]:
        """The ids of an article's quotations, in order."""
        return self._ids("select id from quotes where article = ? order by id", article)

    def speaker_of_quote(self, quote: str) -> str | None:
        """The id of a quotation's speaker."""
        ids = self._ids("select speaker from quotes where id = ? and speaker is not null", quote)
        return ids[0] if ids else None

    def known_quote_ids(self, article: str) -> set[str]:
        """The ids of an article's quotations, and of those that were rejected."""
        query = (
            "select id from quotes where article = ?1 union select quote from set_aside where article = ?1"
        )
        return set(self._ids(query, article))

    def content_spans(self, quote: str) -> list[tuple[int, int]]:
        """Where the content of a quotation stands in its article's text."""
        query = """select start, "end" from spans where quote = ? and role = 'content' order by start"""
        return [(row[0], row[1]) for row in self.db.execute(query, (quote,))]

    def names_of_speaker(self, speaker: str) -> list[sqlite3.Row]:
        """A speaker's quotations: ``id``, ``article``, and ``name`` as the article has it."""
        query = "select id, article, name from quotes left join mentions on quote = id where speaker = ? order by id"
        return self.db.execute(query, (speaker,)).fetchall()

    def statement_of(self, ident: str) -> str | None:
        """The statement with this id, or the one that the quotation with this id is in."""
        ids = self._ids("select statement from quotes where id = ? and statement is not null", ident)
        ids = ids or self._ids("select id from statements where id = ?", ident)
        return ids[0] if ids else None

    def quote_ids_of_statement(self, statement: str) -> list[str]:
        """The ids of a statement's quotations, in order."""
        return self._ids("select id from quotes where statement = ? order by id", statement)

    def speakers_of_statements(self, statements: Iterable[str]) -> list[str]:
        """The speakers of statements."""
        query = "select speaker from statements where id = ? and speaker is not null"
        return sorted({speaker for statement in statements for speaker in self._ids(query, statement)})

    def _ids(self, query: str, value: str) -> list[str]:
        return [row[0] for row in self.db.execute(query, (value,))]

    # for a shell: all return pairs of what may be typed and what it is

    def names_beginning(self, text: str) -> list[tuple[str, str]]:
        """Names of speakers that begin with a text, and surnames of people; the most quoted first."""
        like = re.sub(r"([\\%_])", r"\\\1", text)
        query = r"""
            select name, description, quotes from speakers
            where type <> 'unnamed' and name like :begin escape '\'
                or type = 'person' and name like :inside escape '\'
            order by quotes desc, id limit :most
        """
        values = {"begin": f"{like}%", "inside": f"% {like}%", "most": MAX_OFFERS}
        offers: dict[str, str] = {}
        for name, description, quotes in self.db.execute(query, values):
            said = f"{name}, {description}" if description else f"{name}, {quotes:,} quotations"
            whole = name[: len(text)].lower() == text.lower()
            start = 0 if whole else name.lower().find(f" {text.lower()}") + 1
            offers.setdefault(name[start:], said)
        return list(offers.items())

    def ids_beginning(self, text: str, *tables: str) -> list[tuple[str, str]]:
        """Ids that begin with a text, in ``speakers``, ``articles``, ``quotes``, ``corrections``."""
        shown = {"speakers": "name", "articles": "title", "quotes": "content", "corrections": "summary"}
        offers: dict[str, str] = {}
        for table in tables:
            query = f"select id, {shown[table]} from {table} where id >= ? and id < ? order by id limit ?"
            for ident, said in self.db.execute(query, (text, text + AFTER_ALL_IDS, MAX_OFFERS)):
                offers.setdefault(ident, said or "")
        return list(offers.items())
