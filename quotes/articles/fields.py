"""Rows and objects of other programs -> articles: which of their names means the text, the title, the day.

What scrapers, feeds, spreadsheets and content systems call things is looked up in order; what a user says with
``columns`` comes first. How a file was understood is told once.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quotes.articles.cells import ENTITY, WHOLE_PAGE, clean_cell
from quotes.articles.options import FIELDS
from quotes.articles.source import Fields, Source, merged
from quotes.articles.wire_json import is_ninjs, ninjs_article
from quotes.errors import Unreadable
from quotes.types import Article, Failure

# Names without case, spaces and signs, the likeliest first
NAMES: dict[str, tuple[str, ...]] = {
    "text": tuple(
        "text body content maintext plaintext articletext articlebody fulltext bodytext contenttext cleanedtext "
        "maincontent articlecontent story storytext article transcript rawtext contenthtml bodyhtml html rawhtml "
        "articlehtml paragraphs value".split()
    ),
    "title": tuple("title headline headlines webtitle articletitle head heading name subject".split()),
    "published": tuple(
        "published datepublish publishdate datepublished publisheddate publicationdate publishedat publishedon pubdate "
        "date datetime publishedtime firstpublished webpublicationdate articledate versioncreated firstcreated "
        "timestamp day".split()
    ),
    "url": tuple(
        "canonicalurl canonical url link articleurl sourceurl requestedurl weburl permalink href uri source".split()
    ),
    "publication": tuple(
        "publication publicationname publisher source sourcename sitename site newspaper outlet medianame media "
        "sourcehostname hostname sourcedomain domain provider newsagency copyrightholder".split()
    ),
    "author": tuple("author authors byline bylines creator writer reporter journalist".split()),
    "id": tuple("id articleid storyid storiesid docid documentid guid uuid uid key".split()),
}
HTML_NAMES = frozenset("contenthtml bodyhtml html rawhtml articlehtml".split())
CONTAINERS = (
    "articles items results data docs documents stories entries records rows hits response news".split()
)
INNER_NAMES = ("name", "title", "rendered", "$date", "$oid", "$numberLong")  # of an object that is one value
CUT = re.compile(r"(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")  # what a news API leaves of a text


def plain(name: str) -> str:
    """A name without case, spaces and signs: "Pub_Date" and "pubDate" are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


@dataclass(slots=True)
class Columns:
    """How the names of one table or file are understood, told once."""

    source: Source
    told: set[str] = field(default_factory=set)
    unknown: dict[str, None] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if strange := set(self.source.options.columns) - set(FIELDS):
            raise Unreadable(f"there is no field {sorted(strange)[0]!r}; there are {', '.join(FIELDS)}")

    def fields(self, row: Mapping[str, Any]) -> Fields:
        """The fields of an article in a row. Raises Unreadable where it has no text, with the names that it has."""
        known = {plain(name): name for name in reversed(list(row)) if isinstance(name, str)}
        used: dict[str, str] = {}
        for wanted, names in NAMES.items():
            if chosen := self.source.options.columns.get(wanted):
                name = chosen if chosen in row else known.get(plain(chosen))
                if name is None:
                    raise Unreadable(f"has no {chosen!r}, only {_listed(row)}")
                used[wanted] = name
                continue
            for candidate in names:
                name = known.get(candidate)
                if name is not None and name not in used.values() and _fits(wanted, candidate, row[name]):
                    used[wanted] = name
                    break
        self._tell(used, row)
        values = {wanted: _value(wanted, row[name]) for wanted, name in used.items()}
        if "text" not in used:
            self.used.update(name for name in row if isinstance(name, str) and plain(name) in NAMES["text"])
            raise Unreadable(_without_text(row, values, known))
        if plain(used["text"]) in HTML_NAMES and "<p" not in (values["text"] or ""):
            values["text"] = f"<p>{values['text']}</p>"
        return values

    def _tell(self, used: Mapping[str, str], row: Mapping[str, Any]) -> None:
        self.used.update(used.values())
        pairs = [f"{wanted} = {name}" for wanted, name in used.items() if name != wanted]
        new = [pair for pair in pairs if pair not in self.told]
        if new:
            self.told.update(new)
            self.source.notes.once(f"{self.source.path}: {', '.join(new)}")
        for name in row:
            if isinstance(name, str) and name and name not in used.values():
                self.unknown.setdefault(name)

    def tell_unknown(self) -> None:
        """Tell the names that nothing was taken from, once all rows are read."""
        if unknown := [name for name in self.unknown if name not in self.used]:
            self.source.notes.once(f"{self.source.path}: not used: {_listed(unknown)}")


def articles(
    source: Source, rows: Iterable[tuple[int, Any]], *, table: str | None = None
) -> Iterator[Article | Failure]:
    """The articles of rows, each with its place in the file. An Unreadable among them is a failure at its place."""
    columns = Columns(source)
    empty = True
    for place, row in rows:
        empty = False
        if isinstance(row, Unreadable):
            yield source.failure(str(row), place)
        else:
            yield of_row(source, row, place, columns, table=table)
    columns.tell_unknown()
    if empty:
        raise Unreadable("is empty")


def of_row(
    source: Source, row: Any, place: int | None, columns: Columns, *, table: str | None = None
) -> Article | Failure:
    """The article of one row or JSON object."""
    if not isinstance(row, dict):
        return source.failure('expected an object such as {"text": "...", "title": "..."}', place)
    if isinstance(row.get("_source"), dict):  # of Elasticsearch
        row = {"_id": row.get("_id"), **row["_source"]}
    row = _flat(row)
    if is_ninjs(row):
        return ninjs_article(source, row, place)
    try:
        fields = columns.fields(row)
        text = fields.pop("text") or ""
        key = fields.pop("id", None)
        if CUT.search(text):
            raise Unreadable(f"is cut: the service gives only the beginning of the text. {_whole(fields)}")
        if WHOLE_PAGE.match(text):
            return _of_page(source, text, fields, place, key, table)
        return source.article(clean_cell(text), fields, place=place, key=key, table=table)
    except Unreadable as error:
        return source.failure(str(error), place)


def _of_page(
    source: Source, page: str, fields: Fields, place: int | None, key: str | None, table: str | None
) -> Article | Failure:
    """The article of a row whose text is a whole page; what the row says goes over what the page says."""
    from quotes.articles.html_pages import read_page

    found = merged(fields, read_page(page))
    return source.article(found.pop("text") or "", found, place=place, key=key, table=table)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row with what stands in an object of it, where the text is there: ``{"webTitle": ..., "fields": {...}}``."""
    if _has_text(row):
        return row
    inner = [value for value in row.values() if isinstance(value, dict) and _has_text(value)]
    return {**inner[0], **row} if len(inner) == 1 and not is_ninjs(row) else row


def _has_text(row: Mapping[Any, Any]) -> bool:
    return any(isinstance(name, str) and plain(name) in NAMES["text"] for name in row)


def rows_of(whole: Any) -> list[Any] | None:
    """The objects of a JSON document: itself, its list, or the list that services wrap in an object."""
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict):
        return None
    if any(isinstance(whole.get(name), str) for name in whole if plain(name) in NAMES["text"]):
        return [whole]
    for name in CONTAINERS:
        inner = whole.get(name)
        if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            return inner
        if isinstance(inner, dict) and (rows := rows_of(inner)) and rows != [inner]:
            return rows
    return [whole]


# the values of fields


def _fits(wanted: str, name: str, value: Any) -> bool:
    """Whether a value may be what is wanted: "source" is an address with one program, a name with another."""
    if value is None or value == "" or value == [] or value == {}:
        return False
    is_address = isinstance(value, str) and re.match(r"https?://\S+$", value.strip()) is not None
    if wanted == "url":
        return is_address or (name != "source" and not isinstance(value, dict | list))
    if wanted == "publication":
        return not is_address
    if wanted == "text":
        return _written(value) is not None and not is_address
    return True


def _written(value: Any) -> str | None:
    """A text as a string: its paragraphs where they are a list, the HTML of WordPress's ``{"rendered": ...}``."""
    if isinstance(value, dict):
        value = value.get("rendered")
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else None


def _value(wanted: str, value: Any) -> str | None:
    """A value as a string: lists of authors joined, dates of MongoDB unwrapped. Raises Unreadable where it is none."""
    if value is None:
        return None
    if wanted == "text":
        if (text := _written(value)) is None:
            raise Unreadable('"text" is not a string')
        return text
    if isinstance(value, dict):
        value = next((value[name] for name in INNER_NAMES if name in value), None)
        return _value(wanted, value)
    if isinstance(value, list | tuple | set):
        parts = [part for item in value if (part := _value(wanted, item))]
        return ", ".join(dict.fromkeys(parts)) if wanted == "author" else parts[0] if parts else None
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    # a list that was written into a cell
    if wanted == "author" and text.startswith("[") and text.endswith("]"):
        quoted = [match[2] for match in re.finditer(r"""(['"])(.+?)\1""", text)]
        text = ", ".join(quoted) or text.strip("[]").strip()
    if text.lower() in ("nan", "none", "null", "nat", "n/a") and wanted != "title":
        return None
    return html.unescape(text) if ENTITY.search(text) else text


def _without_text(row: Mapping[str, Any], values: Mapping[str, str | None], known: Mapping[str, str]) -> str:
    for name in NAMES["text"]:
        if name in known and row[known[name]] not in (None, ""):
            return f'"{known[name]}" is not a string'
        if name in known:
            return f'has no "{known[name]}"' if row[known[name]] is None else "is empty"
    if values.get("url"):
        return (
            f'has an address and no "text", only {_listed(row)}. Save the pages, and read those: '
            "trafilatura -i ADDRESSES.txt -o pages/ --backup-dir html/"
        )
    return f'has no "text", only {_listed(row)}. Say which it is: --column text=NAME'


def _whole(fields: Mapping[str, str | None]) -> str:
    return f"Save the page itself: {fields['url']}" if fields.get("url") else "Save the page itself"


def _listed(names: Iterable[Any]) -> str:
    shown = [str(name) for name in names]
    more = f" and {len(shown) - 12} more" if len(shown) > 12 else ""
    return ", ".join(shown[:12]) + more if shown else "nothing"
