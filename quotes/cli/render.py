"""What search, who, show and extract found -> text for people."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from shlex import quote
from typing import Any

from quotes.cli.render_quotations import quoted, render_quotation, render_statement, reported
from quotes.cli.terminal import Paint, wrap
from quotes.store.certainty import decision, is_corrected
from quotes.text.highlight import Highlight
from quotes.text.plural import count, shortened

METADATA_FILE = "datasette-metadata.yml"
DESCRIPTIONS_SHOWN = 5  # descriptions of a speaker that are shown
TITLE_LENGTH = 60  # characters of a headline that tells where a description is from
READABLE_WIDTH = 88  # the longest line of text that is read with ease


def render_summary(counts: Mapping[str, int], database: Path, example: str | None) -> Iterator[str]:
    """What a database has, and the two commands to try next. ``example``: the name of a speaker in it."""
    kinds = ", ".join(f"{counts[kind]:,} {kind}" for kind in ("direct", "mixed", "indirect"))
    articles, quotes, speakers, statements = (
        count(counts[name], noun)
        for name, noun in (
            ("articles", "article"),
            ("quotes", "quotation"),
            ("speakers", "speaker"),
            ("statements", "statement"),
        )
    )
    yield f"{database} has {articles}, {quotes} ({kinds}), {speakers} and {statements}."
    metadata = f" -m {METADATA_FILE}" if Path(METADATA_FILE).exists() else ""
    words = f'--speaker "{example}"' if example else '"WORDS"'
    elsewhere = "" if database == Path("quotes.db") else f" --database {quote(str(database))}"
    yield from (
        "Try next:",
        f"  datasette {quote(str(database))}{metadata}",
        f"  quotes search {words}{elsewhere}",
    )


def render_results(groups: Iterable[Mapping[str, Any]], *, width: int, paint: Paint) -> Iterator[str]:
    """Lines for what ``search_statements`` returns: who said it on the left, what and where on the right."""
    for n, group in enumerate(groups):
        if n:
            yield ""
        yield from render_statement(group, width=width, paint=paint)


def render_speaker(
    speaker: Mapping[str, Any], groups: Iterable[Mapping[str, Any]], *, width: int, paint: Paint
) -> Iterator[str]:
    """Lines for a speaker, as ``Reading.speaker`` returns one, and for what was said: dates on the left."""
    yield paint(speaker["name"], "name")
    yield from _facts(_speaker(speaker), width, paint)
    for group in groups:
        yield ""
        yield from render_statement(group, width=width, paint=paint, dated=True)


def render_item(found: Mapping[str, Any], *, width: int, paint: Paint) -> Iterator[str]:
    """Lines for what ``Reading.show`` returns."""
    kind = found["kind"]
    if kind == "quotation":
        yield from _quotation(found, width, paint)
        return
    rows = found["quotations"]
    places = f"{len(rows):,} in {count(len({row['article'] for row in rows}), 'article')}"
    if kind == "speaker":
        yield from render_speaker(found, (), width=width, paint=paint)
    elif kind == "statement":
        yield from _entire(found, width, paint)
        facts = {"speaker": next((row["speaker_name"] for row in rows if row["speaker_name"]), "open")}
        facts |= {"reported": reported(found), "quotations": places, "id": found["id"]}
        yield from _facts(facts, width, paint)
    else:
        yield from (paint(line, "name") for line in wrap(found["title"] or found["id"], width, paint))
        names = ("publication", "author", "published", "url", "path", "words", "copy_of", "id")
        facts = {name: found.get(name) for name in names}
        facts["words"] = f"{found['words']:,}"
        facts |= {"copies": ", ".join(found["copies"]), "quotations": places}
        labels = {"path": "read from", "copy_of": "copy of"}
        yield from _facts({labels.get(name, name): value for name, value in facts.items()}, width, paint)
    for row in rows:
        yield ""
        yield from render_quotation(
            row, width=width, paint=paint, dated=kind == "speaker", placed=kind != "article"
        )


def _speaker(found: Mapping[str, Any]) -> dict[str, str | None]:
    facts = {name: found[name] for name in ("type", "pronouns")}
    lines = []
    for one in found["descriptions"][:DESCRIPTIONS_SHOWN]:
        first = ", ".join(filter(None, [one["publication"], one["published"]]))
        times = f"{count(one['articles'], 'article')}, the first: " if one["articles"] > 1 else ""
        lines.append(f"{one['description']} ({times}{first or shortened(one['title'], TITLE_LENGTH)})")
    facts["described"] = "\n".join(lines) or found["description"]
    facts["also called"] = ", ".join(found["aliases"])
    facts["quotations"] = f"{found['quotes']:,} in {count(found['articles'], 'article')}"
    return facts | {"id": found["id"]}


def _quotation(found: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    context = found["context"]
    left = context["start"]
    marks = [Highlight("", span["role"], span["start"] - left, span["end"] - left) for span in found["spans"]]
    yield from wrap(context["text"], min(width, READABLE_WIDTH), paint, marks)
    yield ""
    speaker, description = found["speaker_name"], found["speaker_description"]
    unknown = "not known" if is_corrected(found) else "open"
    facts = {
        "speaker": ", ".join(filter(None, [speaker, description])) or unknown,
        "speaker id": found["speaker"],
        "source": found["source"],
        "cue": found["cue"],
        "via": found["via"],
        "type": found["type"] + (", a thought" if found["thought"] else ""),
        "attribution": decision(found)
        or f"{found['attribution']}, confidence {found['confidence'] or 0:.0%}",
        "reported": reported(found["reported"]) if found["wordings"] else None,
        "statement": found["statement"] if found["wordings"] else None,
        "article": found["article_title"],
        "article id": found["article"],
        "copy of": found["copy_of"],
        "publication": found["publication"],
        "published": found["published"],
        "url": found["url"],
        "read from": found["path"],
        "id": found["id"],
    }
    yield from _facts(facts, width, paint)
    if found["wordings"]:
        own = found["reported"]["text"] == found["content"]
        rows = found["wordings"] if own else [found, *found["wordings"]]
        if own:
            yield from ("", paint("Other wordings, compared with this one", "name"))
        else:
            yield from ("", paint("All wordings, this one first, compared with the fullest", "name"))
            yield from _entire(found["reported"] | {"quotations": found["wordings"]}, width, paint)
        for row in rows:
            yield ""
            yield from render_quotation(row, width=width, paint=paint)


def _entire(statement: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    """The text of a statement, in quotation marks when the quotation that it is taken from is direct."""
    same = (row["type"] for row in statement["quotations"] if row["content"] == statement["text"])
    text, _ = quoted(statement["text"], next(same, "indirect"))
    yield from (paint(line, "name") for line in wrap(text, min(width, READABLE_WIDTH), paint))


def _facts(facts: Mapping[str, str | None], width: int, paint: Paint) -> Iterator[str]:
    left = max(len(name) for name, value in facts.items() if value) + 2
    for name, value in facts.items():
        label = name
        for line in wrap(value or "", width - left, paint):
            yield paint(f"{label:<{left}}", "quiet") + line
            label = ""
