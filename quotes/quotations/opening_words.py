"""Quotations that open a paragraph and a colon after them: headlines, and words with which somebody did something.

“We were betrayed”: families reject deal            “It is over”: with these words, Ruiz ended the strike.
"""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from quotes.nlp.dependents import dependent, subtree_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.settings import SETTINGS
from quotes.quotations.sources import SPOKEN_NOUNS, doer_with_words
from quotes.text.quotation_marks import QuotePair, pair_at
from quotes.text.sentence_ends import ends_sentence
from quotes.text.spans import overlaps_any

COLON = re.compile(r"[ \t]*:(?=\s)")
WORD = re.compile(r"\w+")


def opening_words(
    doc: Doc,
    text: str,
    attributions: Sequence[Attribution],
    paragraph_spans: Sequence[Offsets],
    marks: Sequence[QuotePair],
) -> list[Attribution]:
    """Attributions, and one for each quotation before a colon that opens a paragraph and that nobody has yet.

    Its source is whoever the sentence behind the colon says it with ("with these words, Ruiz"), else nobody: a
    headline does not say whose words it has.
    """
    result = list(attributions)
    for start, end in paragraph_spans:
        pair = pair_at(marks, start)
        colon = COLON.match(text, pair.end, end) if pair is not None and pair.closed else None
        if pair is None or colon is None or len(WORD.findall(text, *pair[:2])) < 2:
            continue
        span = pair[:2]
        own = [part for part in result if overlaps_any(span, part.content)]
        is_headline = not ends_sentence(text, colon.end(), end) and "," not in text[colon.end() : end]
        told = any(part.cue and not overlaps_any(part.cue, [(pair.end, colon.end())]) for part in own)
        if told and not is_headline:
            continue  # “We will”: Ruiz never said that
        source = _who_said(doc, colon.end(), end)
        cue = (colon.end() - 1, colon.end()) if source else None
        named = Attribution((span,), cue, source, SETTINGS.announced_confidence, by_layout=True)
        result = [part for part in result if part not in own] + [named]
    return result


def _who_said(doc: Doc, start: int, end: int) -> Offsets | None:
    """Whoever a sentence says to have said these words: "with these words, [Ruiz] left", "[Ruiz]'s last words"."""
    sentence = token_span(doc, (start, end))
    for noun in sentence or ():
        if noun.lemma_.lower() in SPOKEN_NOUNS and noun.pos_ == "NOUN":
            owner = dependent(noun, "poss")
            if owner is not None and owner.pos_ in ("NOUN", "PROPN"):
                return subtree_offsets(owner)
        elif not (noun.lower_ == "that" and noun.dep_ == "pobj"):
            continue
        return doer_with_words(noun)
    return None
