"""Quotations whose source the text leaves out: a subject that the cue shares, or who is speaking just then.

Most of them have no speaker at all ("it is expected", "when asked"): those stay open.
"""

from collections.abc import Sequence

from spacy.tokens import Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.context import ANSWER, beat, before, interviewee, names_somebody
from quotes.coreference.descriptions import FINITE, is_role
from quotes.coreference.list_items import leading
from quotes.coreference.noun_phrases import SUBJECTS
from quotes.coreference.referents import Antecedent, Referent, Resolution
from quotes.lexicon.cues import is_speech

SHARING = frozenset(["conj", "xcomp", "advcl", "acl", "pcomp", "ccomp", "parataxis", "prep", "relcl"])
PERCEIVED = frozenset(["hear", "see", "quote", "record", "overhear", "catch", "show", "film", "tape"])
# What the words that follow a colon may be called.
SAID = frozenset(
    """demand promise reason point condition message question answer plea appeal statement declaration pledge proposal
    request warning complaint rule remark suggestion wish principle""".split()
)
BULLETS = frozenset(["-", "–", "—", "•", "*", "·", "‣"])
DASHES = frozenset(["—", "–", "―", "--", "-", "~"])
QUOTES = frozenset('“”"«»')


class Carried:
    """Finds the speakers of quotations without a source.

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

    def find(self, k: int, answers: Sequence[Resolution | None]) -> Antecedent | None:
        """Who says quotation ``k``; ``answers`` are those of the quotations resolved so far."""
        cue = self.cues[k]
        if cue is not None and ANSWER.fullmatch(cue.text):
            return interviewee(cue, self.antecedents)
        if cue is not None and cue.root.pos_ in ("VERB", "AUX"):
            return self._shared(cue.root, k)
        if cue is not None and any(token.pos_ in ("NOUN", "VERB") for token in cue):
            return None
        contents = self.contents[k]
        if not contents:
            return None
        return (
            self._introduced(contents[0])
            or self._signed(contents[-1])
            or self._by_place(contents[0], k, answers)
        )

    def _by_place(self, content: Span, k: int, answers: Sequence[Resolution | None]) -> Antecedent | None:
        """Who acts in the sentence before; where it reports something itself, or nobody acts, who spoke before."""
        sentence = before(content, self.antecedents)
        reports = sentence is not None and any(
            answer is not None and sentence.start <= start < sentence.end
            for answer, start in zip(answers, self.starts, strict=True)
        )
        if sentence is not None and not reports:
            found = beat(content, self.antecedents)
            if found is not None or names_somebody(sentence, self.antecedents):
                return found
        return self._continued(k, answers)

    def _shared(self, verb: Token, k: int) -> Antecedent | None:
        """The subject of the cue, or of the clause that the cue's verb belongs to; a list's points share theirs."""
        children = {child.dep_ for child in verb.children}
        heard = verb.lemma_.lower() in PERCEIVED and "xcomp" in children  # "she is heard yelling"
        if not heard and (
            {"auxpass", "nsubjpass", "expl"} & children or (verb.tag_ == "VBN" and "aux" not in children)
        ):
            return None  # "it is believed", "when asked"
        cue = verb
        inside = {token.i for span in self.contents[k] for token in span}
        while True:
            for child in verb.children:
                if child.dep_ not in SUBJECTS or child.i == cue.i or child.i in inside:
                    continue
                if verb is cue and child.lower_ in ("it", "this", "that", "there"):
                    return None  # "it is apparent"
                referent = self.antecedents.referent(child)
                if referent is not None:
                    return Antecedent(referent, 0.7)
            if verb.dep_ == "ROOT":
                referent = leading(verb, self.antecedents)
                return Antecedent(referent, 0.7) if referent is not None and self._speaks(referent) else None
            if verb.dep_ not in SHARING:
                return None
            if verb.dep_ == "conj" and verb.tag_ in FINITE and verb.head.tag_ == "VBG":
                verb = _clause(verb.head)  # "preys on fears, regarding ..., and calls": finite with finite
                continue
            if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
                referent = self.antecedents.referent(verb.head)
                return Antecedent(referent, 0.6) if referent is not None and self._speaks(referent) else None
            verb = verb.head

    def _speaks(self, referent: Referent) -> bool:
        """Whether it is a person, a body or people, so that it can say something."""
        if referent.entity is not None:
            return True
        return any(is_role(self.doc[i]) for i in referent.heads)

    def _introduced(self, content: Span) -> Antecedent | None:
        """Whom the sentence before a colon is about: "Ruiz went on:" and a paragraph with her words."""
        at = content.start - 1
        while at > 0 and (self.doc[at].is_space or self.doc[at].text in BULLETS):
            at -= 1
        if at < 1 or self.doc[at].text != ":":
            return None
        sentence = self.doc[self.doc[at].sent.start : at]
        for token in sentence:  # "this statement by Ruiz:", "Ruiz's statement:"
            if token.pos_ != "NOUN" or not is_speech(token.lower_):
                continue
            owners = [child for child in token.children if child.dep_ == "poss"]
            following = self.doc[token.i + 1]
            owners += following.children if following.lower_ in ("by", "from") else ()
            for owner in owners:
                referent = self.antecedents.referent(owner)
                if referent is not None and referent.entity is not None:
                    return Antecedent(referent, 0.65)
        for token in reversed(sentence):
            if token.pos_ == "VERB" and is_speech(token.lower_):
                for child in token.children:
                    if child.dep_ in ("nsubj", "agent") and (referent := self.antecedents.referent(child)):
                        return Antecedent(referent, 0.75)
        if any(token.lemma_.lower() in SAID for token in sentence):  # "made three promises:"
            for token in sentence:
                if token.dep_ == "nsubj" and token.head.dep_ == "ROOT":
                    referent = self.antecedents.referent(token)
                    if referent is not None and self._speaks(referent):
                        return Antecedent(referent, 0.65)
        return None

    def _signed(self, content: Span) -> Antecedent | None:
        """The name after a dash that ends a paragraph: "“...” - Ana Ruiz"."""
        at = content.end
        while at < len(self.doc) and self.doc[at].text not in DASHES:
            if "\n" in self.doc[at].text or (self.doc[at].is_alpha and at > content.end + 1):
                return None
            at += 1
        at += 1
        while at < len(self.doc) and self.doc[at].is_space and "\n" not in self.doc[at].text:
            at += 1
        entity = self.antecedents.index.by_token.get(at)
        if entity is None:
            return None
        end = max(
            (mention.end for mention in entity.mentions if mention.start <= at < mention.end), default=at
        )
        closes = end >= len(self.doc) or "\n" in self.doc[end].text or self.doc[end].text in (",", ".", "(")
        return Antecedent(Referent(entity), 0.8) if closes else None

    def _continued(self, k: int, answers: Sequence[Resolution | None]) -> Antecedent | None:
        """Who was speaking just before, in this paragraph or in the last sentence of the one before."""
        contents = self.contents[k]
        start = contents[0].start
        before = [
            j
            for j, answer in enumerate(answers)
            if answer is not None and j != k and self.contents[j] and self.starts[j] < start
        ]
        if not before:
            return None
        last = max(before, key=lambda j: max(self.starts[j], self.contents[j][-1].end))
        answer = answers[last]
        assert answer is not None
        end = max(self.starts[last], self.contents[last][-1].end)
        adjacent = all(token.is_space or token.text in QUOTES | BULLETS for token in self.doc[end:start])
        if not adjacent and not any(token.text in QUOTES for token in contents[0][:2]):
            return None
        between = self.antecedents.sentence_of[start] - self.antecedents.sentence_of[min(end, start)]
        if between > 1:
            return None
        asked = self._question(last)
        if asked is not None:
            return asked
        if self._ends_in_question(last) and "\n" in self.doc[end - 1 : start + 1].text:
            return None  # a new paragraph after a question: the answer, of whomever
        return Antecedent(answer.referent, 0.65 * answer.confidence)

    def _ends_in_question(self, k: int) -> bool:
        return "?" in self.contents[k][-1][-2:].text

    def _question(self, last: int) -> Antecedent | None:
        """Whom the last quotation asked: the next is the answer."""
        cue = self.cues[last]
        if cue is None or cue.root.lemma_.lower() != "ask" or not self._ends_in_question(last):
            return None
        for child in cue.root.children:
            if child.dep_ in ("dobj", "dative") and child.pos_ in ("PROPN", "PRON", "NOUN"):
                referent = self.antecedents.referent(child)
                if referent is not None:
                    return Antecedent(referent, 0.6)
        return None


def _clause(token: Token) -> Token:
    """The finite verb of the clause that a token is in, or the head of the sentence."""
    while token.tag_ not in FINITE and token.dep_ != "ROOT":
        token = token.head
    return token
