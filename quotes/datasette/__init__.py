"""How Datasette shows a quotes database.

Loaded whenever this package is installed beside Datasette. It acts only on databases that have our
tables, whatever their file name; everything else that a Datasette serves stays as it was.
"""

import json
import sqlite3
import weakref
from collections.abc import Awaitable, Callable, Generator
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils import await_me_maybe, tilde_decode

from quotes.datasette import (
    accessibility,
    cells,
    defaults,
    home_page,
    missing,
    present,
    publication_pages,
    redirects,
    routes,
    row_pages,
    statement_page,
    take_along,
    topics,
)
from quotes.datasette.links import Links, with_value, without
from quotes.datasette.word_diff_html import compare
from quotes.lexicon.headlines import shown_title
from quotes.store.fts import name_query, words_query
from quotes.text.dates import readable_date

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.app import Datasette
    from datasette.database import Database

PLUGIN = "quote-tracker"  # Datasette serves static files under the distribution's name
TABLES = {"articles", "speakers", "statements", "quotes", "spans", "corrections", "corrected", "decided"}
COLUMNS = {  # the last came last: tables of an older version look plain until a command brings them up to date
    "content",
    "speaker",
    "type",
    "article",
    "source",
    "cue",
    "statement",
    "attribution",
    "confidence",
    "publication",
    "speaker_confidence",
    "asserted",
    "withdrawn",
}
PAGES = {**row_pages.PAGES, "statements": statement_page.statement}  # table -> what loads the page of a row
QUERIES = {  # canned query -> its template, and the columns that the template needs
    "changed_wording": ("quotes-wordings.html", {"statement", "text", "content", "type", "quote"})
}

_ours: "weakref.WeakSet[Database]" = weakref.WeakSet()


async def is_ours(datasette: "Datasette", database: str | None) -> bool:
    """Whether the database has our tables. A yes is remembered: tables do not go away while serving."""
    if database not in datasette.databases:
        return False
    db = datasette.databases[database]
    if db not in _ours:
        if not set(await db.table_names()) >= TABLES or not set(await db.table_columns("quotes")) >= COLUMNS:
            return False
        _ours.add(db)
    return True


async def concerns(datasette: "Datasette", database: str | None) -> bool:
    """Whether a page shows a database of ours: its own page, or one of no database when any is ours."""
    names = [database] if database else list(datasette.databases)
    return any([await is_ours(datasette, name) for name in names])


@hookimpl
def startup(datasette: "Datasette") -> Callable[[], Awaitable[None]]:
    """Stop looking for facets to suggest, when all that is served is ours.

    Our tables have the facets that help. Looking for more tries every column of every row whenever a table is
    opened, which takes longer than all the rest of the page.
    """

    async def settle() -> None:
        names = [name for name in datasette.databases if not name.startswith("_")]
        # and then their titles and queries are known
        ours = [await is_ours(datasette, name) for name in names]
        if names and all(ours):
            datasette._settings["suggest_facets"] = False  # the only place where Datasette 0.65 looks

    return settle


_METADATA = json.dumps(defaults.metadata())  # Datasette changes what it gets: each time it gets a copy


@hookimpl
def get_metadata(datasette: "Datasette") -> dict[str, Any]:
    """Titles, facets, hidden tables and queries of our databases; what a metadata file says goes before."""
    ours = [name for name, db in datasette.databases.items() if db in _ours]
    return {"databases": {name: json.loads(_METADATA) for name in ours}} if ours else {}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Pages that are no table, row or query: search, publications, and the home page's data."""
    return routes.routes(is_ours)


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: "Datasette", request: Any, exception: Exception
) -> Generator[None, Any, None]:
    """Redirect to where a page is now that is asked for by the id that its article had before.

    What is not found anywhere gets a page of ours, where all that is served is ours. Other handlers are asked only
    where neither is so: Datasette's own prints a traceback even where another one answers.
    """
    outcome = yield
    others = outcome.get_result()

    async def answered() -> Any:
        response = await redirects.redirect(datasette, request, exception)
        response = response or await missing.page(datasette, request, exception, is_ours)
        if response is not None:
            return response
        responses = [await await_me_maybe(other) for other in others]
        return next((response for response in responses if response is not None), None)

    outcome.force_result([answered])


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give SQL ``quotes_words(typed)`` and ``quotes_names(typed)``: valid FTS5 queries of anything typed.

    And ``quotes_title(title, author, text)``: what an article is called.
    """
    conn.create_function("quotes_title", 3, shown_title, deterministic=True)
    conn.create_function("quotes_words", 1, words_query, deterministic=True)
    conn.create_function("quotes_names", 1, name_query, deterministic=True)


@hookimpl
def extra_css_urls(database: str | None, datasette: "Datasette") -> Callable[[], Awaitable[list[str]]]:
    """Our style sheet, on the pages of our databases and on a home page that lists one."""

    async def urls() -> list[str]:
        if not await concerns(datasette, database):
            return []
        return [datasette.urls.static_plugins(PLUGIN, name) for name in ("quotes.css", "quotes-site.css")]

    return urls


@hookimpl(specname="extra_template_vars")
def base_template(database: str | None, datasette: "Datasette") -> Callable[[], Awaitable[dict[str, Any]]]:
    """``quotes_base``: the frame that base.html extends on these pages, in place of Datasette's own."""

    async def variables() -> dict[str, Any]:
        return {"quotes_base": "quotes-base.html"} if await concerns(datasette, database) else {}

    return variables


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: "Datasette"
) -> Callable[[], Awaitable[Any]] | None:
    """Cells of our tables: quotations with their marks and a link, excerpts, percentages."""
    if table not in cells.TABLES:
        return None

    async def cell() -> Any:
        if await is_ours(datasette, database):
            return await cells.render(
                datasette.urls, datasette.databases[database], table, column, value, row
            )
        return None

    return cell


@hookimpl
def extra_template_vars(
    database: str | None,
    table: str | None,
    columns: Any,
    view_name: str,
    request: Any,
    datasette: "Datasette",
    template: str,
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """``quotes_page``: the template of a row's page, with its data. ``quotes_queries``: those of queries.

    ``quotes_home``: that of the home page, for the only database of a server and for the page of a database,
    unless its tables are asked for. The templates row.html, query.html, index.html and database.html extend
    what is named here, or Datasette's own when nothing is.
    """

    async def variables() -> dict[str, Any]:
        names = [name for name in datasette.databases if not name.startswith("_")]
        shown = database
        if template == "index.html":  # with one database, its home page is the server's
            shown = names[0] if len(names) == 1 else None
        if not shown or not await is_ours(datasette, shown):
            return {}
        tools = {
            "present": present,
            "day": readable_date,
            "compare": compare,
            "with": with_value,
            "without": without,
            "group_consecutive": row_pages.group_consecutive,
            "frame": take_along.frame,
            "links": Links(datasette.urls, shown),
            "site": take_along.site_name(datasette),
            "several": len(names) > 1,
            "absolute": lambda path: datasette.absolute_url(request, str(path)),
        }
        tools["topics_there"] = await topics.are_there(datasette.databases[shown])
        tools["publications_there"] = await publication_pages.are_there(datasette.databases[shown])
        if view_name == "row" and table in PAGES and columns:
            key = tilde_decode(request.url_vars["pks"])
            tools["topics"] = await topics.of(datasette.databases[shown], table, key)
            page = await PAGES[table](datasette.databases[shown], key)
            if table == "quotes":
                page["citations"] = take_along.references(datasette, request, shown, page["quote"])
            return {**tools, "quotes_page": f"quotes-{table}.html", "page": page}
        if template in ("index.html", "database.html") and not {"_tables", "_show_hidden"} & set(
            request.args
        ):
            if not await routes.may_see(datasette, request.actor, shown):
                return tools
            try:
                data = routes.shown(await home_page.load(datasette.databases[shown]))
            except QueryInterrupted:  # a server too busy for it still has its tables
                return tools
            return {**tools, **data, "quotes_home": "quotes-home.html"}
        if view_name == "table" and table in cells.TABLES:
            return {**tools, "quotes_table": "quotes-table.html", "accessibility": accessibility}
        queries = {name: html for name, (html, needs) in QUERIES.items() if needs <= set(columns or ())}
        return {**tools, "quotes_queries": queries}

    return variables
