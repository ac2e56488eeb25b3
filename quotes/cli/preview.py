"""The command that shows what would be read of files."""

from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import options
from quotes.cli.reading_options import Reading

if TYPE_CHECKING:
    from quotes.types import Article


def preview(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="As extract takes them.")],
    *,
    reading: Reading,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="The most articles.")] = 3,
) -> None:
    """Show what would be read of files: title, author, day, publication, address and text.

    Reads no quotation and writes nothing.

    \b
    Example:
      quotes preview page.html
      quotes preview export.csv --column text=story --limit 1
    """
    from quotes.articles.notes import Notes
    from quotes.articles.read import read_articles
    from quotes.types import Failure

    notes = Notes(tell=options.say)
    shown = failed = 0
    for item in read_articles(paths, options=reading.options(), notes=notes):
        if isinstance(item, Failure):
            failed += 1
            options.say(f"Error: {item}")
        elif shown == limit:
            options.say(f"There is more: add --limit {limit * 5}")
            break
        else:
            options.put(["", *_shown(item)] if shown else _shown(item))
            shown += 1
    for line in notes.lines():
        options.say(line)
    if failed:
        raise typer.Exit(1)


def _shown(article: "Article") -> list[str]:
    """An article as lines: its fields, then its text as it is stored."""
    from quotes.text.sanitise import clean_for_terminal

    fields = {
        "title": article.title,
        "author": article.author,
        "published": article.published,
        "publication": article.publication,
        "address": article.url,
        "id": article.id,
        "from": article.path.replace("\n", " "),
        "withdrawn": "yes" if article.withdrawn else None,
    }
    lines = [f"{name + ':':<13}{clean_for_terminal(value) if value else '-'}" for name, value in fields.items()
             if value or name != "withdrawn"]  # fmt: skip
    return [*lines, "", *(clean_for_terminal(line) for line in article.text.splitlines())]
