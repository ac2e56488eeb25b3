"""Addresses of articles on the web: without what tells only how a reader came there, and comparable."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Parameters that campaigns, networks and mail programs add; the article is the same without them
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|ocid|cmpid|cmp|ncid|sref|"
    r"smid|smtyp|ito|ref|ref_src|ref_url|referrer|xtor|at_\w+|ns_\w+|__twitter_impression|guccounter|guce_\w+|"
    r"wt\.mc_id|mkt_tok|spm|outputtype",
    re.I,
)
FRONT_PAGE = re.compile(r"/*(?:(?:index|default|home)\.\w{2,5})?", re.I)
DEFAULT_PORTS = {("http", 80), ("https", 443)}


def clean_address(url: str) -> str | None:
    """An http address without fragment and tracking parameters; None for what is no address of a page.

    >>> clean_address(" https://example.org/news/ferry?utm_source=feed&id=7#comments ")
    'https://example.org/news/ferry?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host or any(char.isspace() for char in parts.netloc):
        return None
    netloc = host if port is None or (scheme, port) in DEFAULT_PORTS else f"{host}:{port}"
    kept = parts.query
    if kept:
        pairs = parse_qsl(kept, keep_blank_values=True)
        left = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
        kept = kept if len(left) == len(pairs) else urlencode(left)
    return urlunsplit((scheme, netloc, parts.path, kept, ""))


def address_key(url: str | None) -> str | None:
    """What two addresses of one article have in common; None for no address, and for the front page of a site.

    Scheme, "www.", a slash at the end, the order of parameters and how characters are written make no other article.

    >>> address_key("http://www.example.org/news/ferry/") == address_key("https://example.org/news/ferry#top")
    True
    >>> address_key("https://example.org/") is None
    True
    """
    cleaned = clean_address(url) if url else None
    if cleaned is None:
        return None
    parts = urlsplit(cleaned)
    if FRONT_PAGE.fullmatch(parts.path) and not parts.query:
        return None
    host = parts.netloc.removeprefix("www.")
    path = quote(unquote(parts.path), safe="/").rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def site_of(url: str | None) -> str | None:
    """The host of an address as a name of its publication: "example.org"."""
    cleaned = clean_address(url) if url else None
    return urlsplit(cleaned).netloc.removeprefix("www.") or None if cleaned else None
