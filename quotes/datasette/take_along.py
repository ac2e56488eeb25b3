"""What a quotation can be taken along as: a card (SVG, PNG), a frame for other sites, and oEmbed."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

from quotes.datasette import card, card_png, present
from quotes.datasette.asked import IsOurs, database_asked, headers_of
from quotes.datasette.citation import citations
from quotes.datasette.links import Links
from quotes.datasette.row_pages import quotation_to_take
from quotes.text.dates import readable_date

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.app import Datasette

# an SVG is a page of its own
DRAWN = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
# No script, nothing from elsewhere, and every site may show it in a frame.
FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
}
FRAME_WIDTH, MIN_FRAME_WIDTH, MAX_FRAME_HEIGHT = 600, 220, 900  # pixels of the frame
LINE_HEIGHT, CHARACTER_WIDTH, FURNITURE = (
    29,
    10,
    170,
)  # pixels of a line of words, of a letter, of all the rest


def frame_height(quote: dict[str, Any], width: int) -> int:
    """Pixels that the frame of a quotation needs at this width, as far as a server can tell."""
    characters = max(10, (width - 60) // CHARACTER_WIDTH)
    needed = FURNITURE + LINE_HEIGHT * (len(present.quotation_text(quote)) // characters + 2)
    return min(needed, MAX_FRAME_HEIGHT)


def frame(address: str, quote: dict[str, Any], width: int = FRAME_WIDTH, height: int | None = None) -> Markup:
    """The HTML that shows a quotation on another site."""
    return Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
        'sandbox="allow-popups allow-top-navigation-by-user-activation" style="border:0;max-width:100%"></iframe>'
    ).format(
        address, f"Quotation: {present.speaker_summary(quote)}", width, height or frame_height(quote, width)
    )


async def _quote(datasette: "Datasette", database: str, key: str) -> dict[str, Any]:
    quote = await quotation_to_take(datasette.databases[database], key)
    if quote is None:
        raise NotFound("There is no such quotation")
    return quote


def references(
    datasette: "Datasette", request: Any, database: str, quote: dict[str, Any]
) -> list[tuple[str, Markup]]:
    """The article of a quotation in three styles of citation; with our address where the publisher's is not known."""
    ours = datasette.absolute_url(request, Links(datasette.urls, database).row("articles", quote["article"]))
    return citations(quote, present.safe_url(quote["url"]) or ours)


def site_name(datasette: "Datasette") -> str:
    """The title of the server."""
    return str(datasette.metadata("title") or "Who said what")


def routes(is_ours: IsOurs) -> list[tuple[str, Callable[..., Any]]]:
    """Datasette's ``register_routes``: pattern -> view."""

    async def drawn(request: Any, datasette: "Datasette") -> Response:
        database = await database_asked(datasette, request, is_ours)
        quote = await _quote(datasette, database, tilde_decode(request.url_vars["key"]))
        image = card.svg(quote, site_name(datasette))
        headers = headers_of(datasette)
        if request.url_vars["format"] == "svg":
            return Response(
                str(image), headers={**headers, **DRAWN}, content_type="image/svg+xml; charset=utf-8"
            )
        if not card_png.available():
            return Response.text(card_png.WHY_NOT, status=501, headers=headers)
        data = await asyncio.to_thread(card_png.png, str(image))
        return Response(data, headers=headers, content_type="image/png")

    async def framed(request: Any, datasette: "Datasette") -> Response:
        database = await database_asked(datasette, request, is_ours)
        quote = await _quote(datasette, database, tilde_decode(request.url_vars["key"]))
        context = {
            "quote": quote,
            "present": present,
            "day": readable_date,
            "site": site_name(datasette),
            "links": Links(datasette.urls, database),
            "absolute": lambda path: datasette.absolute_url(request, str(path)),
        }
        html = await datasette.render_template(
            "quotes-embed.html", context, request=request, view_name="embed"
        )
        return Response.html(html, headers={**headers_of(datasette), **FRAMED})

    async def told(request: Any, datasette: "Datasette") -> Response:
        """https://oembed.com, the provider's part."""
        database = await database_asked(datasette, request, is_ours)
        headers = headers_of(datasette)
        if (request.args.get("format") or "json") != "json":
            return Response.text("Only format=json is answered.", status=501, headers=headers)
        links = Links(datasette.urls, database)
        begins = links.row("quotes", "")
        path = urlsplit((request.args.get("url") or "").replace("\0", "")).path
        if not path.startswith(begins):
            raise NotFound("url has to be the address of a quotation's page")
        quote = await _quote(datasette, database, tilde_decode(path.removeprefix(begins)))
        width = min(FRAME_WIDTH, max(MIN_FRAME_WIDTH, _number(request.args.get("maxwidth"), FRAME_WIDTH)))
        height = min(
            frame_height(quote, width), max(100, _number(request.args.get("maxheight"), MAX_FRAME_HEIGHT))
        )
        address = datasette.absolute_url(request, links.embed(quote["id"]))
        answer = {
            "type": "rich",
            "version": "1.0",
            "title": present.quotation_text(quote, 200),
            "author_name": present.speaker_summary(quote),
            "provider_name": site_name(datasette),
            "provider_url": datasette.absolute_url(request, links.home()),
            "width": width,
            "height": height,
            "html": str(frame(address, quote, width, height)),
        }
        if card_png.available():
            answer |= {
                "thumbnail_url": datasette.absolute_url(request, links.card(quote["id"], "png")),
                "thumbnail_width": card.WIDTH,
                "thumbnail_height": card.HEIGHT,
            }
        return Response.json(answer, headers=headers)

    start = r"^/(?P<database>[^/.]+)/-/"
    return [
        (rf"{start}cards/(?P<key>[^/.]+)\.(?P<format>svg|png)$", drawn),
        (rf"{start}embed/(?P<key>[^/.]+)$", framed),
        (rf"{start}oembed$", told),
    ]


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
