"""Block quotations that a colon announces: paragraphs without marks, in a block of their own or told by "we" and "I".

The mayor said in a statement:
We will rebuild the bridge. It will take a year.
"""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from quotes.lexicon.cues import is_reporting
from quotes.quotations.attribution import Attribution, Offsets
from quotes.quotations.settings import SETTINGS
from quotes.quotations.transcripts import SPEAKER_LABEL, is_sentence
from quotes.text.quotation_marks import DOUBLE_MARK, MARK
from quotes.text.spans import contains, overlap, overlaps_any, trim

COLON_CLAUSE = re.compile(r"[^.!?;:“”\"\n]{1,120}:\s*\Z")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|[Uu]s)\b", re.A)
LETTERS = re.compile(r"[^\W\d_]+")


def announced_blocks(
    text: str,
    attributions: Sequence[Attribution],
    paragraph_spans: Sequence[Offsets],
    blocks: Sequence[Offsets] = (),
    people: Sequence[Offsets] = (),
) -> list[Attribution]:
    """Block quotations as attributions: what follows a paragraph that ends with "Ruiz added:", without marks.

    ``blocks``: the stretches that markup shows as block quotations, which a colon without a verb announces, too:
    "Ruiz on the bridge:" (``people``: the names of people). Elsewhere a block goes on as long as its
    paragraphs, and none before them that reports something, say "I" or "we".
    """
    result = []
    for number, (start, end) in enumerate(paragraph_spans[:-1]):
        first, stop = trim(text, *paragraph_spans[number + 1])
        cue = _announcing_verb(text, start, end)
        named = None
        if cue is None and any(contains(block, (first, stop)) for block in blocks):
            cue, named = _announcing_colon(text, (start, end), people)
        words = text[first:stop]
        if cue is None or MARK.match(words) or SPEAKER_LABEL.match(words):
            continue
        if not words[0].isalnum() or not is_sentence(words):
            continue
        if any(_quotes_in(text, attribution, (first, stop)) for attribution in attributions):
            continue  # the first of a list, each with a cue of its own
        same_cue = next((a for a in attributions if a.cue and overlap(a.cue, cue)), None)
        source = same_cue.source if same_cue else named
        content = _paragraphs(text, attributions, paragraph_spans[number + 1 :], blocks)
        result.append(Attribution(content, cue, source, SETTINGS.announced_confidence))
    return result


def _paragraphs(
    text: str, attributions: Sequence[Attribution], following: Sequence[Offsets], blocks: Sequence[Offsets]
) -> tuple[Offsets, ...]:
    """The paragraphs of a block quotation, the first of ``following`` and those that go on with it."""
    first = trim(text, *following[0])
    block = next((block for block in blocks if contains(block, first)), None)
    content = [first]
    for span in following[1 : SETTINGS.turn_paragraphs]:
        paragraph = trim(text, *span)
        if block is not None:
            goes_on = contains(block, paragraph)
        else:
            goes_on = FIRST_PERSON.search(text, *paragraph) is not None and _is_speech(
                text, paragraph, attributions
            )
        if not goes_on:
            break
        content.append(paragraph)
    return tuple(content)


def _quotes_in(text: str, attribution: Attribution, paragraph: Offsets) -> bool:
    """Whether an attribution has its cue, and behind it words in marks, in a paragraph: "Ana Ruiz said, “...”"."""
    cue = attribution.cue
    return (
        cue is not None
        and contains(paragraph, cue)
        and any(
            cue[1] <= start and end <= paragraph[1] and MARK.match(text, start)
            for start, end in attribution.content
        )
    )


def _is_speech(text: str, paragraph: Offsets, attributions: Sequence[Attribution]) -> bool:
    """Whether a paragraph is somebody's words: no marks, and no source of the reporter's but "I" or "we"."""
    if DOUBLE_MARK.search(text, *paragraph) or not is_sentence(text[slice(*paragraph)]):
        return False
    reported = (part for part in attributions if part.source and overlaps_any(part.source, [paragraph]))
    return all(FIRST_PERSON.match(text, part.source[0]) for part in reported if part.source)


def _announcing_colon(
    text: str, paragraph: Offsets, people: Sequence[Offsets]
) -> tuple[Offsets | None, Offsets | None]:
    """The colon that ends a paragraph, and the person who is named before it if it is one."""
    start, end = trim(text, *paragraph)
    if text[end - 1] != ":":
        return None, None
    named = [name for name in people if contains((start, end), name)]
    return (end - 1, end), named[0] if len(named) == 1 else None


def _announcing_verb(text: str, start: int, end: int) -> Offsets | None:
    """The speech verb of the clause that ends a paragraph with a colon."""
    if not text[start:end].rstrip().endswith(":"):
        return None  # most paragraphs: the search below is slow on them
    clause = COLON_CLAUSE.search(text, start, end)
    words = list(LETTERS.finditer(text, *clause.span()))[1:] if clause else []
    verbs = [word.span() for word in words if is_reporting(word[0])]
    return verbs[-1] if verbs else None


if not Doc.has_extension("block_quotations"):  # offsets of what markup showed as such, set before the passes
    Doc.set_extension("block_quotations", default=())
    Doc.set_extension("emphasised_lines", default=())
