"""Addresses of our pages in one database."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from datasette.utils import tilde_encode


def with_value(asked: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    """What is asked for, with another value of one thing; from the first page on."""
    return {**without(asked, name), name: value}


def without(asked: Mapping[str, str], name: str) -> dict[str, str]:
    """What is asked for, but for one thing; from the first page on."""
    return {key: value for key, value in asked.items() if key not in (name, "page")}


class Links:
    """Addresses of our pages in one database."""

    def __init__(self, urls: Any, database: str):
        """urls: Datasette's ``urls``."""
        self._urls, self._database = urls, database

    def row(self, table: str, key: str) -> str:
        """The page of one row."""
        return str(self._urls.row(self._database, table, tilde_encode(key)))

    def table(self, table: str) -> str:
        """The page of a table."""
        return str(self._urls.table(self._database, table))

    def home(self) -> str:
        """The home page of the database."""
        return str(self._urls.database(self._database))

    def page(self, path: str, **asked: str) -> str:
        """A page of ours by its path, asked for these things."""
        return f"{self.home()}/-/{path}" + (f"?{urlencode(asked)}" if asked else "")

    def listing(self, name: str, **chosen: str) -> str:
        """The list of speakers, statements, articles or quotations, narrowed so."""
        return self.page(name, **chosen)

    def search(self, **asked: str) -> str:
        """The search page, asked for these things."""
        return self.page("search", **asked)

    def publications(self, name: str | None = None) -> str:
        """The page of a publication, or of all."""
        return self.page("publications" + (f"/{tilde_encode(name)}" if name is not None else ""))

    def topics(self, key: str | None = None) -> str:
        """The page of a topic, or of all."""
        return self.page("topics" + (f"/{tilde_encode(key)}" if key is not None else ""))

    def feed(self, kind: str, key: str) -> str:
        """The Atom feed of a speaker, a statement, a publication or a topic."""
        return self.page(f"{kind}/{tilde_encode(key)}.atom")

    def decide(self) -> str:
        """Where forms of those who may correct are sent, which ``quotes serve --edit`` alone answers."""
        return self.page("decide")

    def compare(self, kind: str = "", one: str = "", other: str = "") -> str:
        """The page that compares two speakers (ids or names), or two publications."""
        asked = {"kind": kind, "one": one, "other": other}
        return self.page("compare", **{name: text for name, text in asked.items() if text})

    def network(self, **asked: str) -> str:
        """The page of who is quoted with whom; ``speaker``: around whom."""
        return self.page("network", **{name: text for name, text in asked.items() if text})

    def charts(self, **asked: str) -> str:
        """The page of charts."""
        return self.page("charts", **{name: text for name, text in asked.items() if text})

    def card(self, key: str, format: str) -> str:
        """The card of a quotation, as "svg" or "png"."""
        return f"{self.home()}/-/cards/{tilde_encode(key)}.{format}"

    def embed(self, key: str) -> str:
        """The page of a quotation for a frame of another site."""
        return f"{self.home()}/-/embed/{tilde_encode(key)}"

    def oembed(self) -> str:
        """Where other sites ask how to show a quotation."""
        return f"{self.home()}/-/oembed"

    def corrections(self) -> str:
        """The page of all corrections."""
        return self.page("corrections")

    def query(self, name: str) -> str:
        """The page of a canned query."""
        return str(self._urls.query(self._database, name))
