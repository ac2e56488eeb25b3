"""One wording of a statement beside another, the differing words marked."""

from dataclasses import dataclass

from markupsafe import Markup

from quotes.wording import difference

SHOWN = 12  # words left out in a row that are still printed; more are counted
AKIN = 1 / 3  # share of words in common below which word-level marks would be noise


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a variant reads against the entry."""

    html: Markup
    kind: str  # "same", "close" or "paraphrase"


def compare(entry: str, variant: str) -> Comparison:
    """``variant`` with the words marked that differ from ``entry`` (both plain text, cleaned for display).

    Words only the variant has are ``<ins>``, the entry's words that it leaves out ``<del>``.
    """
    pieces = difference(entry, variant)
    words = sum(len(text.split()) for op, text in pieces if op != "left_out")
    equal = sum(len(text.split()) for op, text in pieces if op == "equal")
    if all(op == "equal" for op, _ in pieces):
        return Comparison(Markup("{}").format(variant), "same")
    if equal < AKIN * words:
        return Comparison(Markup("{}").format(variant), "paraphrase")
    html = Markup(" ").join(_piece(op, text.strip()) for op, text in pieces if text.strip())
    return Comparison(html, "close")


def _piece(op: str, text: str) -> Markup:
    if op == "left_out":
        number = len(text.split())
        if number > SHOWN:
            return Markup('<del class="long" title="{0}">… {1} words left out …</del>').format(text, number)
        return Markup("<del>{}</del>").format(text)
    if op == "equal":
        return Markup("{}").format(text)
    return Markup('<ins class="{}">{}</ins>').format(op, text)
