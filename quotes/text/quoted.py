"""What of a text is quoted, by its pairs of quotation marks."""

from collections.abc import Iterable

from quotes.text.quotation_marks import KIND_OF_MARK, MARK, SINGLE_KINDS, QuotePair, pairs
from quotes.types import QuoteType

EDGE_CHARACTERS = frozenset("“”„‟\"＂«»‹›‘’‚‛'`.,;:!?…—–-―()[] \t\r\n")


def multi_paragraph_quotes(marked: Iterable[QuotePair]) -> list[tuple[QuotePair, ...]]:
    """The outer pairs, those of one quotation together: it runs over paragraphs by marks that open again.

    >>> [len(quote) for quote in multi_paragraph_quotes(pairs("“It began.\\n“It ended,” he said. “Yes.”"))]
    [2, 1]
    """
    quotes: list[list[QuotePair]] = []
    for pair in marked:
        if pair.depth:
            continue
        if pair.continues and quotes:
            quotes[-1].append(pair)
        else:
            quotes.append([pair])
    return [tuple(quote) for quote in quotes]


def quoted_mask(text: str) -> bytearray:
    """One byte per character of a text: 1 within an outer pair (marks included), else 0.

    >>> list(quoted_mask("a “b” c"))
    [0, 0, 1, 1, 1, 0, 0]
    """
    mask = bytearray(len(text))
    for pair in pairs(text):
        if not pair.depth:
            mask[pair.start : pair.end] = b"\x01" * (pair.end - pair.start)
    return mask


def quote_type(text: str, spans: Iterable[tuple[int, int]], mask: bytearray | None = None) -> QuoteType:
    """``direct``: all of a content is in quotation marks, ``mixed``: part of it is, ``indirect``: none.

    ``spans`` are the content's (start, end) offsets in ``text``, with or without the marks around them;
    ``mask`` is ``quoted_mask(text)``, if at hand. Punctuation at the edges of each span counts for neither side.
    """
    mask = quoted_mask(text) if mask is None else mask
    marked = bare = 0
    lone = False  # a double mark whose partner is missing
    for start, end in spans:
        lone = lone or any(KIND_OF_MARK[mark] not in SINGLE_KINDS for mark in MARK.findall(text, start, end))
        while start < end and text[start] in EDGE_CHARACTERS:
            start += 1
        while end > start and text[end - 1] in EDGE_CHARACTERS:
            end -= 1
        inner = sum(mask[start:end])
        marked += inner
        if inner < end - start:
            bare += sum(1 for at in range(start, end) if not mask[at] and text[at].isalnum())
    return ("mixed" if bare else "direct") if marked else "mixed" if lone else "indirect"
