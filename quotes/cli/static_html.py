"""One page of the site, rewritten for a folder of plain files: links are relative, and nothing asks a server."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import lxml.html

SERVED = "http://localhost"  # as Datasette's own client calls the server
# What asks a server, or is about one: data, feeds, oEmbed, tables, forms that narrow a list.
SERVER_ONLY = (
    ".//p[contains(concat(' ', @class, ' '), ' data ')]"
    " | .//link[@rel='alternate'] | .//script | .//comment()[not(ancestor::noscript)]"
)
SEARCHED = ("words", "speaker")  # what the page that searches without a server understands
POLICY = "script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self' file:"

# What a link offers beside what a page says: without a server there is nothing to say of it.
_OFFERED = re.compile(r"/-/(?:compare|network|charts|embed)$|\.(?:atom|csv|json|png)$")
_ADDRESS_AT_END = re.compile(rf"(?P<before>,?\s*){SERVED}(?P<path>/\S*?)(?P<stop>\.?)$")


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Rewrites pages. file: address -> its file, or None. address: where the site will be, ending in "/", or ""."""

    file: Callable[[str], str | None]
    address: str = ""

    def page(self, html: str, here: str) -> tuple[bytes, list[str]]:
        """The page as bytes for the file ``here``, and the addresses that it links to or shows, all published."""
        tree = lxml.html.document_fromstring(html)
        for element in tree.xpath(SERVER_ONLY):
            element.drop_tree()
        links: list[str] = []
        self._head(tree, here, links)
        for form in tree.xpath(".//form"):
            self._form(form, here)
        for element in tree.xpath(".//*[@href]"):
            self._link(element, here, links)
        for element in tree.xpath(".//iframe | .//code[starts-with(text(), '<iframe')]"):
            self._frame(element)
        for reference in tree.xpath(".//dl[@class='citations']/dd"):
            self._reference(reference)
        for footer in tree.xpath(".//footer"):
            for child in list(footer):
                footer.remove(child)
            footer.text = "Plain files, made by quotes publish-static."
        return lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>"), links

    def _head(self, tree: Any, here: str, links: list[str]) -> None:
        """Whole addresses where the site's is known; else none, since the server that made the page is nobody's."""
        for meta in tree.xpath(".//meta[@property and starts-with(@content, $served)]", served=SERVED):
            there = meta.get("content").removeprefix(SERVED)
            file = self.file(there)
            if self.address and file:
                meta.set("content", self.address + quote(file))
                if meta.get("property") == "og:image":
                    links.append(there)
            else:
                meta.drop_tree()
        for link in tree.xpath(".//link[@rel='canonical']"):
            if self.address:
                link.set("href", self.address + quote(here))
            else:
                link.drop_tree()
        for meta in tree.xpath(".//meta[@http-equiv='Content-Security-Policy']"):
            meta.set("content", POLICY)
        for base in tree.xpath(".//base"):
            base.attrib.pop("href", None)

    def _form(self, form: Any, here: str) -> None:
        """Search boxes lead to the page that searches; all else that asks a server goes."""
        boxes = {box.get("name") for box in form.xpath(".//input[@name]")}
        if form.get("role") == "search" and boxes & set(SEARCHED):
            form.set("action", relative("search.html", here))
        else:
            form.drop_tree()

    def _link(self, element: Any, here: str, links: list[str]) -> None:
        """A link made relative; its text alone where what it leads to is not published."""
        there = element.get("href").removeprefix(SERVED)
        if not there.startswith("/"):  # a publisher's page, or a place on this one
            return
        if element.tag == "link" and element.get("rel") == "canonical":
            return
        parts = urlsplit(there)
        asked = f"{parts.path}?{parts.query}" if parts.query else parts.path
        file = self.file(asked)
        given = parse_qsl(parts.query)
        if file == "search.html" and {key for key, _ in given} - set(SEARCHED):
            file = None  # a search for less would find more than the link says
        if file is None:
            if element.tag == "a" and not _OFFERED.search(parts.path):
                element.attrib.pop("href")
            else:
                item = element.getparent()
                element.drop_tree()
                if item.tag == "li" and not len(item) and not (item.text or "").strip():
                    item.drop_tree()
            return
        end = f"#{parts.fragment}" if parts.fragment else ""
        if file == "search.html":
            end = f"?{urlencode(given)}" if given else ""
        else:
            links.append(asked)
        element.set("href", relative(file, here) + end)

    def _reference(self, reference: Any) -> None:
        """A citation that ends with an address of ours: where the site will be, or without it."""
        last = reference[-1] if len(reference) else reference
        where = "tail" if len(reference) else "text"
        text = getattr(last, where) or ""
        if found := _ADDRESS_AT_END.search(text):
            file = self.file(found["path"])
            address = f"{found['before']}{self.address}{quote(file)}" if self.address and file else ""
            setattr(last, where, text[: found.start()] + address + found["stop"])

    def _frame(self, code: Any) -> None:
        """The address within the HTML that is offered for other sites: where the site will be, or the offer goes."""
        text = code.text or ""
        start = text.partition('src="')[2].partition('"')[0]
        file = self.file(start.removeprefix(SERVED))
        if self.address and file:
            code.text = text.replace(start, self.address + quote(file))
        else:
            item = next((one for one in code.iterancestors("li")), code)
            item.drop_tree()


def relative(file: str, here: str) -> str:
    """The address of a file from another: "../speakers/ada.html"."""
    return quote(posixpath.relpath(file, posixpath.dirname(here) or "."), safe="/~+")
