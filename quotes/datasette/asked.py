"""Which database an address of ours is about, and whether the reader may see it."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from datasette.utils import add_cors_headers, tilde_decode
from datasette.utils.asgi import NotFound

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.app import Datasette

TABLES_SHOWN = ("articles", "quotes", "speakers", "statements")  # the tables that these pages show
IsOurs = Callable[["Datasette", str], Awaitable[bool]]


async def allowed(datasette: "Datasette", actor: Any, database: str) -> None:
    """Raises Forbidden when the reader may not see every table that the pages show."""
    permissions: list[Any] = [("view-database", database), "view-instance"]
    for table in TABLES_SHOWN:
        await datasette.ensure_permissions(actor, [("view-table", (database, table)), *permissions])


async def database_asked(datasette: "Datasette", request: Any, is_ours: IsOurs) -> str:
    """The name of the database. Raises NotFound when it is not one of ours, Forbidden when it may not be seen."""
    try:
        database = str(datasette.get_database(route=tilde_decode(request.url_vars["database"])).name)
    except KeyError:
        raise NotFound("Database not found") from None
    if not await is_ours(datasette, database):
        raise NotFound("No quotations database")
    await allowed(datasette, request.actor, database)
    return database


def headers_of(datasette: "Datasette") -> dict[str, str]:
    """The headers of an answer, with those that let other sites read it where the server says so."""
    headers: dict[str, str] = {}
    if datasette.cors:
        add_cors_headers(headers)
    return headers
