"""What linking statements reads from the database, and writes into it."""

import sqlite3
from collections.abc import Iterable, Iterator

from quotes.data import Statement
from quotes.statements import StatementQuote


class StatementStore:
    """The part of a store that statements need. ``db``: an open connection whose rows are ``sqlite3.Row``."""

    db: sqlite3.Connection

    def statement_quotes(self) -> Iterator[StatementQuote]:
        """Every quotation, as much as tells statements apart."""
        query = """
            select quotes.*, vector,
                (select count(*) from spans where spans.quote = quotes.id and role = 'content') as spans
            from quotes left join embeddings on embeddings.quote = quotes.id order by quotes.id
        """
        for row in self.db.execute(query):
            yield StatementQuote(
                id=row["id"],
                article=row["article"],
                speaker=row["speaker"],
                text=row["content"],
                spans=row["spans"],
                type=row["type"],
                published=row["published"],
                position=row["position"],
                embedding=row["vector"],
                cue=row["cue"],
            )

    def save_statements(self, statements: Iterable[Statement]) -> None:
        """Store the statements of their quotations in place of those that these had.

        Rows that stay the same are not written. The caller opens the transaction.
        """
        run = self.db.execute
        run("create temp table if not exists now_statements (quote text primary key, id text) without rowid")
        run("create temp table if not exists now_texts (id text primary key, speaker text, text text)")
        run("delete from now_statements")
        run("delete from now_texts")
        for statement in statements:
            run("insert into now_texts values (?, ?, ?)", (statement.id, statement.speaker, statement.text))
            rows = ((quote, statement.id) for quote in statement.quotes)
            self.db.executemany("insert into now_statements values (?, ?)", rows)
        run(
            "insert or ignore into now_texts select distinct quotes.statement, null, null from quotes "
            "join now_statements as now on now.quote = quotes.id where quotes.statement is not now.id "
            "and quotes.statement is not null union select id, null, null from changed where kind = 'statement'"
        )
        run(
            "update quotes set statement = now.id from now_statements as now "
            "where now.quote = quotes.id and quotes.statement is not now.id"
        )
        names = ("speaker", "text", "variants", "articles", "first_published", "last_published")
        run(
            f"insert into statements (id, {', '.join(names)}) "
            "select now.id, now.speaker, now.text, count(*), count(distinct article), min(published), "
            "max(published) from now_texts as now join quotes on quotes.statement = now.id "
            "where now.text is not null group by now.id "
            f"on conflict (id) do update set {', '.join(f'{n} = excluded.{n}' for n in names)} "
            f"where ({', '.join(f'statements.{n}' for n in names)}) is not "
            f"({', '.join(f'excluded.{n}' for n in names)})"
        )
        run(
            "delete from statements where id in (select id from now_texts) "
            "and not exists (select 1 from quotes where quotes.statement = statements.id)"
        )
