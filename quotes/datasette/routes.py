"""The pages that Datasette does not have: home, search, lists, publications. Each as HTML, with ``.json`` as JSON."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted
from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, NotFound, Response

from quotes.datasette import (
    charts_page,
    compare_page,
    corrections_page,
    exports,
    feeds,
    home_page,
    lists,
    network_page,
    publication_pages,
    search_page,
    take_along,
    topics,
)
from quotes.datasette.asked import allowed, database_asked, headers_of
from quotes.datasette.fetch import cleaned
from quotes.datasette.links import Links
from quotes.datasette.timeline import chart

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.app import Datasette

TIMEOUT_MESSAGE = "This took longer than the server allows. Try rarer words, or less at a time."
Data = dict[str, Any]
Answer = Callable[["Datasette", Any, str], Awaitable[Response]]


async def may_see(datasette: "Datasette", actor: Any, database: str) -> bool:
    """Whether the reader may see every table that the pages show."""
    try:
        await allowed(datasette, actor, database)
    except Forbidden:
        return False
    return True


async def load_home(datasette: "Datasette", request: Any, database: str) -> Data:
    """What is in the database."""
    return await home_page.load(datasette.databases[database])


async def load_search(datasette: "Datasette", request: Any, database: str) -> Data:
    """What was asked for, and what was found."""
    asked = search_page.Asked.of(request.args)
    data = await search_page.load(datasette.databases[database], asked)
    links = Links(datasette.urls, database)
    for name, page in (("previous", data["page"] - 1), ("next", data["page"] + 1)):
        there = 0 < page <= data["pages"]
        data[f"{name}_url"] = links.search(**asked.parameters(page=page)) if there else None
    return data


def load_list(name: str) -> Callable[["Datasette", Any, str], Awaitable[Data]]:
    """What loads one of the lists."""

    async def load(datasette: "Datasette", request: Any, database: str) -> Data:
        return await lists.load(datasette.databases[database], name, request.args)

    return load


async def load_publications(datasette: "Datasette", request: Any, database: str) -> Data:
    """Every publication."""
    rows = await publication_pages.load_all(datasette.databases[database])
    links = Links(datasette.urls, database)
    return {"publications": [{**row, "url": links.publications(row["name"])} for row in rows]}


async def load_publication(datasette: "Datasette", request: Any, database: str) -> Data:
    """One publication. Raises NotFound when no article is from it."""
    name = tilde_decode(request.url_vars["name"])
    data = await publication_pages.load(datasette.databases[database], name)
    if data is None:
        raise NotFound(f"No publication is called {name}")
    about = await topics.of(datasette.databases[database], "publications", name)
    return {**data, "url": Links(datasette.urls, database).publications(name), "topics": about}


async def load_compare(datasette: "Datasette", request: Any, database: str) -> Data:
    """Two speakers or two publications."""
    kind = "publications" if request.args.get("kind") == "publications" else "speakers"
    one, other = (request.args.get(side) or "" for side in ("one", "other"))
    return await compare_page.load(datasette.databases[database], kind, one, other)


async def load_network(datasette: "Datasette", request: Any, database: str) -> Data:
    """Who is quoted with whom."""
    asked = {name: request.args.get(name) or "" for name in ("speaker", "publication", "since", "until")}
    return await network_page.load(datasette.databases[database], **asked)


async def load_charts(datasette: "Datasette", request: Any, database: str) -> Data:
    """Who is quoted when, and how."""
    asked = {name: request.args.get(name) or "" for name in ("publication", "since", "until")}
    return await charts_page.load(datasette.databases[database], **asked)


async def load_topics(datasette: "Datasette", request: Any, database: str) -> Data:
    """Every topic."""
    return await topics.load_all(datasette.databases[database])


async def load_topic(datasette: "Datasette", request: Any, database: str) -> Data:
    """One topic. Raises NotFound when there is none of that name."""
    data = await topics.load(datasette.databases[database], tilde_decode(request.url_vars["key"]))
    if data is None:
        raise NotFound("No topic of that name")
    return data


async def load_corrections(datasette: "Datasette", request: Any, database: str) -> Data:
    """What people decided."""
    return await corrections_page.load(datasette.databases[database])


PAGES = {
    r"home": ("quotes-home.html", load_home),
    r"search": ("quotes-search.html", load_search),
    **{name: (f"quotes-list-{name}.html", load_list(name)) for name in lists.KINDS},
    r"compare": ("quotes-compare.html", load_compare),
    r"network": ("quotes-network.html", load_network),
    r"charts": ("quotes-charts.html", load_charts),
    r"corrections": ("quotes-corrections.html", load_corrections),
    r"topics": ("quotes-topics.html", load_topics),
    r"topics/(?P<key>[^/.]+)": ("quotes-topic.html", load_topic),
    r"publications": ("quotes-publications.html", load_publications),
    r"publications/(?P<name>[^/.]+)": ("quotes-publication.html", load_publication),
}

DRAWN = {
    "quotes-network.html": network_page.drawn,
    "quotes-charts.html": charts_page.drawn,
}  # pictures of pages
FILES = {
    r"search\.csv": exports.search_csv,
    r"search\.atom": exports.search_feed,
    rf"(?P<kind>{'|'.join(feeds.FEEDS)})/(?P<key>[^/.]+)\.atom": exports.feed,
}


def routes(is_ours: Callable[["Datasette", str], Awaitable[bool]]) -> list[tuple[str, Callable[..., Any]]]:
    """Datasette's ``register_routes``: pattern -> view."""
    start = r"^/(?P<database>[^/.]+)/-/"
    pages = [
        (rf"{start}{path}(?P<format>\.json)?$", _view(_page(template, load), is_ours))
        for path, (template, load) in PAGES.items()
    ]
    files = [(rf"{start}{path}$", _view(answer, is_ours)) for path, answer in FILES.items()]
    return [*pages, *files, *take_along.routes(is_ours)]


def _view(answer: Answer, is_ours: Callable[["Datasette", str], Awaitable[bool]]) -> Callable[..., Any]:
    """A view of a database of ours, for readers who may see it."""

    async def view(request: Any, datasette: "Datasette") -> Response:
        database = await database_asked(datasette, request, is_ours)
        try:
            response = await answer(datasette, request, database)
        except QueryInterrupted:
            from datasette.views.base import DatasetteError  # not there yet when Datasette loads its plugins

            raise DatasetteError(TIMEOUT_MESSAGE, title="Took too long", status=503) from None
        response.headers |= headers_of(datasette)
        return response

    return view


def _page(template: str, load: Callable[["Datasette", Any, str], Awaitable[Data]]) -> Answer:
    """What answers with a page, or with its data as JSON."""

    async def answer(datasette: "Datasette", request: Any, database: str) -> Response:
        data = await load(datasette, request, database)
        if request.url_vars["format"]:
            return Response.json(data)
        path, _, asked = request.full_path.partition("?")
        json_url = f"{path}.json" + (f"?{asked}" if asked else "")
        context = {
            "database": database,
            "json_url": json_url,
            "alternate_url_json": datasette.absolute_url(request, json_url),
            **context_of(template, data),
        }
        return Response.html(
            await datasette.render_template(template, context, request=request, view_name="quotes")
        )

    return answer


def context_of(template: str, data: dict[str, Any]) -> dict[str, Any]:
    """What a template gets: what is shown, and the pictures that are made of it."""
    context = shown(data)
    return context | (DRAWN[template](context["page"]) if template in DRAWN else {})


def shown(data: dict[str, Any]) -> dict[str, Any]:
    """What a template gets: the data made safe for display, and a chart of the dates in it."""
    dates = [(row["published"], row["n"]) for row in data.get("dates", ())]
    return {"page": cleaned(data), "chart": chart(dates)}
