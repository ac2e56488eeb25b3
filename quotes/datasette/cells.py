"""Cells of Datasette's own tables, for the tables that are ours."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from quotes.datasette import present

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

TABLES = {"articles", "quotes", "speakers", "statements"}
ARTICLE = 160  # characters of an article's text shown in the articles table
CONTENT = 400  # characters of a quotation or a statement shown in a table
LABEL = 60  # characters of an article's title, or of a source, shown beside a quotation


async def render(urls: Any, db: "Database", table: str, column: str, value: Any, row: Any) -> Any:
    """What to show in a cell: HTML, text, or None to leave it to Datasette.

    urls: Datasette's ``urls``. db: the database, as Datasette has it. row: the whole row, as the table page has
    it (foreign keys may be expanded to dicts, columns may have been left out by the reader).
    """
    have = set(row.keys())

    def link(to: str, key: str, text: str, *, at: str = "") -> Markup:
        anchor = f"#{quote(at)}" if at else ""
        return Markup('<a href="{}{}">{}</a>').format(
            urls.row(db.name, to, tilde_encode(key)), anchor, present.clean(text)
        )

    def who(value: dict[str, Any], doubt: bool) -> Markup:
        name = link("speakers", value["value"], str(value["label"]))
        return Markup('<span class="doubtful">{}?</span>').format(name) if doubt else name

    if table == "quotes":
        if column == "content" and {"id", "type"} <= have and value is not None:
            return link(
                "quotes", row["id"], present.with_quote_marks(present.shortened(value, CONTENT), row["type"])
            )
        if column == "speaker" and value is None:
            return Markup('<span class="doubtful">not found</span>')
        if column == "speaker" and isinstance(value, dict) and "id" in have:
            known = "confidence" in have
            sure = row["confidence"] if known else await _confidence(db, "id", row["id"])
            return who(value, (sure or 0) < present.DOUBTFUL)
        if column == "article" and isinstance(value, dict):
            title = present.shortened(str(value["label"] or value["value"]), LABEL)
            return link("articles", value["value"], title, at=row["id"] if "id" in have else "")
        if column == "source" and value:
            return present.clean(present.shortened(value, LABEL))
        if column == "statement" and value:
            return link("statements", value["value"] if isinstance(value, dict) else value, "statement")
        if column == "confidence" and value is not None:
            low = " doubtful" if value < present.DOUBTFUL else ""
            return Markup('<span class="number{}">{}</span>').format(low, present.percent(value))
        if column == "thought" and value is not None:
            return "thought" if value else Markup("&nbsp;")
    if table == "statements" and column == "speaker" and isinstance(value, dict) and "id" in have:
        return who(value, await _confidence(db, "statement", row["id"]) < present.DOUBTFUL)
    if table == "statements" and column == "speaker" and value is None:
        return Markup('<span class="doubtful">not found</span>')
    if table == "statements" and column == "text" and value and "id" in have:
        return link("statements", row["id"], present.shortened(value, CONTENT))
    if table == "speakers" and column == "name" and value and "id" in have:
        return link("speakers", row["id"], value)
    if table == "speakers" and column == "aliases" and value:
        return present.clean(", ".join(aliases(value))) or Markup("&nbsp;")
    if table == "articles" and column == "title" and value and "id" in have:
        return link("articles", row["id"], value)
    if table == "articles" and column == "text" and value:
        return present.clean(present.shortened(value, ARTICLE))
    if column == "url" and value:
        address = present.safe_url(value)
        if not address:
            return present.clean(value)
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, address)
    if isinstance(value, str) and value != present.clean(value):
        return escape(present.clean(value))
    return None


async def _confidence(db: "Database", column: str, key: str) -> float:
    """The confidence of the surest quotation whose ``column`` is ``key``."""
    found = await db.execute(f"select max(confidence) from quotes where {column} = ?", [key])
    return found.rows[0][0] or 0


def aliases(value: str | None) -> list[str]:
    """A JSON list of names, cleaned for display, or nothing when it is something else."""
    try:
        names = json.loads(value or "[]")
    except ValueError:
        return []
    return [present.clean(str(name)) for name in names] if isinstance(names, list) else []
