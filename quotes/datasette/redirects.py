"""Addresses of pages from before articles had the ids of now lead to where the pages are."""

from typing import TYPE_CHECKING, Any

from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import NotFound, Response

from quotes.datasette.fetch import fetch_rows

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.app import Datasette
    from datasette.database import Database

TABLES = ("articles", "quotes", "statements", "speakers")  # whose ids are, or begin or end with, an article's
# A statement has the id of one of its quotations, and another of them may have given it its id since
STATEMENT = "select statement as id from quotes where id = :id and statement is not null"
FORMER_QUOTATION = "select article as id from former_quotes where id = :id"


async def redirect(datasette: "Datasette", request: Any, exception: Exception) -> Response | None:
    """The page that a row has now which is not found under its former id; None for all else that is not found."""
    asked = (request.scope.get("url_route") or {}).get("kwargs") or {} if request else {}
    if not isinstance(exception, NotFound) or asked.get("table") not in TABLES or "pks" not in asked:
        return None
    try:
        db = datasette.get_database(route=tilde_decode(asked["database"]))
    except KeyError:
        return None
    if not {"former_ids", "former_quotes"} <= set(await db.table_names()):
        return None
    table, ident = asked["table"], tilde_decode(asked["pks"])
    found = await _current(db, table, ident)
    if found is None:
        return None
    where = datasette.urls.row(db.name, found[0], tilde_encode(found[1]), format=asked.get("format"))
    return Response.redirect(where, status=301)


async def _current(db: "Database", table: str, ident: str) -> tuple[str, str] | None:
    """Table and id of what had this id; the article of a quotation that no longer stands in it."""
    now = await _current_id(db, ident)
    if table == "quotes" and (rows := await fetch_rows(db, FORMER_QUOTATION, id=now or ident)):
        return "articles", rows[0]["id"]
    if table == "statements" and (rows := await fetch_rows(db, STATEMENT, id=now or ident)):
        return (table, rows[0]["id"]) if rows[0]["id"] != ident else None
    if now and await fetch_rows(db, f"select 1 from {table} where id = :id", id=now):
        return table, now
    return None


async def _current_id(db: "Database", ident: str) -> str | None:
    article, _, end = ident.rpartition("-")
    name, _, local = ident.rpartition("_")
    for former, before, after in ((ident, "", ""), (article, "", f"-{end}"), (local, f"{name}_", "")):
        rows = await fetch_rows(db, "select article from former_ids where id = :id", id=former)
        if rows:
            return f"{before}{rows[0]['article']}{after}"
    return None
