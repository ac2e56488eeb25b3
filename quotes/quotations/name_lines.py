"""Attributions by a name that stands before or behind a quotation, without a verb.

Mayor Ana Ruiz: “It is over.”      Ana Ruiz, 61, baker            It is over. https://t.co/x
Ana Ruiz, mayor — “It is over.”    “It is over.”                  — Ana Ruiz (@aruiz) May 3, 2024
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from quotes.lexicon.cues import is_reporting
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import FINITE_TAGS
from quotes.quotations.attribution import Attribution, Offsets, shown_by_layout, token_span
from quotes.quotations.introductions import is_whole_sentence
from quotes.quotations.settings import SETTINGS
from quotes.text.quotation_marks import QuotePair, pair_at
from quotes.text.spans import contains, overlaps_any, trim

ITEM = r"(?:(?:\d{1,2}|[a-z])[.)][ \t]+|[-•*·–—][ \t]+)?"
LEADING_ITEM = re.compile(ITEM)
# A name with a role before it or behind it, a colon or a dash, and an opening mark.
QUOTATION_LABEL = re.compile(
    rf"{ITEM}(?P<name>[^\W\d_][^“”\"«»:.!?\n]{{1,60}}?(?:\b[A-Z]\.[^“”\"«»:.!?\n]{{1,40}}?)?)"
    r"[ \t]*(?P<cue>:|--|[—–―]| -(?= ))[ \t]*(?=[“\"«‘']|'')"
)
# “It is over.” — Ana Ruiz, mayor; “It is over” (mayor Ana Ruiz)
SIGNED = re.compile(
    r"[ \t]*(?P<cue>--|[—–―]| -(?= )|\()[ \t]*(?P<name>[^\W\d_][^“”\"«»:!?\n]{1,80}?)[ \t.)]*\Z"
)
HANDLE = r"\(?@\w{1,20}\)?"
MONTH_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
# — Ana Ruiz (@aruiz) May 3, 2024
POST_SIGNATURE = re.compile(
    rf"(?P<cue>--|[—–―-])[ \t]*(?P<name>[^\W\d_][^\n@()]{{1,50}}?)[ \t]*{HANDLE}[ \t,·|]*(?:{MONTH_DAY})?[ \t]*\Z"
)
# Ana Ruiz (@aruiz): It is over.
POST_LABEL = re.compile(rf"(?P<name>[^\W\d_][^\n@():]{{1,50}}?)[ \t]*{HANDLE}[ \t]*(?P<cue>:)[ \t]*(?=\S)")
# Ana Ruiz @aruiz · May 3, a line of its own above the post, or two
POST_HEADER = re.compile(
    rf"(?P<name>[^\W\d_][^\n@():!?—–/]{{1,50}}?)[ \t]*\n?(?P<cue>{HANDLE})"
    rf"(?:[ \t,·|•-]+(?:{MONTH_DAY}|\d{{1,2}}[hm]))?[ \t]*:?\Z"
)
# RT @aruiz: It is over.
POST_BY_HANDLE = re.compile(r"(?:RT[ \t]+)?(?P<name>@\w{1,20})(?P<cue>:)[ \t]*(?=\S)")
# “It is over.” Ana Ruiz, mayor of Vale
UNDASHED = re.compile(r"[ \t]+(?P<name>[A-Z][^“”\"«»:!?\n]{1,80}?)[ \t.]*\Z")
# Ana Ruiz, 61, baker
AGED_NAME = re.compile(
    r"(?P<name>[A-Z][\w'’-]+(?: (?:[A-Z][\w.'’-]*|[a-z]{2,3})){1,4})(?:, (?:aged )?| \()\d{1,3}(?=[,)]|\Z)"
)
# — Ana Ruiz, mayor, a line of its own below a quotation
DASHED_LINE = re.compile(r"[ \t]*(?P<cue>--|[—–―-])[ \t]*(?P<name>[^\W\d_][^“”\"«»:!?\n]{1,80}?)[ \t.]*\Z")
CAPITALISED = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*)*")
TRAILING_LINKS = re.compile(r"(?:\s*(?:https?://|pic\.twitter\.com/|t\.co/)\S+)+\s*\Z")
POSSESSIVE = re.compile(r"(?<=\w)['’]s?\b(?= )")
WORD = re.compile(r"[^\W\d_]+")
NO_SPEAKERS = word_set("quotations/furniture_labels") | word_set("quotations/unspoken_labels")
ADVERBIAL_TAGS = frozenset(["IN", "RB", "TO", "VBG", "VBN", "WRB"])
BY_LINE = re.compile(r"(?:[A-Z]?[a-z]+ )?by[ \t]", re.I)  # By Ana Ruiz, Interview by Ana Ruiz


def attribute_to_names(
    doc: Doc,
    text: str,
    attributions: Sequence[Attribution],
    paragraph_spans: Sequence[Offsets],
    marks: Sequence[QuotePair],
) -> list[Attribution]:
    """Attributions, paragraphs that are all in marks with the name before them as source, and posts.

    What the tagger has in such words goes, unless it has a cue or a source of its own in the paragraph.
    """
    result = list(attributions)
    beside = _people_beside(doc, text, paragraph_spans, marks)
    for number, span in enumerate(paragraph_spans):
        named = _post(text, span, paragraph_spans[max(0, number - 2) : number])
        named = named or _labelled(doc, text, span, marks)
        if named is None:
            signed = _signed(doc, text, span, marks)
            named = signed if signed and not _has_source(result, span) else None
        if named is None and _is_quoted(text, span, marks):
            named = _above_dashed_line(doc, text, span, paragraph_spans[number + 1 : number + 2])
            if named is None and number in beside:
                named = shown_by_layout([trim(text, *span)], None, beside[number])
        if named is not None:
            result = _in_place_of_rivals(text, result, named, span)
    return result


def _in_place_of_rivals(
    text: str, attributions: list[Attribution], named: Attribution, paragraph: Offsets
) -> list[Attribution]:
    """The attributions with one that the layout gives, in place of those in the same words.

    It gives way to one with a cue or a source in its paragraph, in other words than its own.
    """
    rivals = [
        other for other in attributions if any(overlaps_any(span, named.content) for span in other.content)
    ]
    own = (named.cue, named.source)
    for rival in rivals:
        roles = [role for role in (rival.cue, rival.source) if role and contains(paragraph, role)]
        roles = [role for role in roles if WORD.search(text, *role)]  # no number of a list
        if any(not overlaps_any(role, own) for role in roles):
            return attributions
    rest = [other for other in attributions if other not in rivals]
    for rival in rivals:
        outside = tuple(span for span in rival.content if not overlaps_any(span, named.content))
        if outside and rival.cue and not contains(paragraph, rival.cue):
            rest.append(replace(rival, content=outside))
    return [*rest, named]


def _labelled(doc: Doc, text: str, paragraph: Offsets, marks: Sequence[QuotePair]) -> Attribution | None:
    """A quotation that fills the rest of its paragraph behind a name and a colon or a dash."""
    label = QUOTATION_LABEL.match(text, *paragraph)
    if label is None or not _is_quoted(text, (label.end(), paragraph[1]), marks):
        return None
    start, end = label.span("name")
    owner = POSSESSIVE.search(text, start, end)
    if owner and not text[text.rindex(" ", start, end) + 1].isupper():  # India's Ana Ruiz: “Shame.”
        end = owner.start()  # Stein's one-word reply: “Shame.”
    words = [match[0] for match in WORD.finditer(text, start, end)]
    if (
        len(words) > SETTINGS.label_words
        or not any(word[0].isupper() for word in words)
        or any(is_reporting(word) for word in words)
        or text[start:end].casefold() in NO_SPEAKERS
        or words[-1].casefold() in word_set("quotations/announced_nouns")
        or not (words[0][0].isupper() or words[-1][0].isupper())
    ):
        return None
    tokens = token_span(doc, (start, end))
    if tokens is not None and any(token.tag_ in FINITE_TAGS for token in tokens):
        return None
    if tokens is not None and tokens[0].tag_ in ADVERBIAL_TAGS and not words[-1][0].isupper():
        return None  # Then, after a pause: “But not today.”
    return shown_by_layout([trim(text, label.end(), paragraph[1])], label.span("cue"), (start, end))


def _has_source(attributions: Sequence[Attribution], paragraph: Offsets) -> bool:
    """Whether an attribution has its source in a paragraph."""
    return any(part.source is not None and contains(paragraph, part.source) for part in attributions)


def _signed(doc: Doc, text: str, paragraph: Offsets, marks: Sequence[QuotePair]) -> Attribution | None:
    """A quotation that opens its paragraph, with nothing behind it but a dash, a name and a role."""
    start, end = trim(text, *paragraph)
    item = LEADING_ITEM.match(text, start, end)
    pair = pair_at(marks, item.end() if item else start)
    if pair is None or not pair.closed:
        return None
    signature = SIGNED.match(text, pair.end, end)
    if signature is None:
        return _signed_without_dash(doc, text, pair, end)
    words = [match[0] for match in WORD.finditer(text, *signature.span("name"))]
    tokens = token_span(doc, signature.span("name"))
    if (
        tokens is None
        or not any(word[0].isupper() for word in words)
        or len(words) > SETTINGS.name_line_words
        or any(is_reporting(word) for word in words)
        or any(token.tag_ in FINITE_TAGS for token in tokens)
    ):
        return None
    return shown_by_layout([pair[:2]], signature.span("cue"), signature.span("name"))


def _signed_without_dash(doc: Doc, text: str, pair: QuotePair, end: int) -> Attribution | None:
    """A sentence in marks with nothing behind it but a name and a role: “It is over.” Ana Ruiz, mayor."""
    signature = UNDASHED.match(text, pair.end, end)
    if signature is None or not is_whole_sentence(text, pair[:2]):
        return None
    source = _person_of_line(doc, text, signature.span("name"))
    if source is None or source[0] != signature.start("name"):
        return None
    return shown_by_layout([pair[:2]], None, source)


def _is_quoted(text: str, span: Offsets, marks: Sequence[QuotePair]) -> bool:
    """Whether a stretch is all in marks, in one pair of them."""
    start, end = trim(text, *span)
    pair = pair_at(marks, start)
    return pair is not None and pair.end <= end and not text[pair.end : end].strip(" .,;")


def _people_beside(
    doc: Doc, text: str, paragraph_spans: Sequence[Offsets], marks: Sequence[QuotePair]
) -> dict[int, Offsets]:
    """By the number of each quoted paragraph, whom a line beside it names, with nothing but a name and a role.

    That is the line above it, or the one below where a list begins with quotations.
    """
    quoted = [_is_quoted(text, span, marks) for span in paragraph_spans]
    people = {
        n: person
        for n, span in enumerate(paragraph_spans)
        if not quoted[n]
        and any(quoted[max(0, n - 1) : n + 2])
        and (person := _person_of_line(doc, text, span))
    }
    named = [n in people for n in range(len(quoted))]
    result: dict[int, Offsets] = {}
    first = 0  # of the list: quotations and name lines in turn
    for number in range(len(quoted)):
        goes_on = number and (
            (quoted[number - 1] and named[number]) or (named[number - 1] and quoted[number])
        )
        first = first if goes_on else number
        is_below = quoted[first] and (first == 0 or number - first > 1)
        if named[number] and is_below:
            result |= {n: people[n + 1] for n in range(first, number, 2)}
        elif quoted[number] and goes_on and not is_below:
            result[number] = people[number - 1]
    return result


def _person_of_line(doc: Doc, text: str, line: Offsets) -> Offsets | None:
    """The person whom a line names that has nothing but a name and a role: "Ana Ruiz, 61, baker"."""
    start, end = trim(text, *line)
    tokens = token_span(doc, (start, end))
    if tokens is None or len(text[start:end].split()) > SETTINGS.name_line_words or text[end - 1] in "?!:":
        return None
    if BY_LINE.match(text, start, end):
        return None
    if aged := AGED_NAME.match(text, start, end):
        return aged.span("name")
    people = [entity for entity in tokens.ents if entity.label_ == "PERSON"]
    if len(people) != 1 or any(token.tag_ in FINITE_TAGS for token in tokens):
        return None
    name = CAPITALISED.match(text, start, end)  # the recogniser may have its first word only
    ends = name.end() if name is not None and people[0].start_char == start else start
    return people[0].start_char, max(people[0].end_char, ends)


def _above_dashed_line(
    doc: Doc, text: str, paragraph: Offsets, following: Sequence[Offsets]
) -> Attribution | None:
    """A paragraph in marks above a line with a dash, a name and a role: "— Ana Ruiz, mayor"."""
    line = DASHED_LINE.match(text, *following[0]) if following else None
    tokens = token_span(doc, line.span("name")) if line is not None else None
    if line is None or tokens is None or any(token.tag_ in FINITE_TAGS for token in tokens):
        return None
    words = WORD.findall(text, *line.span("name"))
    if not words[0][0].isupper() or len(words) > SETTINGS.name_line_words:
        return None
    return shown_by_layout([trim(text, *paragraph)], line.span("cue"), line.span("name"))


def _post(text: str, paragraph: Offsets, above: Sequence[Offsets]) -> Attribution | None:
    """A post with the name and the handle of who wrote it, before it (``above``: up to two lines) or behind it."""
    start, end = trim(text, *paragraph)
    lines = [trim(text, above[0][0], above[-1][1]), trim(text, *above[-1])] if above else []
    headers = [match for line in lines if (match := POST_HEADER.fullmatch(text, *line))]
    header = next((match for match in headers if "\n" not in match[0] or match["name"].istitle()), None)
    if header is not None and text[start] != "@":
        content = _without_links(text, start, end)
        return shown_by_layout([content], header.span("cue"), header.span("name"))
    signature = POST_SIGNATURE.search(text, start, end)
    named = signature or POST_BY_HANDLE.match(text, start, end) or POST_LABEL.match(text, start, end)
    if named is None:
        return None
    words = (start, named.start()) if signature else (named.end(), end)
    if signature and above and not text[slice(*words)].strip():
        words = above[-1]
    content = _without_links(text, *words)
    if content[0] >= content[1] or len(WORD.findall(text, *content)) < 2:
        return None
    return shown_by_layout([content], named.span("cue"), named.span("name"))


def _without_links(text: str, start: int, end: int) -> Offsets:
    """The words of a post without the links behind them."""
    links = TRAILING_LINKS.search(text, start, end)
    return trim(text, start, links.start() if links else end)
