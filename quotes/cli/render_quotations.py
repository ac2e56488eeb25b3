"""One quotation, or one statement with its wordings, in two columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quotes.cli.terminal import Paint, beside, quiet, room, wrap
from quotes.store.certainty import act_label, certainty, decision, is_corrected, is_doubtful, is_unsaid
from quotes.text.highlight import Highlight
from quotes.text.normalise import fold
from quotes.text.plural import count, shortened
from quotes.text.word_diff import LEFT_OUT_WORDS_SHOWN

WORDINGS_SHOWN = 3  # of a statement that are listed below the one that was found first
MIN_TITLE_LENGTH = 24  # characters of a title that are shown at least
EDGE_PUNCTUATION = " .,;:!?…\"'“”‘’"  # no difference between two wordings


def render_statement(
    group: Mapping[str, Any], *, width: int, paint: Paint, dated: bool = False
) -> Iterator[str]:
    """Lines for a statement as ``search_statements`` returns it: a quotation, and its other wordings in short.

    ``dated``: with the date on the left, for a list by one speaker; else with the speaker.
    """
    wordings: dict[str, list[Mapping[str, Any]]] = {}
    for row in group["quotations"]:
        wordings.setdefault(_plain(row), []).append(row)
    head, *others = map(_first, wordings.values())
    below = []
    if group.get("variants") and group["variants"] > 1:
        below += quiet(f"reported {reported(group)}", room(width), paint)
    for row in others[:WORDINGS_SHOWN]:
        below += _wording(row, room(width), paint)
    if len(others) > WORDINGS_SHOWN:
        below += quiet(f"– {len(others) - WORDINGS_SHOWN:,} more: quotes show", room(width), paint)
    yield from render_quotation(head, width=width, paint=paint, dated=dated, below=below)


def render_quotation(
    row: Mapping[str, Any],
    *,
    width: int,
    paint: Paint,
    dated: bool = False,
    placed: bool = True,
    below: Sequence[str] = (),
) -> Iterator[str]:
    """Lines for one quotation. ``placed``: with its article; ``below``: painted lines that follow that."""
    if dated:
        left = [(row["published"], "name")] if row["published"] else [("undated", "quiet")]
    else:
        left = [(_name(row), "name" if row["speaker_name"] else "quiet")]
    confidence = "" if is_corrected(row) else f" {certainty(row):.0%}"
    left.append((f"{row['type']}{confidence}", "quiet"))
    same = row.get("difference", {}).get("kind") == "same"
    right = quiet("the same words", room(width), paint) if same else _content(row, room(width), paint)
    for line in (
        f"via {row['via']}" if row["via"] else "",
        decision(row),
        "speaker known from the same words elsewhere" if row["attribution"] == "statement" else "",
        _place(row, room(width), dated=dated) if placed else "",
        f"copy of {row['copy_of']}" if row["copy_of"] else "",
        "withdrawn: its article was taken back" if row["withdrawn"] else "",
    ):
        right += quiet(line, room(width), paint)
    yield from beside(left, [*right, *below], row["id"], width=width, paint=paint)


def quoted(content: str, type: str, marks: Sequence[Highlight] = ()) -> tuple[str, list[Highlight]]:
    """A content and marks on it, in quotation marks when all of it is verbatim."""
    if type != "direct":
        return content, list(marks)
    return f"“{content}”", [Highlight("", mark.role, mark.start + 1, mark.end + 1) for mark in marks]


def labelled(row: Mapping[str, Any], text: str, marks: Sequence[Highlight]) -> tuple[str, list[Highlight]]:
    """A content with what was done with it before it: "denies: any involvement", "did not say: “we will close”"."""
    if not (label := act_label(row)):
        return text, list(marks)
    shift = len(label) + 2
    moved = [Highlight("", mark.role, mark.start + shift, mark.end + shift) for mark in marks]
    return f"{label}: {text}", [Highlight("", "unsaid" if is_unsaid(row) else "quiet", 0, shift - 1), *moved]


def difference_text(pieces: Iterable[tuple[str, str]]) -> tuple[str, list[Highlight]]:
    """A wording with what it leaves out, as one text, and marks where it differs (see ``word_diff.diff``)."""
    text, marks = "", []
    for op, piece in pieces:
        words = piece.strip()
        if op == "left_out" and len(words.split()) > LEFT_OUT_WORDS_SHOWN:
            words = f"… {len(words.split())} words left out …"
        elif op == "equal" or words == "…":
            text += piece
            continue
        if text and not text[-1].isspace():
            text += " "
        marks.append(Highlight("", op, len(text), len(text) + len(words)))
        text += words + " "
    return text.strip(), marks


def reported(statement: Mapping[str, Any]) -> str:
    """How often and where a statement was reported, copies of one story counted once."""
    places = count(statement["articles"], "article")
    if statement["publications"]:  # known for all of them
        places += f" of {count(statement['publications'], 'publication')}"
    first, last = statement["first_published"], statement["last_published"]
    when = f", {first}" + (f" to {last}" if last != first else "") if first else ""
    return f"{count(statement['variants'], 'time')} in {places}{when}"


def _name(row: Mapping[str, Any]) -> str:
    """The speaker, with a question mark where that is uncertain; else the source as the text has it."""
    if row["speaker_name"]:
        return str(row["speaker_name"]) + (" ?" if is_doubtful(row) else "")
    if is_corrected(row):
        return "not known"
    return f"{row['source']} (open)" if row["source"] else "no source"


def _content(row: Mapping[str, Any], width: int, paint: Paint) -> list[str]:
    content, marks = row["content"], _matches(row)
    if row.get("difference", {}).get("kind") == "close":
        content, marks = difference_text(row["difference"]["pieces"])
    text, marks = labelled(row, *quoted(content, row["type"], marks))
    return wrap(text, width, paint, marks)


def _wording(row: Mapping[str, Any], width: int, paint: Paint) -> list[str]:
    """Another wording in a line or two: what is around the first match, and where it is from."""
    where = ", ".join(filter(None, [row["published"], row["publication"]]))
    content, marks = _around(row["content"], _matches(row), max(2 * width - len(where) - 12, width // 2))
    text, marks = labelled(row, *quoted(content, row["type"], marks))
    marks = [*marks, Highlight("", "quiet", len(text), len(text) + len(where) + 3)]
    lines = wrap(f"{text} · {where}" if where else text, width - 2, paint, marks)
    return [("– " if n == 0 else "  ") + line for n, line in enumerate(lines)]


def _around(content: str, matches: Sequence[Highlight], size: int) -> tuple[str, list[Highlight]]:
    """About ``size`` characters of a content, so that the first match is among them, and the marks on them."""
    text = "".join(" " if char.isspace() else char for char in content)
    first = matches[0].start if matches else 0
    start = max(0, min(first - size // 3, len(text) - size))
    if 0 < start < first and (space := text.find(" ", start, first)) >= 0:
        start = space + 1
    end = start + size
    end = max(text.rfind(" ", start + size // 2, end), start + size // 2) if end < len(text) else len(text)
    lead = "…" if start else ""
    moved = [Highlight("", m.role, m.start - start + len(lead), m.end - start + len(lead)) for m in matches]
    tail = "…" if end < len(text) else ""
    return lead + text[start:end] + tail, [mark for mark in moved if mark.end <= end - start + len(lead)]


def _place(row: Mapping[str, Any], width: int, *, dated: bool) -> str:
    """Where a quotation stands, in one line if that leaves enough of the title."""
    parts = [part for part in ("" if dated else row["published"], row["publication"]) if part]
    left = width - len(" · ".join([*parts, ""]))
    return " · ".join(
        filter(None, [*parts, shortened(row["article_title"] or "", max(left, MIN_TITLE_LENGTH))])
    )


def _matches(row: Mapping[str, Any]) -> list[Highlight]:
    """Matched words, those with only spaces or a hyphen between them as one match."""
    out: list[Highlight] = []
    for start, end in row.get("matches", ()):
        if out and not row["content"][out[-1].end : start].strip(" \n-"):
            out[-1] = Highlight("", "match", out[-1].start, end)
        else:
            out.append(Highlight("", "match", start, end))
    return out


def _first(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Of quotations in the same words, the one that is no copy and came first."""
    return min(rows, key=lambda row: (row["copy_of"] is not None, row["published"] or "9", row["id"]))


def _plain(row: Mapping[str, Any]) -> str:
    """A content as far as it makes a wording of its own."""
    return fold(row["content"]).strip(EDGE_PUNCTUATION)
