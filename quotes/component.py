"""The spaCy factories. ``nlp.add_pipe("quotes")`` works after any English tagger, parser and entity recogniser.

Quotations live in ``doc.spans["quotes"]``: spans labelled CONTENT, CUE and SOURCE, those of one quotation with the same
span id, and their other properties in ``doc.user_data["quotes"]``; so they survive processes, ``DocBin`` and
pickle. ``doc._.quotes`` reads them as a tuple of ``quotes.data.Quote``.
"""

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.tokens import Span as TokenSpan

from quotes.coreference.chains.annotator import CoreferenceAnnotator, require_annotation
from quotes.coreference.resolve import resolve
from quotes.lexicon.cues import is_hearsay
from quotes.nlp.encoder import encoder
from quotes.nlp.morphology import Morphology
from quotes.nlp.syntax import Syntax
from quotes.quotations.attribution import Attribution
from quotes.quotations.boundaries import align_with_marks
from quotes.quotations.calibration import probability
from quotes.quotations.clauses import complete_from_parse
from quotes.quotations.decoder import decode
from quotes.quotations.layout import attribute_by_layout
from quotes.quotations.relays import attach_relays, relay_names
from quotes.text.quotation_marks import inside, quote_type
from quotes.types import Mention, Quote, QuoteType, Span

KEY = "quotes"
CONTENT, CUE, SOURCE = "CONTENT", "CUE", "SOURCE"
THOUGHT = 0.5  # probability from which an indirect content is a thought
# Confidence from which a content that is not all in quotation marks is kept. Thoughts are less certain, and whoever
# asks for them wants to miss little: there a long content needs less, since it is seldom there by accident.
LEAST = 0.18
LEAST_WITH_THOUGHTS = 0.3  # divided by the number of words
Coreference = Literal["all", "needed", "none"]


class Quotes:
    """Finds quotations and whom they are by.

    ``thoughts``: keep beliefs and intentions too. ``coreference``: "all" texts get ``doc._.coref_chains``; "needed"
    looks for chains only where a source needs them and does not keep them (they are what is slow to carry between
    processes); "none" does without. ``embeddings``: give each quotation its content's embedding.
    """

    def __init__(
        self, name: str = "quotes", *, thoughts: bool = False, coreference: Coreference = "all",
        embeddings: bool = False,
    ) -> None:  # fmt: skip
        self.name = name
        self.thoughts = thoughts
        self.coreference = coreference
        self.embeddings = embeddings

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc.spans["quotes"]`` (and ``doc._.coref_chains``), in place."""
        text = doc.text  # put together anew each time it is asked for
        if not text.strip():
            doc.spans[KEY], doc.user_data[KEY] = SpanGroup(doc, name=KEY), []
            return doc
        require_annotation(doc, "Finding quotations")
        found = find(doc, text)
        if self.coreference == "all" or (self.coreference == "needed" and needs_chains(doc, found)):
            chains()(doc)
        resolved = resolve(doc, found)
        if self.coreference == "needed":
            _forget_chains(doc)
        mask = inside(text)
        spans: list[TokenSpan] = []
        properties: list[dict[str, Any]] = []
        for one, who, via in zip(found, resolved, relay_names(doc, found), strict=True):
            content = [s for s in (_span(doc, a, CONTENT) for a in one.content) if s is not None]
            kind = quote_type(text, [(s.start_char, s.end_char) for s in content], mask)
            hearsay = one.source is None and one.cue is not None and is_hearsay(text[slice(*one.cue)])
            thought = kind == "indirect" and one.thought > THOUGHT and not hearsay
            unwanted = (thought and not self.thoughts) or (
                not hearsay and doubtful(text, one, kind, thoughts=self.thoughts)
            )
            if not content or unwanted:
                continue
            number = str(len(properties))
            group = content + [
                s for s in (_span(doc, one.cue, CUE), _span(doc, one.source, SOURCE)) if s is not None
            ]
            for span in group:
                span.id_ = number
            spans += group
            properties.append(
                {
                    "type": kind,
                    "speaker": asdict(who.mention) if who.mention else None,
                    "attribution": who.attribution,
                    "confidence": round(probability(kind, one.confidence) * who.confidence, 4),
                    "via": via,
                    "thought": thought,
                    "embedding": None,
                }
            )
        if self.embeddings and properties:
            _embed(spans, properties)
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
        doc.user_data[KEY] = properties
        return doc


def find(doc: Doc, text: str) -> list[Attribution]:
    """The attributions of a parsed Doc, thoughts and doubtful ones too.

    The model's, then what marks, layout, parse and outlets' names say about them. ``text`` is the Doc's.
    """
    model = encoder()
    found = align_with_marks(text, decode(model(text), model.biaffine))
    return attach_relays(doc, complete_from_parse(doc, text, attribute_by_layout(text, found)))


def doubtful(text: str, one: Attribution, kind: QuoteType, *, thoughts: bool) -> bool:
    """Whether an attribution of ``text`` is too unsure to be kept, where thoughts are kept or not."""
    words = sum(len(text[start:end].split()) for start, end in one.content)
    least = LEAST_WITH_THOUGHTS / max(words, 1) if thoughts else LEAST
    return kind != "direct" and one.confidence < least


@lru_cache(maxsize=1)
def chains() -> CoreferenceAnnotator:
    """The coreference weights, read once per process."""
    return CoreferenceAnnotator.from_disk()


def _forget_chains(doc: Doc) -> None:
    for key in [
        key for key in doc.user_data if isinstance(key, tuple) and key[:2] == ("._.", "coref_chains")
    ]:
        del doc.user_data[key]


def needs_chains(doc: Doc, found: list[Attribution]) -> bool:
    """Whether a source has no name in it, so that coreference must say whom it means."""
    for one in found:
        source = doc.char_span(*one.source, alignment_mode="expand") if one.source else None
        if source is not None and not any(token.pos_ == "PROPN" for token in source):
            return True
    return False


def _span(doc: Doc, offsets: tuple[int, int] | None, label: str) -> TokenSpan | None:
    return offsets and doc.char_span(*offsets, label=label, alignment_mode="expand")


def _embed(spans: list[TokenSpan], properties: list[dict[str, Any]]) -> None:
    texts = [
        " ".join(span.text for span in spans if span.label_ == CONTENT and span.id_ == str(n))
        for n in range(len(properties))
    ]
    for row, vector in zip(properties, encoder().embed(texts), strict=True):
        row["embedding"] = vector.astype(np.float16).tobytes()


def read_quotes(doc: Doc) -> tuple[Quote, ...]:
    """The quotations of a Doc, in text order. Behind ``doc._.quotes``."""
    groups: dict[str, dict[str, list[Span]]] = {}
    for span in doc.spans.get(KEY, ()):
        role = groups.setdefault(span.id_, {CONTENT: [], CUE: [], SOURCE: []})[span.label_]
        role.append(Span(span.start_char, span.end_char, span.text))
    properties = doc.user_data.get(KEY) or [{}] * len(groups)
    result = []
    for number, roles in groups.items():
        row = dict(properties[int(number)]) or {"type": quote_type(doc.text, _offsets(roles[CONTENT]))}
        speaker = row.pop("speaker", None)
        if speaker:
            speaker = Mention(**{**speaker, "aliases": tuple(speaker["aliases"])})
        result.append(
            Quote(
                spans=tuple(roles[CONTENT]),
                cue=next(iter(roles[CUE]), None),
                source=next(iter(roles[SOURCE]), None),
                speaker=speaker,
                **row,
            )
        )
    return tuple(result)


def _offsets(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


@Language.factory(
    "quotes",
    default_config={"thoughts": False, "coreference": "all", "embeddings": False},
    requires=["token.tag", "token.dep", "token.pos", "doc.sents"],
)
def make_quotes(
    nlp: Language, name: str, thoughts: bool, coreference: Coreference, embeddings: bool
) -> Quotes:
    """The factory behind ``nlp.add_pipe("quotes")``."""
    return Quotes(name, thoughts=thoughts, coreference=coreference, embeddings=embeddings)


@Language.factory("quotes_syntax", assigns=["token.tag", "token.dep", "token.head", "doc.sents", "doc.ents"])
def make_syntax(nlp: Language, name: str) -> Syntax:
    """The factory behind ``nlp.add_pipe("quotes_syntax")``: the encoder's own syntax."""
    return Syntax(nlp.vocab, name)


@Language.factory("quotes_morphology", assigns=["token.pos", "token.morph", "token.lemma"])
def make_morphology(nlp: Language, name: str) -> Morphology:
    """The factory behind ``nlp.add_pipe("quotes_morphology")``."""
    return Morphology(nlp.vocab, name)


if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", getter=read_quotes)
