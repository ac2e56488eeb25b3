"""Source -> speaker: whom the text means by the words that it attributes a quotation to."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from spacy.tokens import Doc, Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.descriptions import is_person_noun, is_role
from quotes.coreference.entities import EntityIndex
from quotes.coreference.implicit_speakers import QUOTES, Carried
from quotes.coreference.nominals import phrase, type_of
from quotes.coreference.noun_phrases import coordinated_heads, is_one_person, relative_antecedent
from quotes.coreference.referents import Referent, Resolution
from quotes.lexicon.roles import FIRST_PERSON, PRONOUN_KIND, RELATIVE_PRONOUNS
from quotes.types import AttributionMethod, Mention, SpeakerType

CLEAR = 0.45  # how sure an antecedent must be; else a pronoun stays open, and a noun phrase keeps its words
GOING_ON = frozenset(["add", "continue"])  # what whoever has just spoken does
AUTHOR = frozenset(["i", "me", "my", "myself"])


class Quotation(Protocol):
    """What is needed of a quotation: character offsets of its content, cue and source."""

    @property
    def content(self) -> Sequence[tuple[int, int]]:
        """The content's stretches, in text order."""

    @property
    def cue(self) -> tuple[int, int] | None:
        """What introduces it."""

    @property
    def source(self) -> tuple[int, int] | None:
        """Whom the text attributes it to."""


class ResolvedSource(NamedTuple):
    """Whom a source means, how that was found, and how sure it is (a factor, 0 to 1)."""

    mention: Mention | None
    attribution: AttributionMethod
    confidence: float


def resolve(doc: Doc, quotations: Sequence[Quotation]) -> list[ResolvedSource]:
    """Say for each quotation whom its source means, in the order given.

    The Doc has tags, dependencies, entities, sentences and, for pronouns, ``_.coref_chains`` (without them
    their vote is missing). A source that could be two people is left open: ``mention`` None or a low
    ``confidence``.
    """
    return SourceResolver(doc, quotations).run()


class SourceResolver:
    def __init__(self, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self.doc, self.quotations = doc, quotations
        self.index = EntityIndex(doc)
        self.sources = [self._span(q.source) for q in quotations]
        self.cues = [self._span(q.cue) for q in quotations]
        self.contents = [[span for part in q.content if (span := self._span(part))] for q in quotations]
        self.antecedents = Antecedents(doc, self.index, self._quoted())
        self.answers: list[Resolution | None] = [None] * len(quotations)

    def run(self) -> list[ResolvedSource]:
        """Go through the article in text order: what was said before helps with what comes after."""
        order = sorted(range(len(self.quotations)), key=self._anchor)
        for k in order:
            answer = self._from_source(k) if self.sources[k] is not None else None
            self._note(k, answer)
        carried = Carried(
            self.antecedents, self.cues, self.contents, list(map(self._anchor, range(len(order))))
        )
        for k in order:
            if self.sources[k] is None and (found := carried.find(k, self.answers)):
                self._note(k, Resolution(found.referent, "discourse", found.confidence))
        self._call_by_pronouns()
        return [self._resolved(k) for k in range(len(self.quotations))]

    def _span(self, offsets: tuple[int, int] | None) -> Span | None:
        if offsets is None or offsets[1] <= offsets[0]:
            return None
        span = self.doc.char_span(*offsets, alignment_mode="expand")
        return span if span is not None and len(span) else None

    def _anchor(self, k: int) -> int:
        span = self.sources[k] or self.cues[k] or (self.contents[k][0] if self.contents[k] else None)
        return span.start if span is not None else 0

    def _quoted(self) -> list[int]:
        """Per token, the shortest quotation whose marks it stands between, or -1."""
        quoted = [-1] * len(self.doc)
        lengths = [sum(len(span) for span in spans) for spans in self.contents]
        for k in sorted(range(len(self.quotations)), key=lambda k: -lengths[k]):
            for span in self.contents[k]:
                inside = False
                marks = any(token.text in QUOTES for token in span)
                for token in span:
                    if token.text in QUOTES:
                        inside = token.text in "“«" or (token.text == '"' and not inside)
                    elif inside or (marks and token.text in QUOTES):
                        quoted[token.i] = k
        return quoted

    def _note(self, k: int, answer: Resolution | None) -> None:
        self.answers[k] = answer
        if answer is None:
            return
        self.antecedents.speaker_of[k] = answer.referent
        number = self.antecedents.sentence_of[self._anchor(k)]
        if self.antecedents.quotation_at[self._anchor(k)] < 0:
            self.antecedents.recent_speakers.setdefault(number, []).append(answer.referent)

    def _from_source(self, k: int) -> Resolution | None:
        span = self.sources[k]
        assert span is not None
        head = self._head_of_source(span)
        word = head.text.lower()
        if word in FIRST_PERSON and head.i not in self.index.by_token and head.text != "US":
            return self._first_person(head)
        whom = next((t for t in head.subtree if span.start <= t.i < span.end and t.tag_ == "WP"), None)
        if (
            head.pos_ not in ("VERB", "AUX")
            and whom is not None
            and whom.head.lower_ == "of"
            and whom.i == span.end - 1
        ):
            head, word = whom, whom.lower_  # "many of whom"
        if word in RELATIVE_PRONOUNS:
            antecedent = relative_antecedent(head, self.index)
            return self._noun(antecedent, None) if antecedent is not None else None
        if word in PRONOUN_KIND:
            found = self.antecedents.pronoun(head)
            if found is None:
                return None
            self._vote(found.referent, PRONOUN_KIND[word], found.confidence)
            return Resolution(found.referent, "coreference", found.confidence)
        answer = self._noun(head, span)
        named = answer is not None and answer.referent.entity is not None
        return answer if named else self._goes_on(k, head) or answer

    def _goes_on(self, k: int, head: Token) -> Resolution | None:
        """Who spoke in the sentence before, for "the chancellor added": a role nobody else is said to have."""
        cue, the = self.cues[k], any(child.lower_ == "the" for child in head.children)
        if cue is None or cue.root.lemma_.lower() not in GOING_ON or not the or not is_role(head):
            return None
        before = self.antecedents.recent_speakers.get(self.antecedents.sentence_of[head.i] - 1, [])
        entity = before[-1].entity if before else None
        last = entity.last_mention_before(head.i) if entity is not None and entity.is_person else -1
        apart = "\n" in self.doc[max(last, 0) : head.i].text
        return Resolution(Referent(entity), "coreference", 0.7) if last >= 0 and not apart else None

    def _call_by_pronouns(self) -> None:
        """Find out which pronouns the article uses for those whom it quotes, from all its "he" and "she"."""
        quoted = {answer.referent.entity for answer in self.answers if answer is not None}
        people = [entity for entity in quoted if entity is not None and entity.is_person]
        sources = {self._head_of_source(span).i for span in self.sources if span is not None}
        for token in self.doc:
            kind = PRONOUN_KIND.get(token.lower_)
            if kind in ("he", "she") and token.i not in self.index.by_token and token.i not in sources:
                if all(entity.pronoun_by_usage for entity in people):
                    break
                found = self.antecedents.pronoun(token)
                if found is not None and found.referent.entity in quoted:
                    self._vote(found.referent, kind, found.confidence)

    def _vote(self, referent: Referent, pronoun: str, confidence: float) -> None:
        entity = referent.entity
        if entity is not None and confidence >= 0.6 and pronoun != entity.hypothetical_gender:
            entity.pronoun_votes[pronoun] += 1

    def _first_person(self, head: Token) -> Resolution | None:
        """ "I" and "we" are whoever is speaking there."""
        voice = self.antecedents.quotation_at[head.i]
        if voice < 0 and head.lower_ in AUTHOR:
            return Resolution(Referent(None, (head.i,)), "coreference", 0.8)
        answer = self.answers[voice] if voice >= 0 else None
        return Resolution(answer.referent, "coreference", answer.confidence * 0.9) if answer else None

    def _noun(self, head: Token, span: Span | None) -> Resolution | None:
        """A name, a title or a noun phrase."""
        several = [
            token for token in coordinated_heads(head) if span is None or span.start <= token.i < span.end
        ]
        if len(several) > 1 and not is_one_person(several):
            return Resolution(Referent(None, tuple(token.i for token in several)), "name", 0.95)
        referent = self.antecedents.entity(head)
        if referent is not None:
            return Resolution(referent, "name", 0.97)
        found = self.antecedents.nominal(head)
        if found is not None and found.confidence >= CLEAR:
            named = found.confidence >= 0.95  # the name stands beside the noun
            return Resolution(found.referent, "name" if named else "coreference", found.confidence)
        return Resolution(Referent(None, (head.i,)), "name", 0.9)

    def _head_of_source(self, span: Span) -> Token:
        """The word of a source that stands for it: a person's name where there is one for the whole of it."""
        root = span.root
        if root.pos_ in ("VERB", "AUX"):  # a source is a noun phrase, even where the parse has seen a clause
            nouns = [
                t for t in span if t.pos_ in ("NOUN", "PROPN", "PRON") and t.dep_ not in ("compound", "poss")
            ]
            root = nouns[0] if nouns else root
        after = self.doc[root.i + 1 : span.end]
        if len(after) > 1 and after[0].tag_ == "POS":  # "Ruiz's doctor" is not Ruiz, whatever the parse says
            for token in after[1:]:
                if token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.text not in ("-", "&"):
                    break
                root = token
        last = span[-1]  # "the Bank of England governor" is not the bank, whatever the parse says
        if root.i < last.i and is_role(last) and self._names_all(self.doc[root.i : last.i]):
            root = last
        if root.i + 1 < span.end and self.doc[root.i + 1].lower_ == "general":  # "attorney general"
            root = self.doc[root.i + 1]
        if root.i in self.index.by_token:
            return root
        return self._apposition(root, span) or self._closing(span) or root

    def _names_all(self, words: Span) -> bool:
        """Whether words are all of one body's name."""
        entity = self.index.by_token.get(words.start)
        named = all(self.index.by_token.get(token.i) is entity for token in words)
        return entity is not None and not entity.is_person and named

    def _apposition(self, root: Token, span: Span) -> Token | None:
        """The name in "a lawyer for the paper, David Schulz,"."""
        if root.pos_ != "NOUN" and not is_person_noun(root):
            return None
        for token in self.doc[root.i + 1 : span.end]:
            entity = self.index.by_token.get(token.i)
            if entity is None or not entity.is_person:
                continue
            first = (
                token.i - 1
            )  # "the minister of the economy, Mr. Guajardo", "his niece, state Del. Ada Price"
            while first > root.i and self.doc[first].pos_ in ("NOUN", "PROPN", "ADJ"):
                first -= 1
            ends = [name.end for name in entity.mentions if name.start == token.i]
            if self.doc[first].text == "," and ends and (ends[0] == span.end or self.doc[ends[0]].is_punct):
                return token
        return None

    def _closing(self, span: Span) -> Token | None:
        """The name that closes the first noun phrase: "his wife and nominee Hillary Clinton"."""
        for token in span:
            if token.text in (",", ";") or token.tag_ in ("IN", "TO", "WP", "WDT", "WP$", "POS"):
                return None
            entity = self.index.by_token.get(token.i)
            last = token.i + 1 >= span.end or self.index.by_token.get(token.i + 1) is not entity
            if entity is not None and entity.is_person and last and token.dep_ not in ("poss", "conj"):
                following = self.doc[token.i + 1] if token.i + 1 < span.end else None
                if following is None or following.text == "," or following.tag_ in ("IN", "WP", "-LRB-"):
                    return token
        return None

    def _resolved(self, k: int) -> ResolvedSource:
        answer = self.answers[k]
        if answer is None or answer.confidence < CLEAR:
            return ResolvedSource(None, "none", 0.5 if self.sources[k] is None else 0.3)
        own = self.sources[k] if answer.attribution == "name" else None
        mention = self._mention(answer.referent, own)
        if mention is None:
            return ResolvedSource(None, "none", 0.3)
        return ResolvedSource(mention, answer.attribution, answer.confidence)

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
        if head.lower_ in AUTHOR:  # outside quotation marks: who wrote the article
            return Mention("the author", "unnamed")
        return Mention(phrase(head, source), type_of(head))

    def _member(self, head: Token) -> Mention | None:
        """Whom one of several heads means; none where it means several itself ("they and their friends")."""
        part = Referent(None, (head.i,)) if head.lower_ in AUTHOR else self.antecedents.referent(head)
        return None if part is None or len(part.heads) > 1 else self._mention(part)
