"""Quotations -> cases: how each source refers, and what syntax alone says of whom it means."""

import re
from collections.abc import Sequence
from typing import Protocol

from spacy.tokens import Doc, Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.authors import AUTHOR, Authors
from quotes.coreference.candidates import Case, Form
from quotes.coreference.entities import EntityIndex
from quotes.coreference.noun_phrases import coordinated_heads, is_one_person, owner_of, relative_antecedent
from quotes.coreference.referents import Referent
from quotes.coreference.source_heads import head_of_source
from quotes.lexicon.roles import AUTHOR_PRONOUNS, FIRST_PERSON_PRONOUNS, PRONOUN_KIND, RELATIVE_PRONOUNS
from quotes.text.quotation_marks import DOUBLE_MARKS
from quotes.text.quoted import quote_type, quoted_mask

# What nobody says: "as the old saying goes"
SAYINGS = frozenset(
    {"adage", "cliché", "hymn", "joke", "motto", "proverb", "rhyme", "saying", "slogan", "song", "story"}
)
# said by whose they are
REPLIES = frozenset({"answer", "comment", "reaction", "reply", "response", "retort"})
COUPLE = re.compile(r"\bMr\.? (?:and|&) Mrs\.? ")
SINGLE_MARKS = frozenset("'‘‚‹")
# nobody whom the article names
READER_PRONOUNS = frozenset(["you", "your", "yours", "yourself", "yourselves"])


class Quotation(Protocol):
    """What is needed of a quotation: character offsets of its content, cue and source."""

    @property
    def content(self) -> Sequence[tuple[int, int]]:
        """The content's spans, in text order."""

    @property
    def cue(self) -> tuple[int, int] | None:
        """The words that introduce it."""

    @property
    def source(self) -> tuple[int, int] | None:
        """The words that the text attributes it to."""


def cue_starts(doc: Doc, quotations: Sequence[Quotation]) -> frozenset[int]:
    """The tokens where the cues of quotations begin."""
    cues = [q.cue for q in quotations if q.cue is not None]
    spans = (doc.char_span(*cue, alignment_mode="expand") for cue in cues)
    return frozenset(span.start for span in spans if span is not None)


class CaseReader:
    """The quotations of one article as spans of tokens."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation], index: EntityIndex) -> None:
        self.doc, self.index = doc, index
        self.sources = [self._span(q.source) for q in quotations]
        self.cues = [self._span(q.cue) for q in quotations]
        self.contents = [[span for part in q.content if (span := self._span(part))] for q in quotations]
        mask = quoted_mask(index.text)
        self.types = [quote_type(index.text, list(q.content), mask) for q in quotations]
        self.quotation_at = self._quotation_at(mask)

    def _span(self, offsets: tuple[int, int] | None) -> Span | None:
        if offsets is None or offsets[1] <= offsets[0]:
            return None
        span = self.doc.char_span(*offsets, alignment_mode="expand")
        return span if span is not None and len(span) else None

    def anchor(self, k: int) -> int:
        """The token where a quotation is in text order: its source's first, else its cue's, else its content's."""
        span = self.sources[k] or self.cues[k] or (self.contents[k][0] if self.contents[k] else None)
        return span.start if span is not None else 0

    def _quotation_at(self, mask: Sequence[int]) -> list[int]:
        """Per token, the shortest quotation whose marks it stands between, or -1; ``mask``: characters in marks."""
        quotation_at = [-1] * len(self.doc)
        lengths = [sum(len(span) for span in spans) for spans in self.contents]
        for k in sorted(range(len(self.contents)), key=lambda k: -lengths[k]):
            for span in self.contents[k]:
                # marks that are apostrophes elsewhere, or two dashes: nothing of it is the article's
                is_all = self.types[k] == "direct" and not any(t.text in DOUBLE_MARKS for t in span)
                is_all = is_all or self._is_turn(k)
                inside = False
                is_single = span[0].text in SINGLE_MARKS
                for token in span:
                    if is_all:
                        quotation_at[token.i] = k
                    elif token.text in DOUBLE_MARKS:
                        inside = token.text in "“«" or (token.text == '"' and not inside)
                    elif inside or (is_single and mask[token.idx]):
                        quotation_at[token.i] = k
        return quotation_at

    def _is_turn(self, k: int) -> bool:
        """Whether a quotation is what follows its source and a colon: "MS. RUIZ: He said that it was closed."."""
        source = self.sources[k]
        return source is not None and source.end < len(self.doc) and self.doc[source.end].text == ":"

    def cases(self, antecedents: Antecedents, authors: Authors) -> list[Case]:
        """The cases in text order; quotations that share their source's head are one."""
        cases: list[Case] = []
        by_head: dict[int, Case] = {}
        for k in sorted(range(len(self.contents)), key=self.anchor):
            case = self._case(k, antecedents, authors)
            known = by_head.get(case.at) if case.head is not None else None
            if known is not None:
                known.numbers.append(k)
                known.contents = [*known.contents, *case.contents]
                continue
            cases.append(case)
            if case.head is not None:
                by_head[case.at] = case
        return cases

    def _case(self, k: int, antecedents: Antecedents, authors: Authors) -> Case:
        source = self.sources[k]
        if source is None:
            at = self.contents[k][0].start if self.contents[k] else self.anchor(k)
            return Case([k], "none", at, None, None, self.cues[k], self.contents[k])
        head = head_of_source(source, self.index)
        cue = self.cues[k]
        if cue is not None and cue.root.lemma_.lower() in ("go", "have", "in") and head.lower_ in SAYINGS:
            return Case([k], "exact", head.i, source, head, cue, self.contents[k], None, "saying")
        form, head, referent, rule = self._form(head, source, antecedents, authors)
        return Case([k], form, head.i, source, head, self.cues[k], self.contents[k], referent, rule)

    def _form(
        self, head: Token, source: Span, antecedents: Antecedents, authors: Authors
    ) -> tuple[Form, Token, Referent | None, str]:
        """How a source refers, by which word, whom by syntax alone, and by which rule that is known."""
        word = head.lower_
        is_name = head.i in self.index.by_token
        if word in FIRST_PERSON_PRONOUNS and not is_name:
            if self.quotation_at[head.i] >= 0:
                return "exact", head, None, "first_person"
            author = authors.at(head.i) or (AUTHOR if word in AUTHOR_PRONOUNS else None)
            return "exact", head, author, "author"
        if word in READER_PRONOUNS and not is_name:
            return "exact", head, None, "reader"
        if (relative := _closing_relative(source, head)) is not None:
            head, word = relative, relative.lower_
        if word in RELATIVE_PRONOUNS and head.i not in self.index.by_token:
            noun = relative_antecedent(head, self.index)
            if noun is None:
                return "exact", head, None, "relative"
            named = antecedents.entity(noun) or antecedents.named_beside(noun)
            return ("exact", head, named, "relative") if named else ("nominal", noun, None, "")
        if word in PRONOUN_KIND and not is_name:
            return PRONOUN_KIND[word], head, None, ""  # type: ignore[return-value]
        if COUPLE.search(source.text):
            return "exact", head, Referent(None, (head.i,)), "coordination"
        heads = [token for token in coordinated_heads(head) if source.start <= token.i < source.end]
        if len(heads) > 1 and not is_one_person(heads):
            return "exact", head, Referent(None, tuple(token.i for token in heads)), "coordination"
        if (named := antecedents.entity(head)) is not None:
            return "exact", head, named, "name"
        if (beside := antecedents.named_beside(head)) is not None:
            return "exact", head, beside, "name_in_apposition"
        if head.lemma_.lower() in REPLIES and (owner := owner_of(head)) is not None:
            whose = antecedents.referent(owner)
            if whose is not None and whose.entity is not None and whose.entity.is_person:
                return "exact", head, whose, "owner_of_reply"
        return "nominal", head, None, ""


def _closing_relative(source: Span, head: Token) -> Token | None:
    """The relative pronoun that ends a source: "whom" in "many of whom", "who" in "the mayor, who"."""
    if (
        len(source) > 1
        and source[-1].lower_ in RELATIVE_PRONOUNS
        and source[-1].dep_ in ("nsubj", "nsubjpass")
    ):
        return source[-1]
    if head.pos_ in ("VERB", "AUX"):
        return None
    whom = next((t for t in head.subtree if source.start <= t.i < source.end and t.tag_ == "WP"), None)
    return whom if whom is not None and whom.head.lower_ == "of" and whom.i == source.end - 1 else None
