"""The article of a quotation as a reference, in the three styles that newsrooms and universities ask for.

The names of authors stay as the article has them: turning "Ida Lunde" round takes knowing which is the family name.
"""

from datetime import date
from typing import Any

from markupsafe import Markup

from quotes.text.dates import parse_date

_SHORT = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def citations(article: dict[str, Any], address: str) -> list[tuple[str, Markup]]:
    """Pairs of a style and the reference.

    article: ``title``, ``author``, ``publication``, ``published``. address: of the publisher's page, or else of ours.
    """
    title = article["title"] or "Untitled article"
    if title.endswith(".") and not title.endswith(".."):  # each style sets its own stop
        title = title[:-1]
    author, paper = article["author"] or "", article["publication"] or ""
    when = parse_date(article["published"] or "")
    return [
        ("APA", _apa(author, title, paper, when, address)),
        ("Chicago", _chicago(author, title, paper, when, address)),
        ("MLA", _mla(author, title, paper, when, address)),
    ]


def _apa(author: str, title: str, paper: str, when: tuple[int, ...] | None, address: str) -> Markup:
    """Publication Manual of the American Psychological Association, 7th edition: news articles."""
    day = "n.d."
    if when:
        month = f", {_month(when)}" if len(when) > 1 else ""
        day = f"{when[0]}{month}{f' {when[2]}' if len(when) > 2 else ''}"
    first, second = (author, f"({day}). {_stopped(title)}") if author else (title, f"({day}).")
    return _joined([_stopped(first), second, _italic(paper, "."), address])


def _chicago(author: str, title: str, paper: str, when: tuple[int, ...] | None, address: str) -> Markup:
    """The Chicago Manual of Style, 17th edition: a note."""
    day = ""
    if when:
        day = {1: f"{when[0]}", 2: f"{_month(when)} {when[0]}"}.get(
            len(when), f"{_month(when)} {when[-1]}, {when[0]}"
        )
    comma = "" if title[-1:] in "?!…" else ","
    named = _italic(paper, "," if day or address else "")
    return _joined(
        [f"{author}," if author else "", f"“{title}{comma}”", named, f"{day}," if day else "", f"{address}."]
    )


def _mla(author: str, title: str, paper: str, when: tuple[int, ...] | None, address: str) -> Markup:
    """MLA Handbook, 9th edition."""
    day = ""
    if when:
        month = f"{_SHORT[when[1] - 1]} " if len(when) > 1 else ""
        day = f"{f'{when[2]} ' if len(when) > 2 else ''}{month}{when[0]}"
    stop = "" if title[-1:] in "?!.…" else "."
    return _joined(
        [
            _stopped(author) if author else "",
            f"“{title}{stop}”",
            _italic(paper, ","),
            f"{day}," if day else "",
            f"{address}.",
        ]
    )


def _month(when: tuple[int, ...]) -> str:
    return date(2000, when[1], 1).strftime("%B") if len(when) > 1 else ""


def _stopped(text: str) -> str:
    return text if text[-1:] in ".?!…" else f"{text}."


def _italic(paper: str, after: str) -> Markup | str:
    return Markup("<cite>{}</cite>{}").format(paper, after) if paper else ""


def _joined(parts: list[str | Markup]) -> Markup:
    return Markup(" ").join(part for part in parts if part)
