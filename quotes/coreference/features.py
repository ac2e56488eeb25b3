"""What speaks for a candidate: numbers that the ranker compares, the same in training and at run time.

All are whole numbers or ratios of them, so that every processor computes the same. Groups: the quotation, the kind of
candidate, agreement, where it was mentioned last, the order of speakers, and for noun phrases what the words say.
"""

from collections.abc import Sequence

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.candidates import Case, own_words
from quotes.coreference.entity import noun_gender
from quotes.coreference.introductions import Introductions
from quotes.coreference.nominal_features import NominalFeatures
from quotes.coreference.noun_kinds import KIND_NUMBERS, noun_kind
from quotes.coreference.places import Article, Known, Place, start_of
from quotes.coreference.ranker import Row, Rows
from quotes.coreference.referents import Referent
from quotes.lexicon.roles import AUTHOR_PRONOUNS, FIRST_PERSON_PRONOUNS

PASSIVE_DEPS = frozenset({"auxpass", "nsubjpass", "expl"})
LABELS = {"ORG": 1, "GPE": 2, "NORP": 3}
FORM_NUMBERS = {"exact": 0, "he": 1, "she": 2, "they": 3, "it": 4, "nominal": 5, "none": 6}
RULES = """name name_in_apposition coordination relative first_person author answer_in_interview shared_subject
signature saying headline_or_question owner_of_reply""".split()
RULE_NUMBERS = {rule: number for number, rule in enumerate(RULES, 1)}  # 0: none of them


class Features:
    """The features of one article's cases."""

    def __init__(self, antecedents: Antecedents, known: Known) -> None:
        self.antecedents, self.discourse, self.doc = antecedents, antecedents.discourse, antecedents.doc
        self.known = known
        self.article = Article(antecedents, known)
        self.nominal = NominalFeatures(antecedents)
        self.introductions = Introductions(antecedents)
        self._kinds: dict[Referent, Row] = {}

    def rows(self, order: int, candidates: Sequence[Referent], rivals: Sequence[Referent]) -> Rows:
        """The features of "open" and of some candidates of the ``order``-th case, of all ``rivals``."""
        case = self.known.cases[order]
        shared = self._case(case, order)
        if case.form == "exact":
            return Rows(shared, [{"open": 1}, *(self._exact(case) for _ in candidates)])
        introduction = self.introductions.of(case, start_of(case))
        shared |= introduction.shared
        place = Place(self.article, case, order, rivals)
        rows: list[Row] = [{"open": 1}]
        own = own_words(case, self.antecedents)
        for referent in candidates:
            row = self._kind(referent).copy()
            if referent == own:
                row["own"] = 1
                row["own_earlier"] = int(len(referent.heads) == 1 and referent.heads[0] < case.at)
            self._agreement(row, case, order, referent)
            place.fill(row, referent)
            introduction.fill(row, referent)
            if case.form == "nominal" and case.head is not None and referent != own:
                self.nominal.fill(row, case.head, referent)
            row["rule_says"] = int(case.referent == referent)
            rows.append(row)
        return Rows(shared, rows, case.form == "nominal")

    # what is the same for all candidates

    def _case(self, case: Case, order: int) -> Row:
        """The quotation itself and those beside it."""
        cue = case.cue.root if case.cue is not None else None
        row: Row = {
            "form": FORM_NUMBERS[case.form],
            "rule": RULE_NUMBERS.get(case.rule, 0),
            "type": {"direct": 2, "mixed": 1}.get(self.known.types[order], 0),
            "cue_passive": int(cue is not None and any(c.dep_ in PASSIVE_DEPS for c in cue.children)),
            "after_content": int(bool(case.contents) and case.contents[0].start < case.at),
            "first_person": self._first_person(case),
        }
        if case.form == "nominal" and case.head is not None:
            row |= self.nominal.phrase(case.head).shared
        previous = self.known.cases[order - 1] if order else None
        if previous is not None:
            row["previous_form"] = FORM_NUMBERS[previous.form] if previous.rule != "name" else 7
            row["previous_gap"] = min(self._gap(previous, case), 9)
        return row

    def _first_person(self, case: Case) -> int:
        """2 where somebody says "I" in marks, 1 where only "we": no document does."""
        quoted = self.antecedents.quotation_at
        said = {t.lower_ for span in case.contents for t in span if quoted[t.i] >= 0} & FIRST_PERSON_PRONOUNS
        return int(bool(said)) + int(not said.isdisjoint(AUTHOR_PRONOUNS))

    def _gap(self, previous: Case, case: Case) -> int:
        sentence_of = self.antecedents.sentence_of
        last = min(previous.end, len(self.doc)) - 1
        return abs(sentence_of[start_of(case)] - sentence_of[last])

    # the candidate

    def _exact(self, case: Case) -> Row:
        """How much a name says: in full or in part, of a person or a body."""
        referent = case.referent
        entity = referent.entity if referent is not None else None
        row: Row = {}
        if entity is not None:
            row["person"], row["label"] = int(entity.is_person), LABELS.get(entity.label, 4)
            row["mentions"] = len(entity.mentions)
            row["name_words"] = len(entity.name.split())
            row["described"] = int(bool(entity.descriptions))
        elif referent is not None:
            row["noun"], row["coordinated"] = 1, int(len(referent.heads) > 1)
        row["source_words"] = len(case.source) if case.source is not None else 0
        return row

    def _kind(self, referent: Referent) -> Row:
        """What kind of speaker a candidate is, the same for all cases."""
        if referent not in self._kinds:
            self._kinds[referent] = self._new_kind(referent)
        return self._kinds[referent]

    def _new_kind(self, referent: Referent) -> Row:
        row: Row = {}
        entity = referent.entity
        if entity is not None:
            row["person"] = int(entity.is_person)
            if not entity.is_person:
                row["label"] = LABELS.get(entity.label, 4)
            row["described"] = int(bool(entity.descriptions))
            row["name_words"] = len(entity.name.split())
            return row
        row["noun"], row["coordinated"] = 1, int(len(referent.heads) > 1)
        head = self.doc[referent.heads[0]]
        row["noun_kind"] = KIND_NUMBERS[noun_kind(head)]
        row["noun_indefinite"] = int(any(child.lower_ in ("a", "an") for child in head.children))
        return row

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
            row["agrees"] = int(kind in ("they", "it") and self.article.agrees(referent, kind))
            if kind == "they" and referent.entity is not None:
                row["said"] = int(referent.entity.said_gender == "they")
            return
        row["agrees"] = int(self.article.agrees(referent, kind))
        entity = referent.entity
        if entity is None:
            noun = noun_gender(self.doc[referent.heads[0]].lemma_.lower())
            row["said"] = _sign(noun, kind)
            return
        row["said"] = _sign(entity.said_gender, kind)
        row["listed"] = _sign(None if entity.said_gender else entity.gender, kind)
        row["votes_for"] = self._votes(order, referent, kind)
        row["votes_against"] = self._votes(order, referent, "she" if kind == "he" else "he")


def _sign(gender: str | None, pronoun: str) -> int:
    """1 where a gender is the pronoun's, -1 where it is the other one, 0 where nothing says."""
    return 0 if gender is None else 1 if gender == pronoun else -1
