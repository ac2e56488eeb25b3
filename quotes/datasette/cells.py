"""Cells of Datasette's own tables, for the tables that are ours."""

import json
from typing import Any

from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from quotes.datasette import show

TABLES = {"articles", "quotes", "speakers", "statements"}
ARTICLE = 160  # characters of an article's text shown in the articles table
CONTENT = 400  # characters of a quotation or a statement shown in a table
LABEL = 60  # characters of an article's title, or of a source, shown beside a quotation


def render(urls: Any, database: str, table: str, column: str, value: Any, row: Any) -> Any:
    """What to show in a cell: HTML, text, or None to leave it to Datasette.

    urls: Datasette's ``urls``. row: the whole row, as the table page has it (foreign keys may be
    expanded to dicts, columns may have been left out by the reader).
    """
    have = set(row.keys())

    def link(to: str, key: str, text: str) -> Markup:
        return Markup('<a href="{}">{}</a>').format(
            urls.row(database, to, tilde_encode(key)), show.clean(text)
        )

    if table == "quotes":
        if column == "content" and {"id", "type"} <= have and value is not None:
            return link("quotes", row["id"], show.wear(show.excerpt(value, CONTENT), row["type"]))
        if column == "speaker" and value is None:
            return Markup('<span class="doubtful">not found</span>')
        if column == "speaker" and isinstance(value, dict) and "confidence" in have:
            doubt = row["confidence"] is None or row["confidence"] < show.DOUBTFUL
            name = link("speakers", value["value"], str(value["label"]))
            return Markup('<span class="doubtful">{}?</span>').format(name) if doubt else name
        if column == "article" and isinstance(value, dict):
            return link(
                "articles", value["value"], show.excerpt(str(value["label"] or value["value"]), LABEL)
            )
        if column == "source" and value:
            return show.clean(show.excerpt(value, LABEL))
        if column == "statement" and value:
            return link("statements", value["value"] if isinstance(value, dict) else value, "statement")
        if column == "confidence" and value is not None:
            low = " doubtful" if value < show.DOUBTFUL else ""
            return Markup('<span class="number{}">{}</span>').format(low, show.percent(value))
        if column == "thought" and value is not None:
            return "thought" if value else Markup("&nbsp;")
    if table == "statements" and column == "speaker" and isinstance(value, dict):
        return link("speakers", value["value"], str(value["label"]))
    if table == "statements" and column == "text" and value and "id" in have:
        return link("statements", row["id"], show.excerpt(value, CONTENT))
    if table == "speakers" and column == "name" and value and "id" in have:
        return link("speakers", row["id"], value)
    if table == "speakers" and column == "aliases" and value:
        return show.clean(", ".join(aliases(value))) or Markup("&nbsp;")
    if table == "articles" and column == "title" and value and "id" in have:
        return link("articles", row["id"], value)
    if table == "articles" and column == "text" and value:
        return show.clean(show.excerpt(value, ARTICLE))
    if column == "url" and value:
        address = show.safe_url(value)
        if not address:
            return show.clean(value)
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, address)
    if isinstance(value, str) and value != show.clean(value):
        return escape(show.clean(value))
    return None


def aliases(value: str | None) -> list[str]:
    """A JSON list of names, or nothing when it is something else."""
    try:
        names = json.loads(value or "[]")
    except ValueError:
        return []
    return [str(name) for name in names] if isinstance(names, list) else []
