"""Source -> speaker: the person, organisation or group that the text attributes a quotation to."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from spacy.tokens import Doc, Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.descriptions import is_role
from quotes.coreference.entities import EntityIndex
from quotes.coreference.implicit_speakers import ImplicitSpeakers
from quotes.coreference.noun_phrases import coordinated_heads, is_one_person, relative_antecedent
from quotes.coreference.referents import Referent, Resolution
from quotes.coreference.source_heads import head_of_source
from quotes.coreference.unnamed_sources import source_text, unnamed_speaker_type
from quotes.coreference.weights import CONFIDENCE
from quotes.lexicon.roles import FIRST_PERSON_PRONOUNS, PRONOUN_KIND, RELATIVE_PRONOUNS
from quotes.log import logger
from quotes.text.quotation_marks import DOUBLE_MARKS
from quotes.types import AttributionMethod, Candidate, Mention, SpeakerType

LOG = logger(__name__)
CONTINUING_VERBS = frozenset(["add", "continue"])  # said of somebody who has just spoken
AUTHOR_PRONOUNS = frozenset(["i", "me", "my", "myself"])


class Quotation(Protocol):
    """What is needed of a quotation: character offsets of its content, cue and source."""

    @property
    def content(self) -> Sequence[tuple[int, int]]:
        """The content's spans, in text order."""

    @property
    def cue(self) -> tuple[int, int] | None:
        """The words that introduce it."""

    @property
    def source(self) -> tuple[int, int] | None:
        """The words that the text attributes it to."""


class ResolvedSource(NamedTuple):
    """The speaker that a source means, how it was found, and how sure it is (a factor, 0 to 1)."""

    mention: Mention | None
    attribution: AttributionMethod
    confidence: float
    candidates: tuple[Candidate, ...] = ()  # the next ones, the likeliest first


def resolve(doc: Doc, quotations: Sequence[Quotation]) -> list[ResolvedSource]:
    """The speaker of each quotation, in the order given.

    The Doc has tags, dependencies, entities, sentences and, for pronouns, ``_.coref_chains`` (without them
    their vote is missing). A source that could be two people is left open: ``mention`` None or a low
    ``confidence``. What decided is logged at DEBUG level under ``quotes.coreference``.
    """
    return SourceResolver(doc, quotations).run()


class SourceResolver:
    """A resolver of the sources of one article: its entities, and what is known of their quotations so far."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self.doc, self.quotations = doc, quotations
        self.index = EntityIndex(doc)
        self.sources = [self._span(q.source) for q in quotations]
        self.cues = [self._span(q.cue) for q in quotations]
        self.contents = [[span for part in q.content if (span := self._span(part))] for q in quotations]
        self.antecedents = Antecedents(doc, self.index, self._quotation_at())
        self.resolutions: list[Resolution | None] = [None] * len(quotations)

    def run(self) -> list[ResolvedSource]:
        """The speakers, found in text order: what was said before helps with what comes after."""
        order = sorted(range(len(self.quotations)), key=self._anchor)
        for k in order:
            source = self.sources[k]
            self._record(k, self._resolve_source(k, source) if source is not None else None)
        starts = [self._anchor(k) for k in range(len(order))]
        implicit = ImplicitSpeakers(self.antecedents, self.cues, self.contents, starts)
        for k in order:
            if self.sources[k] is None and (speaker := implicit.find(k, self.resolutions)):
                self._record(k, Resolution(speaker.referent, "discourse", speaker.confidence))
        self._count_pronouns()
        return [self._resolved(k) for k in range(len(self.quotations))]

    def _span(self, offsets: tuple[int, int] | None) -> Span | None:
        if offsets is None or offsets[1] <= offsets[0]:
            return None
        span = self.doc.char_span(*offsets, alignment_mode="expand")
        return span if span is not None and len(span) else None

    def _anchor(self, k: int) -> int:
        """The token where a quotation is in text order: its source's first, else its cue's, else its content's."""
        span = self.sources[k] or self.cues[k] or (self.contents[k][0] if self.contents[k] else None)
        return span.start if span is not None else 0

    def _quotation_at(self) -> list[int]:
        """Per token, the shortest quotation whose marks it stands between, or -1."""
        quotation_at = [-1] * len(self.doc)
        lengths = [sum(len(span) for span in spans) for spans in self.contents]
        for k in sorted(range(len(self.quotations)), key=lambda k: -lengths[k]):
            for span in self.contents[k]:
                inside = False
                for token in span:
                    if token.text in DOUBLE_MARKS:
                        inside = token.text in "“«" or (token.text == '"' and not inside)
                    elif inside:
                        quotation_at[token.i] = k
        return quotation_at

    def _record(self, k: int, resolution: Resolution | None) -> None:
        """Remember a resolution, and who has spoken where, for what comes after."""
        self.resolutions[k] = resolution
        if resolution is None:
            return
        self.antecedents.speaker_of[k] = resolution.referent
        anchor = self._anchor(k)
        if self.antecedents.quotation_at[anchor] < 0:
            speakers = self.antecedents.recent_speakers
            speakers.setdefault(self.antecedents.sentence_of[anchor], []).append(resolution.referent)

    def _resolve_source(self, k: int, source: Span) -> Resolution | None:
        """The referent of a source in the text: "we", "many of whom", "she", "the minister", "Ana Ruiz"."""
        head = head_of_source(source, self.index)
        word = head.text.lower()
        if word in FIRST_PERSON_PRONOUNS and head.i not in self.index.by_token and head.text != "US":
            return self._logged(k, source, "first person", self._first_person(head))
        if (relative := _closing_relative(source, head)) is not None:
            head, word = relative, relative.lower_
        if word in RELATIVE_PRONOUNS:
            noun = relative_antecedent(head, self.index)
            resolution = self._noun_phrase(noun, None) if noun is not None else None
            return self._logged(k, source, "relative pronoun", resolution)
        if word in PRONOUN_KIND:
            return self._logged(k, source, "pronoun", self._pronoun(head, PRONOUN_KIND[word]))
        resolution = self._noun_phrase(head, source)
        if resolution.referent.entity is None and (continuing := self._continuing_speaker(k, head)):
            return self._logged(k, source, "continuing speaker", continuing)
        return self._logged(k, source, "noun phrase", resolution)

    def _logged(self, k: int, source: Span, rule: str, resolution: Resolution | None) -> Resolution | None:
        if resolution is None:
            LOG.debug("quotation %d, source “%s”: left open by %s", k, source, rule)
        else:
            referent, attribution, confidence = resolution
            LOG.debug(
                "quotation %d, source “%s”: %s by %s (%s, %.2f)",
                k, source, referent, rule, attribution, confidence,
            )  # fmt: skip
        return resolution

    def _first_person(self, head: Token) -> Resolution | None:
        """ "I" and "we" are the speaker of the quotation around them; outside of any, "I" is the author."""
        quotation = self.antecedents.quotation_at[head.i]
        if quotation < 0 and head.lower_ in AUTHOR_PRONOUNS:
            return Resolution(Referent(None, (head.i,)), "coreference", CONFIDENCE.author)
        outer = self.resolutions[quotation] if quotation >= 0 else None
        if outer is None:
            return None
        return Resolution(
            outer.referent, "coreference", outer.confidence * CONFIDENCE.speaker_as_first_person
        )

    def _pronoun(self, head: Token, pronoun: str) -> Resolution | None:
        antecedent = self.antecedents.pronoun(head)
        if antecedent is None:
            return None
        self._count_pronoun(antecedent.referent, pronoun, antecedent.confidence)
        return Resolution(antecedent.referent, "coreference", antecedent.confidence)

    def _noun_phrase(self, head: Token, source: Span | None) -> Resolution:
        """A name, a title or a noun phrase; it stands for itself where it means nobody else."""
        heads = [
            token
            for token in coordinated_heads(head)
            if source is None or source.start <= token.i < source.end
        ]
        if len(heads) > 1 and not is_one_person(heads):
            referent = Referent(None, tuple(token.i for token in heads))
            return Resolution(referent, "name", CONFIDENCE.coordinated_sources)
        named = self.antecedents.entity(head)
        if named is not None:
            return Resolution(named, "name", CONFIDENCE.name)
        antecedent = self.antecedents.nominal(head)
        if antecedent is not None and antecedent.confidence >= CONFIDENCE.min_antecedent:
            by_name = antecedent.confidence >= CONFIDENCE.min_name  # the name stands beside the noun
            return Resolution(
                antecedent.referent, "name" if by_name else "coreference", antecedent.confidence
            )
        return Resolution(Referent(None, (head.i,)), "name", CONFIDENCE.own_words)

    def _continuing_speaker(self, k: int, head: Token) -> Resolution | None:
        """The speaker of the sentence before, for "the chancellor added": a role nobody else is said to have."""
        cue, the = self.cues[k], any(child.lower_ == "the" for child in head.children)
        if cue is None or cue.root.lemma_.lower() not in CONTINUING_VERBS or not the or not is_role(head):
            return None
        speakers = self.antecedents.recent_speakers.get(self.antecedents.sentence_of[head.i] - 1, [])
        entity = speakers[-1].entity if speakers else None
        last = entity.last_mention_before(head.i) if entity is not None and entity.is_person else -1
        if last < 0 or "\n" in self.doc[last : head.i].text:
            return None
        return Resolution(Referent(entity), "coreference", CONFIDENCE.continuing_speaker)

    def _count_pronouns(self) -> None:
        """Find out which pronouns the article uses for those whom it quotes, from all its "he" and "she"."""
        quoted = {resolution.referent.entity for resolution in self.resolutions if resolution is not None}
        people = [entity for entity in quoted if entity is not None and entity.is_person]
        sources = {head_of_source(span, self.index).i for span in self.sources if span is not None}
        for token in self.doc:
            pronoun = PRONOUN_KIND.get(token.lower_)
            if pronoun in ("he", "she") and token.i not in self.index.by_token and token.i not in sources:
                if all(person.pronoun_by_usage for person in people):
                    break
                antecedent = self.antecedents.pronoun(token)
                if antecedent is not None and antecedent.referent.entity in quoted:
                    self._count_pronoun(antecedent.referent, pronoun, antecedent.confidence)

    def _count_pronoun(self, referent: Referent, pronoun: str, confidence: float) -> None:
        entity = referent.entity
        is_sure = confidence >= CONFIDENCE.min_pronoun_vote
        if entity is not None and is_sure and pronoun != entity.hypothetical_gender:
            entity.pronoun_votes[pronoun] += 1

    def _resolved(self, k: int) -> ResolvedSource:
        resolution, source = self.resolutions[k], self.sources[k]
        if resolution is None or resolution.confidence < CONFIDENCE.min_antecedent:
            confidence = CONFIDENCE.no_source if source is None else CONFIDENCE.unresolved_source
            return ResolvedSource(None, "none", confidence)
        own = source if resolution.attribution == "name" else None
        mention = self._mention(resolution.referent, own)
        if mention is None:
            return ResolvedSource(None, "none", CONFIDENCE.unresolved_source)
        return ResolvedSource(mention, resolution.attribution, resolution.confidence)

    def _mention(self, referent: Referent, source: Span | None = None) -> Mention | None:
        entity = referent.entity
        if entity is not None:
            kind: SpeakerType = (
                "person" if entity.is_person else "group" if entity.is_group else "organisation"
            )
            aliases = tuple(form for form, _ in entity.surface_forms.most_common() if form != entity.name)
            return Mention(entity.name, kind, entity.description, aliases, entity.pronoun_by_usage)
        if len(referent.heads) > 1:
            names = [part.name for i in referent.heads if (part := self._member(self.doc[i])) is not None]
            if len(names) < len(referent.heads):  # "You and I": not everybody is known
                return None
            return Mention(", ".join(names[:-1]) + " and " + names[-1], "group")
        head = self.doc[referent.heads[0]]
        if head.lower_ in AUTHOR_PRONOUNS:  # outside quotation marks
            return Mention("the author", "unnamed")
        return Mention(source_text(head, source), unnamed_speaker_type(head))

    def _member(self, head: Token) -> Mention | None:
        """The mention of one of several heads; none where it means several itself ("they and their friends")."""
        is_author = head.lower_ in AUTHOR_PRONOUNS
        part = Referent(None, (head.i,)) if is_author else self.antecedents.referent(head)
        return None if part is None or len(part.heads) > 1 else self._mention(part)


def _closing_relative(source: Span, head: Token) -> Token | None:
    """The relative pronoun that ends a source: "whom" in "many of whom"."""
    if head.pos_ in ("VERB", "AUX"):
        return None
    whom = next((t for t in head.subtree if source.start <= t.i < source.end and t.tag_ == "WP"), None)
    return whom if whom is not None and whom.head.lower_ == "of" and whom.i == source.end - 1 else None
