"""The pages as those who correct see them: a Datasette plugin that ``quotes serve --edit`` registers, and nobody else.

What is asked for is a POST to ``/DATABASE/-/decide``. It needs Datasette's permission ``quotes-edit``, which only who
came with the token of this server has, a form of this server (Datasette checks the token in it), and an origin and a
host that are this server's: another site cannot write, nor one whose name was made to point here.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from datasette import hookimpl
from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, NotFound, Response

from quotes.errors import QuotesError
from quotes.store.database import Store

if TYPE_CHECKING:
    from datasette.app import Datasette

PERMISSION = "quotes-edit"
INFO, ERROR = 1, 3  # kinds of Datasette's messages
by: str = "unknown"  # who decides; set by the command


@hookimpl
def permission_allowed(actor: dict[str, Any] | None, action: str) -> bool | None:
    """Who came with the token may edit."""
    return bool(actor and actor.get("id") == "root") if action == PERMISSION else None


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Where decisions are sent."""
    return [(r"^/(?P<database>[^/.]+)/-/decide$", decide)]


@hookimpl
def extra_template_vars(
    datasette: "Datasette", request: Any, database: str | None
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """``quotes_edit``: whether the page has forms to correct what it shows."""

    async def variables() -> dict[str, Any]:
        if request is None or database is None:
            return {}
        allowed = await datasette.permission_allowed(
            request.actor, PERMISSION, resource=database, default=False
        )
        return {"quotes_edit": bool(allowed)}

    return variables


async def decide(datasette: "Datasette", request: Any) -> Response:
    """Note and apply what a form says, and go back to its page."""
    if request.method != "POST":
        return Response.text("Only POST\n", status=405)
    if not _own_origin(request):
        raise Forbidden("This was sent from another site")
    database = tilde_decode(request.url_vars["database"])
    if database not in datasette.databases:
        raise NotFound("Database not found")
    db = datasette.databases[database]
    await datasette.ensure_permissions(request.actor, [(PERMISSION, database)])
    if not db.is_mutable or not db.path:
        raise Forbidden("This database is served to be read only")
    form = await request.post_vars()
    back = form.get("back") or datasette.urls.database(database)
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        raise Forbidden("This leads to another site")
    response = Response.redirect(back)
    try:
        said = await asyncio.get_running_loop().run_in_executor(None, _decided, db.path, form)
        datasette.add_message(request, said, INFO)
    except QuotesError as error:
        datasette.add_message(request, str(error), ERROR)
    return response


def _own_origin(request: Any) -> bool:
    """Whether a browser sent this from a page of this server, which is asked by a name of this machine."""
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in request.scope["headers"]}
    host = headers.get("host", "")
    if urlsplit(f"//{host}").hostname not in ("127.0.0.1", "localhost", "::1"):
        return False
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin") or headers.get("referer")
    return origin is None or urlsplit(origin).netloc == host


def _decided(path: str, form: dict[str, str]) -> str:
    """Keep and apply the correction of a form; what was decided, in words. Raises QuotesError."""
    from quotes.linking import decisions, quotation_decisions

    with Store(path) as store:
        quote = form.get("quote", "")
        match form.get("action"):
            case "reject":
                made: Any = quotation_decisions.reject(store, [quote], by=by)
            case "assign":
                made = decisions.assign(store, quote, form.get("speaker", "").strip(), by=by)
            case "nobody":
                made = decisions.assign(store, quote, None, by=by)
            case "split-statement":
                statement = decisions.statement_id(store, quote)
                made = decisions.split_statement(store, statement, [quote], by=by)
            case "undo":
                return f"Undone: {decisions.undo(store, form.get('correction', ''), by=by)[0].summary()}"
            case other:
                raise QuotesError(f"There is no action {other!r}.")
        decisions.decide(store, [made])
    return f"Noted: {made.summary()}"
