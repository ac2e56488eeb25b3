"""Cells of Datasette's own tables, for the tables that are ours."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from quotes.datasette import present
from quotes.store.certainty import DOUBT_THRESHOLD, SPEAKER_CONFIDENCE_SQL, is_corrected, is_doubtful
from quotes.text.plural import shortened
from quotes.text.sanitise import clean

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

TABLES = {"articles", "quotes", "speakers", "statements"}
TEXT_LENGTH = 160  # characters of an article's text shown in the articles table
CONTENT_LENGTH = 400  # characters of a quotation or a statement shown in a table
LABEL_LENGTH = 60  # characters of an article's title, or of a source, shown beside a quotation
NO_SPEAKER = Markup('<span class="doubtful">not found</span>')
BLANK = Markup("&nbsp;")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's page. Foreign keys may be expanded to dicts, columns left out by the reader.

    urls: Datasette's ``urls``. db: the database, as Datasette has it.
    """

    urls: Any
    db: "Database"
    value: Any
    row: Any

    def get(self, column: str) -> Any:
        """The value of another column of the row; None where it was left out."""
        return self.row[column] if column in self.row.keys() else None  # noqa: SIM118 (a sqlite3.Row)

    @property
    def key(self) -> Any:
        """The id of what the cell refers to: the value of a foreign key, expanded or not."""
        return self.value["value"] if isinstance(self.value, dict) else self.value

    @property
    def label(self) -> str:
        """What the cell refers to, for readers; "" when the foreign key is not expanded."""
        return str(self.value["label"] or self.value["value"]) if isinstance(self.value, dict) else ""

    def link(self, table: str, key: str, text: str, anchor: str = "") -> Markup:
        """A link to the page of a row, at the anchor."""
        address = self.urls.row(self.db.name, table, tilde_encode(key)) + (
            f"#{quote(anchor)}" if anchor else ""
        )
        return Markup('<a href="{}">{}</a>').format(address, clean(text))


async def render(urls: Any, db: "Database", table: str, column: str, value: Any, row: Any) -> Any:
    """What to show in a cell: HTML, text, or None to leave it to Datasette. ``row`` is the whole row."""
    renderer = RENDERERS.get((table, column))
    html = await renderer(Cell(urls, db, value, row)) if renderer else None
    if html is None and isinstance(value, str) and value != clean(value):
        return escape(clean(value))
    return html


async def quotation_content(cell: Cell) -> Any:
    """The quotation in its marks, with a link to its page."""
    key, type = cell.get("id"), cell.get("type")
    if cell.value is None or key is None or type is None:
        return None
    quote = {name: cell.get(name) for name in ("act", "asserted")} | {"content": cell.value, "type": type}
    shown = Markup('<a href="{}">{}</a>').format(
        cell.urls.row(cell.db.name, "quotes", tilde_encode(key)),
        present.said({**quote, "content": clean(cell.value)}, CONTENT_LENGTH),
    )
    return shown + Markup(' <strong class="unsaid">withdrawn</strong>') if cell.get("withdrawn") else shown


async def quotation_speaker(cell: Cell) -> Any:
    """The speaker, with a question mark where that is uncertain: never where a person decided."""
    names = ("attribution", "confidence")
    quote = {name: cell.get(name) for name in names} | {"speaker": cell.value}
    if cell.value is None:
        return "not known" if is_corrected(quote) else NO_SPEAKER
    if None in quote.values():  # columns were left out
        return _speaker(cell, await _is_doubtful(cell, "id"))
    return _speaker(cell, is_doubtful(quote | {"speaker_confidence": cell.get("speaker_confidence")}))


async def statement_speaker(cell: Cell) -> Any:
    """The speaker, with a question mark where no quotation of the statement is sure of it."""
    return NO_SPEAKER if cell.value is None else _speaker(cell, await _is_doubtful(cell, "statement"))


async def article_of_quotation(cell: Cell) -> Any:
    """The article's title, with a link to the quotation's place in it."""
    if not cell.label:
        return None
    return cell.link("articles", cell.key, shortened(cell.label, LABEL_LENGTH), cell.get("id") or "")


async def source(cell: Cell) -> Any:
    """The beginning of the source."""
    return clean(shortened(cell.value, LABEL_LENGTH)) if cell.value else None


async def statement_of_quotation(cell: Cell) -> Any:
    """A link to the statement, which has no better name than that."""
    return cell.link("statements", cell.key, "statement") if cell.value else None


async def confidence(cell: Cell) -> Any:
    """A percentage; that a person decided, where one did."""
    if cell.value is None:
        return None
    if is_corrected({"attribution": cell.get("attribution")}):
        return "corrected"
    low = " doubtful" if cell.value < DOUBT_THRESHOLD else ""
    return Markup('<span class="number{}">{}</span>').format(low, present.percent(cell.value))


async def thought(cell: Cell) -> Any:
    """A word instead of 1, nothing instead of 0."""
    return None if cell.value is None else "thought" if cell.value else BLANK


async def statement_text(cell: Cell) -> Any:
    """The beginning of the statement, with a link to its page."""
    if not cell.value or cell.get("id") is None:
        return None
    return cell.link("statements", cell.get("id"), shortened(cell.value, CONTENT_LENGTH))


async def speaker_name(cell: Cell) -> Any:
    """The name, with a link to the speaker's page."""
    return cell.link("speakers", cell.get("id"), cell.value) if cell.value and cell.get("id") else None


async def speaker_aliases(cell: Cell) -> Any:
    """The names in a line instead of a JSON list."""
    return (clean(", ".join(aliases(cell.value))) or BLANK) if cell.value else None


async def article_title(cell: Cell) -> Any:
    """The title, with a link to the article's page."""
    return cell.link("articles", cell.get("id"), cell.value) if cell.value and cell.get("id") else None


async def article_text(cell: Cell) -> Any:
    """The beginning of the text."""
    return clean(shortened(cell.value, TEXT_LENGTH)) if cell.value else None


async def address(cell: Cell) -> Any:
    """A link to the publisher's page, if the address is safe to follow."""
    if not cell.value:
        return None
    url = present.safe_url(cell.value)
    return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(url) if url else clean(cell.value)


RENDERERS: dict[tuple[str, str], Callable[[Cell], Awaitable[Any]]] = {
    ("quotes", "content"): quotation_content,
    ("quotes", "speaker"): quotation_speaker,
    ("quotes", "article"): article_of_quotation,
    ("quotes", "source"): source,
    ("quotes", "statement"): statement_of_quotation,
    ("quotes", "confidence"): confidence,
    ("quotes", "speaker_confidence"): confidence,
    ("quotes", "thought"): thought,
    ("statements", "speaker"): statement_speaker,
    ("statements", "text"): statement_text,
    ("speakers", "name"): speaker_name,
    ("speakers", "aliases"): speaker_aliases,
    ("articles", "title"): article_title,
    ("articles", "text"): article_text,
    ("articles", "url"): address,
}


def _speaker(cell: Cell, doubtful: bool) -> Markup | None:
    """A link to the speaker's page; None for a foreign key that is not expanded."""
    if not cell.label or cell.get("id") is None:
        return None
    name = cell.link("speakers", cell.key, cell.label)
    return Markup('<span class="doubtful">{}?</span>').format(name) if doubtful else name


async def _is_doubtful(cell: Cell, column: str) -> bool:
    """Whether the speaker of the surest quotation whose ``column`` is the id of the row is uncertain."""
    sql = f"select max({SPEAKER_CONFIDENCE_SQL}) from quotes where {column} = ?"
    [(confidence,)] = (await cell.db.execute(sql, [cell.get("id")])).rows
    return (confidence or 0) < DOUBT_THRESHOLD


def aliases(value: str | None) -> list[str]:
    """A JSON list of names, cleaned for display, or nothing when it is something else."""
    try:
        names = json.loads(value or "[]")
    except ValueError:
        return []
    return [clean(str(name)) for name in names] if isinstance(names, list) else []
