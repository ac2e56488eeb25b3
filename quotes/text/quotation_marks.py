"""Pairs of quotation marks in a text: curly, straight, single, two apostrophes, guillemets and low marks.

The conventions are those of newspapers. A mark left open ends with its paragraph and never reaches into the
next one; when the next paragraph opens with a mark of the same kind, the two belong to one quotation.
Apostrophes, elisions, plural possessives, feet and inches are not marks. Works on any string, in linear time.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from quotes.text.elisions import CLIPPED_AT_START, CLIPPED_WORD, ELISION, FEET
from quotes.text.paragraphs import paragraphs
from quotes.text.spans import trim

MarkKind = Literal["curly", "straight", "apostrophes", "low", "guillemets", "single", "straight-single"]


class QuotePair(NamedTuple):
    """One pair of quotation marks; ``text[start:end]`` includes both marks.

    ``closed`` is false where the closing mark is missing: then ``end`` is the end of the paragraph (trailing
    space left out) or where the next quotation opens. ``continues`` is true where the pair re-opens, at the
    start of a paragraph, the quotation that the paragraph before left open. ``depth`` counts outer pairs.
    """

    start: int
    end: int
    kind: MarkKind
    closed: bool = True
    continues: bool = False
    depth: int = 0


# What opens and closes a quotation in English print, singly, for character classes in patterns. A straight mark, and
# an apostrophe, can be either.
OPENING = "“‘\"'"
CLOSING = "”’\"'"
CLOSING_MARK = r"(?:”|’|''|\"|'|»)"
SURE_MARKS = frozenset('“”"‘’«»')  # without the straight apostrophe, which is seldom a mark
DOUBLE_MARKS = frozenset('“”"«»')  # none of them can be an apostrophe
CURLY_OPENING = frozenset(("“", "‟", "‘‘"))
CURLY_CLOSING = frozenset(("”", "’’"))
MARK = re.compile(r"''|``|‘‘|’’|[“”„‟\"＂«»‹›‘’‚‛']")
DOUBLE_MARK = re.compile(r"''|``|‘‘|’’|[“”„‟\"＂]")
DOUBLE_KINDS: frozenset[str] = frozenset({"curly", "straight", "apostrophes", "low"})
SINGLE_KINDS: frozenset[str] = frozenset({"single", "straight-single"})
KIND_OF_MARK: dict[str, MarkKind] = {
    **dict.fromkeys(("“", "”", "‟", "‘‘", "’’"), "curly"),
    **dict.fromkeys(('"', "＂"), "straight"),
    **dict.fromkeys(("''", "``"), "apostrophes"),
    **dict.fromkeys(("«", "»", "‹", "›"), "guillemets"),
    **dict.fromkeys(("‘", "’", "‚", "‛"), "single"),
    "„": "low",
    "'": "straight-single",
}
MAX_UNMARKED_PARAGRAPHS = 5  # of a quotation whose marks do not open again, between its first and its last
MAX_DEPTH = 6  # deeper nesting is noise; the bound also keeps every step constant
BEFORE_OPENING = frozenset("([{<—–-―/=*_>“‘«‹\"'„¡¿")
AFTER_CLOSING = frozenset(".,;:!?)]}>…—–-―/”’»›\"'*_")
# A clause that reports, in a stretch without its closing mark: the mark is missing, nothing goes on.
REPORTED = re.compile(
    r",['”\"]? (?:[^\s,.]+ ){0,6}(?:said|says|added|adds|asked|asks|told|wrote|writes)\b[^.!?]*\.\s*\Z"
)


@lru_cache(maxsize=16)  # of an article and of parts of it: each step that reads an article asks for its marks
def pairs(text: str) -> tuple[QuotePair, ...]:
    """Pairs of quotation marks in a text, by start; they nest, never overlap partly. Never raises.

    >>> text = "It’s “the boys’ own ‘boat’”, he said."
    >>> [(text[pair.start : pair.end], pair.depth) for pair in pairs(text)]
    [('“the boys’ own ‘boat’”', 0), ('‘boat’', 1)]
    """
    pairs_found: list[QuotePair] = []
    left_open: dict[MarkKind, QuotePair] = {}
    apostrophes: set[int] = set()
    carried: QuotePair | None = None  # left open before, with no double mark since
    bare: list[tuple[int, int]] = []  # the paragraphs since
    for start, end in paragraphs(text):
        own = _paragraph(text, start, end, left_open, carried)
        taken_up = own[0].kind if own and own[0].continues else None
        apostrophes |= {
            pair.start for kind, pair in left_open.items() if kind in SINGLE_KINDS and kind != taken_up
        }
        whole = trim(text, start, end)
        stop = whole[1]
        left_open = {pair.kind: pair for pair in own if not pair.closed and pair.end == stop}
        if carried is not None and own and own[0].continues and own[0].closed:
            pairs_found += [QuotePair(*gap, carried.kind, closed=False, continues=True) for gap in bare]
        pairs_found += own
        unclosed = next((pair for kind, pair in left_open.items() if kind in DOUBLE_KINDS), None)
        unclosed = unclosed if unclosed and not REPORTED.search(text, unclosed.start, stop) else None
        is_bare = unclosed is None and not DOUBLE_MARK.search(text, start, end)
        is_bare = is_bare and all(pair.start > whole[0] for pair in own)
        bare = [*bare, whole] if is_bare and len(bare) < MAX_UNMARKED_PARAGRAPHS else []
        carried = unclosed or (carried if bare else None)
    # An unclosed single mark that no next paragraph takes up again is an apostrophe after all.
    apostrophes |= {pair.start for kind, pair in left_open.items() if kind in SINGLE_KINDS}
    kept = [pair for pair in pairs_found if pair.start not in apostrophes]
    return tuple(_with_depth(sorted(kept, key=lambda pair: (pair.start, -pair.end))))


def _with_depth(flat: Iterable[QuotePair]) -> list[QuotePair]:
    """The pairs, each with the number of those around it."""
    nested: list[QuotePair] = []
    ends: list[int] = []
    for pair in flat:
        while ends and ends[-1] <= pair.start:
            ends.pop()
        nested.append(pair._replace(depth=len(ends)))
        ends.append(pair.end)
    return nested


class _Token(NamedTuple):
    """A possible mark, and the characters around it (a space at the paragraph's ends)."""

    at: int
    mark: str
    kind: MarkKind
    before: str
    after: str


def _paragraph(
    text: str, start: int, end: int, left_open: Mapping[MarkKind, QuotePair], carried: QuotePair | None = None
) -> list[QuotePair]:
    """The pairs of one paragraph; ``left_open`` are those that the paragraph before left open.

    ``carried``: a pair of double marks that is still open. A paragraph whose first double mark closes it is quoted
    from its start: "“First, water.", "Then bread,” he said."
    """
    tokens = _tokens(text, start, end)
    openers = sum(token.mark in CURLY_OPENING for token in tokens)
    closers = sum(token.mark in CURLY_CLOSING for token in tokens)
    stack: list[tuple[int, MarkKind]] = []
    closed: list[QuotePair] = []

    def leave(down_to: int, stop: int) -> None:
        """Give up on the open marks above ``down_to``: they end, unclosed, before ``stop``."""
        while len(stack) > down_to:
            at, kind = stack.pop()
            if kind not in SINGLE_KINDS or stop >= end:
                _, limit = trim(text, at, _excerpt_end(closed, at, kind, stop))
                closed.append(QuotePair(at, max(limit, at + 1), kind, closed=False))

    for number, token in enumerate(tokens):
        at, mark, kind = token[:3]
        level = _opened(stack, kind)
        if _opens(tokens, number, level is not None):
            same = next((level for level, (_, other) in enumerate(stack) if other == kind), None)
            if same is not None and _is_clipped(tokens, number):
                continue
            # A second curly mark opens an inner quotation if enough closing ones follow; else one is missing.
            if same is not None and not (kind == "curly" and closers > openers):
                leave(same, at)
            if len(stack) < MAX_DEPTH:
                stack.append((at, kind))
        elif level is not None and _closes(tokens, number):
            leave(level + 1, at)
            opened, opening = stack.pop()
            closed.append(QuotePair(opened, at + len(mark), opening))
        elif carried is not None and kind in DOUBLE_KINDS and _is_first_double(tokens, number):
            leave(0, at)
            first, _ = trim(text, start, end)
            if all(pair.start > first for pair in closed):
                closed.append(QuotePair(first, at + len(mark), carried.kind, continues=True))
        openers -= mark in CURLY_OPENING
        closers -= mark in CURLY_CLOSING
    leave(0, end)
    closed.sort(key=lambda pair: (pair.start, -pair.end))
    if closed and closed[0].kind in left_open and not text[start : closed[0].start].strip():
        closed[0] = closed[0]._replace(continues=True)
    return closed


def _is_clipped(tokens: Sequence[_Token], number: int) -> bool:
    """Whether a mark within single ones begins a word without its first letter: 'Them 'orses ain't mine.'"""
    near = [n for n in range(number + 1, min(number + 6, len(tokens))) if tokens[n].mark == "'"]
    while near and tokens[near[0]].after.islower() and not _closes(tokens, near[0]):
        near = near[1:]  # the next clipped word
    closing = [_closes(tokens, n) for n in near[:2]]  # one alone closes the whole
    return (
        tokens[number].mark == "'" and tokens[number].after.islower() and closing in ([True], [True, False])
    )


def _is_first_double(tokens: Sequence[_Token], number: int) -> bool:
    """Whether no double mark stands before this one, and it ends words: "quiet,” said"."""
    _, _, _, before, after = tokens[number]
    ends = not before.isspace() and not after.isalnum()
    return ends and all(token.kind in SINGLE_KINDS for token in tokens[:number])


def _excerpt_end(closed: Sequence[QuotePair], at: int, kind: MarkKind, stop: int) -> int:
    """Where an unclosed pair ends: before quotations in it, lest marks before an excerpt's paragraphs hide them."""
    inner = list(takewhile(lambda pair: pair.start > at, reversed(closed)))
    first = min(
        (pair.start for pair in inner if kind in DOUBLE_KINDS and pair.kind in DOUBLE_KINDS), default=stop
    )
    return min((pair.start for pair in inner if pair.start <= first < pair.end), default=stop)


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    """Possible marks; apostrophes within words, elisions, feet and inches are left out."""
    feet = [match.span() for match in FEET.finditer(text, start, end)]
    clipped = {match.end() for match in CLIPPED_WORD.finditer(text, start, end)}
    out: list[_Token] = []
    clipped_tokens: list[_Token] = []
    measure = 0
    for match in MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        while measure < len(feet) and feet[measure][1] <= at:
            measure += 1
        if (measure < len(feet) and feet[measure][0] < at) or (out and at < out[-1].at + len(out[-1].mark)):
            continue
        stop = at + len(mark)
        before = text[at - 1] if at > start else " "
        after = text[stop] if stop < end else " "
        if before.isspace() and after in "'\"" and text[stop + 1 : stop + 2].isalnum():
            after = text[stop + 1]  # "'E's late," he said
        if mark == "''" and before.isspace() and CLIPPED_AT_START.match(text, at + 1, end):
            out.append(_Token(at, "'", KIND_OF_MARK["'"], before, after))  # ''Twas a hard year'
            continue
        if mark == "''" and after == "'" and not before.isspace():
            # ,''' closes the inner single quotation first, then the outer one
            after = text[stop + 1] if stop + 1 < end else " "
            out.append(_Token(at, "'", KIND_OF_MARK["'"], before, "'"))
            out.append(_Token(at + 1, mark, KIND_OF_MARK[mark], "'", after))
            continue
        if KIND_OF_MARK[mark] in SINGLE_KINDS and ((before.isalnum() and after.isalnum()) or at in clipped):
            continue
        token = _Token(at, mark, KIND_OF_MARK[mark], before, after)
        if token.kind in SINGLE_KINDS and not before.isalnum() and ELISION.match(text, at, end):
            if before.isspace() and CLIPPED_AT_START.match(text, at, end):
                clipped_tokens.append(token)
            continue
        out.append(token)
    return _with_opening(out, clipped_tokens) if clipped_tokens else out


def _with_opening(tokens: list[_Token], clipped: Sequence[_Token]) -> list[_Token]:
    """Possible marks, and an elision that opens a quotation: 'Twas late,' she said. One mark more closes than opens."""
    single = [token for token in tokens if token.kind in SINGLE_KINDS]
    opening = sum(token.before.isspace() and not token.after.isspace() for token in single)
    closing = [token.at for token in single if token.before in ",.!?" and not token.after.isalnum()]
    if len(closing) != opening + 1:
        return tokens
    first = next((token for token in clipped if token.at < closing[0]), None)
    return sorted([*tokens, first]) if first is not None else tokens


def _opened(stack: Sequence[tuple[int, MarkKind]], kind: MarkKind) -> int | None:
    """Level of the open mark that one of ``kind`` could close: of its own kind, else of a like one."""
    alike = SINGLE_KINDS if kind in SINGLE_KINDS else DOUBLE_KINDS if kind in DOUBLE_KINDS else (kind,)
    for group in ((kind,), alike):
        for level in range(len(stack) - 1, -1, -1):
            if stack[level][1] in group:
                return level
    return None


def _opens(tokens: Sequence[_Token], number: int, is_open: bool) -> bool:
    """Whether the mark opens a quotation; ``is_open``: one that it could close is open."""
    _, mark, _, before, after = tokens[number]
    starts = before.isspace() or before in BEFORE_OPENING
    stops = after.isspace() or (after in AFTER_CLOSING and not (before.isspace() and after in ".…—–-"))
    if mark in CURLY_OPENING or mark in "„‚«‹``":
        # „…“, »…« and marks printed the wrong way round close
        return not (is_open and mark in "“«‹" and not before.isspace() and stops)
    if mark in CURLY_CLOSING or mark in "»›":
        return not is_open and starts and not stops
    if mark in "‘‛":
        return starts and not after.isspace()
    glued = before in ".!?" and after.isalnum()  # he said."Never" she said: the space is missing
    if mark in "’'":
        return mark == "'" and ((starts and not stops) or (glued and after.isupper() and not is_open))
    if starts and not stops:
        # "No," he said—"Never": after a dash it opens, unless it closes what is open.
        return not (is_open and before in "—–-―…" and not _next_closes(tokens, number))
    bare = (before in ":,;" and not stops) or (before.isspace() and after.isspace())
    return not is_open and (bare or glued)


def _closes(tokens: Sequence[_Token], number: int) -> bool:
    """Whether the mark closes the open quotation that it could close."""
    _, _, kind, before, after = tokens[number]
    if kind in SINGLE_KINDS:
        if before.isspace() or after.isalnum():
            return False
        possessive = before.isdigit() or before in "sSxXzZn"  # the boys' own, goin' home
        return not (possessive and after.isspace() and _next_closes(tokens, number))
    inches = kind != "curly" and before.isdigit() and after in " -"  # a 12" pipe
    return not (inches and _next_closes(tokens, number))


def _next_closes(tokens: Sequence[_Token], number: int) -> bool:
    """Whether the next mark of the same sort in the paragraph can only be a closing one."""
    single = tokens[number].kind in SINGLE_KINDS
    for _, mark, kind, before, after in tokens[number + 1 : number + 1 + MAX_DEPTH]:
        if (kind in SINGLE_KINDS) == single:
            opening = mark in CURLY_OPENING or mark in "‘„«"
            return not (opening or before.isspace() or before in BEFORE_OPENING or after.isalnum())
    return False


def overlapping_pairs(marks: Sequence[QuotePair], start: int, end: int) -> Sequence[QuotePair]:
    """The pairs of marks (in text order, none within another) that overlap a span."""
    first = max(0, bisect_right(marks, start, key=lambda pair: pair.start) - 1)
    last = bisect_left(marks, end, key=lambda pair: pair.start)
    return [pair for pair in marks[first:last] if pair.end > start]


def pair_at(marks: Sequence[QuotePair], start: int) -> QuotePair | None:
    """The pair of marks (in text order, none within another) that opens at a place."""
    at = bisect_left(marks, start, key=lambda pair: pair.start)
    return marks[at] if at < len(marks) and marks[at].start == start else None
