"""Implicit speakers: of quotations whose source the text leaves out.

The subject that the cue shares with another verb, a signature, or who is interviewed. Of all others, who is speaking
just then or who is introduced is ranked (``introductions``). Many have no speaker ("it is expected", "when asked").
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from spacy.tokens import Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.authors import Authors
from quotes.coreference.candidates import Case
from quotes.coreference.descriptions import is_role
from quotes.coreference.list_items import list_subject
from quotes.coreference.noun_phrases import SUBJECT_OR_AGENT_DEPS
from quotes.coreference.referents import Referent
from quotes.lexicon.words import word_set
from quotes.log import logger
from quotes.nlp.dependents import FINITE_TAGS, dependent

LOG = logger(__name__)
# Dependencies through which a verb shares its head's subject.
SUBJECT_SHARING_DEPS = frozenset(
    ["conj", "xcomp", "advcl", "acl", "pcomp", "ccomp", "parataxis", "prep", "relcl"]
)
OVERHEARING_VERBS = word_set("quotations/overhearing_verbs")
IMPERSONAL_SUBJECTS = frozenset({"it", "this", "that", "there"})
OPENING_MARKS = frozenset(["“", '"', "‘", "«", "''", "'"])
DASHES = frozenset(["—", "–", "―", "--", "-", "~"])
ANSWER_LABEL = re.compile(r"A[.:]?")
OPEN: Literal[False] = False
Verdict = Referent | Literal[False] | None  # None: the next rule is asked


class ImplicitSpeakers:
    """A finder of the speakers of quotations without a source, by rules in the order of how sure they are.

    ``contents`` are those of all quotations of the article.
    """

    def __init__(
        self, antecedents: Antecedents, authors: Authors, contents: Sequence[Sequence[Span]]
    ) -> None:
        self.antecedents, self.doc, self.authors = antecedents, antecedents.doc, authors
        self.contents = contents
        self.rules: tuple[Callable[[Case], Verdict], ...] = (
            self.headline_or_question,
            self.answer_in_interview,
            self.shared_subject,
            self.signature,
            self.two_people,
        )

    def find(self, case: Case) -> tuple[Referent | None, str]:
        """The speaker of a quotation as syntax and layout give it, and the name of the rule; which one is logged."""
        for rule in self.rules:
            verdict = rule(case)
            if verdict is not None:
                LOG.debug(
                    "quotation %d without a source: %s by %s",
                    case.number,
                    verdict or "left open",
                    rule.__name__,
                )
                return verdict or None, rule.__name__
        return None, ""

    def headline_or_question(self, case: Case) -> Verdict:
        """Open in a headline ("“We won”: joy in Vale"), and for a question that another quotation answers at once."""
        if case.cue is not None or not case.contents:
            return None
        end = case.contents[-1].end
        after = self.doc[end].text if end < len(self.doc) else ""
        asked = case.contents[-1].text.rstrip("”\"'’»").endswith("?") and after in OPENING_MARKS
        return OPEN if after == ":" or asked else None

    def answer_in_interview(self, case: Case) -> Verdict:
        """After the label "A:" it is the interviewee."""
        if case.cue is None or not ANSWER_LABEL.fullmatch(case.cue.text):
            return None
        return self.authors.interviewee() or OPEN

    def shared_subject(self, case: Case) -> Verdict:
        """The subject of the cue, or of the clause that the cue's verb belongs to; list items share theirs."""
        if case.cue is None or case.cue.root.pos_ not in ("VERB", "AUX"):
            return None
        cue = case.cue.root
        when_asked = cue.dep_ == "advcl" and any(child.tag_ == "WRB" for child in cue.lefts)
        if _is_impersonal(cue) or when_asked or _hears(cue):  # "the court heard": others said it
            return OPEN
        verb: Token | None = cue
        inside = {token.i for span in case.contents for token in span}
        while verb is not None:
            verdict = self._subject(verb, cue, inside)
            if verdict is not None:
                return verdict
            if verb.dep_ == "ROOT":
                return self._if_can_speak(list_subject(verb, self.antecedents))
            if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
                return self._if_can_speak(self.antecedents.referent(verb.head))
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
                return referent
        return None

    def _if_can_speak(self, referent: Referent | None) -> Verdict:
        if referent is None:
            return OPEN
        is_somebody = referent.entity is not None or any(is_role(self.doc[i]) for i in referent.heads)
        return referent if is_somebody else OPEN

    def signature(self, case: Case) -> Verdict:
        """The name after a dash that ends a paragraph: "“...” - Ana Ruiz"."""
        if not case.contents:
            return None
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
        return Referent(entity) if is_last else None

    def two_people(self, case: Case) -> Verdict:
        """In a dialogue the speaker before the last, of paragraphs that begin with marks, one of them a question."""
        first = case.number - 2
        if case.cue is not None or first < 0 or not all(self.contents[first : case.number + 1]):
            return None
        spans = [self.contents[number] for number in range(first, case.number + 1)]
        paragraph_of = self.antecedents.discourse.paragraph_of
        starts = [content[0].start for content in spans]
        lines = [paragraph_of[start] for start in starts]
        opens = all(
            start == 0 or paragraph_of[start - 1] < line for start, line in zip(starts, lines, strict=True)
        )
        if not opens or lines != list(range(lines[0], lines[0] + len(lines))):
            return None
        asks = any(content[-1].text.rstrip("”\"'’»").endswith("?") for content in spans)
        speakers = [self.antecedents.speaker_of.get(number) for number in (first, first + 1)]
        return speakers[0] if asks and None not in speakers and speakers[0] != speakers[1] else None


def _hears(verb: Token) -> bool:
    """Whether a verb says that others were heard: "the court heard that"; "she is heard yelling" is another."""
    return verb.lemma_.lower() == "hear" and dependent(verb, "auxpass") is None


def _is_impersonal(verb: Token) -> bool:
    """Whether a cue is a passive that names nobody: "it is believed", "when asked"; "she is heard yelling" is none.

    "Asked if it was late, Ruiz left": a past form without a subject, in a clause of its own, is a participle.
    """
    deps = {child.dep_ for child in verb.children}
    if verb.lemma_.lower() in OVERHEARING_VERBS and "xcomp" in deps:
        return False
    is_passive = bool({"auxpass", "nsubjpass", "expl"} & deps)
    is_participle = verb.tag_ == "VBN" or (
        verb.tag_ == "VBD" and verb.dep_ == "advcl" and "nsubj" not in deps
    )
    return is_passive or (is_participle and "aux" not in deps)


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
