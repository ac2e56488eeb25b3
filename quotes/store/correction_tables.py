"""Corrections in the database: kept, undone, and led to the quotations and bundles that they are about now."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from quotes.corrections.records import Correction, QuoteRef, read_correction, write_correction
from quotes.speakers.records import RecordId
from quotes.text.alignment import similarity

ALIKE = 0.6  # of the characters of two contents, from which one may be the other read anew


class Place(NamedTuple):
    """Where a quotation's mention is."""

    bundle: int
    unit: int
    article: str


class CorrectionStore:
    """The part of a store that keeps corrections. ``db``: an open connection whose rows are ``sqlite3.Row``."""

    db: sqlite3.Connection

    def corrections(self) -> list[tuple[Correction, str | None]]:
        """All corrections, the oldest first, each with what became of it."""
        rows = self.db.execute("select * from corrections order by at, id")
        return [
            (read_correction(dict(row) | {"data": json.loads(row["data"])}), row["state"]) for row in rows
        ]

    def put_correction(self, correction: Correction) -> bool:
        """Keep a correction; one that is there is only marked as undone. Tells whether anything is new.

        The caller opens the transaction, and links afterwards.
        """
        row = write_correction(correction)
        row["data"] = json.dumps(row["data"], ensure_ascii=False)
        names = list(row)
        new = self.db.execute(
            f"insert into corrections ({', '.join(names)}) values ({', '.join('?' * len(names))}) "
            "on conflict (id) do update set state = excluded.state, undone_at = excluded.undone_at, "
            "undone_by = excluded.undone_by where undone_at is null and excluded.undone_at is not null",
            list(row.values()),
        ).rowcount
        if new:
            self.db.execute("insert or ignore into changed values ('correction', ?)", (correction.id,))
            self.db.execute("insert or replace into settings values ('linked', '0')")
        return bool(new)

    def put_states(self, states: Mapping[str, str]) -> None:
        """Note what became of corrections."""
        self.db.executemany(
            "update corrections set state = ? where id = ? and undone_at is null and state is not ?",
            [(state, ident, state) for ident, state in states.items()],
        )

    # what they are about

    def changed_things(self, kind: str) -> list[str]:
        """What has changed since the last linking: ids of articles, speakers or corrections."""
        query = "select id from changed where kind = ? order by id"
        return [row[0] for row in self.db.execute(query, (kind,))]

    def quotes_of_refs(self, corrections: Iterable[Correction]) -> Iterator[tuple[str, str]]:
        """Id of a correction, id of a quotation that it refers to and that is there."""
        self.db.execute("create temp table if not exists now_refs (correction text, at integer, quote text)")
        self.db.execute("delete from now_refs")
        refs = [(one.id, at, ref) for one in corrections for at, ref in enumerate(one.refs)]
        self.db.executemany(
            "insert into now_refs values (?, ?, ?)", [(a, b, ref.quote) for a, b, ref in refs]
        )
        query = "select correction, at, quote from now_refs where {} (select 1 from quotes where id = quote)"
        for row in self.db.execute(query.format("exists")).fetchall():
            yield row["correction"], row["quote"]
        gone = {(row["correction"], row["at"]) for row in self.db.execute(query.format("not exists"))}
        for ident, at, ref in refs if gone else ():
            if (ident, at) in gone and (quote := self.resolve(ref)):
                yield ident, quote

    def bundles_of_speaker(self, ident: str) -> list[int]:
        """The bundles in which a speaker is meant."""
        return [row[0] for row in self.db.execute("select bundle from units where speaker = ?", (ident,))]

    def resolve(self, ref: QuoteRef) -> str | None:
        """The id that a quotation has now: its own, else that of the most similar one of its article."""
        if self.db.execute("select 1 from quotes where id = ?", (ref.quote,)).fetchone():
            return ref.quote
        found = []
        for row in self.db.execute(
            "select id, content, position from quotes where article = ?", (ref.article,)
        ):
            if alike := similarity(row["content"], ref.text, ALIKE):
                found.append((-alike, abs(row["position"] - ref.start), row["id"]))
        return min(found)[2] if found else None

    def resolve_all(self, correction: Correction) -> list[str]:
        """The ids that the quotations have now that a correction is about."""
        found = (self.resolve(ref) for ref in correction.refs)
        return [quote for quote in found if quote is not None]

    def quote_ref(self, quote: str) -> QuoteRef | None:
        """What a correction keeps of a quotation; None when there is none of this id."""
        row = self.db.execute(
            'select id, article, content, min(start) as start, max("end") as "end" from quotes join spans '
            "on spans.quote = quotes.id and role = 'content' where quotes.id = ? group by quotes.id",
            (quote,),
        ).fetchone()
        return QuoteRef(row["id"], row["article"], row["start"], row["end"], row["content"]) if row else None

    def place_of(self, quote: str) -> Place | None:
        """The unit that names a quotation's speaker; None when nothing does."""
        row = self.db.execute(
            "select bundle, unit, article from mentions join quotes on quotes.id = mentions.quote where quote = ?",
            (quote,),
        ).fetchone()
        return Place(*row) if row else None

    def quotes_of_units(
        self, members: Iterable[RecordId], article: str | None = None
    ) -> Iterator[tuple[str, str, str]]:
        """Id, article and name of each quotation of these units, in one article or in all."""
        query = (
            "select quotes.id, quotes.article, mentions.name from mentions join quotes "
            "on quotes.id = mentions.quote where bundle = ? and unit = ?"
        )
        for member in members:
            for row in self.db.execute(query, member):
                if article in (None, row["article"]):
                    yield row["id"], row["article"], row["name"]

    # what a user may mean

    def speaker_row(self, ident: str) -> dict[str, Any] | None:
        """A speaker by id."""
        row = self.db.execute("select * from speakers where id = ?", (ident,)).fetchone()
        return dict(row) if row else None

    def quotes_by(self, speaker: str) -> list[str]:
        """The ids of a speaker's quotations, in order, without those whose speaker is inferred from their words."""
        query = (
            "select id from quotes where speaker = ? and id not in (select quote from inferred) order by id"
        )
        return self._ids(query, speaker)

    def quotes_of(self, article: str) -> list[str]:
        """The ids of an article's quotations, in order."""
        return self._ids("select id from quotes where article = ? order by id", article)

    def names_by(self, speaker: str) -> list[sqlite3.Row]:
        """A speaker's quotations: ``id``, ``article``, and ``name`` as the article has it."""
        query = "select id, article, name from quotes left join mentions on quote = id where speaker = ? order by id"
        return self.db.execute(query, (speaker,)).fetchall()

    def statement_of(self, ident: str) -> str | None:
        """The statement with this id, or the one that the quotation with this id is in."""
        found = self._ids("select statement from quotes where id = ? and statement is not null", ident)
        found = found or self._ids("select id from statements where id = ?", ident)
        return found[0] if found else None

    def quotes_in(self, statement: str) -> list[str]:
        """The ids of a statement's quotations, in order."""
        return self._ids("select id from quotes where statement = ? order by id", statement)

    def speakers_of(self, statements: Iterable[str]) -> list[str]:
        """The speakers of statements."""
        found = (self._ids("select speaker from statements where id = ?", one) for one in statements)
        return sorted({speaker for some in found for speaker in some if speaker})

    def _ids(self, query: str, value: str) -> list[str]:
        return [row[0] for row in self.db.execute(query, (value,))]
