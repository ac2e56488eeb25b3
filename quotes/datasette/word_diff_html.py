"""One wording of a statement beside another, the differing words marked."""

from dataclasses import dataclass

from markupsafe import Markup

from quotes.text.word_diff import LEFT_OUT_WORDS_SHOWN, Kind
from quotes.text.word_diff import compare as compare_words


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a variant reads against the entry."""

    html: Markup
    kind: Kind


def compare(entry: str, variant: str) -> Comparison:
    """``variant`` with the words marked that differ from ``entry`` (both plain text, cleaned for display).

    Words only the variant has are ``<ins>``, the entry's words that it leaves out ``<del>``.
    """
    comparison = compare_words(entry, variant)
    if comparison.kind != "close":
        return Comparison(Markup("{}").format(variant), comparison.kind)
    html = Markup()
    for n, (op, text) in enumerate(comparison.pieces):
        if op == "left_out":  # stands between words of the variant, which has no space for it
            before = " " if html and not html[-1].isspace() else ""
            after = " " if n + 1 < len(comparison.pieces) else ""
            html += before + _left_out(text.strip()) + after
        else:
            html += _piece(op, text)
    return Comparison(html, "close")


def _piece(op: str, text: str) -> Markup:
    """One piece of the variant as HTML, the space after it outside of the mark."""
    words = text.rstrip()
    space = text[len(words) :]
    if op == "equal" or words == "…":
        return Markup("{}").format(text)
    return Markup('<ins class="{}">{}</ins>{}').format(op, words, space)


def _left_out(words: str) -> Markup:
    """Words that only the entry has: themselves, or how many they are."""
    number = len(words.split())
    if number > LEFT_OUT_WORDS_SHOWN:
        return Markup('<del class="long" title="{}">… {} words left out …</del>').format(words, number)
    return Markup("<del>{}</del>").format(words)
