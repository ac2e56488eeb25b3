"""What is kept of the attributions: what was said, not what is too doubtful; all else for whoever asks for it."""

import math
from typing import get_args

from spacy.tokens import Doc, Span, Token

from quotes.lexicon import cues
from quotes.nlp.dependents import FINITE_TAGS
from quotes.quotations.attribution import Attribution, token_span
from quotes.quotations.logistic import log_odds, probability, regression
from quotes.quotations.settings import SETTINGS
from quotes.quotations.topics import is_brief_claim, is_question_of_nobody, is_topic
from quotes.types import Act, Keep, QuoteType

FILTER = "filter.json"
LABELLED = ("content", "the content's least sure fifth", "cue", "source")
TELLING_CHILDREN = frozenset(["nsubj", "nsubjpass", "ccomp", "neg", "aux", "auxpass"])
LEAST_WORDS = 2  # of a content without marks that says something


def is_hearsay(text: str, attribution: Attribution) -> bool:
    """Whether nobody in particular says it: "It is believed that the ship left". Kept, however doubtful."""
    if attribution.source is not None or attribution.cue is None:
        return False
    return cues.is_hearsay(text[slice(*attribution.cue)])


def is_said(kind: QuoteType, act: Act, *, is_clause: bool) -> bool:
    """Whether an act is one by which words were said: no belief, no refusal, no request for a mere thing.

    What is in quotation marks was said, whatever the cue is, unless it is what somebody refused to say.
    """
    if act == "declines":
        return False
    is_statement = act in ("asserts", "denies", "asks", "promises")
    return kind != "indirect" or is_statement or (act == "requests" and is_clause)


def features(
    doc: Doc, text: str, attribution: Attribution, kind: QuoteType, act: Act, *, is_clause: bool
) -> dict[str, float]:
    """What tells whether somebody said a content, by name; what is absent is 0."""
    content = token_span(doc, (attribution.content[0][0], attribution.content[-1][1]))
    source = token_span(doc, attribution.source)
    cue = token_span(doc, attribution.cue)
    words = len(content) if content is not None else 1
    start = attribution.content[0][0]
    listed = cues.kind(text[slice(*attribution.cue)]) if attribution.cue else None
    result = {
        "confidence": log_odds(attribution.confidence),
        "thought": log_odds(attribution.thought),
        "words": math.log(words),
        "noun phrase": float(not is_clause),
        "noun phrase, short": float(not is_clause and words <= 4),
        "behind a colon": float(text[max(0, start - 3) : start].rstrip().endswith(":")),
        kind: 1.0,
        f"act {act}": 1.0,
        f"cue {listed}": 1.0,
    }
    for other, likely in zip(get_args(Act), attribution.acts or (), strict=False):
        result[f"{other} by the encoder"] = log_odds(likely)
    for role, likely in zip(LABELLED, attribution.labels or (), strict=False):
        result[f"labels of {role}"] = log_odds(likely)
    if not is_clause:
        result[f"noun phrase after cue {listed}"] = 1.0
        result["noun phrase, confidence"] = log_odds(attribution.confidence)
    if content is not None:
        result["begins with that"] = float(content[0].lower_ == "that")
        result["begins with to"] = float(content[0].lower_ == "to")
        result["begins with a verb in -ing"] = float(content[0].tag_ == "VBG")
        result |= _syntax_of_content(content)
    if cue is not None:
        result["content before cue"] = float(attribution.content[-1][1] <= cue.start_char)
        result |= _syntax_of_cue(cue)
    if cue is not None and content is not None:
        result |= _syntax_of_both(content, cue)
    if source is None:
        result["no source"] = 1.0
    else:
        result["source is a pronoun"] = float(source.root.pos_ == "PRON")
        result["source is a name"] = float(source.root.pos_ == "PROPN")
        result[f"source's entity is {source.root.ent_type_}"] = 1.0
        result["source's words"] = math.log(len(source))
    return result


def _syntax_of_content(content: Span) -> dict[str, float]:
    """What the parse tells about a content: a clause or a phrase, and whether it breaks off."""
    root = content.root
    result = {
        f"root is {root.pos_}": 1.0,
        f"root is a {root.dep_}": 1.0,
        f"ends with {content[-1].pos_}": 1.0,
        "has a finite verb": float(any(token.tag_ in FINITE_TAGS for token in content)),
    }
    if root.dep_ in ("pobj", "pcomp"):
        result[f"root is an object of {root.head.lower_}"] = 1.0
    return result


def _syntax_of_cue(cue: Span) -> dict[str, float]:
    """What the parse tells about a cue, and its verb."""
    verb = _cue_verb(cue)
    return {
        f"cue is {verb.pos_}": 1.0,
        f"cue is tagged {verb.tag_}": 1.0,
        f"cue is a {verb.dep_}": 1.0,
        f"cue's lemma is {verb.lemma_.lower()}": 1.0,
        "cue has a preposition": float(any(token.tag_ == "IN" for token in cue)),
        **{f"cue has a {token.dep_}": 1.0 for token in verb.children if token.dep_ in TELLING_CHILDREN},
        "cue, further words": float(len(cue) - 1),
    }


def _cue_verb(cue: Span) -> Token:
    """The word that a cue is about: "put" of "[were] put into his mouth"."""
    return cue.root.head if cue.root.dep_ in ("aux", "auxpass") else cue.root


def _syntax_of_both(content: Span, cue: Span) -> dict[str, float]:
    """What the parse and the order of words tell about how a content and its cue hang together."""
    between = min(abs(content.start - cue.end), abs(cue.start - content.end))
    after = content.doc[content.end] if content.end < len(content.doc) else content[-1]
    result = {
        "words between content and cue": math.log(1 + between),
        "content ends at punctuation": float(content[-1].is_punct or after.is_punct),
    }
    if content.root.head.i == _cue_verb(cue).i:
        result[f"content is a {content.root.dep_} of the cue"] = 1.0
    return result


def said_probability(evidence: dict[str, float]) -> float:
    """The probability that a content was said, by a logistic regression (``training/train_filter.py``)."""
    return probability(FILTER, evidence)


def is_too_unsure(text: str, attribution: Attribution, kind: QuoteType, *, said: float, keep: Keep) -> bool:
    """Whether an attribution is too unsure to be kept. What is in marks never is."""
    if kind == "direct":
        return False
    if keep == "said" and attribution.acts is not None:
        least_said: float = regression(FILTER)["least"]
        return said < least_said
    if keep == "said":
        return attribution.confidence < SETTINGS.least_confidence
    least = SETTINGS.least_confidence_with_thoughts
    if keep == "all":
        least = SETTINGS.least_confidence_with_all
    if attribution.doubtful:
        least = SETTINGS.least_confidence_of_doubtful
    return attribution.confidence < least / max(_words(text, attribution), 1)


def _words(text: str, attribution: Attribution) -> int:
    """How many words a content has."""
    return sum(len(text[start:end].split()) for start, end in attribution.content)


def is_kept(
    doc: Doc, text: str, attribution: Attribution, kind: QuoteType, act: Act, *, is_clause: bool, said: float,
    keep: Keep,
) -> bool:  # fmt: skip
    """Whether an attribution becomes a quotation.

    ``is_clause``: the content is no mere noun phrase; ``said``: the probability that it was said.
    """
    if attribution.doubtful and (keep != "all" or act == "asserts"):
        return False
    few_words = kind == "indirect" and _words(text, attribution) < LEAST_WORDS and not attribution.by_layout
    if is_hearsay(text, attribution):
        return not few_words  # "[the] same cannot be said"
    brief = kind == "indirect" and is_brief_claim(doc, attribution)
    if keep != "all" and few_words and not brief:
        return False  # "opposed it": no claim
    if keep == "said" and (
        is_topic(doc, text, attribution, kind, is_clause=is_clause)
        or (kind == "indirect" and is_question_of_nobody(doc, attribution, act))
    ):
        return False
    if brief:
        return attribution.confidence >= SETTINGS.least_confidence
    wanted = (
        keep == "all" or is_said(kind, act, is_clause=is_clause) or (keep == "thoughts" and act == "thinks")
    )
    return wanted and not is_too_unsure(text, attribution, kind, said=said, keep=keep)
