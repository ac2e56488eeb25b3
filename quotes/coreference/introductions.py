"""What introduces a quotation: the words before it up to a colon, or else the sentence before it that is not quoted.

"Marks drew a breath: “...”", "The reaction of the mayor was swift. “...”", "Asked about the road by Bell, Marks said
...". Who is its subject, who is named in it as what, and who asks whom there.
"""

from dataclasses import dataclass

from spacy.tokens import Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.candidates import Case
from quotes.coreference.ranker import Row
from quotes.coreference.referents import Referent
from quotes.lexicon.roles import PRONOUN_KIND
from quotes.nlp.dependents import dependents

QUESTION_VERBS = frozenset(
    {"ask", "challenge", "confront", "grill", "inquire", "interview", "press", "query", "question", "quiz"}
)
ASKED_THROUGH = {
    "put": "to",
    "know": "from",
    "demand": "of",
}  # "put it to Bell that", "wanted to know from Bell"
BULLETS = frozenset(["-", "–", "—", "•", "*", "·", "‣"])
NOTHING, COLON, SAME_SENTENCE, SENTENCE_BEFORE = range(4)
MOST_SENTENCES = 4  # that are looked at before a quotation
MAIN_CLAUSE_DEPS = frozenset({"ROOT", "conj", "ccomp"})


@dataclass(eq=False, slots=True)
class Introduction:
    """What introduces a quotation, and whom it mentions, in the order of first mentions, each with the tokens."""

    kind: int
    words: Span | None
    subject: Referent | None
    mentioned: dict[Referent, list[Token]]
    askers: list[Referent | None]
    asked: list[Referent | None]
    shared: Row

    def fill(self, row: Row, referent: Referent) -> None:
        """Add what it says of a candidate."""
        tokens = self.mentioned.get(referent)
        row["i_subject"] = int(self.subject == referent)
        row["i_asker"] = int(referent in self.askers)
        row["i_asked"] = int(referent in self.asked)
        if not tokens:
            return
        row["i_mentioned"] = 1
        row["i_first"] = int(next(iter(self.mentioned)) == referent)
        row["i_role"] = min(map(_role, tokens))


class Introductions:
    """The introductions of one article's quotations."""

    def __init__(self, antecedents: Antecedents) -> None:
        self.antecedents, self.doc = antecedents, antecedents.doc

    def of(self, case: Case, start: int) -> Introduction:
        """What introduces a case whose content and source begin at a token."""
        kind, words = self._words(start)
        if words is None:
            return Introduction(NOTHING, None, None, {}, [], [], {})
        mentioned: dict[Referent, list[Token]] = {}
        for token in words:
            if (referent := self._mentioned(token, case)) is not None:
                mentioned.setdefault(referent, []).append(token)
        subject = next((t for t in words if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"), None)
        askers, asked = self._asking(words)
        shared: Row = {
            "i_kind": kind,
            "i_people": min(len(mentioned), 9),
            "i_length": min(len(words), 40),
        }  # fmt: skip
        about = self.antecedents.referent(subject) if subject is not None and subject.i != case.at else None
        return Introduction(kind, words, about, mentioned, askers, asked, shared)

    def _words(self, start: int) -> tuple[int, Span | None]:
        """The kind and the words of what introduces the token ``start``."""
        doc, quotation_at = self.doc, self.antecedents.quotation_at
        before = start - 1
        while before > 0 and (doc[before].is_space or doc[before].text in BULLETS):
            before -= 1
        if before < 1:
            return NOTHING, None
        bounds, sentence_of = self.antecedents.sentence_bounds, self.antecedents.sentence_of
        if doc[before].text == ":":
            return COLON, doc[bounds[sentence_of[before]][0] : before]
        sentence = sentence_of[min(start, len(doc) - 1)]
        first = bounds[sentence][0]
        if any(doc[i].is_alpha and quotation_at[i] < 0 for i in range(first, start)):
            return SAME_SENTENCE, doc[first:start]
        for number in range(sentence - 1, max(-1, sentence - 1 - MOST_SENTENCES), -1):
            first, end = bounds[number]
            if any(doc[i].is_alpha and quotation_at[i] < 0 for i in range(first, min(end, start))):
                return SENTENCE_BEFORE, doc[first : min(end, start)]
        return NOTHING, None

    def _mentioned(self, token: Token, case: Case) -> Referent | None:
        """Whom a token outside of marks mentions: by name, by a noun for people or a body, by a pronoun."""
        antecedents = self.antecedents
        if antecedents.quotation_at[token.i] >= 0 or token.i == case.at:
            return None
        entity = antecedents.index.by_token.get(token.i)
        if entity is not None:
            is_head = token.head.i not in antecedents.index.by_token or (
                antecedents.index.by_token[token.head.i] is not entity
            )
            return Referent(entity) if is_head else None
        if token.i in antecedents.discourse.noun_referents or token.lower_ in PRONOUN_KIND:
            return antecedents.referent(token)
        return None

    def _asking(self, words: Span) -> tuple[list[Referent | None], list[Referent | None]]:
        """Who asks, and who is asked, in some words."""
        askers: list[Referent | None] = []
        asked: list[Referent | None] = []
        for verb in words:
            lemma = verb.lemma_.lower()
            through = [child for child in verb.children if child.lower_ == ASKED_THROUGH.get(lemma)]
            asked += [self.antecedents.referent(t) for word in through for t in dependents(word, "pobj")]
            if verb.pos_ != "VERB" or not (through or lemma in QUESTION_VERBS):
                continue
            for child in verb.children:
                if child.dep_ == "nsubj":
                    askers.append(self.antecedents.referent(child))
                elif child.dep_ in ("dobj", "dative", "nsubjpass"):
                    asked.append(self.antecedents.referent(child))
                elif child.dep_ == "agent" or child.lower_ == "by":
                    askers += map(self.antecedents.referent, dependents(child, "pobj"))
                elif child.dep_ == "ccomp":  # "asked Ed Stone if he had a gun": one he, taken for its subject
                    asked += map(self.antecedents.referent, dependents(child, "nsubj"))
        return askers, asked


def _role(token: Token) -> int:
    """1 subject of the main clause, 2 of another, 3 object, 4 after a preposition, 5 owner, 6 anything else."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "csubj"):
        return 1 if token.head.dep_ in MAIN_CLAUSE_DEPS else 2
    return {"dobj": 3, "dative": 3, "pobj": 4, "poss": 5}.get(token.dep_, 6)
