"""Which file a page becomes, when the site is written as plain files."""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

ROWS = {"articles": "articles", "quotes": "quotations", "speakers": "speakers", "statements": "statements"}
LISTS = ("speakers", "statements", "quotations", "articles")
PAGES = ("publications", "corrections", "network", "charts", "topics")
# Of a list's address: what one page of it may be asked for. All combinations would be too many files.
CHOICES = {"letter", "sort", "type"}
MAX_NAME = 80  # characters of a file's name that are an id's; file systems allow 255 bytes in all
# Names that Windows keeps for devices.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_SAFE = re.compile(r"[a-z0-9_~+-]+")


def file_name(encoded: str) -> str:
    """A name for the file of an id, which Datasette has encoded; no two ids have the same on any file system.

    Only small letters, digits, "_", "~", "+" and "-" stay; what has others, is too long or is a device's name gets the
    beginning of a hash.

    >>> file_name("ferry-stops-a1b2c3"), file_name("con")
    ('ferry-stops-a1b2c3', 'con-1143da2bc5')
    """
    if _SAFE.fullmatch(encoded) and len(encoded) <= MAX_NAME and encoded not in _DEVICES:
        return encoded
    start = re.sub(r"[^a-z0-9_-]+", "-", encoded.lower())[:MAX_NAME].strip("-")
    return f"{start or 'x'}-{hashlib.sha256(encoded.encode()).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Names:
    """The files of the pages of one database.

    database: as it stands in addresses. whole: whether the site's address is known, without which no other site can
    show a page in a frame or the picture of a link.
    """

    database: str
    whole: bool = False

    def file(self, address: str) -> str | None:
        """The file of an address (path and query), relative to the folder; None for what is not published.

        What is asked of the search page goes to the page that searches without a server.
        """
        parts = urlsplit(address)
        path, query = parts.path.rstrip("/"), dict(parse_qsl(parts.query))
        if path in ("", f"/{self.database}", f"/{self.database}/-/home"):
            return "index.html" if not query else None
        if path.startswith("/-/static"):
            return "assets/" + file_name_of_asset(path)
        inside = path.removeprefix(f"/{self.database}/")
        if inside == path:
            return None
        table, _, key = inside.partition("/")
        if table in ROWS and key and "/" not in key and not query and not _has_format(key):
            return f"{ROWS[table]}/{file_name(key)}.html"
        if inside == "changed_wording":
            return "wordings.html" if not query else None
        return self._own(inside.removeprefix("-/"), query) if inside.startswith("-/") else None

    def _own(self, path: str, query: dict[str, str]) -> str | None:
        """The file of one of the pages below ``/-/``."""
        name, _, key = path.partition("/")
        if path == "search":
            return "search.html"
        if path in LISTS:
            asked = set(query) - {"after"}
            if asked - CHOICES or len(asked) > 1:
                return None
            # "speakers.html" would lie beside the folder of the speakers' pages, which some servers answer first
            more = "&".join(f"{name}={text}" for name, text in sorted(query.items()))
            return f"lists/{path}{'-' + hashlib.sha256(more.encode()).hexdigest()[:10] if more else ''}.html"
        if path in PAGES and not query:
            return f"{path}.html"
        if name in ("publications", "topics") and key and not query and not _has_format(key):
            return f"{name.removesuffix('s')}/{file_name(key)}.html"
        if name == "cards" and key.endswith((".svg", ".png")) and not query:
            ident, _, form = key.rpartition(".")
            if form == "png" and not self.whole:
                return None
            return f"cards/{file_name(ident)}.{form}"
        if name == "embed" and key and not query and self.whole:
            return f"embed/{file_name(key)}.html"
        return None


def file_name_of_asset(path: str) -> str:
    """The name of a style sheet's file: the last part of its address."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", unquote(path.rpartition("/")[2]))


def _has_format(key: str) -> bool:
    """Whether an address asks for data: Datasette encodes the dots of ids."""
    return "." in key
