"""Word-level differences between two wordings of one statement, for pages and the command line."""

import re
from dataclasses import dataclass
from typing import Literal

from quotes.text.alignment import Alignment
from quotes.text.quotation_marks import CLOSING, OPENING

Op = Literal["equal", "left_out", "changed", "added", "bracket"]
Kind = Literal["same", "close", "paraphrase", "long"]

MIN_SHARED_WORDS = 1 / 3  # share of words in common below which word-level marks would be noise
LEFT_OUT_WORDS_SHOWN = 12  # in a row that are still printed where wordings are compared; more are counted
CONJUNCTIONS = ("that", "That")  # a reporter's, which tie words to a cue: no difference in what was said
MAX_WORDS = 1500  # words beyond which a comparison takes too long

# A bracket of up to eight words is one token, so is a word with the punctuation at it, and the space after each.
_TOKEN = re.compile(r"[\[(](?:[^\s\])]+\s?){1,8}[\])]\S*\s*|\S+\s*")
_BRACKET = re.compile(r"^[\[(].*[\])]\W*$", re.S)
_ELLIPSIS = re.compile(rf"^[{OPENING}{CLOSING}]*(?:…|\.\.\.|\. \. \.)[{OPENING}{CLOSING}]*$")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a variant reads against the text of its statement.

    ``kind``: "same" words, "close", a "paraphrase" with few words in common, or too "long" to be compared.
    ``pieces``: see ``diff``; of a paraphrase and of what is long only the variant itself.
    """

    kind: Kind
    pieces: list[tuple[Op, str]]


def compare(entry: str, variant: str) -> Comparison:
    """How a variant differs from the text of its statement, as far as that is of use to a reader."""
    if len(entry.split()) + len(variant.split()) > MAX_WORDS:
        return Comparison("long", [("equal", variant)])
    pieces: list[tuple[Op, str]] = []
    for op, text in diff(entry, variant):
        # an ellipsis of the entry stands for the cue between two fragments: no word of it is missing
        if op == "left_out" and text.strip() in ("…", *CONJUNCTIONS):
            continue
        _append(pieces, "equal" if op == "added" and text.strip() in CONJUNCTIONS else op, text)
    if all(op == "equal" for op, _ in pieces):
        return Comparison("same", pieces)
    equal = sum(len(text.split()) for op, text in pieces if op == "equal")
    if equal < MIN_SHARED_WORDS * len(variant.split()):
        return Comparison("paraphrase", [("equal", variant)])
    return Comparison("close", pieces)


def diff(entry: str, variant: str) -> list[tuple[Op, str]]:
    """The pieces of ``variant``, by how its words differ from those of ``entry``.

    Returns pieces in reading order, each with the text to show:

    - "equal": words that both have, as the variant writes them (case, marks and punctuation do not count);
    - "changed": the variant's words where the entry has others;
    - "added": the variant's words where the entry has none;
    - "bracket": words that the variant's reporter put in brackets, added or in place of others;
    - "left_out": the entry's words where the variant has none, or only an ellipsis.

    Joined, the texts of all but "left_out" are the variant; empty texts give no piece.

    >>> diff("We will never, ever leave.", "We will … leave")
    [('equal', 'We will '), ('left_out', 'never, ever '), ('added', '… '), ('equal', 'leave')]
    """
    old, new = _TOKEN.findall(entry.lstrip()), _TOKEN.findall(variant)
    lead = variant[: len(variant) - len(variant.lstrip())]
    if lead and new:
        new[0] = lead + new[0]
    pieces: list[tuple[Op, str]] = []
    for tag, i, j, m, n in Alignment([_plain(t) for t in old], [_plain(t) for t in new]).edits:
        if tag == "equal":
            _append(pieces, "equal", "".join(new[m:n]))
            continue
        said = [token for token in new[m:n] if not _BRACKET.match(token) and not _gap(token)]
        if i < j and not said and not any(_BRACKET.match(token) for token in new[m:n]):
            _append(pieces, "left_out", "".join(old[i:j]))
        for token in new[m:n]:
            plain: Op = "changed" if i < j and not _gap(token) else "added"
            _append(pieces, "bracket" if _BRACKET.match(token) else plain, token)
    return pieces


def _plain(token: str) -> str:
    """What counts of a token: its letters and digits; brackets and ellipses keep their marks."""
    if _BRACKET.match(token.strip()) or _gap(token):
        return token.strip()
    return re.sub(r"[^\w%$€£]", "", token.casefold()) or token.strip()


def _gap(token: str) -> bool:
    return bool(_ELLIPSIS.match(token.strip()))


def _append(pieces: list[tuple[Op, str]], op: Op, text: str) -> None:
    """Add a piece, or lengthen the last one of the same kind."""
    if not text:
        return
    if pieces and pieces[-1][0] == op:
        pieces[-1] = (op, pieces[-1][1] + text)
    else:
        pieces.append((op, text))
