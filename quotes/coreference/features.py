"""What speaks for a candidate: numbers that the ranker compares, the same in training and at run time.

All are whole numbers or ratios of them, so that every processor computes the same. Groups: the quotation, the kind of
candidate, agreement, where it was mentioned last, the order of speakers, and for noun phrases what the words say.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from spacy.tokens import Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.candidates import Case, own_words
from quotes.coreference.descriptions import is_role
from quotes.coreference.discourse import MAIN_SUBJECT, SUBJECT
from quotes.coreference.entity import Entity, noun_gender
from quotes.coreference.nominal_features import NominalFeatures
from quotes.coreference.noun_kinds import noun_kind
from quotes.coreference.noun_phrases import subjects_above
from quotes.coreference.referents import Referent, agrees
from quotes.text.quotation_marks import DOUBLE_MARKS

Row = dict[str, float]
PASSIVE_DEPS = frozenset({"auxpass", "nsubjpass", "expl"})
FAR = 99  # sentences, quotations: nowhere
FIRST_PERSON = frozenset({"i", "my", "me", "we", "our", "us"})
QUESTION_VERBS = frozenset({"ask", "question", "inquire"})
REPLY_VERBS = frozenset({"reply", "answer", "respond", "retort", "counter"})
LABELS = {"ORG": 1, "GPE": 2, "NORP": 3}
KIND_NUMBERS = {"person": 1, "people": 2, "body": 3, "document": 4, None: 0}
FORM_NUMBERS = {"exact": 0, "he": 1, "she": 2, "they": 3, "it": 4, "nominal": 5, "none": 6}
RULE_NUMBERS = {
    rule: number
    for number, rule in enumerate(
        (
            "",
            "name",
            "name_in_apposition",
            "coordination",
            "relative",
            "first_person",
            "author",
            "answer_in_interview",
            "noun_as_cue",
            "shared_subject",
            "sentence_before_colon",
            "signature",
            "preceding_sentence",
        )
    )
}


@dataclass(slots=True)
class Known:
    """What is known of the speakers of an article's quotations, in text order, when one of them is asked for."""

    cases: Sequence[Case]
    speakers: Sequence[Referent | None]
    types: Sequence[str]
    votes: Mapping[Referent, Counter[str]]  # how often a source "he", "she" or "they" means each
    voted: Mapping[int, tuple[Referent, str]]  # by which case

    def speaker(self, order: int) -> Referent | None:
        """The speaker of a quotation by its place in the order; None outside of it."""
        return self.speakers[order] if 0 <= order < len(self.speakers) else None


class Features:
    """The features of one article's cases."""

    def __init__(self, antecedents: Antecedents, known: Known) -> None:
        self.antecedents, self.discourse, self.doc = antecedents, antecedents.discourse, antecedents.doc
        self.known = known
        self.counts = Counter(speaker for speaker in known.speakers if speaker is not None)
        people = [len(entity.mentions) for entity in antecedents.index.entities if entity.is_person]
        self.most_mentions = max(people, default=1)
        self.nominal = NominalFeatures(antecedents)
        self.ends = np.array([case.end for case in known.cases], np.int64)
        self.others = _others([known.speaker(n) for n in range(len(known.cases))])

    def rows(self, order: int, candidates: Sequence[Referent]) -> list[Row]:
        """The features of "open" and of each candidate of the ``order``-th case."""
        case = self.known.cases[order]
        shared = self._case(case, order)
        if case.form == "exact":
            return [{**shared, "open": 1}, *({**shared, **self._exact(case)} for _ in candidates)]
        place = _Place(self, case, order, candidates)
        rows = [{**shared, "open": 1}]
        own = own_words(case, self.antecedents)
        for referent in candidates:
            row = dict(shared)
            if referent == own:
                row["own"] = 1
                row["own_earlier"] = int(len(referent.heads) == 1 and referent.heads[0] < case.at)
            self._kind(row, referent)
            self._agreement(row, case, order, referent)
            place.fill(row, referent)
            if case.form == "nominal" and case.head is not None and referent != own:
                self.nominal.fill(row, case.head, referent)
            row["rule_says"] = int(case.referent == referent)
            rows.append(row)
        return rows

    # what is the same for all candidates

    def _case(self, case: Case, order: int) -> Row:
        """The quotation itself and those beside it."""
        cue = case.cue.root if case.cue is not None else None
        words = {token.lower_ for span in case.contents for token in span}
        row: Row = {
            "form": FORM_NUMBERS[case.form],
            "rule": RULE_NUMBERS.get(case.rule, RULE_NUMBERS[""]),
            "type": {"direct": 2, "mixed": 1}.get(self.known.types[order], 0),
            "inside_marks": int(self.antecedents.quotation_at[case.at] >= 0),
            "i": int("i" in words or "my" in words),
            "we": int("we" in words or "our" in words),
            "cue_noun": int(cue is not None and cue.pos_ == "NOUN"),
            "no_cue": int(cue is None),
            "cue_reply": int(cue is not None and cue.lemma_.lower() in REPLY_VERBS),
            "cue_passive": int(
                cue is not None and any(c.dep_ in ("auxpass", "nsubjpass", "expl") for c in cue.children)
            ),
            "after_content": int(bool(case.contents) and case.contents[0].start < case.at),
            "opens_paragraph": int(self._opens_paragraph(case)),
        }
        if case.form == "nominal" and case.head is not None:
            row |= self.nominal.phrase(case.head).shared
        previous = self.known.cases[order - 1] if order else None
        if previous is not None:
            row["previous_form"] = FORM_NUMBERS[previous.form] if previous.rule != "name" else 7
            row["previous_gap"] = min(self._gap(previous, case), 9)
            row["previous_paragraph"] = int(
                self._paragraph(previous.end - 1) == self._paragraph(_start(case))
            )
            row["previous_question"] = int(is_question(previous))
            row["previous_adjacent"] = int(self._is_adjacent(previous, case))
        return row

    def _paragraph(self, i: int) -> int:
        return self.discourse.paragraph_of[min(max(i, 0), len(self.doc) - 1)]

    def _opens_paragraph(self, case: Case) -> bool:
        start = _start(case)
        first = self.antecedents.sentence_bounds[self.antecedents.sentence_of[start]][0]
        return first == 0 or self._paragraph(first - 1) != self._paragraph(start)

    def _gap(self, previous: Case, case: Case) -> int:
        sentence_of = self.antecedents.sentence_of
        last = min(previous.end, len(self.doc)) - 1
        return abs(sentence_of[_start(case)] - sentence_of[last])

    def _is_adjacent(self, previous: Case, case: Case) -> bool:
        between = self.doc[previous.end : _start(case)]
        return all(token.is_space or token.text in DOUBLE_MARKS for token in between)

    # the candidate

    def _exact(self, case: Case) -> Row:
        """How much a name says: in full or in part, of a person or a body, and whether others share its words."""
        referent = case.referent
        entity = referent.entity if referent is not None else None
        row: Row = {}
        if entity is not None:
            row["person"], row["label"] = int(entity.is_person), LABELS.get(entity.label, 4)
            row["mentions"] = len(entity.mentions)
            row["name_words"] = len(entity.name.split())
            row["rivals"] = self._rivals(entity)
            row["described"] = int(bool(entity.descriptions))
        elif referent is not None:
            row["noun"], row["coordinated"] = 1, int(len(referent.heads) > 1)
        row["source_words"] = len(case.source) if case.source is not None else 0
        return row

    def _rivals(self, entity: Entity) -> int:
        words = set(entity.name.lower().split())
        others = self.antecedents.index.entities
        return sum(
            other is not entity and not words.isdisjoint(other.name.lower().split()) for other in others
        )

    def _kind(self, row: Row, referent: Referent) -> None:
        entity = referent.entity
        if entity is not None:
            row["person"] = int(entity.is_person)
            if not entity.is_person:
                row["label"], row["group"] = LABELS.get(entity.label, 4), int(entity.is_group)
            row["described"] = int(bool(entity.descriptions))
            row["name_words"] = len(entity.name.split())
            row["relative"] = int(entity.is_person and entity.is_relative)
            return
        row["noun"], row["coordinated"] = 1, int(len(referent.heads) > 1)
        head = self.doc[referent.heads[0]]
        row["noun_kind"] = KIND_NUMBERS[noun_kind(head)]
        row["noun_indefinite"] = int(any(child.lower_ in ("a", "an") for child in head.children))
        row["noun_role"] = int(is_role(head))

    def _votes(self, order: int, referent: Referent, pronoun: str) -> int:
        """How often other sources that are a pronoun mean a referent."""
        votes = self.known.votes.get(referent)
        return votes[pronoun] - (self.known.voted.get(order) == (referent, pronoun)) if votes else 0

    def _agreement(self, row: Row, case: Case, order: int, referent: Referent) -> None:
        """What title, descriptions, given name and other pronouns say for "he" or "she", and whether it agrees."""
        kind = case.form
        if kind == "nominal" and case.head is not None:
            kind = noun_gender(case.head.lemma_.lower()) or "nominal"  # type: ignore[assignment]
        if kind not in ("he", "she"):
            row["agrees"] = int(kind in ("they", "it") and agrees(referent, kind, self.doc))
            if kind == "they" and referent.entity is not None:
                row["called_they"] = self._votes(order, referent, "they")
                row["said"] = int(referent.entity.said_gender == "they")
            return
        row["agrees"] = int(agrees(referent, kind, self.doc))
        entity = referent.entity
        if entity is None:
            noun = noun_gender(self.doc[referent.heads[0]].lemma_.lower())
            row["said"] = _sign(noun, kind)
            return
        row["said"] = _sign(entity.said_gender, kind)
        row["listed"] = _sign(None if entity.said_gender else entity.gender, kind)
        row["hypothetical"] = int(entity.hypothetical_gender == kind)
        row["votes_for"] = self._votes(order, referent, kind)
        row["votes_against"] = self._votes(order, referent, "she" if kind == "he" else "he")


class _Place:
    """Where the candidates of one case are mentioned, and who has spoken before and after it."""

    def __init__(self, features: Features, case: Case, order: int, candidates: Sequence[Referent]) -> None:
        self.features, self.case, self.order = features, case, order
        self.discourse, self.antecedents, self.doc = features.discourse, features.antecedents, features.doc
        self.sentence_of = self.antecedents.sentence_of
        self.known, self.counts = features.known, features.counts
        self.sentence = self.sentence_of[_start(case) if case.form == "none" else case.at]
        self.quotation = self.antecedents.quotation_at[case.at]
        self.inside = frozenset(i for span in case.contents for i in range(span.start, span.end))
        heads_spoken: dict[Referent, list[int]] = {}
        for i, speaker in self.antecedents.speaker_at.items():
            heads_spoken.setdefault(speaker, []).append(i)
        self.heads = {r: self._heads(r, heads_spoken.get(r, [])) for r in candidates}
        self.last = {r: _last_before(heads, case.at) for r, heads in self.heads.items()}
        self.agreeing = [r for r in candidates if self._can_be(r)]
        ranked = sorted(self.agreeing, key=lambda r: -self.last[r])
        self.rank = {referent: n for n, referent in enumerate(ranked) if self.last[referent] >= 0}
        ends = features.ends[:order]
        self.since = int(ends[ends <= case.at].max(initial=0))  # where the quotation before ends
        self.governing = [self.antecedents.referent(token) for token in subjects_above(self._verb())]
        subjects = [self.discourse.main_subjects.get(self.sentence - back) for back in range(4)]
        if subjects[0] is not None and (subjects[0].i >= case.at or case.is_inside(subjects[0].i)):
            subjects[0] = None
        self.subjects = [
            self.antecedents.referent(token) if token is not None else None for token in subjects
        ]
        self.named_before = [self._named_in(self.sentence - back) for back in (1, 2)]
        self.addressee = addressee(case, self.antecedents)
        before = self.known.cases[order - 1] if order else None
        self.asked = addressee(before, self.antecedents) if before is not None else None
        speakers = [self.known.speaker(n) for n in range(order - 1, max(order - 1 - FAR, -1), -1)]
        self.last_speaker = speakers[0] if speakers else None
        self.other_speaker = features.others[order]
        self.last_heard = self.antecedents.speaker_of.get(self.quotation) if self.quotation >= 0 else None
        self.agreeing_since = [r for r in self.agreeing if self.last[r] >= self.since]
        self.governing_place = _places(self.governing)
        self.subject_place = _places(self.subjects)
        self.speaker_place = _places(speakers)

    def _heads(self, referent: Referent, spoken: Iterable[int]) -> list[int]:
        """Where a referent is mentioned, ``spoken`` being where it is a speaker."""
        return sorted({*self.discourse.heads(referent), *spoken} - {self.case.at})

    def _can_be(self, referent: Referent) -> bool:
        if self.case.form in ("he", "she", "they", "it"):
            return agrees(referent, self.case.form, self.doc)
        return referent.entity is not None and referent.entity.is_person

    def _verb(self) -> Token:
        cue = self.case.cue
        return self.doc[self.case.at] if self.case.head is not None or cue is None else cue.root

    def _named_in(self, sentence: int) -> set[Referent]:
        """The people named in a sentence, outside of marks."""
        if sentence < 0:
            return set()
        start, end = self.antecedents.sentence_bounds[sentence]
        by_token = self.antecedents.index.by_token
        named = {
            by_token[i] for i in range(start, end) if i in by_token and self.antecedents.quotation_at[i] < 0
        }
        return {Referent(entity) for entity in named if entity.is_person}

    def fill(self, row: Row, referent: Referent) -> None:
        """Add the features of place and order of one candidate."""
        self._mentions(row, referent)
        self._structure(row, referent)
        self._order(row, referent)

    def _mentions(self, row: Row, referent: Referent) -> None:
        quoted, at = self.antecedents.quotation_at, self.case.at
        heads = self.heads[referent]
        place = bisect_left(heads, at)
        before = heads[:place]
        row["mentions"] = len(before)
        row["share"] = len(before) / self.features.most_mentions
        row["rank"] = self.rank.get(referent, FAR)
        row["in_content"] = int(not self.inside.isdisjoint(heads))
        after = next((i for i in heads[place:] if i not in self.inside), at + 999)
        row["tokens_ahead"] = min(after - at, 999)
        row["first"] = min(heads[0], 9999) if heads else 9999
        if not before:
            row["sentences"] = row["subject_sentences"] = row["unquoted_sentences"] = FAR
            row["tokens"] = 9999
            return
        last = before[-1]
        row["sentences"] = min(self.sentence - self.sentence_of[last], FAR)
        row["tokens"] = at - last
        row["same_paragraph"] = int(self.features._paragraph(last) == self.features._paragraph(at))
        row["role"] = self.discourse.role(last)
        row["last_quoted"] = int(quoted[last] >= 0)
        unquoted_ones = (i for i in reversed(before) if quoted[i] < 0 or quoted[i] == self.quotation)
        unquoted = list(islice(unquoted_ones, 6))  # the nearest first
        row["unquoted_sentences"] = (
            min(self.sentence - self.sentence_of[unquoted[0]], FAR) if unquoted else FAR
        )
        subject = next((i for i in unquoted if self.discourse.role(i) in (MAIN_SUBJECT, SUBJECT)), None)
        row["subject_sentences"] = (
            FAR if subject is None else min(self.sentence - self.sentence_of[subject], FAR)
        )
        row["subject_since"] = int(subject is not None and subject >= self.since)
        row["since"] = int(bool(unquoted) and unquoted[0] >= self.since)
        row["new_since"] = int(before[0] >= self.since > 0)
        row["recent_mentions"] = len(before) - bisect_right(before, at - 80)
        row["only_since"] = int(row["since"] and len(self.agreeing_since) == 1 and referent in self.agreeing)

    def _structure(self, row: Row, referent: Referent) -> None:
        row["governing"] = self.governing_place.get(referent, -1) + 1
        row["main_subject"] = self.subject_place.get(referent, -1) + 1
        row["only_named_before"] = int(self.named_before[0] == {referent})
        row["named_before"] = int(referent in self.named_before[0])
        row["named_two_before"] = int(not self.named_before[0] and self.named_before[1] == {referent})
        row["addressee"] = int(self.addressee == referent)
        row["asked_before"] = int(self.asked == referent)
        row["speaker_around"] = int(self.last_heard == referent)
        row["agreeing"] = min(len(self.agreeing), 9)
        row["is_only_agreeing"] = int(self.agreeing == [referent])

    def _order(self, row: Row, referent: Referent) -> None:
        row["last_speaker"] = int(self.last_speaker == referent)
        row["other_speaker"] = int(self.other_speaker == referent)
        row["quotations_back"] = self.speaker_place.get(referent, FAR)
        row["next_speaker"] = int(self.known.speaker(self.order + 1) == referent)
        row["second_next_speaker"] = int(self.known.speaker(self.order + 2) == referent)
        own = self.known.speaker(self.order)
        row["spoken"] = self.counts[referent] - (own == referent)
        row["spoken_share"] = row["spoken"] / max(len(self.known.speakers) - 1, 1)
        row["last_speaker_known"] = int(self.last_speaker is not None)


def _places(referents: Sequence[Referent | None]) -> dict[Referent | None, int]:
    """The first place of each."""
    return {referent: n for n, referent in reversed(list(enumerate(referents)))}


def _others(speakers: Sequence[Referent | None]) -> list[Referent | None]:
    """For each place, and the one behind the last, the nearest speaker before it who is not the last one."""
    others: list[Referent | None] = [None]
    named: Referent | None = (
        None  # the nearest before the place that is known, and the nearest before it that is not it
    )
    other: Referent | None = None
    for speaker in speakers:
        if speaker is None:
            others.append(named)
            continue
        if named is not None and named != speaker:
            other = named
        named = speaker
        others.append(other)
    return others


def _last_before(heads: Sequence[int], at: int) -> int:
    """The last of the tokens, in text order, before one; -1 for none."""
    place = bisect_left(heads, at)
    return heads[place - 1] if place else -1


def _sign(gender: str | None, pronoun: str) -> int:
    """1 where a gender is the pronoun's, -1 where it is the other one, 0 where nothing says."""
    return 0 if gender is None else 1 if gender == pronoun else -1


def _start(case: Case) -> int:
    """The first token of content and source."""
    return min([span.start for span in case.contents] + [case.at])


def is_question(case: Case) -> bool:
    """Whether a quotation asks something."""
    asks = case.cue is not None and case.cue.root.lemma_.lower() in QUESTION_VERBS
    return asks or (bool(case.contents) and "?" in case.contents[-1][-2:].text)


def addressee(case: Case, antecedents: Antecedents) -> Referent | None:
    """Whom a quotation is said to: the object of its cue."""
    if case.cue is None:
        return None
    for child in case.cue.root.children:
        is_object = child.dep_ in ("dobj", "dative") and child.pos_ in ("PROPN", "PRON", "NOUN")
        if is_object and child.i != case.at and not case.is_inside(child.i):
            return antecedents.referent(child)
    return None
