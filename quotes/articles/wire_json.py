"""ninjs, the IPTC's news items in JSON -> articles."""

from typing import Any

from quotes.articles.cells import clean_cell
from quotes.articles.source import Source
from quotes.types import Article, Failure

STATUSES_WITHDRAWN = ("canceled", "cancelled", "withheld")


def is_ninjs(item: dict[str, Any]) -> bool:
    """Whether a JSON object is a ninjs item: it names itself by ``uri`` and has its body by type, or is taken back."""
    if not isinstance(item.get("uri"), str) or "text" in item:
        return False
    has_body = any(name.startswith("body_") for name in item) or isinstance(item.get("bodies"), list)
    return has_body or item.get("pubstatus") in STATUSES_WITHDRAWN


def ninjs_article(source: Source, item: dict[str, Any], place: int | None) -> Article | Failure:
    """The article of an item; ``uri`` is its id, under which a later version replaces it."""
    status = item.get("pubstatus")
    body = _body(item)
    if body is None and status not in STATUSES_WITHDRAWN:
        return source.failure("has no text: the item is a picture or a package", place)
    first = item.get("firstcreated") or item.get("firstCreated") or item.get("versioncreated")
    fields = {
        "title": _string(item.get("headline")) or _first(item.get("headlines")),
        "author": _string(item.get("byline")) or _first(item.get("by")),
        "published": _string(first or item.get("contentcreated") or item.get("versionCreated")),
        "publication": _publication(item),
        "url": _string(item.get("url")) or _link(item),
    }
    withdrawn = status in STATUSES_WITHDRAWN
    return source.article(
        clean_cell(body or ""), fields, place=place, key=item["uri"], table="", withdrawn=withdrawn
    )


def _body(item: dict[str, Any]) -> str | None:
    for name in ("body_xhtml", "body_html", "body_text"):
        if isinstance(item.get(name), str) and item[name].strip():
            return str(item[name])
    named = [
        name
        for name in item
        if name.startswith("body_") and isinstance(item[name], str) and item[name].strip()
    ]
    if named:
        return str(item[min(named)])
    bodies = [body for body in item.get("bodies") or () if isinstance(body, dict)]
    bodies.sort(key=lambda body: body.get("contenttype") == "text/plain")  # HTML has paragraphs
    return next((str(body["value"]) for body in bodies if isinstance(body.get("value"), str)), None)


def _publication(item: dict[str, Any]) -> str | None:
    for name in ("infosource", "infosources", "organisation"):
        for entry in item.get(name) or ():
            if isinstance(entry, dict) and entry.get("name"):
                return str(entry["name"])
    names = ("provider", "copyrightholder", "copyrightHolder")
    return next((name for name in map(item.get, names) if _string(name)), None)


def _link(item: dict[str, Any]) -> str | None:
    uri = str(item["uri"])
    return uri if uri.startswith(("http://", "https://")) else None


def _first(values: Any) -> str | None:
    for entry in values if isinstance(values, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("value") or entry.get("name"), str):
            return str(entry.get("value") or entry["name"])
    return None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
