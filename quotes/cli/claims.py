"""The commands about what is likely but not decided, and about embeddings: ``suggest`` and ``index``."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args

import typer

from quotes.cli import formats, options
from quotes.cli.render import LINK_WORDS
from quotes.store.database import Store
from quotes.text.plural import count
from quotes.types import LinkKind

if TYPE_CHECKING:
    from quotes.speakers.doubts import DoubtKind

SuggestionKind = Literal["perhaps", "again", "contradicts", "namesakes", "one-person"]
Kind = Annotated[SuggestionKind | None, typer.Option(help="Only suggestions of this kind.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(suggest)
    app.command()(index)


def suggest(
    kind: Kind = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="The most of statements, and of speakers.")
    ] = 20,
    database: options.Database = options.DEFAULT,
    json: Annotated[bool, typer.Option("--json", help="A JSON array.")] = False,
) -> None:
    """List what is likely and not decided, the likeliest first: about statements, then about speakers.

    Statements: pairs that are perhaps one, said again, or contradict each other; merge two that are one with quotes
    merge-statements. Speakers: entries that are perhaps two people (namesakes), and two entries that are perhaps one
    (one-person), with what the articles say for it; decide with quotes split and quotes merge.

    \b
    Example:
      quotes suggest --kind perhaps
      quotes suggest --kind namesakes
    """
    from quotes.linking.speaker_doubts import suggested_speakers

    statements: list[dict[str, Any]] = []
    speakers: list[dict[str, Any]] = []
    with Store(database) as store:
        if kind in (None, *get_args(LinkKind)):
            statements = store.queries.suggestions(kind=kind, limit=limit)
        if kind not in get_args(LinkKind):
            speakers = suggested_speakers(store, kind=cast("DoubtKind | None", kind), limit=limit)
    if json:
        options.put(formats.as_json([*statements, *speakers]))
        return
    if not statements and not speakers:
        options.say("Nothing is likely that is not decided.")
    for row in statements:
        options.put(_statements(row))
    for row in speakers:
        options.put(_speakers(row))


def _statements(row: Mapping[str, Any]) -> Iterator[str]:
    """A pair of statements as lines of text."""
    yield f"{LINK_WORDS[row['kind']]} ({row['probability']:.0%}), {row['speaker_name']}"
    for ident, text, day in (
        (row["statement"], row["text"], row["published"]),
        (row["other"], row["other_text"], row["other_published"]),
    ):
        yield f"  {ident}  {day or 'undated'}"
        yield f"    {text}"
    yield ""


def _speakers(row: Mapping[str, Any]) -> Iterator[str]:
    """A doubt about speakers as lines of text."""
    if row["kind"] == "namesakes":
        yield f"perhaps two called {row['speaker_name']}"
        yield f"  {row['speaker']}"
        for article in row["articles"]:
            yield f"    the other in {article}"
    else:
        yield f"perhaps one: {row['speaker_name']} and {row['other_name']}"
        yield f"  {row['speaker']}"
        yield f"  {row['other']}"
    for reason in row["evidence"]:
        yield f"    {reason}"
    yield ""


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
