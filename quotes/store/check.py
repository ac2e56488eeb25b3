"""What is wrong with a database, from the file's pages to the words that are shown, and what helps."""

import sqlite3
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from quotes.store.rows import COMMA_AT_END, shown_content

FULL_TEXT_TABLES = ("articles", "quotes", "speakers", "statements")
MAX_PROBLEMS = 20  # of one kind
RECOVER_HINT = 'Restore a copy, or save what can be read: sqlite3 quotes.db ".recover" | sqlite3 saved.db'
READ_AGAIN_HINT = "Read its article again, with `force`."


class Problem(NamedTuple):
    """What is wrong, and what helps."""

    message: str
    hint: str


def check(db: sqlite3.Connection) -> Iterator[Problem]:
    """What is wrong: damaged pages, rows that lead nowhere, words that are not in their text, search out of step.

    Changes nothing. At most ``MAX_PROBLEMS`` problems of one kind are told.
    """
    for find in (_pages, _references, _offsets, _full_text):
        try:
            yield from islice(find(db), MAX_PROBLEMS)
        except sqlite3.DatabaseError as error:  # so damaged that it cannot even be asked
            yield Problem(f"The file is damaged: {error}.", RECOVER_HINT)
            return


def checked(db: sqlite3.Connection) -> tuple[int, int]:
    """The numbers of articles and quotations that were looked at: all that are stored, those of copies too."""
    articles, quotations = db.execute(
        "select (select count(*) from articles), (select count(*) from quotes)"
    ).fetchone()
    return articles, quotations


def _pages(db: sqlite3.Connection) -> Iterator[Problem]:
    for (message,) in db.execute("pragma integrity_check"):
        if message != "ok":
            yield Problem(f"The file is damaged: {message}.", RECOVER_HINT)


def _references(db: sqlite3.Connection) -> Iterator[Problem]:
    for table, row, parent, _ in db.execute("pragma foreign_key_check"):
        yield Problem(f"Row {row} of {table} names a row of {parent} that is not there.", READ_AGAIN_HINT)


def _offsets(db: sqlite3.Connection) -> Iterator[Problem]:
    """Spans that are not in their text, and quotations that are not what their spans say."""
    rows = db.execute(
        "select quotes.id, quotes.content, spans.role, spans.start, spans.end, articles.text from quotes "
        "join articles on articles.id = quotes.article left join spans on spans.quote = quotes.id "
        "order by quotes.article, quotes.id, spans.start"
    )
    for (quote, content), group in groupby(rows, key=itemgetter(0, 1)):
        spans = [(role, start, end, text) for _, _, role, start, end, text in group if role is not None]
        outside = [(start, end) for _, start, end, text in spans if not 0 <= start < end <= len(text)]
        if outside:
            yield Problem(
                f"Quotation {quote} has the offsets {outside[0]}, outside its article's text.",
                READ_AGAIN_HINT,
            )
            continue
        shown = shown_content(spans[0][3], [span[1:3] for span in spans if span[0] == "content"])
        if shown != COMMA_AT_END.sub("", content):  # versions before 0.2 kept it
            yield Problem(
                f"The words of quotation {quote} are not at their place in its article.", READ_AGAIN_HINT
            )


def _full_text(db: sqlite3.Connection) -> Iterator[Problem]:
    for table in FULL_TEXT_TABLES:
        index = f"{table}_fts"
        try:
            db.execute("BEGIN")
            db.execute(f"insert into {index}({index}, rank) values ('integrity-check', 1)")  # writes nothing
        except sqlite3.DatabaseError as error:
            if "readonly" in str(error):
                message = f"Whether search of {table} is in step cannot be checked: the file is read-only."
                yield Problem(message, "Check a copy of the file that can be written.")
            else:
                hint = f"Make it again with `sqlite-utils rebuild-fts quotes.db {table}`."
                yield Problem(f"Search of {table} is out of step with the table ({error}).", hint)
        finally:
            db.rollback()
