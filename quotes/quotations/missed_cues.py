"""Cues that the tagger has missed: of words in marks without a cue, the clause before them that introduces them.

Ruiz declared in a heated argument with the clerk that “nobody” would pay.
Then she went on to say:
“Nobody will pay.”
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from quotes.lexicon.cues import cue_words
from quotes.nlp.dependents import word_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.sources import speaking_subject
from quotes.text.quotation_marks import MARK
from quotes.text.spans import overlaps_any

# What ends a clause that introduces what follows: in its own paragraph or, behind a colon, in the next one.
INTRODUCED = re.compile(r"(?:[,:]|\bthat)[ \t\xa0]*\Z|:\s*\Z")
CLAUSE_TOKENS = 30  # before the marks, within which the verb of the clause stands


def with_missed_cue(doc: Doc, text: str, attribution: Attribution, taken: Sequence[Offsets]) -> Attribution:
    """The attribution with the cue and the source of the clause before it, if it is in marks and has no cue.

    ``taken``: the spans of the other attributions, none of which the cue or the source may overlap.
    """
    start, end = attribution.content[0]
    if attribution.cue is not None or attribution.by_layout or not MARK.search(text, start, end):
        return attribution
    if text[start : start + 5].lower() != "that " and not INTRODUCED.search(text, max(0, start - 12), start):
        return attribution
    verb = _verb_before(doc, start)
    if verb is None:
        return attribution
    cue, spans = word_offsets(verb), [*attribution.content, *taken]
    source = speaking_subject(verb, spans)
    if source is None or overlaps_any(cue, spans):
        return attribution
    return replace(attribution, cue=cue, source=source)


def _verb_before(doc: Doc, start: int) -> Token | None:
    """The last verb of speech of the sentence that ends, or that a content interrupts, right before a place."""
    content = token_span(doc, (start, start + 1))
    last = content.start - 1 if content is not None else -1
    while last >= 0 and (doc[last].is_space or doc[last].is_punct or doc[last].lower_ == "that"):
        last -= 1
    if last < 0:
        return None
    known = cue_words()
    for token in reversed(doc[max(doc[last].sent.start, last - CLAUSE_TOKENS) : last + 1]):
        word = known.get(token.lower_)
        if token.pos_ == "VERB" and word is not None and word.kind == "speech":
            return token
    return None
