"""What linking statements reads from the database, and writes into it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from quotes.statements.records import QuotationLink, StatementQuote
from quotes.store.certainty import COUNTED_SQL, certainty
from quotes.store.changes import Change, Changes
from quotes.store.speaker_tables import ATTRIBUTION_SQL
from quotes.store.stories import counted_once
from quotes.types import QuoteType, Statement

STATEMENTS_HELD = 1_000  # while they are stored
GUESS_THRESHOLD = 0.7  # confidence below which a speaker that no name gives is a guess


class StatementTables:
    """Tables ``statements``, ``fingerprints`` and ``inferred``. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection, changes: Changes) -> None:
        self.db, self.changes = db, changes

    # by which runs of words quotations are looked up

    def add_fingerprints(self, rows: Iterable[tuple[int, str]]) -> None:
        """Store fingerprints, each with the id of a quotation."""
        self.db.executemany("insert or ignore into fingerprints values (?, ?)", sorted(rows))

    def drop_fingerprints(self, article: str) -> None:
        """Forget those of an article, which is about to go; note the quotations that share one with it."""
        own = "select id from quotes where article = :article"
        query = f"""
            select other.quote from fingerprints as own
            join fingerprints as other on other.fingerprint = own.fingerprint where own.quote in ({own})
        """
        self.changes.note_selected(Change.QUOTATION, query, {"article": article})
        self.db.execute(f"delete from fingerprints where quote in ({own})", {"article": article})

    def clear_fingerprints(self) -> None:
        """Forget all fingerprints."""
        self.db.execute("delete from fingerprints")

    def contents(self, article: str | None = None) -> Iterator[tuple[str, str, QuoteType]]:
        """Id, content and type of every quotation, or of those of an article."""
        query = "select id, content, type from quotes where ?1 is null or article = ?1"
        return (tuple(row) for row in self.db.execute(query, (article,)))

    def quotes_sharing(self, fingerprints: Iterable[int]) -> list[str]:
        """The ids of quotations with one of these fingerprints."""
        query = "select quote from fingerprints where fingerprint = ?"
        return list({row[0]: None for value in fingerprints for row in self.db.execute(query, (value,))})

    # asked when linking

    def statement_quotes(self, idents: Iterable[str] | None = None) -> Iterator[StatementQuote]:
        """The quotations with these ids, or every one, as much as tells statements apart; only what counts."""
        if idents is None:
            yield from self._statement_quotes("true order by quotes.id")
        else:
            for ident in idents:
                yield from self._statement_quotes("quotes.id = ?", ident)

    def by_speaker(self) -> Iterator[list[StatementQuote]]:
        """Every quotation: those of one speaker after the other, and those whose speaker is open together."""
        open_ones = "quotes.speaker is null or inferred.quote is not null"
        yield list(self._statement_quotes(open_ones))
        speakers = self.db.execute("select distinct speaker from quotes where speaker is not null")
        for (speaker,) in speakers.fetchall():
            yield [row for row in self._statement_quotes("quotes.speaker = ?", speaker) if row.speaker]

    def quotes_near_date(self, speaker: str, first: str, last: str) -> Iterator[StatementQuote]:
        """A speaker's quotations that were published in these days (ISO dates), or nobody knows when."""
        day = "substr(quotes.published, 1, 10)"
        return self._statement_quotes(
            f"quotes.speaker = ? and (quotes.published is null or {day} between ? and ? or {day} not glob ?)",
            speaker,
            first,
            last,
            "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]",
        )

    def quote_ids_in_same_statements(self, quotes: Iterable[str]) -> list[str]:
        """The ids of all quotations in the statements that have these now, each once."""
        query = "select id from quotes where statement = (select statement from quotes where id = ?)"
        return list({row[0]: None for quote in quotes for row in self.db.execute(query, (quote,))})

    def _statement_quotes(self, which: str, *values: str) -> Iterator[StatementQuote]:
        query = f"""
            select quotes.*, vector, (
                    select max("end") from spans where spans.quote = quotes.id and role = 'content'
                ) as behind, coalesce(copy_of, article) as story, speakers.type as speaker_type,
                quotes.id in (select quote from corrected) as corrected,
                case when inferred.quote is null then quotes.speaker end as own_speaker
            from quotes left join embeddings on embeddings.quote = quotes.id
            left join inferred on inferred.quote = quotes.id
            left join speakers on speakers.id = quotes.speaker
            join articles on articles.id = quotes.article and {COUNTED_SQL} where {which}
        """
        rows = self.db.execute(query, values)
        columns = {column[0] for column in rows.description}
        for row in rows:
            yield statement_quote({name: row[name] for name in columns})

    def save(self, statements: Iterable[Statement]) -> None:
        """Store the statements of their quotations in place of those that these had.

        Rows that stay the same are not written; of ``statements`` some at a time are held. The caller opens the
        transaction.
        """
        run = self.db.execute
        run(
            "create temp table if not exists now_statements (quote text primary key, id text, confidence real) "
            "without rowid"
        )
        run("create temp table if not exists now_texts (id text primary key, speaker text, text text)")
        run(
            "create temp table if not exists now_inferred (quote text primary key, speaker text) without rowid"
        )
        for table in ("now_statements", "now_texts", "now_inferred"):
            run(f"delete from {table}")
        left = iter(statements)
        while some := list(islice(left, STATEMENTS_HELD)):
            self._stage(some)
        run(
            "insert or ignore into now_texts select distinct quotes.statement, null, null from quotes "
            "join now_statements as now on now.quote = quotes.id where quotes.statement is not now.id "
            "and quotes.statement is not null "
            f" union select id, null, null from ({Changes.query(Change.STATEMENT)})"
        )
        run(
            "update quotes set statement = now.id, statement_confidence = now.confidence "
            "from now_statements as now where now.quote = quotes.id "
            "and (quotes.statement is not now.id or quotes.statement_confidence is not now.confidence)"
        )
        self._infer_speakers()
        self._count()
        run(
            "delete from statements where id in (select id from now_texts) "
            "and not exists (select 1 from quotes where quotes.statement = statements.id)"
        )

    def _stage(self, statements: Sequence[Statement]) -> None:
        """Note statements in the temporary tables of ``save``."""
        write = self.db.executemany
        write(
            "insert into now_texts values (?, ?, ?)", ((one.id, one.speaker, one.text) for one in statements)
        )
        write(
            "insert into now_statements values (?, ?, ?)",
            (
                (quote, one.id, own)
                for one in statements
                for quote, own in zip(one.quotes, one.confidences or [None] * len(one.quotes), strict=True)
            ),
        )
        write(  # a person's decision that the speaker is open stands
            "insert into now_inferred select ?1, ?2 where ?1 not in (select quote from corrected)",
            ((quote, one.speaker) for one in statements for quote in one.inferred),
        )

    def save_links(self, links: Iterable[QuotationLink], *, everything: bool) -> None:
        """Store what is likely between the statements that ``save`` wrote, and others, in place of what was stored.

        Of several links between two statements the one that says most is kept, and the most likely of these.
        """
        run = self.db.execute
        run("create temp table if not exists now_links (quote text, other text, kind text, probability real)")
        run("delete from now_links")
        self.db.executemany(
            "insert into now_links values (?, ?, ?, ?)",
            ((link.quote, link.other, link.kind, link.probability) for link in links),
        )
        gone = "true" if everything else "{0} in (select id from now_texts)"
        for side in ("statement", "other"):
            run(f"delete from statement_links where {gone.format(side)}")
        run(
            """
            insert into statement_links
            select low, high, kind, probability from (
                select *, row_number() over (
                    partition by low, high order by kind = 'contradicts' desc, probability desc, kind
                ) as place from (
                    select min(one.statement, two.statement) as low, max(one.statement, two.statement) as high,
                        kind, probability
                    from now_links join quotes as one on one.id = quote join quotes as two on two.id = other
                    where one.statement <> two.statement and one.speaker = two.speaker
                )
            ) where place = 1
            """
        )

    def drop_decided_links(self, apart: Iterable[tuple[Iterable[str], Iterable[str]]]) -> None:
        """Forget that statements are ``perhaps`` one where people said that these quotations and those are two."""
        of = "select distinct statement from quotes where id in (select value from json_each(?))"
        for part, rest in apart:
            one, other = (
                [row[0] for row in self.db.execute(of, (json.dumps(list(ids)),))] for ids in (part, rest)
            )
            pairs = ((*sorted((a, b)),) for a in one for b in other if a and b and a != b)
            self.db.executemany(
                "delete from statement_links where statement = ? and other = ? and kind = 'perhaps'", pairs
            )

    def save_embeddings(self, made: Mapping[str, bytes]) -> None:
        """Store the embeddings of quotations."""
        self.db.executemany("insert or replace into embeddings values (?, ?)", made.items())

    def keep_embeddings_of(self, encoder: str) -> None:
        """Drop all embeddings when another encoder is known to have made them, and note this one."""
        row = self.db.execute("select value from settings where key = 'encoder'").fetchone()
        if row is not None and row[0] != encoder:
            self.db.execute("delete from embeddings")
        if row is None or row[0] != encoder:
            self.db.execute("insert or replace into settings (key, value) values ('encoder', ?)", (encoder,))

    def without_embedding(self) -> list[str]:
        """The ids of the quotations that have no embedding, in order."""
        query = "select id from quotes where id not in (select quote from embeddings) order by id"
        return [row[0] for row in self.db.execute(query)]

    def contents_of(self, idents: Iterable[str]) -> dict[str, str]:
        """The contents of quotations (id -> content)."""
        query = "select id, content from quotes where id in (select value from json_each(?))"
        return dict(self.db.execute(query, (json.dumps(list(idents)),)).fetchall())

    def _infer_speakers(self) -> None:
        """Give quotations without a speaker that of their statement, and no other one to those that had one so."""
        run = self.db.execute
        looked_at = "quote in (select quote from now_statements)"
        differ = (
            f"select quote, speaker from inferred where {looked_at} except select quote, speaker from now_inferred",
            f"select quote, speaker from now_inferred except select quote, speaker from inferred where {looked_at}",
        )
        before, after = (dict(run(query).fetchall()) for query in differ)
        for quote in before:
            run("delete from inferred where quote = ?", (quote,))
        self.db.executemany("insert into inferred values (?, ?)", after.items())
        for quote in before | after:
            run(
                f"update quotes set speaker = ?, attribution = {ATTRIBUTION_SQL} where id = ?",
                (after.get(quote), quote),
            )
        self._recount({*before.values(), *after.values()})

    def _recount(self, speakers: Iterable[str]) -> None:
        for speaker in speakers:
            self.db.execute(
                "update speakers set (quotes, articles) = (select quotes, articles from "
                f"({counted_once('select ?1 as id')})) where id = ?1",
                (speaker,),
            )
            self.db.execute(
                "delete from speakers where id = ?1 and not exists (select 1 from quotes where speaker = ?1)",
                (speaker,),
            )

    def _count(self) -> None:
        """Write the rows of the statements that were noted, copies of one story counted once.

        In how many publications is known only when every article has one.
        """
        names = "speaker text variants articles publications first_published last_published wordings".split()
        self.db.execute(
            """
            insert into statements (id, {names})
            select now.id, now.speaker, now.text, count(distinct said.story || ' ' || said.nth),
                count(distinct said.story),
                case when count(*) = count(nullif(trim(stories.publication), ''))
                    then count(distinct trim(stories.publication)) end,
                min(said.published), max(said.published), count(distinct lower(trim(said.content, ' .,;:')))
            from now_texts as now join (
                select quotes.statement, quotes.published, quotes.content, coalesce(copy_of, articles.id) as story,
                    row_number() over (
                        partition by quotes.statement, articles.id order by quotes.position, quotes.id
                    ) as nth
                from now_texts join quotes on quotes.statement = now_texts.id
                join articles on articles.id = quotes.article
            ) as said on said.statement = now.id
            join articles as stories on stories.id = said.story
            where now.text is not null group by now.id
            on conflict (id) do update set {new} where ({old}) is not ({excluded})
            """.format(
                names=", ".join(names),
                new=", ".join(f"{name} = excluded.{name}" for name in names),
                old=", ".join(f"statements.{name}" for name in names),
                excluded=", ".join(f"excluded.{name}" for name in names),
            )
        )


def statement_quote(row: Mapping[str, Any]) -> StatementQuote:
    """What tells statements apart, of a row of ``quotes`` with some columns of other tables.

    ``own_speaker``: the one that its article gives, ``speaker_type`` of that; ``story``: its article, or what that is a
    copy of; ``corrected``; ``vector``, the embedding; ``behind``, where the content ends.
    """
    return StatementQuote(
        id=row["id"],
        article=row["story"],
        speaker=row["own_speaker"],
        text=row["content"],
        type=row["type"],
        published=row["published"],
        embedding=row["vector"],
        cue=row["cue"],
        doubtful=_is_guess(row),
        act=row["act"],
        asserted=row["asserted"] != 0,
        extent=(row["position"], row["behind"] or row["position"]),
    )


def _is_guess(row: Mapping[str, Any]) -> bool:
    """Whether words that leave no doubt may overrule the speaker: a guess, or nobody in particular."""
    sure = certainty({name: row[name] for name in ("confidence", "speaker_confidence")})
    guess = row["attribution"] in ("coreference", "discourse") and sure < GUESS_THRESHOLD
    return (
        row["own_speaker"] is not None
        and not row["corrected"]
        and (guess or row["speaker_type"] == "unnamed")
    )
