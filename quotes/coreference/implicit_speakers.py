"""Implicit speakers: of quotations whose source the text leaves out.

The subject that the cue shares with another verb, the sentence before a colon, a signature, or who is speaking just
then. Most such quotations have no speaker at all ("it is expected", "when asked"): those stay open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.before_colon import BULLETS, can_speak, speaker_before_colon
from quotes.coreference.context import (
    ANSWER_LABEL,
    interviewee,
    mentions_person,
    preceding_sentence,
    speaker_of_preceding_sentence,
)
from quotes.coreference.descriptions import FINITE_TAGS
from quotes.coreference.list_items import list_subject
from quotes.coreference.noun_phrases import SUBJECT_OR_AGENT_DEPS
from quotes.coreference.referents import Antecedent, Referent, Resolution
from quotes.coreference.sieves import OPEN, Sieve, Verdict, first_verdict
from quotes.coreference.weights import CONFIDENCE
from quotes.lexicon.words import word_set
from quotes.text.quotation_marks import DOUBLE_MARKS

# Dependencies through which a verb shares its head's subject.
SUBJECT_SHARING_DEPS = frozenset(
    ["conj", "xcomp", "advcl", "acl", "pcomp", "ccomp", "parataxis", "prep", "relcl"]
)
OVERHEARING_VERBS = word_set("quotations/overhearing_verbs")
IMPERSONAL_SUBJECTS = frozenset({"it", "this", "that", "there"})
DASHES = frozenset(["—", "–", "―", "--", "-", "~"])


@dataclass(frozen=True, slots=True)
class ImplicitCase:
    """A quotation without a source, and the resolutions of the article so far."""

    number: int
    cue: Span | None
    contents: Sequence[Span]
    resolutions: Sequence[Resolution | None]

    def __str__(self) -> str:
        return f"quotation {self.number} without a source"


class ImplicitSpeakers:
    """A finder of the speakers of quotations without a source.

    ``cues`` and ``contents`` are those of all quotations of the article, ``starts`` the tokens where they are
    anchored.
    """

    def __init__(
        self,
        antecedents: Antecedents,
        cues: Sequence[Span | None],
        contents: Sequence[Sequence[Span]],
        starts: Sequence[int],
    ) -> None:
        self.antecedents, self.doc = antecedents, antecedents.doc
        self.cues, self.contents, self.starts = cues, contents, starts
        self.sieves: tuple[Sieve[ImplicitCase], ...] = (
            self.answer_in_interview,
            self.shared_subject,
            self.noun_as_cue,
            self.sentence_before_colon,
            self.signature,
            self.preceding_sentence,
            self.same_speaker_goes_on,
        )

    def find(self, number: int, resolutions: Sequence[Resolution | None]) -> Antecedent | None:
        """The speaker of a quotation, by its number; ``resolutions`` are those of the article so far."""
        case = ImplicitCase(number, self.cues[number], self.contents[number], resolutions)
        return first_verdict(self.sieves, case)

    def answer_in_interview(self, case: ImplicitCase) -> Verdict:
        """After the label "A:" it is the interviewee."""
        if case.cue is None or not ANSWER_LABEL.fullmatch(case.cue.text):
            return None
        return interviewee(case.cue, self.antecedents) or OPEN

    def shared_subject(self, case: ImplicitCase) -> Verdict:
        """The subject of the cue, or of the clause that the cue's verb belongs to; list items share theirs."""
        if case.cue is None or case.cue.root.pos_ not in ("VERB", "AUX"):
            return None
        cue = case.cue.root
        if _is_impersonal(cue):
            return OPEN
        verb: Token | None = cue
        inside = {token.i for span in case.contents for token in span}
        while verb is not None:
            verdict = self._subject(verb, cue, inside)
            if verdict is not None:
                return verdict
            if verb.dep_ == "ROOT":
                return self._if_can_speak(list_subject(verb, self.antecedents), CONFIDENCE.list_subject)
            if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
                return self._if_can_speak(self.antecedents.referent(verb.head), CONFIDENCE.modified_noun)
            verb = _verb_with_shared_subject(verb)
        return OPEN

    def _subject(self, verb: Token, cue: Token, inside: set[int]) -> Verdict:
        """A verb's subject outside the content; open where the cue is impersonal ("it is apparent")."""
        for child in verb.children:
            if child.dep_ not in SUBJECT_OR_AGENT_DEPS or child.i == cue.i or child.i in inside:
                continue
            if verb is cue and child.lower_ in IMPERSONAL_SUBJECTS:
                return OPEN
            referent = self.antecedents.referent(child)
            if referent is not None:
                return Antecedent(referent, CONFIDENCE.shared_subject)
        return None

    def _if_can_speak(self, referent: Referent | None, confidence: float) -> Verdict:
        if referent is None or not can_speak(referent, self.antecedents):
            return OPEN
        return Antecedent(referent, confidence)

    def noun_as_cue(self, case: ImplicitCase) -> Verdict:
        """A noun that introduces content without a source ("reports that"), and no content at all, stay open."""
        has_word = case.cue is not None and any(token.pos_ in ("NOUN", "VERB") for token in case.cue)
        return OPEN if has_word or not case.contents else None

    def sentence_before_colon(self, case: ImplicitCase) -> Verdict:
        """Whom the sentence before a colon is about."""
        return speaker_before_colon(case.contents[0], self.antecedents)

    def signature(self, case: ImplicitCase) -> Verdict:
        """The name after a dash that ends a paragraph: "“...” - Ana Ruiz"."""
        doc, end = self.doc, case.contents[-1].end
        at = end
        while at < len(doc) and doc[at].text not in DASHES:
            if "\n" in doc[at].text or (doc[at].is_alpha and at > end + 1):
                return None
            at += 1
        at += 1
        while at < len(doc) and doc[at].is_space and "\n" not in doc[at].text:
            at += 1
        entity = self.antecedents.index.by_token.get(at)
        if entity is None:
            return None
        end = max((m.end for m in entity.mentions if m.start <= at < m.end), default=at)
        is_last = end >= len(doc) or "\n" in doc[end].text or doc[end].text in (",", ".", "(")
        return Antecedent(Referent(entity), CONFIDENCE.signature) if is_last else None

    def preceding_sentence(self, case: ImplicitCase) -> Verdict:
        """The subject of the sentence before, unless it reports something itself; open where it mentions others."""
        content = case.contents[0]
        sentence = preceding_sentence(content, self.antecedents)
        if sentence is None or any(
            resolution is not None and sentence.start <= start < sentence.end
            for resolution, start in zip(case.resolutions, self.starts, strict=True)
        ):
            return None
        speaker = speaker_of_preceding_sentence(content, self.antecedents)
        return speaker or (OPEN if mentions_person(sentence, self.antecedents) else None)

    def same_speaker_goes_on(self, case: ImplicitCase) -> Verdict:
        """The speaker of the quotation before, in this paragraph or in the last sentence of the one before.

        After a question it is who was asked.
        """
        start = case.contents[0].start
        previous = self._previous(case, start)
        if previous is None:
            return None
        last, resolution = previous
        end = self._end(last)
        is_adjacent = all(t.is_space or t.text in DOUBLE_MARKS | BULLETS for t in self.doc[end:start])
        if not is_adjacent and not any(token.text in DOUBLE_MARKS for token in case.contents[0][:2]):
            return None
        sentence_of = self.antecedents.sentence_of
        if sentence_of[start] - sentence_of[min(end, start)] > 1:
            return None
        asked = self._addressee(last)
        if asked is not None:
            return asked
        if self._ends_in_question(last) and "\n" in self.doc[end - 1 : start + 1].text:
            return None  # a new paragraph after a question: the answer, of whomever
        confidence = CONFIDENCE.same_speaker_goes_on * resolution.confidence
        return Antecedent(resolution.referent, confidence)

    def _previous(self, case: ImplicitCase, start: int) -> tuple[int, Resolution] | None:
        """The last quotation with a speaker before a token, and its resolution."""
        previous = [
            (number, resolution)
            for number, resolution in enumerate(case.resolutions)
            if resolution is not None
            and number != case.number
            and self.contents[number]
            and self.starts[number] < start
        ]
        return max(previous, key=lambda item: self._end(item[0]), default=None)

    def _end(self, number: int) -> int:
        """Where a quotation and its anchor end."""
        return max(self.starts[number], self.contents[number][-1].end)

    def _ends_in_question(self, number: int) -> bool:
        return "?" in self.contents[number][-1][-2:].text

    def _addressee(self, number: int) -> Antecedent | None:
        """The person whom a quotation asks, if it is a question."""
        cue = self.cues[number]
        if cue is None or cue.root.lemma_.lower() != "ask" or not self._ends_in_question(number):
            return None
        for child in cue.root.children:
            if child.dep_ in ("dobj", "dative") and child.pos_ in ("PROPN", "PRON", "NOUN"):
                referent = self.antecedents.referent(child)
                if referent is not None:
                    return Antecedent(referent, CONFIDENCE.addressee_of_question)
        return None


def _is_impersonal(verb: Token) -> bool:
    """Whether a cue is a passive that names nobody: "it is believed", "when asked"; "she is heard yelling" is none."""
    deps = {child.dep_ for child in verb.children}
    if verb.lemma_.lower() in OVERHEARING_VERBS and "xcomp" in deps:
        return False
    is_passive = bool({"auxpass", "nsubjpass", "expl"} & deps)
    return is_passive or (verb.tag_ == "VBN" and "aux" not in deps)


def _verb_with_shared_subject(verb: Token) -> Token | None:
    """The verb whose subject a verb shares: its head, or the clause that a finite verb is coordinated with."""
    if verb.dep_ not in SUBJECT_SHARING_DEPS:
        return None
    if verb.dep_ == "conj" and verb.tag_ in FINITE_TAGS and verb.head.tag_ == "VBG":
        return _clause(verb.head)  # "preys on fears, regarding ..., and calls": finite with finite
    return verb.head


def _clause(token: Token) -> Token:
    """The finite verb of the clause that a token is in, or the head of the sentence."""
    while token.tag_ not in FINITE_TAGS and token.dep_ != "ROOT":
        token = token.head
    return token
