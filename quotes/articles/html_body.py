"""Paragraphs of HTML, and of what trafilatura finds of a page.

A paragraph decides which words belong to whom, so none is joined with the next, and none is cut by a line break in it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from typing import Any

from lxml.html import HtmlElement, fromstring

from quotes.articles.html_tree import BLOCKS, wrap_paragraphs
from quotes.errors import Unreadable
from quotes.text.plain_text import WIDTHLESS

UNREAD = frozenset(
    "script style noscript template svg iframe object video audio canvas select textarea button figcaption head".split()
)
MIN_REPEATED_LETTERS = 20  # of a paragraph that is dropped because another has it as well: a pull quote
BLOCK_ENDS = frozenset("p head quote list item table row cell div".split())  # of trafilatura's elements


def fragment_text(fragment: str) -> str:
    """The paragraphs of a piece of HTML, an empty line between them: all of it, for it is the article already.

    >>> fragment_text("<p>&ldquo;We<br>waited,&rdquo; she said.</p><p>He left.</p>")
    '“We waited,” she said.\\n\\nHe left.'
    """
    try:
        tree = fromstring(f"<div>{fragment}</div>")
    except Exception as error:
        raise Unreadable(f"has HTML that cannot be read: {error}") from None
    wrap_paragraphs(tree)
    return join(without_repeated(block_texts(tree)))


def block_texts(element: HtmlElement) -> Iterator[str]:
    """The text of each block in an element, in order; what is no text is left out."""
    return _texts(element, lambda node: node.tag in BLOCKS, lambda node: node.tag in BLOCKS, {"br"}, UNREAD)


def body_texts(body: Any) -> Iterator[str]:
    """The paragraphs of the tree that trafilatura makes of a page: paragraphs, headings, quotations, items, rows."""

    def begins(node: Any) -> bool:  # a row is one paragraph: only its first cell begins one
        return node.tag in BLOCK_ENDS and not (node.tag == "cell" and node.getprevious() is not None)

    def ends(node: Any) -> bool:
        return node.tag in BLOCK_ENDS and node.tag != "cell"

    return _texts(body, begins, ends, {"lb", "cell"})


def _texts(
    element: Any,
    begins: Callable[[Any], bool],
    ends: Callable[[Any], bool],
    spaces: Set[str],
    unread: Set[str] = frozenset(),
) -> Iterator[str]:
    """The texts between the places where a node ``begins`` or ``ends`` a paragraph, one line each.

    A node of ``spaces`` begins with a space; what is in one of ``unread`` is left out.
    """
    parts: list[str] = []

    def walk(node: Any) -> Iterator[str]:
        if not isinstance(node.tag, str) or node.tag in unread:
            return
        if begins(node):
            yield from flush()
        parts.append(" " if node.tag in spaces else "")
        parts.append(node.text or "")
        for child in node:
            yield from walk(child)
            parts.append(child.tail or "")
        if ends(node):
            yield from flush()

    def flush() -> Iterator[str]:
        text = one_line("".join(parts))
        parts.clear()
        if text:
            yield text

    yield from walk(element)
    yield from flush()


def one_line(text: str) -> str:
    """A text on one line, with single spaces and without what has no width."""
    return " ".join(WIDTHLESS.sub("", text).split())


def without_repeated(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs without those that stand whole within another one: pull quotes, and what a page shows twice."""
    kept = list(paragraphs)
    bare = [letters(paragraph) for paragraph in kept]
    long = [part for part in bare if len(part) >= MIN_REPEATED_LETTERS]
    whole = "\n".join(long)
    seen: set[str] = set()
    result = []
    for paragraph, part in zip(kept, bare, strict=True):
        if len(part) >= MIN_REPEATED_LETTERS:
            repeated = part in seen or (
                whole.count(part) > 1 and any(part != other and part in other for other in long)
            )
            if repeated:
                continue
            seen.add(part)
        result.append(paragraph)
    return result


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case: what is left the same by marks, spaces and breaks."""
    return re.sub(r"[\W_]+", "", text.casefold())


def join(paragraphs: Iterable[str]) -> str:
    """One text of paragraphs, an empty line between them."""
    return "\n\n".join(paragraphs)
