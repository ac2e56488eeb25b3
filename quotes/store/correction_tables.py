"""Corrections in the database: kept, undone, and led to the quotations that they are about now."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quotes.corrections.quotations import most_similar
from quotes.corrections.records import Correction, read_correction
from quotes.corrections.references import QuoteRef
from quotes.store.changes import Change, Changes


class CorrectionTables:
    """Table ``corrections``. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection, changes: Changes) -> None:
        self.db, self.changes = db, changes

    def all(self) -> list[tuple[Correction, str | None]]:
        """All corrections in the order in which they were made, each with what became of it."""
        rows = self.db.execute("select * from corrections order by number, id")
        return [
            (read_correction(dict(row) | {"data": json.loads(row["data"])}), row["state"]) for row in rows
        ]

    def applicable(self) -> list[Correction]:
        """All corrections in their order, led to where the articles that they name are now."""
        query = "select article from former_ids where id = ?"

        def current(former: str) -> str | None:
            row = self.db.execute(query, (former,)).fetchone()
            return row[0] if row else None

        return [correction.with_articles(current) for correction, _ in self.all()]

    def save(self, correction: Correction) -> bool:
        """Keep a correction as the last one; one that is there is only marked as undone. Tells whether anything is new.

        The caller opens the transaction, and links afterwards.
        """
        last = self.db.execute("select coalesce(max(number), 0) from corrections").fetchone()[0]
        row = correction.to_json() | {"number": last + 1}
        row["data"] = json.dumps(row["data"], ensure_ascii=False)
        names = list(row)
        new = self.db.execute(
            f"insert into corrections ({', '.join(names)}) values ({', '.join('?' * len(names))}) "
            "on conflict (id) do update set state = excluded.state, undone_at = excluded.undone_at, "
            "undone_by = excluded.undone_by where undone_at is null and excluded.undone_at is not null",
            list(row.values()),
        ).rowcount
        if new:
            self.changes.note(Change.CORRECTION, [correction.id])
            self.changes.unlinked()
        return bool(new)

    def merge(self, corrections: Sequence[Correction]) -> None:
        """Keep corrections of another database, given in its order: that stays, and so does the order of those here.

        Between the two the earlier comes first. The caller opens the transaction, and links afterwards.
        """
        order = [(correction.id, correction.at) for correction, _ in self.all()]
        place = 0
        for correction in corrections:
            self.save(correction)
            key = (correction.id, correction.at)
            if key in order:
                place = max(place, order.index(key) + 1)
                continue
            while place < len(order) and order[place][1] <= correction.at:
                place += 1
            order.insert(place, key)
            place += 1
        rows = ((number, ident) for number, (ident, _) in enumerate(order, 1))
        self.db.executemany("update corrections set number = ? where id = ?", rows)

    def save_states(self, states: Mapping[str, str]) -> None:
        """Note what became of corrections."""
        self.db.executemany(
            "update corrections set state = ? where id = ? and undone_at is null and state is not ?",
            [(state, ident, state) for ident, state in states.items()],
        )

    # what they are about

    def quotations_of(self, corrections: Iterable[Correction]) -> Iterator[tuple[str, str]]:
        """Id of a correction, id of a quotation that it refers to and that is there."""
        self.db.execute(
            "create temp table if not exists now_refs (correction text, number integer, quote text)"
        )
        self.db.execute("delete from now_refs")
        refs = [
            (correction.id, number, ref)
            for correction in corrections
            for number, ref in enumerate(correction.refs)
        ]
        self.db.executemany(
            "insert into now_refs values (?, ?, ?)", [(a, b, ref.quote) for a, b, ref in refs]
        )
        query = (
            "select correction, number, quote from now_refs where {} (select 1 from quotes where id = quote)"
        )
        for row in self.db.execute(query.format("exists")).fetchall():
            yield row["correction"], row["quote"]
        gone = {(row["correction"], row["number"]) for row in self.db.execute(query.format("not exists"))}
        for ident, number, ref in refs if gone else ():
            if (ident, number) in gone and (quote := self.resolve(ref)):
                yield ident, quote

    def resolve(self, ref: QuoteRef) -> str | None:
        """The id that a quotation has now: its own, else that of the most similar one of its article."""
        if self.db.execute("select 1 from quotes where id = ?", (ref.quote,)).fetchone():
            return ref.quote
        if self.db.execute("select 1 from set_aside where quote = ?", (ref.quote,)).fetchone():
            return None  # a person rejected it
        query = "select id, content, position from quotes where article = ?"
        return most_similar(ref, (tuple(row) for row in self.db.execute(query, (ref.article,))))

    def resolve_all(self, correction: Correction) -> list[str]:
        """The ids that the quotations have now that a correction is about."""
        quotes = (self.resolve(ref) for ref in correction.refs)
        return [quote for quote in quotes if quote is not None]

    def quote_ref(self, quote: str) -> QuoteRef | None:
        """What a correction keeps of a quotation; None when there is none of this id."""
        row = self.db.execute(
            'select id, article, content, min(start) as start, max("end") as "end" from quotes join spans '
            "on spans.quote = quotes.id and role = 'content' where quotes.id = ? group by quotes.id",
            (quote,),
        ).fetchone()
        return QuoteRef(row["id"], row["article"], row["start"], row["end"], row["content"]) if row else None
