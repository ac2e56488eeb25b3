"""News agencies' XML (NITF, NewsML-G2, NewsML 1) -> articles. A later version of an item replaces it by its id."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from quotes.articles.html_body import block_texts, join, one_line
from quotes.articles.html_tree import parse_page, wrap_paragraphs
from quotes.articles.source import Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

WITHDRAWN = ("canceled", "cancelled", "withheld")
CAPTIONS = ("media", "media-caption", "media-reference", "media-metadata", "media-producer", "bibliography")


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a file of agency news."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(source.data(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"is broken XML: {error}") from None
    if root is None:
        raise Unreadable("is broken XML")
    items = list(_items(root))
    if not items:
        raise Unreadable("has no news item with a text")
    for place, item in enumerate(items, 1):
        yield _article(source, item, place if len(items) > 1 else None)


def _items(root: Any) -> Iterator[Any]:
    """The items: a NITF document, each newsItem of NewsML-G2, each NewsItem of NewsML 1."""
    if _name(root) in ("newsItem", "NewsItem"):
        yield root
        return
    found = [node for node in root.iter() if _name(node) in ("newsItem", "NewsItem")]
    if found:
        yield from found
    else:
        yield from (node for node in root.iter() if _name(node) == "nitf")


def _article(source: Source, item: Any, place: int | None) -> Article | Failure:
    nitf = item if _name(item) == "nitf" else _first(item, "nitf")
    status = _status(item)
    paragraphs = list(_paragraphs(item, nitf))
    if not paragraphs and status not in WITHDRAWN:
        return source.failure("has no text: the item is a picture, a graphic or a package", place)
    head = nitf if nitf is not None else item
    fields = {
        "title": _text(head, "hl1") or _text(item, "headline", "HeadLine") or _text(head, "title"),
        "author": _author(item, head),
        "published": _published(item, head),
        "publication": _publication(item, head),
        "url": _link(item),
    }
    return source.article(
        join(paragraphs), fields, place=place, key=_id(item, head), table="", withdrawn=status in WITHDRAWN
    )


def _paragraphs(item: Any, nitf: Any) -> Iterator[str]:
    if nitf is not None:
        contents = [node for node in nitf.iter() if _name(node) == "body.content"]
        for node in (node for content in contents for node in content.iter()):
            if _name(node) not in ("p", "hl2", "li", "bq", "block") or _within(node, CAPTIONS):
                continue
            if _name(node) in ("bq", "block", "li") and any(_name(inner) == "p" for inner in node.iter()):
                continue
            if text := one_line("".join(node.itertext())):
                yield text
        return
    inline = None
    for name in ("inlineXML", "inlineData", "DataContent"):
        inline = _first(item, name)
        if inline is not None and "".join(inline.itertext()).strip():
            break
    if inline is None:
        return
    if len(inline):
        body = _first(inline, "body")  # of a whole page, whose <title> is no paragraph
        page = etree.tostring(
            inline if body is None else body, encoding="unicode", method="xml", with_tail=False
        )
        tree = parse_page(_without_prefixes(page))
        wrap_paragraphs(tree)
        yield from (text for text in block_texts(tree))
    else:
        text = inline.text or ""
        yield from (one_line(part) for part in text.split("\n\n") if part.strip())


def _without_prefixes(page: str) -> str:
    return re.sub(r"(</?)\w+:", r"\1", page)


def _id(item: Any, head: Any) -> str | None:
    if guid := item.get("guid"):
        return str(guid)
    for name, attribute in (("doc-id", "id-string"), ("doc.id", "id-string")):
        node = _first(head, name)
        if node is not None and node.get(attribute):
            return str(node.get(attribute))
    return _text(item, "PublicIdentifier") or _text(item, "NewsItemId") or None


def _status(item: Any) -> str:
    """What the publisher says of the item: "usable", "canceled"."""
    for name in ("pubStatus", "Status"):
        node = _first(item, name)
        if node is not None:
            value = node.get("qcode") or node.get("FormalName") or node.get("uri") or node.text or ""
            return str(value).rpartition(":")[2].rpartition("/")[2].strip().lower()
    node = _first(item, "docdata")
    return str(node.get("management-status") or "").lower() if node is not None else ""


def _published(item: Any, head: Any) -> str | None:
    """The day of the first version: a correction is no other day."""
    for name, attribute in (
        ("firstCreated", None), ("FirstCreated", None), ("contentCreated", None), ("date.issue", "norm"),
        ("story.date", "norm"), ("date.release", "norm"), ("pubdata", "date.publication"), ("versionCreated", None),
        ("ThisRevisionCreated", None), ("DateId", None),
    ):  # fmt: skip
        node = _first(item if attribute is None else head, name)
        value = (node.get(attribute) if attribute else node.text) if node is not None else None
        if value and value.strip():
            return str(value)
    return None


def _author(item: Any, head: Any) -> str | None:
    for node in (_first(head, "byline"), _first(item, "by"), _first(item, "ByLine")):
        if node is not None:
            person = _first(node, "person")
            text = one_line("".join((person if person is not None else node).itertext()))
            if text:
                return text.removeprefix("By ").removeprefix("by ")
    return None


def _publication(item: Any, head: Any) -> str | None:
    for name in ("infoSource", "provider", "copyrightHolder", "Provider"):
        node = _first(item, name)
        if node is not None:
            text = _text(node, "name") or one_line(node.text or "") or node.get("literal")
            party = _first(node, "Party")
            text = text or (party.get("FormalName") if party is not None else None)
            if text:
                return str(text)
    for name, attribute in (("pubdata", "name"), ("doc.copyright", "holder")):
        node = _first(head, name)
        if node is not None and node.get(attribute):
            return str(node.get(attribute))
    return _text(head, "distributor") or None


def _link(item: Any) -> str | None:
    for node in item.iter():
        if _name(node) == "link" and str(node.get("rel", "")).endswith(("canonical", "alternate", "webUrl")):
            return str(node.get("href") or "") or None
    return None


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _first(node: Any, name: str) -> Any:
    return next((inner for inner in node.iter() if _name(inner) == name), None)


def _text(node: Any, *names: str) -> str:
    for name in names:
        found = _first(node, name)
        if found is not None and (text := one_line("".join(found.itertext()))):
            return text
    return ""


def _within(node: Any, names: tuple[str, ...]) -> bool:
    return any(_name(parent) in names for parent in node.iterancestors())
