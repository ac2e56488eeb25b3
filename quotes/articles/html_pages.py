"""Pages -> articles: the text that trafilatura finds, by paragraphs, and what the page says of itself."""

import logging
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import pairwise

from lxml.html import HtmlElement

from quotes.articles.html_body import (
    MIN_REPEATED_LETTERS,
    block_texts,
    body_texts,
    join,
    letters,
    one_line,
    without_repeated,
)
from quotes.articles.html_metadata import PageData
from quotes.articles.html_tree import decode_page, parse_page, wrap_paragraphs
from quotes.articles.plain_text import day_in_name
from quotes.articles.source import Fields, Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

MIN_WORDS = 20  # of a text; what has less is a page without an article
FEW_WORDS = 80  # below which a page that is nothing but its text is taken as a whole
MIN_JOINED = 80  # words of a paragraph that may have been joined from several
# of the letters of the text that a page gives as data, which have to be among those found
MIN_BODY_SHARE = 2 / 3


def read(source: Source) -> Iterator[Article | Failure]:
    """The article of a page."""
    data = source.data()
    page = data.decode(source.options.encoding, "replace") if source.options.encoding else decode_page(data)
    fields = read_page(page)
    if not fields["published"]:
        fields["published"] = day_in_name(source.name)
    text = fields.pop("text") or ""
    yield source.article(text, fields)


def read_page(page: str, address: str | None = None) -> Fields:
    """The fields of the article of a page. ``address``: where it was read. Raises Unreadable where there is none."""
    tree = parse_page(page)
    data = PageData(tree, page, address)
    fields = data.fields()
    paragraphs = page_paragraphs(tree, data.body())
    title = fields["title"]
    if title and paragraphs and one_line(paragraphs[0]).casefold() == title.casefold():
        paragraphs = paragraphs[1:]  # the headline is no part of the text
    text = join(paragraphs)
    if len(text.split()) < MIN_WORDS:
        raise Unreadable(
            f"has no article that could be found in it ({len(text.split())} words). Save the page when it shows all of "
            "its text, or give the text itself"
        )
    return {"text": text, **fields}


def page_paragraphs(tree: HtmlElement, body: str = "") -> list[str]:
    """The paragraphs of a page's article. ``body``: its text as the page gives it as data, often without paragraphs."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says of pages is told as a failure
    wrap_paragraphs(tree)
    whole = deepcopy(tree)
    try:
        found = bare_extraction(tree, include_comments=False, with_metadata=False)
    except Exception:  # its heuristics fail on some pages; all that a page shows is better than nothing
        found = None
    kept = getattr(found, "body", None)
    paragraphs = without_repeated(body_texts(kept)) if kept is not None else []
    shown = whole.find("body")
    shown = shown if shown is not None else whole
    wanted = letters(body)
    # something else of the page was taken for the article
    if body and _share(paragraphs, wanted) < MIN_BODY_SHARE:
        named = _named(without_repeated(block_texts(shown)), wanted)
        if _share(named, wanted) >= MIN_BODY_SHARE:
            return named
    if sum(len(paragraph.split()) for paragraph in paragraphs) < MIN_WORDS:
        everything = without_repeated(block_texts(shown))
        if sum(len(paragraph.split()) for paragraph in everything) <= FEW_WORDS or not paragraphs:
            return everything
    if all(len(paragraph.split()) < MIN_JOINED for paragraph in paragraphs):
        return paragraphs
    blocks = without_repeated(block_texts(shown))
    return [part for paragraph in paragraphs for part in _parted(paragraph, blocks)]


def _parted(paragraph: str, blocks: Sequence[str]) -> list[str]:
    """A paragraph parted where the blocks of the page that it was joined from begin and end; a short one as it is."""
    if len(paragraph.split()) < MIN_JOINED:
        return [paragraph]
    places = [at for at, char in enumerate(paragraph) if not char.isspace()]
    squeezed, cuts, at = _squeezed(paragraph), {0, len(paragraph)}, 0
    for block in map(_squeezed, blocks):
        start = squeezed.find(block, at) if len(block) >= MIN_REPEATED_LETTERS else -1
        if start >= 0:
            at = start + len(block)
            cuts |= {places[start], places[at - 1] + 1}
    return [part for start, end in pairwise(sorted(cuts)) if (part := paragraph[start:end].strip())]


def _squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def _share(paragraphs: list[str], wanted: str) -> float:
    """The share of a text's letters that stand in these paragraphs."""
    return sum(len(own) for paragraph in paragraphs if (own := letters(paragraph)) in wanted) / max(
        len(wanted), 1
    )


def _named(paragraphs: list[str], wanted: str) -> list[str]:
    """The paragraphs that are in a text; short ones only between others, for they may stand anywhere."""
    own = [letters(paragraph) for paragraph in paragraphs]
    long = [place for place, part in enumerate(own) if len(part) >= MIN_REPEATED_LETTERS and part in wanted]
    places = range(long[0], long[-1] + 1) if long else ()
    return [paragraphs[place] for place in places if own[place] in wanted]
