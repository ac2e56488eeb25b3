"""Courts and juries that hear what others say: "a jury was told", "court hears"."""

import re

from spacy.tokens import Doc, Token

from quotes.lexicon.words import word_set
from quotes.nlp.dependents import dependents
from quotes.quotations.attribution import Attribution, token_span

HEARING_BODIES = word_set("quotations/hearing_bodies")
HEARING_CUE = re.compile(r"(?:(?:has|have|had|was|were|is|been|will)\s)*(?:hears?|heard|told)\Z", re.I)


def is_hearing(doc: Doc, text: str, attribution: Attribution) -> bool:
    """Whether the source is a court that hears what others say: "a jury was told", "court hears"."""
    source = token_span(doc, attribution.source)
    if source is None or attribution.cue is None or attribution.cue[0] < source.start_char:
        return False  # "was told by the court"
    if not HEARING_CUE.match(text[slice(*attribution.cue)]):
        return False
    told = text[slice(*attribution.cue)].lower().endswith("told")
    is_passive = " " in text[slice(*attribution.cue)] or source[0].pos_ != "DET"
    return source.root.lemma_.lower() in HEARING_BODIES and (not told or is_passive)


def hears_in_court(verb: Token) -> bool:
    """Whether a verb is that of a court that hears what others say."""
    subjects = dependents(verb, "nsubj")
    return verb.lemma_ == "hear" and any(noun.lemma_.lower() in HEARING_BODIES for noun in subjects)
