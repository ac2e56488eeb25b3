"""Found speakers against known ones: right by form of the source, descriptions linked to names, calibration.

A speaker is right when its name is one of the known ones, or a part of one that has its longest word. Right of found:
of the quotations that were found; right of all: of all whose speaker is known and sure. A description ("the minister")
that means a named person is linked when the speaker is given by that very name; its own words are no link, and no name.
Calibration is measured on what is found and has a speaker: the expected calibration error (Naeini et al. 2015) in ten
bins of one width.
"""

import re
from collections.abc import Iterable, Sequence

from quotes.evaluation.gold import Annotation
from quotes.evaluation.metrics import characters, is_speech, pair
from quotes.evaluation.names import comparable_words, is_same_name
from quotes.evaluation.speaker_figures import SpeakerFigures

PRONOUNS = frozenset("he she they it who i we him her them his their this that".split())
FIRST_PERSON = frozenset({"i", "we", "me", "us"})
NO_NAMES = frozenset({"the", "a", "an", "his", "her", "their", "its", "one", "another"})


def measure_speakers(
    texts: Iterable[tuple[str, Sequence[Annotation], Sequence[Annotation]]],
) -> SpeakerFigures:
    """Figures for texts, each given as (text, what was found, what is known).

    Where the known ones say what is required, only that counts.
    """
    figures = SpeakerFigures()
    for text, found, known in texts:
        mine = [(quote, c) for quote in found if (c := characters(text, quote.content))]
        gold = [(quote, c) for quote in known if (c := characters(text, quote.content))]
        found_at = {j: i for i, j in pair([c for _, c in mine], [c for _, c in gold])}
        for j, (answer, _) in enumerate(gold):
            if answer.speaker and not answer.unsure and answer.required is not False:
                _count(figures, text, mine[found_at[j]][0] if j in found_at else None, answer)
    return figures


def _count(figures: SpeakerFigures, text: str, quote: Annotation | None, answer: Annotation) -> None:
    assert answer.speaker is not None
    source = " ".join(text[start:end] for start, end in answer.source)
    form = source_form(source, answer.speaker, by_capitals=answer.required is not None)
    right = quote is not None and is_same_name(quote.speaker, (answer.speaker, *answer.names))
    groups = ["all", form, *(["SPEECH"] if is_speech(text, answer) else [])]
    if source.lower() in FIRST_PERSON:
        groups.append("first person")
    for group in groups:
        for at, value in enumerate((True, quote is not None, right)):
            figures.counts[group][at] += value
    if quote is None:
        return
    if form == "nominal":
        _count_link(figures, source, quote, answer)
    if quote.speaker is not None and quote.speaker_confidence is not None:
        figures.confidences.append((quote.speaker_confidence, right))


def _count_link(figures: SpeakerFigures, source: str, quote: Annotation, answer: Annotation) -> None:
    """Count a description that means a named person, or that was given a name."""
    assert answer.speaker is not None
    words, name = comparable_words(source), comparable_words(answer.speaker)
    names = [answer.speaker, *(other for other in answer.names if comparable_words(other) & name)]
    is_named = answer.speaker_type == "person" and _is_proper(answer.speaker) and not name <= words
    is_given = (
        quote.speaker is not None
        and _is_proper(quote.speaker)
        and quote.speaker_type in ("person", None)
        and not comparable_words(quote.speaker) <= words
    )
    figures.named += is_named
    figures.linked += is_given
    figures.linked_right += is_named and is_given and is_same_name(quote.speaker, names)


def source_form(source: str, speaker: str, *, by_capitals: bool = False) -> str:
    """How a source refers: "none", "pronoun", "name" or "nominal".

    A name shares a word with the speaker's, and a capital stands in it behind its first word; ``by_capitals``: it
    shares a word with a capital.

    >>> source_form("she", "Ana Ruiz"), source_form("the mayor", "Ana Ruiz"), source_form("Mayor Ruiz", "Ana Ruiz")
    ('pronoun', 'nominal', 'name')
    """
    if by_capitals:
        if not source:
            return "none"
        shared = set(re.findall(r"\w+", source)) & {w for w in re.findall(r"\w+", speaker) if w[:1].isupper()}
        return "pronoun" if source.lower() in PRONOUNS else "name" if shared else "nominal"
    words = re.findall(r"[\w'’.]+", source)
    if not words:
        return "none"
    if len(words) == 1 and words[0].lower() in PRONOUNS:
        return "pronoun"
    has_capital = any(word[:1].isupper() for word in words[1:] or words)
    shared = {word.lower().strip(".") for word in words} & set(re.findall(r"\w+", speaker.lower()))
    return "name" if has_capital and shared else "nominal"


def _is_proper(name: str) -> bool:
    words = re.findall(r"[\w'’.-]+", name)
    return bool(words) and words[0].lower() not in NO_NAMES and any(word[:1].isupper() for word in words)
