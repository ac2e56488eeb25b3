"""Attributions that the tagger does not see: a word that is often a cue, with what it introduces in the parse.

    Merchants raised concerns that the quay would close.    Ruiz said the ferry was late and asked them to wait.

The tagger gives each word one label, so it sees no cue within another content, and few nouns. Where all is wanted, a
regression (``training/train_unseen.py``) chooses among the words that are cues in training articles.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from spacy.tokens import Doc, Token

from quotes.nlp.decoding import log_softmax
from quotes.nlp.dependents import agent_offsets, dependent, dependents, subtree_offsets, word_offsets
from quotes.nlp.encoder import Logits
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.edges import trim_edges
from quotes.quotations.label_probabilities import LabelProbabilities
from quotes.quotations.logistic import log_odds, probability, regression
from quotes.quotations.sources import speaking_subject
from quotes.text.quoted import quoted_mask
from quotes.text.spans import SpanIndex
from quotes.types import Act

WEIGHTS = "unseen.json"
WORD_CLASSES = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
OBJECT_DEPS = ("dobj", "acomp", "oprd")


@dataclass(frozen=True, slots=True)
class Introduced:
    """What a word introduces: how the parse ties it, its head and characters, and who does it if no subject does."""

    relation: str
    head: Token
    content: Offsets
    agent: Offsets | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a cue, as an attribution, with what tells whether it is one."""

    lemma: str
    attribution: Attribution
    evidence: Mapping[str, float]


def find_unseen(doc: Doc, text: str, logits: Logits, known: Sequence[Attribution]) -> list[Attribution]:
    """The attributions that are likely beside the ``known`` ones; no cue of them is a known cue or source."""
    lemmas: dict[str, float] = regression(WEIGHTS)["lemmas"]
    least: float = regression(WEIGHTS)["least"]
    result: list[Attribution] = []
    for candidate in candidates(doc, text, logits, known, lemmas):
        likely = probability(WEIGHTS, candidate.evidence, more=lemmas[candidate.lemma])
        if likely >= least:
            result.append(replace(candidate.attribution, confidence=likely))
    return trim_edges(doc, text, result)


def candidates(
    doc: Doc, text: str, logits: Logits, known: Sequence[Attribution], lemmas: Mapping[str, float] | None
) -> Iterator[Candidate]:
    """The words with one of these lemmas (None: with any) that introduce something, in text order.

    None is in quotation marks: what is thought or asked for there is told by whoever is quoted.
    """
    taken = SpanIndex((part, span) for part in known for span in (part.cue, part.source) if span)
    contents = SpanIndex((part, span) for part in known for span in part.content)
    of, mask = LabelProbabilities(logits), quoted_mask(text)
    acts = _Likely(logits)
    for token in doc:
        lemma = lemma_of(token)
        if lemma is None or mask[token.idx] or (lemmas is not None and lemma not in lemmas):
            continue
        cue = word_offsets(token)
        introduced = None if taken.overlapping(cue) else _introduced(token)
        if introduced is None or taken.overlapping(word_offsets(introduced.head)):
            continue  # "heard shouting": one cue
        thought, likely = acts.at(of.pieces_of(cue))
        attribution = Attribution(
            (introduced.content,),
            cue,
            _source(token, introduced),
            thought=thought,
            acts=likely,
            doubtful=True,
        )
        inside = bool(contents.overlapping(cue))
        yield Candidate(
            lemma, attribution, _evidence(doc, token, introduced.relation, attribution, of, inside=inside)
        )


def lemma_of(token: Token) -> str | None:
    """The lemma of a verb, noun or adjective with its class, "order verb"; None for other words and auxiliaries."""
    kind = WORD_CLASSES.get(token.pos_)
    return None if kind is None or token.dep_ in ("aux", "auxpass") else f"{token.lemma_.lower()} {kind}"


class _Likely:
    """What the heads of thoughts and of acts say of words."""

    def __init__(self, logits: Logits) -> None:
        self._thought, self._acts = np.exp(log_softmax(logits.thought)), np.exp(log_softmax(logits.act))

    def at(self, pieces: slice) -> tuple[float, tuple[float, ...]]:
        """The probability that a cue of these wordpieces, or of the first, reports a thought, and that of each act."""
        here = slice(pieces.start, max(pieces.start + 1, pieces.stop))
        return float(self._thought[here, 1].mean()), tuple(self._acts[here].mean(0).tolist())


def _introduced(token: Token) -> Introduced | None:
    """The clause that depends on a word, else its object, the subject of a passive, the noun that it modifies, ..."""
    right = list(token.rights)
    clause = next((child for dep in ("ccomp", "xcomp") for child in right if child.dep_ == dep), None)
    if clause is not None:
        start, end = subtree_offsets(clause)
        told = next((child for child in right if child.dep_ == "dobj" and child.i < clause.i), None)
        return Introduced(clause.dep_, clause, (subtree_offsets(told)[0] if told is not None else start, end))
    if token.pos_ in ("NOUN", "PROPN"):
        for child in right:
            if child.dep_ == "acl" or (child.dep_ == "relcl" and child.left_edge.lower_ == "that"):
                return Introduced(child.dep_, child, subtree_offsets(child))
    thing = next((child for child in right if child.dep_ in OBJECT_DEPS), None)
    if thing is not None:
        return Introduced(thing.dep_, thing, subtree_offsets(thing))
    by = agent_offsets(token)
    passive = dependent(token, "nsubjpass")
    if token.tag_ == "VBN" and passive is not None and by is not None:
        return Introduced("passive", passive, subtree_offsets(passive), by)
    if token.tag_ == "VBN" and token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN"):
        return Introduced("participle", token.head, word_offsets(token.head.left_edge, token.head), by)
    doer = dependent(token, "nsubj")
    if (
        token.dep_ == "relcl"
        and token.head.pos_ in ("NOUN", "PROPN")
        and doer is not None
        and doer.tag_[0] != "W"
    ):
        # "a man he fears"
        return Introduced("relative", token.head, word_offsets(token.head.left_edge, token.head))
    for child in right:
        noun = dependent(child, "pobj", "pcomp") if child.dep_ == "prep" and child.lower_ != "by" else None
        if noun is not None:
            return Introduced(f"after {child.lower_}", noun, subtree_offsets(noun))
    return None


def _source(token: Token, introduced: Introduced) -> Offsets | None:
    """Whose request or thought it is: the agent, the subject of a verb, the owner of a noun."""
    if introduced.agent is not None:
        return introduced.agent
    if token.pos_ in ("VERB", "AUX"):
        return speaking_subject(token, [introduced.content])
    owner = dependent(token, "poss")
    return subtree_offsets(owner) if owner is not None else None


def _evidence(
    doc: Doc,
    token: Token,
    relation: str,
    attribution: Attribution,
    labels: LabelProbabilities,
    *,
    inside: bool,
) -> dict[str, float]:
    """What tells whether a word is a cue, by name; what is absent is 0."""
    cue, content = word_offsets(token), attribution.content[0]
    span, source = token_span(doc, content), token_span(doc, attribution.source)
    as_cue, as_content, as_source = (
        labels.of(cue, 1),
        labels.of(content, 0),
        labels.of(attribution.source, 2),
    )
    result = {
        "cue": log_odds(float(as_cue.max(initial=0.0))),
        "content": log_odds(labels.of_content([content])),
        "content's first": log_odds(float(as_content[0]) if len(as_content) else 0.0),
        "content at the cue": log_odds(labels.of_content([cue])),
        "source": log_odds(float(as_source.max(initial=0.0))),
        "thought": log_odds(attribution.thought),
        "inside a content": float(inside),
        f"introduces by {relation}": 1.0,
        f"tagged {token.tag_}": 1.0,
        f"is a {token.dep_}": 1.0,
        **{f"has {child.lower_}": 1.0 for child in dependents(token, "aux", "auxpass", "neg")},
    }
    for act, likely in zip(get_args(Act), attribution.acts or (), strict=False):
        result[f"{act} by the encoder"] = log_odds(likely)
    if span is not None:
        result["words"] = math.log(len(span))
        result[f"content is {span.root.pos_}"] = 1.0
    if source is None:
        result["no source"] = 1.0
    else:
        result[f"source is {source.root.pos_}"] = 1.0
        result[f"source's entity is {source.root.ent_type_}"] = 1.0
    return result
