"""Source -> speaker: the person, organisation or group that the text attributes a quotation to.

What syntax alone tells (a name, a name beside a noun, "we" inside somebody's words) is an answer with a probability.
All else is ranked: the candidates of an article are scored by what is known of them (``features``), first with only the
names known as speakers, then once more with the answers of the first pass, so that an article is decided as a whole.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.authors import AUTHOR, Authors
from quotes.coreference.candidates import Case, Ranked, candidates, own_words
from quotes.coreference.cases import CaseReader, Quotation, cue_starts
from quotes.coreference.discourse import Discourse
from quotes.coreference.entities import EntityIndex
from quotes.coreference.features import FORM_NUMBERS, Features
from quotes.coreference.implicit_speakers import ImplicitSpeakers
from quotes.coreference.mentions import SpeakerMentions
from quotes.coreference.places import Known
from quotes.coreference.ranker import Ranker, Rows, ranker
from quotes.coreference.referents import Referent
from quotes.coreference.settings import CANDIDATES_KEPT, CONFIDENCE
from quotes.log import logger
from quotes.names.cast import Cast
from quotes.types import AttributionMethod, Candidate, Mention

LOG = logger(__name__)
PASSES = 2  # the second knows what the first has answered


class ResolvedSource(NamedTuple):
    """The speaker that a source means, how it was found, and how likely it is (0 to 1)."""

    mention: Mention | None
    attribution: AttributionMethod
    confidence: float
    candidates: tuple[Candidate, ...] = ()  # the next ones, the likeliest first


def resolve(
    doc: Doc, quotations: Sequence[Quotation], author: str | None = None, cast: Cast | None = None
) -> list[ResolvedSource]:
    """The speaker of each quotation, in the order given. ``author``: whoever wrote the text, as far as known.

    ``cast``: people whom the user knows.

    The Doc has tags, dependencies, entities and sentences. A source that could be two people is left open: ``mention``
    None, with both among the ``candidates``. What decided is logged at DEBUG level under ``quotes.coreference``.
    """
    return SourceResolver(doc, quotations, author, cast=cast).run()


class SourceResolver:
    """A resolver of the sources of one article. ``ranker``: another one than that of the package, for training."""

    def __init__(
        self,
        doc: Doc,
        quotations: Sequence[Quotation],
        author: str | None = None,
        trees: Ranker | None = None,
        cast: Cast | None = None,
    ) -> None:
        self.doc, self.trees = doc, trees
        index = EntityIndex(doc, cast, cue_starts(doc, quotations))
        reader = CaseReader(doc, quotations, index)
        self.quotations = len(quotations)
        self.quotation_at = reader.quotation_at
        self.antecedents = Antecedents(Discourse(doc, index, reader.quotation_at))
        self.authors = Authors(doc, index, author)
        self.cases = reader.cases(self.antecedents, self.authors)
        self.implicit = ImplicitSpeakers(self.antecedents, self.authors, reader.contents)
        self.types = [reader.types[case.number] for case in self.cases]
        self.answers: list[Ranked | None] = [None] * len(self.cases)
        self.mentions = SpeakerMentions(self.antecedents, self.authors.given)

    def run(self) -> list[ResolvedSource]:
        """The speakers, after all passes."""
        for number in range(PASSES):
            self._rank(number, self.trees or ranker())
        return self.resolved()

    def resolved(self) -> list[ResolvedSource]:
        """The speakers by the answers so far."""
        self.mentions.count_pronouns([ranked for ranked in self.answers if ranked is not None])
        resolved: list[ResolvedSource] = [ResolvedSource(None, "none", 0.0)] * self.quotations
        for ranked in self.answers:
            if ranked is not None:
                for number in ranked.case.numbers:
                    resolved[number] = self._resolved(ranked)
        return resolved

    def _rank(self, number: int, trees: Ranker) -> None:
        """Answer all cases in one pass; those that syntax decides in the last one, since none asks for them before."""
        is_last = number == PASSES - 1
        orders = [order for order, case in enumerate(self.cases) if is_last or case.form != "exact"]
        blocks = self.rows(number, orders)
        scores = trees.scores(number, [rows for _, rows in blocks]).tolist()
        at = 0
        for order, (referents, rows) in zip(orders, blocks, strict=True):
            case = self.cases[order]
            size = len(rows.own)
            probabilities = trees.probabilities(scores[at : at + size], FORM_NUMBERS[case.form])
            at += size
            self.answer(order, referents, probabilities)

    def rows(self, number: int, orders: Sequence[int]) -> list[tuple[list[Referent], Rows]]:
        """The candidates of some cases, and the features of "open" and of each of them, by what is known so far."""
        self._note_speakers(number)
        speakers = [self._speaker(order, number) for order in range(len(self.cases))]
        votes: defaultdict[Referent, Counter[str]] = defaultdict(Counter)
        voted: dict[int, tuple[Referent, str]] = {}
        for order, (case, speaker) in enumerate(zip(self.cases, speakers, strict=True)):
            if speaker is not None and case.form in ("he", "she"):
                votes[speaker][case.form] += 1
                voted[order] = speaker, case.form
        known = Known(self.cases, speakers, self.types, votes, voted)
        features = Features(self.antecedents, known)
        blocks = []
        for order in orders:
            rivals = candidates(self.cases[order], self.antecedents, order, speakers)
            before = self.answers[order]
            unlikely = before.unlikely if before is not None else frozenset()
            referents = [referent for referent in rivals if referent not in unlikely]
            blocks.append((referents, features.rows(order, referents, rivals)))
        return blocks

    def answer(self, order: int, referents: Sequence[Referent], probabilities: Sequence[float]) -> None:
        """Note the probabilities of "open" and of each candidate of a case."""
        pairs: list[tuple[Referent | None, float]] = list(zip((None, *referents), probabilities, strict=True))
        pairs.sort(key=lambda pair: -pair[1])  # stable: of two alike the one named last
        case = self.cases[order]
        self.answers[order] = Ranked(case, pairs, own_words(case, self.antecedents))

    def _speaker(self, order: int, number: int) -> Referent | None:
        """Who speaks, as far as this pass may know: in the first only whom syntax alone tells."""
        case, ranked = self.cases[order], self.answers[order]
        if case.form == "exact":
            return case.referent if case.referent != AUTHOR else None
        if number == 0 or ranked is None:
            return None
        referent, probability = ranked.best
        return referent if probability >= CONFIDENCE.min_speaker else None

    def _note_speakers(self, number: int) -> None:
        """Tell what reads the text who has spoken where, then ask syntax once more."""
        antecedents = self.antecedents
        antecedents.forget()
        for order, case in enumerate(self.cases):
            speaker = self._speaker(order, number)
            if speaker is not None:
                antecedents.speaker_of |= dict.fromkeys(case.numbers, speaker)
                if case.head is not None and case.rule in ("", "relative"):
                    antecedents.speaker_at[case.at] = speaker
        for case in self.cases:
            if case.rule == "first_person":
                case.referent = antecedents.speaker_of.get(self.quotation_at[case.at])
                if case.referent is None:  # in the marks of a title, or of a paragraph of an interview
                    case.referent = self.authors.at(case.at)
            elif case.form == "none":
                case.referent, case.rule = self.implicit.find(case)
                if case.referent is not None and case.rule == "two_people":
                    antecedents.speaker_of[case.number] = case.referent

    def _resolved(self, ranked: Ranked) -> ResolvedSource:
        case, (referent, probability) = ranked.case, ranked.best
        LOG.debug("quotation %d, “%s”: %s (%.2f)", case.number, case.source, referent, probability)
        mention = None
        if referent is not None and probability >= CONFIDENCE.min_speaker:
            mention = self.mentions.mention(referent, self._own_source(case, referent))
        others = []
        for other, chance in ranked.candidates:
            is_answer = mention is not None and other == referent
            if other is None or chance < CONFIDENCE.min_candidate or is_answer:
                continue
            shown = self.mentions.mention(other, self._own_source(case, other))
            if shown is not None and (mention is None or shown.name != mention.name):
                others.append(Candidate(shown.name, shown.type, round(chance, 4)))
        kept = tuple({other.name: other for other in reversed(others)}.values())[::-1][:CANDIDATES_KEPT]
        if mention is None or referent is None:
            return ResolvedSource(None, "none", 0.0, kept)
        return ResolvedSource(mention, self._method(case, referent), probability, kept)

    def _own_source(self, case: Case, referent: Referent) -> Span | None:
        """The words of a source, for a candidate that is nobody but these."""
        is_own = referent.entity is None and case.head is not None and case.at in referent.heads
        return case.source if is_own else None

    def _method(self, case: Case, referent: Referent) -> AttributionMethod:
        if case.form == "none":
            return "discourse"
        is_name = case.rule in ("name", "name_in_apposition", "coordination")
        return "name" if is_name or referent == own_words(case, self.antecedents) else "coreference"
