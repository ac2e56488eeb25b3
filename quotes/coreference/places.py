"""Where the candidates of one case are mentioned, and who has spoken before and after it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.candidates import Case
from quotes.coreference.discourse import MAIN_SUBJECT, SUBJECT
from quotes.coreference.ranker import Row
from quotes.coreference.referents import Referent, agrees

FAR = 99  # sentences, quotations: nowhere


@dataclass(slots=True)
class Known:
    """What is known of the speakers of an article's quotations, in text order, when one of them is asked for."""

    cases: Sequence[Case]
    speakers: Sequence[Referent | None]
    types: Sequence[str]
    votes: Mapping[Referent, Counter[str]]  # how often a source "he" or "she" means each
    voted: Mapping[int, tuple[Referent, str]]  # by which case

    def speaker(self, order: int) -> Referent | None:
        """The speaker of a quotation by its place in the order; None outside of it."""
        return self.speakers[order] if 0 <= order < len(self.speakers) else None


class Article:
    """What is the same for all cases of an article: how often and where each speaks, and where paragraphs are."""

    def __init__(self, antecedents: Antecedents, known: Known) -> None:
        self.antecedents, self.known = antecedents, known
        self.counts = Counter(speaker for speaker in known.speakers if speaker is not None)
        self.spoken: dict[Referent, list[int]] = {}  # the tokens of sources by whom they mean
        for i, speaker in antecedents.speaker_at.items():
            self.spoken.setdefault(speaker, []).append(i)
        self._heads: dict[Referent, list[int]] = {}
        self._agrees: dict[tuple[Referent, str], bool] = {}
        people = [len(entity.mentions) for entity in antecedents.index.entities if entity.is_person]
        self.most_mentions = max(people, default=1)
        self.ends = np.array([case.end for case in known.cases], np.int64)

    def heads(self, referent: Referent) -> list[int]:
        """The tokens, in text order, where a referent is mentioned, or is a speaker."""
        if referent not in self._heads:
            spoken = self.spoken.get(referent, ())
            self._heads[referent] = sorted({*self.antecedents.discourse.heads(referent), *spoken})
        return self._heads[referent]

    def agrees(self, referent: Referent, pronoun: str) -> bool:
        """Whether a referent can be a pronoun, as far as the article and its name say."""
        key = referent, pronoun
        if key not in self._agrees:
            self._agrees[key] = agrees(referent, pronoun, self.antecedents.doc)
        return self._agrees[key]

    def paragraph(self, i: int) -> int:
        """The number of the paragraph that a token is in."""
        paragraph_of = self.antecedents.discourse.paragraph_of
        return paragraph_of[min(max(i, 0), len(paragraph_of) - 1)]


class Place:
    """Where the candidates of one case are mentioned, and who has spoken before and after it."""

    def __init__(self, article: Article, case: Case, order: int, candidates: Sequence[Referent]) -> None:
        self.article, self.case, self.order = article, case, order
        self.antecedents, self.known, self.counts = article.antecedents, article.known, article.counts
        self.discourse, self.doc = self.antecedents.discourse, self.antecedents.doc
        self.sentence_of = self.antecedents.sentence_of
        self.sentence = self.sentence_of[start_of(case) if case.form == "none" else case.at]
        self.quotation = self.antecedents.quotation_at[case.at]
        self.inside = frozenset(i for span in case.contents for i in range(span.start, span.end))
        nouns = (i for span in case.contents for i in self.discourse.nouns_between(span.start, span.end))
        self.told_of = {self.antecedents.referent(self.doc[i]) for i in nouns}
        self.heads = {r: [i for i in article.heads(r) if i != case.at] for r in candidates}
        self.last = {r: _last_before(heads, case.at) for r, heads in self.heads.items()}
        self.agreeing = [r for r in candidates if self._can_be(r)]
        ranked = sorted(self.agreeing, key=lambda r: -self.last[r])
        self.rank = {referent: n for n, referent in enumerate(ranked) if self.last[referent] >= 0}
        ends = article.ends[:order]
        self.since = int(ends[ends <= case.at].max(initial=0))  # where the quotation before ends
        subjects = [self.discourse.main_subjects.get(self.sentence - back) for back in range(4)]
        if subjects[0] is not None and (subjects[0].i >= case.at or case.is_inside(subjects[0].i)):
            subjects[0] = None
        self.subjects = [
            self.antecedents.referent(token) if token is not None else None for token in subjects
        ]
        self.named_before = self._named_in(self.sentence - 1)
        speakers = list(reversed(self.known.speakers[max(order - FAR, 0) : order]))
        self.last_speaker = speakers[0] if speakers else None
        self.agreeing_since = [r for r in self.agreeing if self.last[r] >= self.since]
        self.subject_place = _places(self.subjects)
        self.speaker_place = _places(speakers)

    def _can_be(self, referent: Referent) -> bool:
        if self.case.form in ("he", "she", "they", "it"):
            return self.article.agrees(referent, self.case.form)
        return referent.entity is not None and referent.entity.is_person

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
        row["share"] = len(before) / self.article.most_mentions
        row["rank"] = self.rank.get(referent, FAR)
        row["in_content"] = int(referent in self.told_of or not self.inside.isdisjoint(heads))
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
        row["same_paragraph"] = int(self.article.paragraph(last) == self.article.paragraph(at))
        row["role"] = self.discourse.role(last)
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
        row["recent_mentions"] = len(before) - bisect_right(before, at - 80)
        row["only_since"] = int(row["since"] and len(self.agreeing_since) == 1 and referent in self.agreeing)

    def _structure(self, row: Row, referent: Referent) -> None:
        row["main_subject"] = self.subject_place.get(referent, -1) + 1
        row["named_before"] = int(referent in self.named_before)
        row["agreeing"] = min(len(self.agreeing), 9)

    def _order(self, row: Row, referent: Referent) -> None:
        row["last_speaker"] = int(self.last_speaker == referent)
        row["quotations_back"] = self.speaker_place.get(referent, FAR)
        row["next_speaker"] = int(self.known.speaker(self.order + 1) == referent)
        own = self.known.speaker(self.order)
        row["spoken"] = self.counts[referent] - (own == referent)
        row["spoken_share"] = row["spoken"] / max(len(self.known.speakers) - 1, 1)


def _places(referents: Sequence[Referent | None]) -> dict[Referent | None, int]:
    """The first place of each."""
    return {referent: n for n, referent in reversed(list(enumerate(referents)))}


def _last_before(heads: Sequence[int], at: int) -> int:
    """The last of the tokens, in text order, before one; -1 for none."""
    place = bisect_left(heads, at)
    return heads[place - 1] if place else -1


def start_of(case: Case) -> int:
    """The first token of content and source."""
    return min([span.start for span in case.contents] + [case.at])
