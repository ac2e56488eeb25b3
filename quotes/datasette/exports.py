"""What is answered in other forms than a page: feeds, and the result of a search as CSV."""

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from quotes.datasette import feeds, search_page
from quotes.datasette.fetch import fetch_rows
from quotes.datasette.links import Links
from quotes.datasette.take_along import site_name
from quotes.store.search_sql import QUOTATION_JOINS
from quotes.text.sanitise import clean

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.app import Datasette

CSV_ROWS = 10_000  # of a search, at most: the best, or the newest
CSV_COLUMNS = {
    "id": "quotes.id",
    "content": "quotes.content",
    "speaker": "speakers.name",
    "speaker_id": "quotes.speaker",
    "description": "speakers.description",
    "type": "quotes.type",
    "act": "quotes.act",
    "asserted": "quotes.asserted",
    "confidence": "quotes.confidence",
    "speaker_confidence": "quotes.speaker_confidence",
    "via": "quotes.via",
    "published": "quotes.published",
    "publication": "quotes.publication",
    "headline": "articles.title",
    "article_id": "quotes.article",
    "url": "articles.url",
    "copy_of": "articles.copy_of",
    "statement": "quotes.statement",
    "corrected_by": "corrections.by",
}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


async def feed(datasette: "Datasette", request: Any, database: str) -> Response:
    """The feed of a speaker, a statement or a publication. Raises NotFound where there is none."""
    links = Links(datasette.urls, database)
    load = feeds.FEEDS[request.url_vars["kind"]]
    found = await load(datasette.databases[database], links, tilde_decode(request.url_vars["key"]))
    if found is None:
        raise NotFound("Nothing of that name")
    return _atom(datasette, request, links, found)


async def search_feed(datasette: "Datasette", request: Any, database: str) -> Response:
    """The newest quotations that a search finds."""
    db, links = datasette.databases[database], Links(datasette.urls, database)
    asked = search_page.Asked.of(request.args)
    search = await search_page.prepare(db, asked)
    newest = replace(asked, sort="newest")
    idents = await search_page.found(db, search, newest, feeds.ENTRIES) if asked.anything else []
    rows = await feeds.by_ids(db, idents)
    title = asked.words or asked.speaker or "Search"
    return _atom(datasette, request, links, feeds.Feed(title, links.search(**asked.parameters(page=1)), rows))


async def search_csv(datasette: "Datasette", request: Any, database: str) -> Response:
    """The quotations that a search finds, as CSV with a header. What a spreadsheet would run gets an apostrophe."""
    db, links = datasette.databases[database], Links(datasette.urls, database)
    asked = search_page.Asked.of(request.args)
    idents: list[str] = []
    if asked.anything:
        search = await search_page.prepare(db, asked)
        idents = await search_page.found(db, search, asked, CSV_ROWS)
    columns = ", ".join(f"{sql} as {name}" for name, sql in CSV_COLUMNS.items())
    query = f"""select {columns} from json_each(:idents) as hit
        cross join quotes on quotes.id = hit.value {QUOTATION_JOINS} order by hit.key"""
    rows = await fetch_rows(db, query, idents=json.dumps(idents))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*CSV_COLUMNS, "page"])
    for row in rows:
        page = datasette.absolute_url(request, links.row("quotes", row["id"]))
        writer.writerow([*map(_cell, row.values()), page])
    headers = {"Content-Disposition": 'attachment; filename="quotations.csv"'}
    body = file.getvalue()
    return Response(body, content_type="text/csv; charset=utf-8", headers=headers)


def _atom(datasette: "Datasette", request: Any, links: Links, found: feeds.Feed) -> Response:
    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, path))

    address = absolute(request.full_path)
    body = feeds.atom(found, site=site_name(datasette), address=address, absolute=absolute, links=links)
    return Response(body.decode(), content_type=feeds.MEDIA_TYPE)


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return f"'{clean(value)}" if value.startswith(FORMULA_SIGNS) else clean(value)
