"""The command that looks whether a database is sound."""

import typer

from quotes.cli import options
from quotes.store.database import Store
from quotes.text.plural import count


def check(database: options.Database = options.DEFAULT) -> None:
    """Check that a database is sound: its file, its rows, that every quotation is in its text, and search.

    Changes nothing. Prints what is wrong with what helps, and then exits with 1.

    \b
    Example:
      quotes check --database news.db
    """
    from quotes.store.check import READ_AGAIN_HINT, checked
    from quotes.store.check import check as problems_of

    found = 0
    with Store(database) as store:
        for problem in problems_of(store.db):
            found += 1
            hint = problem.hint
            if hint == READ_AGAIN_HINT:
                hint = "Read its article again: quotes extract --force PATH"
            options.put([problem.message, f"  {hint}".replace("quotes.db", str(database))])
        if found:
            raise typer.Exit(1)
        if store.needs_linking():
            options.say("The last run is not complete; the same `quotes extract` goes on from there.")
        articles, quotations = checked(store.db)
    options.say(f"{database} is sound: {count(articles, 'article')}, {count(quotations, 'quotation')}.")
