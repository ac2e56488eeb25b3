"""The spaCy factories. ``nlp.add_pipe("quotes")`` works after any English tagger, parser and entity recogniser.

``doc._.quotes`` is a tuple of ``quotes.Quote``. How they are kept on the Doc, so that they survive processes, files and
merged tokens: ``doc_quotes``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args
from typing import cast as as_type

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from quotes.coreference.chains.annotator import CoreferenceAnnotator, require_annotation
from quotes.coreference.resolve import ResolvedSource, resolve
from quotes.doc_quotes import read_quotes, write_quotes
from quotes.errors import PipelineError
from quotes.names.cast import Cast
from quotes.nlp.dependents import word_offsets
from quotes.nlp.encoder import encoder
from quotes.nlp.morphology import Morphology
from quotes.nlp.plain_doc import plain_doc
from quotes.nlp.syntax import Syntax
from quotes.quotations.acts import Report, is_clause, report
from quotes.quotations.attribution import Attribution, token_span
from quotes.quotations.calibration import right_probability
from quotes.quotations.filter import features, is_kept, said_probability
from quotes.quotations.occasion import find_occasion
from quotes.quotations.passes import find_attributions, find_doubtful
from quotes.quotations.relays import relay_names
from quotes.quotations.unseen import find_unseen
from quotes.text.block_quotations import block_quotations, emphasised_lines
from quotes.text.plain_text import PlainText, plain_text
from quotes.text.quoted import quote_type, quoted_mask
from quotes.text.spans import Offsets
from quotes.text.time_expressions import resolve_time
from quotes.types import Keep, Quote, QuoteType, Span, kept

Coreference = Literal["all", "needed", "none"]


class Wanted(NamedTuple):
    """An attribution that is kept, with what is known of it before its source is resolved."""

    attribution: Attribution
    kind: QuoteType
    what: Report
    via: str | None  # the relay
    confidence: float  # the calibrated probability of content and source


class Quotes:
    """spaCy component: finds quotations and resolves their sources to speakers.

    ``keep``: "said", what was said; "thoughts", beliefs and intentions too; "all", refusals and mere topics of requests
    as well. ``thoughts``: the same as ``keep="thoughts"``. ``coreference``: "all" texts get ``doc._.coref_chains``;
    "needed" and "none" do without: speakers do not depend on them. ``embeddings``: give each quotation its content's
    embedding. ``cast``: people whom the user knows, as ``Cast.rows`` has them. Raises ``PipelineError`` for any other
    value.
    """

    def __init__(
        self, name: str = "quotes", *, keep: Keep = "said", thoughts: bool = False,
        coreference: Coreference = "all", embeddings: bool = False, cast: Sequence[Mapping[str, Any]] = (),
    ) -> None:  # fmt: skip
        _check_options(keep=keep, coreference=coreference, thoughts=thoughts, embeddings=embeddings)
        self.name = name
        self.keep = kept(keep, thoughts=thoughts)
        self.coreference = coreference
        self.embeddings = embeddings
        self.cast = Cast.of_rows(cast) if cast else None

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc.spans["quotes"]`` (and ``doc._.coref_chains``), in place."""
        text = doc.text  # put together anew each time it is asked for
        plain = plain_text(text)
        if not (text if plain is None else plain.text).strip():
            write_quotes(doc, text, [])
            return doc
        require_annotation(doc, "Finding quotations")
        if self.coreference == "all":
            coreference_annotator()(doc)
        if plain is None:
            quotations = self._quotations(doc, text, doc._.author)
        else:
            read = plain_doc(plain.text)
            read._.block_quotations = block_quotations(text, plain)
            read._.emphasised_lines = emphasised_lines(text, plain)
            found = self._quotations(read, plain.text, doc._.author)
            quotations = [_in_stored_text(text, plain, read, quotation) for quotation in found]
        write_quotes(doc, text, _embedded(quotations) if self.embeddings else quotations)
        return doc

    def _quotations(self, doc: Doc, text: str, author: str | None) -> list[Quote]:
        """The quotations of a Doc, in text order. ``text`` is the Doc's."""
        attributions = find_attributions(doc, text)
        if self.keep == "all":
            attributions += find_doubtful(doc, text, attributions)
        wanted = self._kept(doc, text, attributions)
        if self.keep == "all":
            known = [one.attribution for one in wanted]
            wanted += self._kept(doc, text, find_unseen(doc, text, encoder()(text), known))
        sources = resolve(doc, [one.attribution for one in wanted], author, self.cast)
        quotations = [_quotation(doc, one, source) for one, source in zip(wanted, sources, strict=True)]
        return sorted(quotations, key=lambda quotation: (quotation.spans[0].start, quotation.spans[-1].end))

    def _kept(self, doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[Wanted]:
        """The attributions that are kept."""
        mask = quoted_mask(text)
        result: list[Wanted] = []
        for attribution, via in zip(attributions, relay_names(doc, attributions), strict=True):
            content = _content(doc, attribution.content)
            if not content:
                continue
            kind = quote_type(text, [(span.start, span.end) for span in content], mask)
            kind = "direct" if attribution.verbatim else kind
            what = report(doc, text, attribution, kind)
            clause = is_clause(doc, attribution)
            said = said_probability(features(doc, text, attribution, kind, what.act, is_clause=clause))
            act = what.act
            if is_kept(doc, text, attribution, kind, act, is_clause=clause, said=said, keep=self.keep):
                right = right_probability(attribution, kind, said)
                result.append(Wanted(attribution, kind, what, via, right))
        return result


def _check_options(*, keep: object, coreference: object, **switches: object) -> None:
    """Raises PipelineError for an option with a value that it cannot have."""
    for name, value, kind in (("keep", keep, Keep), ("coreference", coreference, Coreference)):
        if value not in get_args(kind):
            choices = ", ".join(f'"{choice}"' for choice in get_args(kind))
            raise PipelineError(f"There is no {name}={value!r}.", f"Use one of: {choices}.")
    for name, value in switches.items():
        if not isinstance(value, bool):
            raise PipelineError(f"There is no {name}={value!r}.", "Use True or False.")


def _quotation(doc: Doc, wanted: Wanted, source: ResolvedSource) -> Quote:
    """A quotation with its speaker."""
    attribution, what = wanted.attribution, wanted.what
    when, where, ahead = find_occasion(doc, attribution.content, attribution.cue)
    # Its source is that of the paragraph before: no clause ties the two
    carried_over = bool(attribution.source and not attribution.cue and not attribution.by_layout)
    return Quote(
        spans=_content(doc, attribution.content),
        type=wanted.kind,
        source=_span(doc, attribution.source),
        cue=_span(doc, attribution.cue),
        speaker=source.mention,
        via=wanted.via,
        attribution="discourse" if source.mention and carried_over else source.attribution,
        confidence=round(wanted.confidence, 4),
        speaker_confidence=round(source.confidence, 4) if source.mention else None,
        candidates=source.candidates,
        act=what.act,
        asserted=what.asserted,
        addressee=_span(doc, what.addressee),
        said_on=resolve_time(when, None, ahead=ahead) if when else None,
        said_when=when,
        occasion=where,
    )


def _in_stored_text(text: str, plain: PlainText, read: Doc, quotation: Quote) -> Quote:
    """A quotation of the plain text with the offsets of the stored one, whose content markup splits in fragments."""

    def stored(span: Span | None) -> Span | None:
        offsets = span and plain.stored((span.start, span.end))
        return Span(*offsets, text[slice(*offsets)]) if offsets and offsets[0] < offsets[1] else None

    content = [part for span in quotation.spans for part in plain.stored_fragments((span.start, span.end))]
    return replace(
        quotation,
        spans=tuple(Span(start, end, text[start:end]) for start, end in content),
        cue=stored(quotation.cue),
        source=_source_in_stored_text(text, plain, read, quotation.source),
        addressee=stored(quotation.addressee),
    )


def _source_in_stored_text(text: str, plain: PlainText, read: Doc, source: Span | None) -> Span | None:
    """The part of a source between markup that has its head: "Mina Tal" of "<b>Mina Tal</b>, the owner"."""
    tokens = token_span(read, (source.start, source.end)) if source is not None else None
    if source is None or tokens is None:
        return None
    head = plain.stored(word_offsets(tokens.root))
    parts = plain.stored_fragments((source.start, source.end))
    start, end = next((part for part in parts if part[0] <= head[0] < part[1]), head)
    return Span(start, end, text[start:end]) if start < end else None


def _embedded(quotations: Sequence[Quote]) -> list[Quote]:
    """The quotations with the embeddings of their contents."""
    vectors = encoder().embed([quotation.text for quotation in quotations])
    return [
        replace(quotation, embedding=vector.astype(np.float16).tobytes())
        for quotation, vector in zip(quotations, vectors, strict=True)
    ]


@lru_cache(maxsize=1)
def coreference_annotator() -> CoreferenceAnnotator:
    """The annotator of coreference chains, whose weights are read once per process."""
    return CoreferenceAnnotator.from_disk()


def _span(doc: Doc, offsets: Offsets | None) -> Span | None:
    """The characters of the text, widened to whole tokens."""
    tokens = token_span(doc, offsets)
    return Span(tokens.start_char, tokens.end_char, tokens.text) if tokens is not None else None


def _content(doc: Doc, fragments: Iterable[Offsets]) -> tuple[Span, ...]:
    """The fragments of a content, widened to whole tokens, in text order; two that share a token are one."""
    content: list[TokenSpan] = []
    for fragment in sorted(fragments):
        tokens = token_span(doc, fragment)
        if tokens is None:
            continue
        if content and tokens.start < content[-1].end:
            last = content.pop()
            tokens = doc[last.start : max(last.end, tokens.end)]
        content.append(tokens)
    return tuple(Span(tokens.start_char, tokens.end_char, tokens.text) for tokens in content)


@Language.factory(
    "quotes",
    default_config={"keep": "said", "thoughts": False, "coreference": "all", "embeddings": False, "cast": []},
    requires=["token.tag", "token.dep", "token.pos", "doc.sents"],
)
def make_quotes(
    nlp: Language,
    name: str,
    keep: object,
    thoughts: object,
    coreference: object,
    embeddings: object,
    cast: object,
) -> Quotes:
    """The factory behind ``nlp.add_pipe("quotes")``; what the options may be is checked by ``Quotes``, not by spaCy."""
    return Quotes(
        name,
        keep=as_type(Keep, keep),
        thoughts=as_type(bool, thoughts),
        coreference=as_type(Coreference, coreference),
        embeddings=as_type(bool, embeddings),
        cast=as_type(list[dict[str, Any]], cast),
    )


@Language.factory("quotes_syntax", assigns=["token.tag", "token.dep", "token.head", "doc.sents", "doc.ents"])
def make_syntax(nlp: Language, name: str) -> Syntax:
    """The factory behind ``nlp.add_pipe("quotes_syntax")``: the encoder's own syntax."""
    return Syntax(nlp.vocab, name)


@Language.factory("quotes_morphology", assigns=["token.pos", "token.morph", "token.lemma"])
def make_morphology(nlp: Language, name: str) -> Morphology:
    """The factory behind ``nlp.add_pipe("quotes_morphology")``."""
    return Morphology(nlp.vocab, name)


if not Doc.has_extension("author"):
    Doc.set_extension("author", default=None)
if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", getter=read_quotes)
