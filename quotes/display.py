"""Search results and what ``show`` found -> text for people, and rows -> JSON, JSON Lines, CSV."""

import csv
import io
import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import Any

from quotes.highlight import Mark, segments

METADATA = "datasette-metadata.yml"
MOST = 5  # descriptions of a speaker that are shown
LEFT = 24  # width of the column with the speakers
STYLES = {"match": "1;33", "content": "1;33", "source": "36", "cue": "35", "name": "1", "quiet": "2"}
STYLES |= {"left_out": "9;31", "changed": "32", "added": "32", "bracket": "34"}
# Without colour, as wdiff prints them.
SIGNS = {"match": "*{}*", "left_out": "[-{}-]", "changed": "{{+{}+}}", "added": "{{+{}+}}"}
SHOWN = 12  # words left out in a row that are still printed; more are counted
Paint = Callable[[str, str], str]


def painter(colour: bool) -> Paint:
    """A function (text, style) -> text: in colour, or else with signs around what differs or matches."""

    def paint(text: str, style: str) -> str:
        if colour:
            return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if text and style in STYLES else text
        return SIGNS.get(style, "{}").format(text)

    return paint


def terminal() -> dict[str, Any]:
    """``width`` and ``paint`` for stdout: colour only on a terminal and where NO_COLOR is not set."""
    width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 120))
    return {"width": width, "paint": painter(sys.stdout.isatty() and not os.environ.get("NO_COLOR"))}


def as_json(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of one JSON array."""
    lead = "["
    for row in rows:
        yield f"{lead}{json.dumps(row, ensure_ascii=False)}"
        lead = ","
    yield "[]" if lead == "[" else "]"


def as_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False)


def as_csv(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of CSV with a header; nothing when there is no row."""
    header: list[str] = []
    for row in rows:
        if not header:
            header = list(row)
            yield _csv_line(header)
        yield _csv_line([_cell(row.get(name)) for name in header])


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the export for CSV: no nesting, spans as ``start-end;start-end``."""
    speaker, cue, source = (row[name] or {} for name in ("speaker", "cue", "source"))
    return {
        "id": row["id"],
        "article": row["article"],
        "text": row["text"],
        "type": row["type"],
        "speaker": speaker.get("name"),
        "speaker_id": speaker.get("id"),
        "speaker_type": speaker.get("type"),
        "source": source.get("text"),
        "cue": cue.get("text"),
        "via": row["via"],
        "statement": row["statement"],
        "attribution": row["attribution"],
        "confidence": row["confidence"],
        "spans": ";".join(f"{start}-{end}" for start, end in row["spans"]),
    }


def count(number: int, noun: str) -> str:
    """A number and what it counts: 1 article, 2 articles."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def summary(counts: Mapping[str, int], database: Path, example: str | None) -> Iterator[str]:
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
    metadata = f" -m {METADATA}" if Path(METADATA).exists() else ""
    words = f'--speaker "{example}"' if example else '"WORDS"'
    elsewhere = "" if database == Path("quotes.db") else f" --database {quote(str(database))}"
    yield from (
        "Try next:",
        f"  datasette {quote(str(database))}{metadata}",
        f"  quotes search {words}{elsewhere}",
    )


def results(rows: Iterable[Mapping[str, Any]], *, width: int, paint: Paint) -> Iterator[str]:
    """Lines for search results: speakers on the left, what they said and where on the right."""
    for n, row in enumerate(rows):
        if n:
            yield ""
        yield from _entry(row, width, paint)


def shown(found: Mapping[str, Any], *, width: int, paint: Paint) -> Iterator[str]:
    """Lines for what ``Reading.show`` returns."""
    if found["kind"] == "quotation":
        yield from _quotation(found, width, paint)
        return
    yield from wrap(found.get("name") or found.get("title") or found.get("text") or found["id"], width, paint)
    names = ("type", "description", "publication", "author", "published", "url")
    facts = {name: found.get(name) for name in names}
    facts["pronouns"] = found.get("pronouns")
    facts["described"] = "; ".join(
        f"{one['description']} ({', '.join(filter(None, [one['published'], one['title'] or one['article']]))})"
        for one in found.get("descriptions", ())[:MOST]
    )
    facts["also called"] = ", ".join(found.get("aliases", ()))
    facts["read from"] = found.get("path")
    facts["words"] = f"{found['words']:,}" if "words" in found else None
    facts["copy of"] = found.get("copy_of")
    facts["copies"] = ", ".join(found.get("copies", ()))
    articles = len({row["article"] for row in found["quotations"]})
    facts["quotations"] = f"{len(found['quotations']):,} in {count(articles, 'article')}"
    if found["kind"] == "statement":
        facts["reported"] = reported(found)
    yield from _facts(facts, width, paint)
    for row in found["quotations"]:
        yield ""
        yield from _entry(row, width, paint)


def _quotation(found: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    context = found["context"]
    left = context["start"]
    marks = [Mark("", span["role"], span["start"] - left, span["end"] - left) for span in found["spans"]]
    yield from wrap(context["text"], width, paint, marks)
    yield ""
    speaker, description = found["speaker_name"], found["speaker_description"]
    facts = {
        "speaker": ", ".join(filter(None, [speaker, description])) or "open",
        "speaker id": found["speaker"],
        "source": found["source"],
        "cue": found["cue"],
        "via": found["via"],
        "type": found["type"] + (", a thought" if found["thought"] else ""),
        "attribution": f"{found['attribution']}, confidence {_percent(found['confidence'])}",
        "reported": reported(found["reported"]) if found["wordings"] else None,
        "article": found["article_title"],
        "article id": found["article"],
        "copy of": found["copy_of"],
        "publication": found["publication"],
        "published": found["published"],
        "url": found["url"],
        "read from": found["path"],
    }
    yield from _facts(facts, width, paint)
    if found["wordings"]:
        yield from ("", paint("Other wordings", "name"))
        if found["reported"]["text"] != found["content"]:
            yield paint("compared with the fullest one:", "quiet")
            yield from wrap(found["reported"]["text"], width, paint)
        for row in found["wordings"]:
            yield ""
            yield from _entry(row, width, paint)


def _facts(facts: Mapping[str, str | None], width: int, paint: Paint) -> Iterator[str]:
    left = max(len(name) for name in facts) + 2
    for name, value in facts.items():
        if value:
            label = name
            for line in wrap(value, width - left, paint):
                yield paint(f"{label:<{left}}", "quiet") + line
                label = ""


def _entry(row: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    """One quotation in two columns; quotation marks stand only around what is verbatim."""
    name = textwrap.wrap(clean(row["speaker_name"] or row["source"] or "no source"), LEFT)
    left = [(line, "name") for line in name] + [(f"{row['type']} {_percent(row['confidence'])}", "quiet")]
    content = row["content"]
    marks = [Mark("", "match", start, end) for start, end in _joined(content, row.get("matches", ()))]
    if row.get("difference", {}).get("kind") == "close":
        content, marks = compared(row["difference"]["pieces"])
    if row["type"] == "direct":
        content = f"“{content}”"
        marks = [Mark("", mark.role, mark.start + 1, mark.end + 1) for mark in marks]
    room = max(width - LEFT - 2, 20)
    right = wrap(content, room, paint, marks)
    where = " · ".join(filter(None, [row["published"], row["publication"], row["article_title"]]))
    copy = f"copy of {row['copy_of']}" if row["copy_of"] else ""
    lent = "speaker known from the same words elsewhere" if row["attribution"] == "statement" else ""
    for line in (f"via {row['via']}" if row["via"] else "", lent, where, copy, row["id"]):
        right += [paint(piece, "quiet") for piece in textwrap.wrap(clean(line), room)]
    yield from beside(left, right, paint)


def beside(left: Sequence[tuple[str, str]], right: Sequence[str], paint: Paint) -> Iterator[str]:
    """Two columns: texts of at most LEFT characters with their styles, and lines that are painted already."""
    for n in range(max(len(left), len(right))):
        text, style = left[n] if n < len(left) else ("", "quiet")
        end = right[n] if n < len(right) else ""
        yield (paint(text, style) + " " * (LEFT + 2 - len(text)) + end).rstrip()


def compared(pieces: Iterable[tuple[str, str]]) -> tuple[str, list[Mark]]:
    """A wording with what it leaves out, as one text, and marks where it differs (see ``wording.difference``)."""
    text, marks = "", []
    for op, piece in pieces:
        words = piece.strip()
        if op == "left_out" and len(words.split()) > SHOWN:
            words = f"… {len(words.split())} words left out …"
        elif op == "equal" or words == "…":
            text += piece
            continue
        if text and not text[-1].isspace():
            text += " "
        marks.append(Mark("", op, len(text), len(text) + len(words)))
        text += words + " "
    return text.strip(), marks


def reported(statement: Mapping[str, Any]) -> str:
    """How often and where a statement was reported, copies of one story counted once."""
    places = f"{count(statement['articles'], 'article')} of {count(statement['publications'], 'publication')}"
    first, last = statement["first_published"], statement["last_published"]
    when = f", {first}" + (f" to {last}" if last != first else "") if first else ""
    return f"{count(statement['variants'], 'time')} in {places}{when}"


def _joined(content: str, matches: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    """Matched words with only spaces or a hyphen between them as one match."""
    out: list[tuple[int, int]] = []
    for start, end in matches:
        if out and not content[out[-1][1] : start].strip(" \n-"):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def wrap(text: str, width: int, paint: Paint, marks: Sequence[Mark] = ()) -> list[str]:
    """Lines of at most ``width`` visible characters, where words allow, with the marks painted."""
    text = clean(text)
    lines: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", text):
        start, end = word.span()
        same_line = lines and "\n" not in text[lines[-1][1] : start]
        if same_line and end - lines[-1][0] <= width:
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((start, end))
    out = []
    for start, end in lines:
        moved = [Mark(mark.quote, mark.role, mark.start - start, mark.end - start) for mark in marks]
        pieces = segments(text[start:end], moved)
        out.append("".join(paint(p.text, p.marks[-1].role if p.marks else "plain") for p in pieces))
    return out


def clean(text: str) -> str:
    """A text as a terminal may show it: control characters, which could steer it, are replaced."""
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", lambda char: " " if char[0] in "\t\r" else "�", text)


def _percent(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.0%}"


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _csv_line(cells: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
