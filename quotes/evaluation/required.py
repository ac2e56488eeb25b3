"""Found quotations against known ones of which some must be found and others need not be.

Required quotations must be found; those that are not required are neither right nor wrong, and neither is a finding
within a longer known content. Everything else that is found is wrong.
"""

from collections.abc import Iterable, Sequence

from quotes.evaluation.gold import Annotation
from quotes.evaluation.metrics import (
    LOOSE_JACCARD,
    STRICT_JACCARD,
    Count,
    RequiredFigures,
    characters,
    jaccard,
    pair,
)
from quotes.evaluation.names import is_same_name
from quotes.text.spans import any_overlap

ALL = "all"


def measure_required(
    texts: Iterable[tuple[str, Sequence[Annotation], Sequence[Annotation]]],
) -> RequiredFigures:
    """Figures for texts, each given as (text, what was found, what is known)."""
    figures = RequiredFigures({ALL: Count()})
    for text, found, known in texts:
        _measure_text(figures, text, found, known)
    return figures


def _measure_text(
    figures: RequiredFigures, text: str, found: Sequence[Annotation], known: Sequence[Annotation]
) -> None:
    mine = [(quote, c) for quote in found if (c := characters(text, quote.content))]
    gold = [(quote, c) for quote in known if (c := characters(text, quote.content))]
    matched = dict(pair([c for _, c in mine], [c for _, c in gold], least=LOOSE_JACCARD))

    def counts(kind: str | None) -> list[Count]:
        return [figures.counts.setdefault(name, Count()) for name in (ALL, kind or "indirect")]

    for quote, _ in gold:
        if quote.required:
            for count in counts(quote.type):
                count.known += 1
        if quote.act:
            figures.acts.setdefault(quote.act, [0, 0, 0])[0] += 1
    for i, (quote, content) in enumerate(mine):
        if i not in matched:
            if not any(content < other for _, other in gold):
                for count in counts(quote.type):
                    count.found += 1
            continue
        answer, other = gold[matched[i]]
        if answer.act:
            figures.acts[answer.act][1] += 1
            figures.acts[answer.act][2] += answer.act == quote.act
        if not answer.required:
            continue
        for count in counts(answer.type):
            count.found += 1
            count.loose += 1
            count.strict += jaccard(content, other) >= STRICT_JACCARD
            count.joint += _has_right_source(text, quote, answer)


def _has_right_source(text: str, quote: Annotation, answer: Annotation) -> bool:
    """Whether the sources share a character or have the same words; where one has none, whether the speaker is."""
    if quote.source and answer.source:
        words, known = (text[slice(*one.source[0])].lower() for one in (quote, answer))
        return any_overlap(quote.source, answer.source) or words == known
    if not quote.source and not answer.source:
        return True
    if answer.speaker is None:
        return quote.speaker is None
    return is_same_name(quote.speaker, (answer.speaker, *answer.names))
