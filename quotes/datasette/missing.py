"""The answer to an address that leads nowhere: 404, and where else to go."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from datasette.utils import add_cors_headers, tilde_decode
from datasette.utils.asgi import NotFound, Response

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.app import Datasette


async def page(
    datasette: "Datasette",
    request: Any,
    exception: Exception,
    is_ours: Callable[["Datasette", str], Awaitable[bool]],
) -> Response | None:
    """A page of ours, or JSON where that was asked for; None for other errors and where others' data are served.

    Datasette's own answer also prints a traceback with all local variables for each such address, which crawlers
    ask for by the thousand.
    """
    unknown_table = "no such table" in str(getattr(exception, "message", ""))  # of /quotes/-/no-such-page
    if not (isinstance(exception, NotFound) or unknown_table) or request is None:
        return None
    names = [name for name in datasette.databases if not name.startswith("_")]
    if not names or not all([await is_ours(datasette, name) for name in names]):
        return None
    message = "Not found" if unknown_table else str(exception)
    headers: dict[str, str] = {}
    if datasette.cors:
        add_cors_headers(headers)
    if request.path.endswith(".json"):
        answer = {"ok": False, "error": message, "status": 404, "title": None}
        return Response.json(answer, status=404, headers=headers)
    first = tilde_decode(request.path.removeprefix(datasette.setting("base_url")).strip("/").split("/")[0])
    database = first if first in names else names[0] if len(names) == 1 else None
    context = {"database": database}
    html = await datasette.render_template(
        "quotes-missing.html", context, request=request, view_name="missing"
    )
    return Response.html(html, status=404, headers=headers)
