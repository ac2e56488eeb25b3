"""Whom the source of a quotation can mean: the candidates that the ranker compares."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from spacy.tokens import Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.descriptions import is_nationality_noun, is_person_noun, is_role
from quotes.coreference.labels import is_repeated_label
from quotes.coreference.noun_kinds import noun_kind
from quotes.coreference.noun_phrases import coordinated_heads, is_one_person, modifiers, owner_of
from quotes.coreference.referents import Referent
from quotes.coreference.settings import CONFIDENCE, DISTANCE
from quotes.coreference.title_holders import holds_another_office
from quotes.nlp.dependents import NOMINAL_SUBJECT_DEPS, SUBJECT_DEPS, dependent, dependents

# How a source refers: by a pronoun, a noun phrase without a name, not at all; "exact" ones are known by syntax alone.
Form = Literal["he", "she", "they", "it", "nominal", "none", "exact"]
KINDS = {
    "he": frozenset({"person"}),
    "she": frozenset({"person"}),
    "they": frozenset({"person", "people", "body"}),
    "it": frozenset({"body", "document"}),
    "none": frozenset({"person", "people", "body"}),
}


# Words that count two, or say of one of two
TWO = frozenset({"both", "duo", "either", "neither", "pair", "two"})
DIALOGUE_DASHES = ("—", "–", "―", "-")
MAX_INDENT = 8  # characters of a line within which its dash stands


@dataclass(eq=False, slots=True)
class Case:
    """One quotation whose speaker is asked for."""

    numbers: list[int]  # of the quotations that share this source
    form: Form
    at: int  # the token from which the article is looked at: the source's head, else where the content begins
    source: Span | None
    head: Token | None  # of the source
    cue: Span | None
    contents: Sequence[Span]
    # what syntax alone says: for "exact" the answer, for "none" a guess, by the name of the rule that made it
    referent: Referent | None = None
    rule: str = ""

    @property
    def number(self) -> int:
        """The first of its quotations."""
        return self.numbers[0]

    @property
    def is_decided(self) -> bool:
        """Whether layout or syntax decides without a source: a signature, an interview, a cue that is impersonal."""
        if self.form != "none":
            return False
        if self.referent is None:
            return self.rule in ("shared_subject", "headline_or_question")
        return self.rule in ("signature", "answer_in_interview", "shared_subject", "two_people")

    @property
    def end(self) -> int:
        """Behind the last token of content and source."""
        ends = [span.end for span in self.contents] + ([self.source.end] if self.source is not None else [])
        return max(ends, default=self.at + 1)

    def is_inside(self, i: int) -> bool:
        """Whether a token is one of the content."""
        return any(span.start <= i < span.end for span in self.contents)


class Ranked(NamedTuple):
    """The candidates of a case, None for "open", the likeliest first, each with its probability.

    ``own``: the candidate that is nobody but the words of the source.
    """

    case: Case
    candidates: list[tuple[Referent | None, float]]
    own: Referent | None = None

    @property
    def unlikely(self) -> frozenset[Referent]:
        """The candidates that are not worth to be asked for again."""
        spared = (None, self.own, self.case.referent)
        return frozenset(
            referent
            for referent, probability in self.candidates
            if probability < CONFIDENCE.min_rival and referent not in spared and referent is not None
        )

    @property
    def best(self) -> tuple[Referent | None, float]:
        """The answer: the likeliest candidate; a noun phrase is linked to a name only where that is likely enough."""
        if self.case.is_decided:
            known = dict(self.candidates).get(self.case.referent, 0.0)
            return self.case.referent, max(known, CONFIDENCE.by_layout)
        named = [pair for pair in self.candidates if pair[0] is not None]
        if self.case.form == "none" and self.candidates[0][1] < CONFIDENCE.min_carried:
            return None, dict(self.candidates).get(None, 0.0)
        if self.case.form in ("none", "they") or not named:  # in the others somebody is meant
            return self.candidates[0]
        referent, probability = named[0]
        if self.case.form == "nominal" and referent != self.own and probability < CONFIDENCE.min_link:
            words = next((pair for pair in named if pair[0] == self.own), None)
            if words is not None:  # right whether they are somebody else's or not
                return self.own, min(1.0, words[1] + probability)
        return referent, probability


def own_words(case: Case, antecedents: Antecedents) -> Referent | None:
    """The referent that a source has where it names nobody: itself, or an earlier phrase with the same noun."""
    if case.form != "nominal" or case.head is None:
        return None
    if is_nationality_noun(case.head) and any(
        e.is_person and e.mention_starts[0] < case.at for e in antecedents.index.entities
    ):
        return None  # "the Italian" is somebody who has been named
    return antecedents.discourse.noun_referents.get(case.head.i) or Referent(None, (case.head.i,))


def candidates(
    case: Case, antecedents: Antecedents, order: int, speakers: Sequence[Referent | None]
) -> list[Referent]:
    """The candidates of a case, the last mentioned first. ``speakers``: of all quotations, this the ``order``-th."""
    found: dict[Referent, None] = {}
    if case.referent is not None:
        found[case.referent] = None
    if case.form != "exact":
        if (own := own_words(case, antecedents)) is not None:
            if case.source is not None and is_repeated_label(case.source):
                return [own]
            found[own] = None
        nearby = speakers[max(0, order - DISTANCE.speakers_back) : order + DISTANCE.speakers_ahead]
        for number, referent in enumerate(nearby, max(0, order - DISTANCE.speakers_back)):
            if referent is not None and number != order:
                found[referent] = None
        entities = sorted(_entities(case, antecedents), key=lambda pair: -pair[0])
        found |= dict.fromkeys(referent for _, referent in entities[: DISTANCE.entities])
        found |= dict.fromkeys(_nouns(case, antecedents))
        found |= dict.fromkeys(_pairs(case, antecedents, speakers[:order]))
    if case.form == "nominal" and case.head is not None and is_person_noun(case.head):
        owner = owner_of(case.head)
        if owner is not None and (whose := antecedents.referent(owner)) is not None:
            found.pop(whose, None)  # nobody is their own doctor, or "a spokesman for" himself
            found = {r: None for r in found if not _is_another_owners(r, case.head, whose, antecedents)}
    if case.form == "nominal" and case.head is not None and _is_another(case.head):
        # "another witness" is nobody whom the article has named
        return [r for r in found if r.entity is None or r.entity.last_mention_before(case.at) < 0]
    if case.form != "exact" and case.head is not None:
        others = {antecedents.entity(token) for token in _other_arguments(case.head)}
        found = {r: None for r in found if r not in others}
    quotation = antecedents.quotation_at[case.at]
    own_speaker = antecedents.speaker_of.get(quotation) if quotation not in case.numbers else None
    if case.form in ("he", "she"):
        if own_speaker is not None:
            found.pop(own_speaker, None)  # nobody is "he" in their own words
        for later in speakers[order + 1 :]:
            if later is not None and later.entity and later.entity.last_mention_before(case.at) < 0:
                found.pop(later, None)  # who is named only as the speaker of later words
    if case.form == "they":
        found = {r: None for r in found if not _is_one(r)}
    if case.form in ("he", "she") and order and _answers(case, antecedents):
        last = speakers[order - 1]
        if last is not None and len(found) > 1:
            found.pop(last, None)  # each line is another's
    if case.form == "it" and case.cue is not None and case.cue.root.lemma_.lower() == "read":
        written = [
            r for r in found if r.entity is None and noun_kind(antecedents.doc[r.heads[0]]) == "document"
        ]
        return written or list(found)  # what reads is written
    return list(found)


def _other_arguments(head: Token) -> Iterator[Token]:
    """Whom a participle has beside the subject that it shares: "Bell" in "asked by Bell, [he] said".

    Nobody asks himself (principle B of Chomsky 1981, "Lectures on Government and Binding").
    """
    if head.dep_ not in NOMINAL_SUBJECT_DEPS:
        return
    for participle in dependents(head.head, "advcl", "acl"):
        if participle.tag_ in ("VBG", "VBN") and dependent(participle, *SUBJECT_DEPS) is None:
            yield from dependents(participle, "dobj", "dative")
            for by in dependents(participle, "agent", "prep"):
                yield from dependents(by, "pobj")


def _is_one(referent: Referent) -> bool:
    """Whether a referent is one person in full name, of whom the text does not say "they"."""
    entity = referent.entity
    return (
        entity is not None and not entity.is_they and entity.person is not None and entity.person.given != ()
    )


def _is_another_owners(referent: Referent, head: Token, owner: Referent, antecedents: Antecedents) -> bool:
    """Whether the article calls a person the same of somebody else: "Kent's lawyer, Ruth Bauer", for Vance's lawyer."""
    nouns = referent.entity.appositive_nouns if referent.entity is not None else []
    owners = [owner_of(noun) for noun in nouns if noun.lemma_ == head.lemma_]
    others = [antecedents.entity(token) for token in owners if token is not None]
    return bool(others) and owner.entity is not None and None not in others and owner not in others


def _answers(case: Case, antecedents: Antecedents) -> bool:
    """Whether a case stands in a line of a dialogue behind a dash, right below another such line."""
    text, paragraph_of = antecedents.index.text, antecedents.discourse.paragraph_of
    at = antecedents.doc[case.at].idx
    line = text.rfind("\n", 0, at) + 1
    if not _is_behind_dash(text, line, at):
        return False
    before = antecedents.doc[bisect_left(paragraph_of, paragraph_of[case.at] - 1)].idx
    above = [line for line in text[before:line].split("\n") if line.strip()]
    return bool(above) and all(_is_behind_dash(line, 0, len(line)) for line in above)


def _is_behind_dash(text: str, start: int, end: int) -> bool:
    """Whether a line of a text begins with a dash, maybe after a few spaces."""
    return text[start : min(start + MAX_INDENT, end)].lstrip().startswith(DIALOGUE_DASHES)


def _entities(case: Case, antecedents: Antecedents) -> Iterator[tuple[int, Referent]]:
    """The entities that can be meant, each with the token of its last mention before the case (less: after it)."""
    near = antecedents.sentence_bounds[max(0, antecedents.sentence_of[case.at] - 2)][0]
    title = case.head if case.form == "nominal" and case.head is not None and is_role(case.head) else None
    words = set(modifiers(title)) if title is not None else set()
    for entity in antecedents.index.entities:
        if title is not None and entity.is_person and holds_another_office(entity, title, words):
            continue
        last = entity.last_mention_before(case.at)
        if not entity.is_person and case.form in ("he", "she") and last < near:
            continue  # a surname that the recogniser takes for a place is one only nearby
        yield (last if last >= 0 else -entity.mention_starts[0]), Referent(entity)


def _is_another(head: Token) -> bool:
    """Whether a noun phrase says that it means somebody else: "another witness"."""
    return any(child.lower_ == "another" for child in dependents(head, "det"))


def means_two(head: Token) -> bool:
    """Whether a noun phrase means two, by its head or a word before it: "the two", "both candidates"."""
    return head.lower_ in TWO or any(child.i < head.i and child.lower_ in TWO for child in head.children)


def _pairs(case: Case, antecedents: Antecedents, speakers: Sequence[Referent | None]) -> Iterator[Referent]:
    """The pairs of people that "the two" can mean: joined by "and" nearby, the last two named, the last two quoted."""
    if case.form != "nominal" or case.head is None or not means_two(case.head):
        return
    index, number = antecedents.index, antecedents.sentence_of[case.at]
    first = antecedents.sentence_bounds[max(0, number - DISTANCE.sentences_back)][0]
    people = [e for e in index.entities if e.is_person and e.last_mention_before(case.at) >= 0]
    people.sort(key=lambda entity: -entity.last_mention_before(case.at))
    quoted = dict.fromkeys(
        r.entity for r in reversed(speakers) if r is not None and r.entity is not None and r.entity in people
    )
    pairs = [list(quoted)[:2], people[:2]]
    for i in range(case.at - 1, first - 1, -1):
        heads = coordinated_heads(antecedents.doc[i])
        named = [index.by_token[head.i] for head in heads if head.i in index.by_token and head.i < case.at]
        pairs.append([entity for entity in named if entity.is_person])
    seen = set()
    for pair in pairs:
        places = tuple(sorted(entity.last_mention_before(case.at) for entity in pair))
        if len(pair) == 2 and pair[0] is not pair[1] and places not in seen:
            seen.add(places)
            yield Referent(None, places)


def _nouns(case: Case, antecedents: Antecedents) -> Iterator[Referent]:
    """The noun phrases of the sentences before that can be meant, several that are coordinated among them."""
    discourse, doc = antecedents.discourse, antecedents.doc
    number = antecedents.sentence_of[case.at]
    first = antecedents.sentence_bounds[max(0, number - DISTANCE.sentences_back)][0]
    if case.form == "nominal":
        return  # its own noun is one already, and another noun means another
    ahead = antecedents.sentence_bounds[min(number + 1, len(antecedents.sentence_bounds) - 1)][1]
    for i in discourse.nouns_between(first, ahead if case.form == "none" else case.at):
        if noun_kind(doc[i]) in KINDS[case.form] and not case.is_inside(i):
            referent = antecedents.named_beside(doc[i]) or discourse.noun_referents[i]
            yield referent
    if case.form == "they":
        for token in doc[first : case.at]:
            if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "conj":
                heads = coordinated_heads(token)
                if heads and not is_one_person(heads) and heads[-1].i < case.at:
                    yield Referent(None, tuple(head.i for head in heads))
