"""What search, who, show and extract found -> text for people."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from shlex import quote
from typing import Any

from quotes.cli.render_quotations import quoted, render_quotation, render_statement, reported
from quotes.cli.terminal import Paint, wrap
from quotes.store.certainty import decision, is_corrected, is_unsaid
from quotes.text.dates import readable_date
from quotes.text.highlight import Highlight
from quotes.text.plural import count, shortened
from quotes.text.standing_alone import begin_like_a_sentence, standing_alone

METADATA_FILE = "datasette-metadata.yml"
DESCRIPTIONS_SHOWN = 5  # descriptions of a speaker that are shown
TITLE_LENGTH = 60  # characters of a headline that tells where a description is from
LINK_WORDS = {"perhaps": "perhaps the same", "again": "said again", "contradicts": "contradicts"}
SURE_MEMBER = 0.7  # from which it is not told how surely a quotation belongs to its statement
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
    if counts.get("in_copies"):
        yield f"{counts['in_copies']:,} more stand in copies, articles nearly the same as another, and count there."
    if counts["not_said"]:
        verb = "is" if counts["not_said"] == 1 else "are"
        yield f"{counts['not_said']:,} more {verb} told of that nobody said, or only might: quotes search --not-said"
    if counts.get("corrected"):
        yield f"{count(counts['corrected'], 'quotation')} corrected by people: quotes corrections"
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


def render_item(item: Mapping[str, Any], *, width: int, paint: Paint) -> Iterator[str]:
    """Lines for what ``Reading.show`` returns."""
    kind = item["kind"]
    if kind == "quotation":
        yield from _quotation(item, width, paint)
        return
    if kind == "former quotation":
        yield from _former(item, width, paint)
        return
    rows = item["quotations"]
    places = f"{len(rows):,} in {count(len({row['article'] for row in rows}), 'article')}"
    if kind == "speaker":
        yield from render_speaker(item, (), width=width, paint=paint)
    elif kind == "statement":
        yield from _entire(item, width, paint)
        facts = {"speaker": next((row["speaker_name"] for row in rows if row["speaker_name"]), "open")}
        facts |= {"reported": reported(item), "quotations": places, "corrected": decision(item)}
        facts["id"] = item["id"]
        yield from _facts(facts, width, paint)
        yield from render_links(item, width=width, paint=paint)
    else:
        yield from (paint(line, "name") for line in wrap(item["title"] or item["id"], width, paint))
        names = ("publication", "author", "published", "url", "path", "words", "copy_of", "id")
        facts = {name: item.get(name) for name in names}
        facts["words"] = f"{item['words']:,}"
        facts |= {"copies": ", ".join(item["copies"]), "quotations": places}
        facts["withdrawn"] = "by its publisher" if item["withdrawn"] else None
        labels = {"path": "read from", "copy_of": "copy of"}
        yield from _facts({labels.get(name, name): value for name, value in facts.items()}, width, paint)
    for row in rows:
        yield ""
        yield from render_quotation(
            row, width=width, paint=paint, dated=kind == "speaker", placed=kind != "article"
        )
    for row in item.get("former", ()):
        yield ""
        yield from _former(row, width, paint)


def _former(row: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    """A quotation that an earlier version of its article had."""
    words = f"“{row['content']}”" if row["type"] == "direct" else row["content"]
    yield from wrap(words, width, paint)
    day = readable_date(row["published"]) if row["published"] else None
    yield from _facts(
        {
            "speaker": row["speaker_name"] or "open",
            "stands": f"no longer in the article{f' of {day}' if day else ''}: {row['title']}",
            "article": row["article"],
            "id": row["id"],
        },
        width,
        paint,
    )


def _speaker(speaker: Mapping[str, Any]) -> dict[str, str | None]:
    facts = {name: speaker[name] for name in ("type", "pronouns")}
    lines = []
    for description in speaker["descriptions"][:DESCRIPTIONS_SHOWN]:
        first = ", ".join(filter(None, [description["publication"], description["published"]]))
        first = first or shortened(description["title"], TITLE_LENGTH)
        articles = count(description["articles"], "article")
        times = f"{articles}, the first: " if description["articles"] > 1 else ""
        lines.append(f"{description['description']} ({times}{first})")
    facts["described"] = "\n".join(lines) or speaker["description"]
    facts["also called"] = ", ".join(speaker["aliases"])
    facts["quotations"] = f"{speaker['quotes']:,} in {count(speaker['articles'], 'article')}"
    return facts | {"corrected": decision(speaker), "id": speaker["id"], "outside id": speaker["outside_id"]}


def _quotation(quotation: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    context = quotation["context"]
    left = context["start"]
    marks = [
        Highlight("", span["role"], span["start"] - left, span["end"] - left) for span in quotation["spans"]
    ]
    yield from wrap(context["text"], min(width, READABLE_WIDTH), paint, marks)
    yield ""
    speaker, description = quotation["speaker_name"], quotation["speaker_description"]
    unknown = "not known" if is_corrected(quotation) else "open"
    facts = {
        "speaker": ", ".join(filter(None, [speaker, description])) or unknown,
        "speaker id": quotation["speaker"],
        "source": quotation["source"],
        "cue": quotation["cue"],
        "via": quotation["via"],
        "type": quotation["type"],
        "act": _act(quotation),
        "said to": quotation["addressee"],
        "attribution": decision(quotation) if is_corrected(quotation) else _found(quotation),
        "corrected": None if is_corrected(quotation) else decision(quotation),
        "could also be": None if is_corrected(quotation) else _candidates(quotation),
        "reported": reported(quotation["reported"]) if quotation["wordings"] else None,
        "statement": quotation["statement"] if quotation["wordings"] else None,
        "said on": quotation["said_on"],
        "said where": quotation["occasion"],
        "in doubt": _doubtful_member(quotation),
        "article": quotation["article_title"],
        "article id": quotation["article"],
        "copy of": quotation["copy_of"],
        "publication": quotation["publication"],
        "published": quotation["published"],
        "url": quotation["url"],
        "read from": quotation["path"],
        "place": _place(quotation),
        "id": quotation["id"],
    }
    yield from _facts(facts, width, paint)
    if quotation["reported"]:
        yield from render_links(quotation["reported"], width=width, paint=paint)
    if quotation["wordings"]:
        own = quotation["reported"]["text"] == quotation["content"]
        rows = quotation["wordings"] if own else [quotation, *quotation["wordings"]]
        if own:
            yield from ("", paint("Other wordings, compared with this one", "name"))
        else:
            yield from ("", paint("All wordings, this one first, compared with the fullest", "name"))
            yield from _entire(quotation["reported"] | {"quotations": quotation["wordings"]}, width, paint)
        for row in rows:
            yield ""
            yield from render_quotation(row, width=width, paint=paint)


def _place(quotation: Mapping[str, Any]) -> str:
    """Where the content begins and ends in its article, as quotes trim takes it."""
    spans = [span for span in quotation["spans"] if span["role"] == "content"]
    return f"{spans[0]['start']}-{spans[-1]['end']}" if spans else ""


def _found(quotation: Mapping[str, Any]) -> str:
    """How the speaker was found, and how sure that is."""
    sure = f"confidence {quotation['confidence'] or 0:.0%}{_speaker_sure(quotation)}"
    return f"{quotation['attribution']}, {sure}"


def _act(quotation: Mapping[str, Any]) -> str:
    """What was done with the words: "denies"; of words that were not said that they were not."""
    unsaid = ", but the text says that it was not said, or only might be" if is_unsaid(quotation) else ""
    return f"{quotation['act']}{unsaid}"


def _speaker_sure(quotation: Mapping[str, Any]) -> str:
    sure = quotation["speaker_confidence"]
    return "" if sure is None else f", speaker {sure:.0%}"


def _candidates(quotation: Mapping[str, Any]) -> str:
    """Who else the speaker could be: "Ana Ruiz (12%)"."""
    return ", ".join(f"{other['name']} ({other['probability']:.0%})" for other in quotation["candidates"])


def render_links(statement: Mapping[str, Any], *, width: int, paint: Paint) -> Iterator[str]:
    """Lines for the statements that have to do with one: who denied it, where it was said again, what is perhaps it."""
    for link in statement.get("links") or ():
        when = f", {link['first_published']}" if link["first_published"] else ""
        other = link["speaker_name"] if link["speaker"] != statement["speaker"] else None
        label = f"{LINK_WORDS[link['kind']]}, {other}" if other else LINK_WORDS[link["kind"]]
        yield ""
        yield paint(f"{label} ({link['probability']:.0%}{when}): {link['id']}", "quiet")
        yield from wrap(link["text"], min(width, READABLE_WIDTH), paint)


def _doubtful_member(quotation: Mapping[str, Any]) -> str | None:
    """How sure it is that a quotation belongs to its statement, where that is in doubt."""
    sure = quotation["statement_confidence"]
    return f"whether it is that statement, {sure:.0%}" if sure is not None and sure < SURE_MEMBER else None


def _entire(statement: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    """The text of a statement as a sentence, in quotation marks when the quotation that it is taken from is direct."""
    same = (row["type"] for row in statement["quotations"] if row["content"] == statement["text"])
    kind = next(same, "indirect")
    text, _ = quoted(standing_alone(statement["text"], kind), kind)
    text = text if kind == "direct" else begin_like_a_sentence(text)
    yield from (paint(line, "name") for line in wrap(text, min(width, READABLE_WIDTH), paint))


def _facts(facts: Mapping[str, str | None], width: int, paint: Paint) -> Iterator[str]:
    left = max(len(name) for name, value in facts.items() if value) + 2
    for name, value in facts.items():
        label = name
        for line in wrap(value or "", width - left, paint):
            yield paint(f"{label:<{left}}", "quiet") + line
            label = ""
