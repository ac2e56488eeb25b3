"""The spaCy factories. ``nlp.add_pipe("quotes")`` works after any English tagger, parser and entity recogniser.

Quotations live in ``doc.spans["quotes"]``: spans labelled CONTENT, CUE and SOURCE, those of one quotation with the same
span id, and their other properties in ``doc.user_data["quotes"]``; so they survive processes, ``DocBin`` and
pickle. ``doc._.quotes`` reads them as a tuple of ``quotes.Quote``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal, cast, get_args

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.tokens import Span as TokenSpan

from quotes.coreference.chains.annotator import CoreferenceAnnotator, require_annotation
from quotes.coreference.resolve import ResolvedSource, resolve
from quotes.errors import PipelineError
from quotes.nlp.encoder import encoder
from quotes.nlp.morphology import Morphology
from quotes.nlp.syntax import Syntax
from quotes.quotations.attribution import Attribution
from quotes.quotations.calibration import probability
from quotes.quotations.filter import is_kept, is_thought
from quotes.quotations.passes import find_attributions
from quotes.quotations.relays import relay_names
from quotes.text.quotation_marks import quote_type, quoted_mask
from quotes.text.spans import Offsets
from quotes.types import AttributionMethod, Mention, Quote, QuoteType, Span

KEY = "quotes"
CONTENT, CUE, SOURCE = "CONTENT", "CUE", "SOURCE"
Coreference = Literal["all", "needed", "none"]


class Quotes:
    """spaCy component: finds quotations and resolves their sources to speakers.

    ``thoughts``: keep beliefs and intentions too. ``coreference``: "all" texts get ``doc._.coref_chains``; "needed"
    looks for chains only where a source needs them and does not keep them (they are what is slow to carry between
    processes); "none" does without. ``embeddings``: give each quotation its content's embedding. Raises
    ``PipelineError`` for any other value.
    """

    def __init__(
        self, name: str = "quotes", *, thoughts: bool = False, coreference: Coreference = "all",
        embeddings: bool = False,
    ) -> None:  # fmt: skip
        _check_options(thoughts=thoughts, coreference=coreference, embeddings=embeddings)
        self.name = name
        self.thoughts = thoughts
        self.coreference = coreference
        self.embeddings = embeddings

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc.spans["quotes"]`` (and ``doc._.coref_chains``), in place."""
        text = doc.text  # put together anew each time it is asked for
        if not text.strip():
            _put(doc, [], embeddings=False)
            return doc
        require_annotation(doc, "Finding quotations")
        attributions = find_attributions(doc, text)
        sources = self._resolve(doc, attributions)
        quotations = sorted(
            _score(doc, text, attributions, sources, thoughts=self.thoughts),
            key=lambda quotation: (quotation.content[0].start, quotation.content[-1].end),
        )
        _put(doc, quotations, embeddings=self.embeddings)
        return doc

    def _resolve(self, doc: Doc, attributions: Sequence[Attribution]) -> list[ResolvedSource]:
        """Whom each source refers to, with coreference chains where they are wanted."""
        if self.coreference == "all" or (self.coreference == "needed" and needs_chains(doc, attributions)):
            coreference_annotator()(doc)
        sources = resolve(doc, attributions)
        if self.coreference == "needed":
            _forget_chains(doc)
        return sources


def _check_options(*, coreference: object, **switches: object) -> None:
    """Raises PipelineError for an option with a value that it cannot have."""
    if coreference not in get_args(Coreference):
        choices = ", ".join(f'"{choice}"' for choice in get_args(Coreference))
        raise PipelineError(f"There is no coreference={coreference!r}.", f"Use one of: {choices}.")
    for name, value in switches.items():
        if not isinstance(value, bool):
            raise PipelineError(f"There is no {name}={value!r}.", "Use True or False.")


@dataclass(frozen=True, slots=True)
class _Quotation:
    """A quotation that is kept, on its way into the Doc."""

    content: list[TokenSpan]
    cue: TokenSpan | None
    source: TokenSpan | None
    type: QuoteType
    thought: bool
    speaker: Mention | None
    via: str | None
    attribution: AttributionMethod
    confidence: float  # probability that content and source are right, calibrated on known answers
    speaker_confidence: (
        float  # how sure it is that the source means this speaker; set by hand, no probability
    )

    def spans(self) -> list[TokenSpan]:
        """The content's spans, then cue and source if there are any."""
        return [*self.content, *(span for span in (self.cue, self.source) if span is not None)]

    def properties(self) -> dict[str, Any]:
        """What the spans do not say, as plain data. The two confidences are still one number there, their product."""
        return {
            "type": self.type,
            "speaker": asdict(self.speaker) if self.speaker else None,
            "attribution": self.attribution,
            "confidence": round(self.confidence * self.speaker_confidence, 4),
            "via": self.via,
            "thought": self.thought,
            "embedding": None,
        }


def _score(
    doc: Doc,
    text: str,
    attributions: Sequence[Attribution],
    sources: Sequence[ResolvedSource],
    *,
    thoughts: bool,
) -> Iterator[_Quotation]:
    """The quotations that are kept, with their type and their two confidences."""
    mask = quoted_mask(text)
    for attribution, source, via in zip(attributions, sources, relay_names(doc, attributions), strict=True):
        content = _content(doc, attribution.content)
        kind = quote_type(text, [(span.start_char, span.end_char) for span in content], mask)
        if content and is_kept(text, attribution, kind, thoughts=thoughts):
            yield _Quotation(
                content,
                _span(doc, attribution.cue, CUE),
                _span(doc, attribution.source, SOURCE),
                kind,
                is_thought(text, attribution, kind),
                source.mention,
                via,
                source.attribution,
                confidence=probability(kind, attribution.confidence),
                speaker_confidence=source.confidence,
            )


def _put(doc: Doc, quotations: Sequence[_Quotation], *, embeddings: bool) -> None:
    """Write quotations into ``doc.spans`` and ``doc.user_data``, with the embeddings of their contents if asked for."""
    spans: list[TokenSpan] = []
    for number, quotation in enumerate(quotations):
        for span in quotation.spans():
            span.id_ = str(number)
            spans.append(span)
    properties = [quotation.properties() for quotation in quotations]
    if embeddings and quotations:
        texts = [" ".join(span.text for span in quotation.content) for quotation in quotations]
        for row, vector in zip(properties, encoder().embed(texts), strict=True):
            row["embedding"] = vector.astype(np.float16).tobytes()
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
    doc.user_data[KEY] = properties


@lru_cache(maxsize=1)
def coreference_annotator() -> CoreferenceAnnotator:
    """The annotator of coreference chains, whose weights are read once per process."""
    return CoreferenceAnnotator.from_disk()


def _forget_chains(doc: Doc) -> None:
    """Remove ``_.coref_chains``: they are slow to carry between processes."""
    for key in [
        key for key in doc.user_data if isinstance(key, tuple) and key[:2] == ("._.", "coref_chains")
    ]:
        del doc.user_data[key]


def needs_chains(doc: Doc, attributions: Sequence[Attribution]) -> bool:
    """Whether a source has no name in it, so that coreference must say whom it means."""
    for attribution in attributions:
        source = _span(doc, attribution.source, SOURCE)
        if source is not None and not any(token.pos_ == "PROPN" for token in source):
            return True
    return False


def _span(doc: Doc, offsets: Offsets | None, label: str) -> TokenSpan | None:
    """The tokens that characters of the text lie in, with a label."""
    return offsets and doc.char_span(*offsets, label=label, alignment_mode="expand")


def _content(doc: Doc, fragments: Iterable[Offsets]) -> list[TokenSpan]:
    """The fragments of a content as spans of tokens, in text order; two that share a token are one."""
    content: list[TokenSpan] = []
    for fragment in sorted(fragments):
        span = _span(doc, fragment, CONTENT)
        if span is None:
            continue
        if content and span.start < content[-1].end:
            last = content.pop()
            span = TokenSpan(doc, last.start, max(last.end, span.end), label=CONTENT)
        content.append(span)
    return content


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


def _offsets(spans: Iterable[Span]) -> list[Offsets]:
    return [(span.start, span.end) for span in spans]


@Language.factory(
    "quotes",
    default_config={"thoughts": False, "coreference": "all", "embeddings": False},
    requires=["token.tag", "token.dep", "token.pos", "doc.sents"],
)
def make_quotes(
    nlp: Language, name: str, thoughts: object, coreference: object, embeddings: object
) -> Quotes:
    """The factory behind ``nlp.add_pipe("quotes")``; what the options may be is checked by ``Quotes``, not by spaCy."""
    return Quotes(
        name,
        thoughts=cast(bool, thoughts),
        coreference=cast(Coreference, coreference),
        embeddings=cast(bool, embeddings),
    )


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
