"""The speaker of words after a colon, by the sentence before it: "Ruiz went on:" and a paragraph with her words."""

from dataclasses import dataclass

from spacy.tokens import Span

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.descriptions import is_role
from quotes.coreference.referents import Referent
from quotes.coreference.sieves import Sieve, Verdict, first_verdict
from quotes.lexicon.cues import is_speech
from quotes.lexicon.words import word_set

# What the words that follow a colon may be called.
ANNOUNCED_NOUNS = word_set("quotations/announced_nouns")
BULLETS = frozenset(["-", "–", "—", "•", "*", "·", "‣"])


@dataclass(frozen=True, eq=False, slots=True)
class LeadIn:
    """The sentence that ends in the colon before a quotation."""

    sentence: Span
    antecedents: Antecedents

    def __str__(self) -> str:
        return f"lead-in at token {self.sentence.start}"


def speaker_before_colon(content: Span, antecedents: Antecedents) -> Referent | None:
    """The speaker whom the sentence before a colon names, in whatever words; None without a colon."""
    doc, colon = content.doc, content.start - 1
    while colon > 0 and (doc[colon].is_space or doc[colon].text in BULLETS):
        colon -= 1
    if colon < 1 or doc[colon].text != ":":
        return None
    start, _ = antecedents.sentence_bounds[antecedents.sentence_of[colon]]
    return first_verdict(COLON_SIEVES, LeadIn(doc[start:colon], antecedents))[0]


def owner_of_speech_noun(lead_in: LeadIn) -> Verdict:
    """The owner of a noun of speech: "This statement by Ruiz:", "Ruiz's statement:"."""
    sentence = lead_in.sentence
    for token in sentence:
        if token.pos_ != "NOUN" or not is_speech(token.lower_):
            continue
        owners = [child for child in token.children if child.dep_ == "poss"]
        following = sentence.doc[token.i + 1]
        owners += following.children if following.lower_ in ("by", "from") else ()
        for owner in owners:
            referent = lead_in.antecedents.referent(owner)
            if referent is not None and referent.entity is not None:
                return referent
    return None


def subject_of_speech_verb(lead_in: LeadIn) -> Verdict:
    """The subject or agent of the last verb of speech: "Ruiz went on to say this:"."""
    for token in reversed(lead_in.sentence):
        if token.pos_ == "VERB" and is_speech(token.lower_):
            for child in token.children:
                if child.dep_ in ("nsubj", "agent") and (referent := lead_in.antecedents.referent(child)):
                    return referent
    return None


def subject_of_announcement(lead_in: LeadIn) -> Verdict:
    """The subject of a sentence that announces words: "Ruiz made three promises:"."""
    if not any(token.lemma_.lower() in ANNOUNCED_NOUNS for token in lead_in.sentence):
        return None
    for token in lead_in.sentence:
        if token.dep_ == "nsubj" and token.head.dep_ == "ROOT":
            referent = lead_in.antecedents.referent(token)
            if referent is not None and can_speak(referent, lead_in.antecedents):
                return referent
    return None


COLON_SIEVES: tuple[Sieve[LeadIn], ...] = (
    owner_of_speech_noun,
    subject_of_speech_verb,
    subject_of_announcement,
)


def can_speak(referent: Referent, antecedents: Antecedents) -> bool:
    """Whether a referent is an entity or somebody with a role, so that it can say something."""
    return referent.entity is not None or any(is_role(antecedents.doc[i]) for i in referent.heads)
