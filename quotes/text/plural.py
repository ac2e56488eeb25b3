"""Numbers with their nouns, and texts cut to a length."""


def count(number: int, noun: str) -> str:
    """A number and what it counts.

    >>> count(1, "article"), count(1200, "quotation")
    ('1 article', '1,200 quotations')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def shortened(text: str, size: int) -> str:
    """The first ``size`` characters at most, cut between words, with an ellipsis where something is left out.

    >>> shortened("one two three", 9)
    'one two…'
    """
    text = " ".join(text.split())
    return text if len(text) <= size else (text[: size - 1].rpartition(" ")[0] or text[: size - 1]) + "…"
