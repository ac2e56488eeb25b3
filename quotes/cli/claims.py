"""The commands about what is likely but not decided, and about embeddings: ``suggest`` and ``index``."""

from typing import Annotated

import typer

from quotes.cli import formats, options
from quotes.cli.render import LINK_WORDS
from quotes.store.database import Store
from quotes.text.plural import count
from quotes.types import LinkKind

Kind = Annotated[LinkKind | None, typer.Option(help="Only pairs of this kind.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(suggest)
    app.command()(index)


def suggest(
    kind: Kind = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="The most pairs.")] = 20,
    database: options.Database = options.DEFAULT,
    json: Annotated[bool, typer.Option("--json", help="A JSON array.")] = False,
) -> None:
    """List pairs of statements that are perhaps one, said again, or contradict each other, the likeliest first.

    Merge two that are one with quotes merge-statements.

    \b
    Example:
      quotes suggest --kind perhaps
    """
    with Store(database) as store:
        rows = store.queries.suggestions(kind=kind, limit=limit)
    if json:
        options.put(formats.as_json(rows))
        return
    if not rows:
        options.say("Nothing is likely that is not decided.")
    for row in rows:
        options.put([f"{LINK_WORDS[row['kind']]} ({row['probability']:.0%}), {row['speaker_name']}"])
        for ident, text, day in (
            (row["statement"], row["text"], row["published"]),
            (row["other"], row["other_text"], row["other_published"]),
        ):
            options.put([f"  {ident}  {day or 'undated'}", f"    {text}"])
        options.put([""])


def index(database: options.Database = options.DEFAULT) -> None:
    """Embed the quotations that have no embedding yet, so that a search by meaning finds at once.

    Linking makes embeddings only where two wordings of one speaker are near; a search by meaning makes the rest when it
    is asked for the first time.

    \b
    Example:
      quotes index -d quotes.db
    """
    from quotes.linking.likeness import embed_missing

    with Store(database, create=database.exists()) as store:
        missing = embed_missing(store)
    options.say(f"{count(missing, 'quotation')} embedded.")
