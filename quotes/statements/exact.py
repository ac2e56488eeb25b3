"""Quotations of one speaker in equal words -> one exact group, and the decision on two groups.

Words are compared after ``normalise``, so punctuation, contractions and the tense and person that reporting shifts
make no difference.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from quotes.statements.normalise import (
    APPROVAL,
    DENIALS,
    DISAPPROVAL,
    STOP_WORDS,
    NormalisedText,
    normalise,
    stem,
)
from quotes.statements.pair import Pair
from quotes.statements.paraphrase import BY_STEM, WordSimilarity
from quotes.statements.records import ClaimQuote, StatementQuote
from quotes.statements.settings import EXACT, PAIR, TIME

if TYPE_CHECKING:
    import numpy as np


Stance = Literal["said", "asked", "not said"]


@dataclass(slots=True)
class ExactGroup:
    """Quotations of one speaker in the same words, near in time."""

    rows: list[StatementQuote]
    text: NormalisedText
    days: tuple[int, ...] = ()  # of publication, in order; empty when no date is known
    denied: bool = False  # reported as what the speaker does not say
    stance: Stance = "said"
    cue: frozenset[str] = frozenset()  # stems of the cues, for what is not direct
    vector: "np.ndarray | None" = None  # of the first quotation, where it is asked for (see ``meaning``)
    articles: frozenset[str] = frozenset()
    trigrams: frozenset[tuple[str, ...]] = frozenset()  # runs of three words, one of them with meaning

    @property
    def key(self) -> str:
        """The smallest id: what everything is ordered by."""
        return self.rows[0].id

    @property
    def size(self) -> tuple[int, str]:
        """How full the wording is: its number of words; of equal ones the id decides."""
        return len(self.text.words), self.key

    @property
    def first(self) -> int | None:
        """The first day; None when no date is known."""
        return self.days[0] if self.days else None

    @property
    def last(self) -> int | None:
        """The last day; None when no date is known."""
        return self.days[-1] if self.days else None

    def overlaps(self, other: "ExactGroup") -> bool:
        """Whether a quotation of the one lies within one of the other, in one article."""
        if self.articles.isdisjoint(other.articles):
            return False
        return any(_overlap(a, b) for a in self.rows for b in other.rows)


SENTENCE_END = re.compile(r"[.!?…]\s")
QUESTIONING = frozenset(
    map(stem, "ask asked asks asking inquire query question questioned wonder wondered".split())
)
KNOWING = stem("know")
DEMANDING = frozenset(
    map(stem, "want wants wanted wanting demand demands demanded demanding like liked".split())
)
INDIRECT_QUESTIONS = frozenset("how if what when where whether which who whom whose why".split())
LACKING = "without"  # "claiming without any evidence" denies nothing
NormalisedQuotation = tuple[StatementQuote, NormalisedText]


def normalise_quotation(row: StatementQuote) -> NormalisedText:
    """The comparable words of a quotation."""
    return normalise(row.text, direct=row.type == "direct")


def group_exact(
    rows: list[StatementQuote], read: Callable[[StatementQuote], NormalisedText] = normalise_quotation
) -> list[ExactGroup]:
    """The quotations grouped by equal words, in order of the smallest id. Short ones are the same only near in time.

    ``rows`` are those of one speaker, ordered by id; ``read`` normalises them.
    """
    equal: dict[tuple[object, ...], list[NormalisedQuotation]] = defaultdict(list)
    for row in rows:
        text = read(row)
        equal[text.words or (row.id,), _is_denied(row), stance_of(row)].append((row, text))
    parts = (
        part
        for quotations in equal.values()
        for of_one_stance in _split_by_stance(quotations)
        for part in _split_by_time(of_one_stance)
    )
    return sorted(map(_make_group, parts), key=lambda group: group.key)


def stance_of(row: StatementQuote) -> Stance:
    """Whether the words were said, asked, or not said at all: those of one stance never join another's."""
    if not row.asserted:
        return "not said"
    return "asked" if _is_question(row) else "said"


def _is_question(row: StatementQuote) -> bool:
    """Whether the whole is a question: a single sentence in the speaker's words, or an indirect one."""
    text = row.text.strip(" \"'“”‘’.…,")
    if row.type == "direct":
        return text.endswith("?") and not SENTENCE_END.search(text[:-1])
    cue = {stem(word) for word in (row.cue or "").casefold().split()}
    asked = text.casefold().removeprefix("to know ")
    is_open = asked.partition(" ")[0] in INDIRECT_QUESTIONS
    if row.act == "asks" or cue & QUESTIONING:
        return is_open or text.endswith("?")
    if row.act == "declines" or len(asked) < len(text) or (KNOWING in cue and cue & DEMANDING):
        return is_open  # "could not say when", "demanded to know who", "wanted to know if"
    return asked.startswith("whether ")


def _overlap(a: StatementQuote, b: StatementQuote) -> bool:
    if a.extent is None or b.extent is None or a.id.rpartition("-")[0] != b.id.rpartition("-")[0]:
        return False
    return a.extent[0] < b.extent[1] and b.extent[0] < a.extent[1]


def _is_denied(row: StatementQuote) -> bool:
    """Whether the cue says that the speaker does not say so: "denied", "has yet to endorse", "would not confirm"."""
    if row.type == "direct" or not row.cue:
        return False
    words = row.cue.casefold().replace("n’t", "n't").split()
    if LACKING in words:
        words = words[: words.index(LACKING)]
    stems = [stem(word) for word in words]
    negated = sum(s in DENIALS or w.endswith("n't") for s, w in zip(stems, words, strict=True))
    return (negated + ("yet to" in row.cue.casefold())) % 2 == 1


def _cue_stems(row: StatementQuote) -> frozenset[str]:
    return frozenset() if row.type == "direct" else frozenset(map(stem, (row.cue or "").casefold().split()))


def _split_by_stance(quotations: list[NormalisedQuotation]) -> Iterator[list[NormalisedQuotation]]:
    """Equal words that some approve and others disapprove of are two claims."""
    against = [pair for pair in quotations if _cue_stems(pair[0]) & DISAPPROVAL]
    rest = [pair for pair in quotations if pair not in against]
    if against and any(_cue_stems(row) & APPROVAL for row, _ in rest):
        yield against
        yield rest
    else:
        yield quotations


def _make_group(quotations: list[NormalisedQuotation]) -> ExactGroup:
    days = {day for row, _ in quotations if (day := day_of(row)) is not None}
    fullest = max((text for _, text in quotations), key=lambda text: (sum(text.quoted), text.quoted))
    words = fullest.words
    trigrams = zip(words, words[1:], words[2:], strict=False)
    return ExactGroup(
        [row for row, _ in quotations],
        fullest,
        tuple(sorted(days)),
        _is_denied(quotations[0][0]),
        stance_of(quotations[0][0]),
        frozenset[str]().union(*(_cue_stems(row) for row, _ in quotations)),
        None,
        frozenset(row.article for row, _ in quotations),
        frozenset(trigram for trigram in trigrams if not STOP_WORDS.issuperset(trigram)),
    )


def day_of(row: StatementQuote | ClaimQuote) -> int | None:
    """The day of publication as a number, None when it is not known."""
    try:
        return date.fromisoformat((row.published or "")[:10]).toordinal()
    except ValueError:
        return None


def _split_by_time(quotations: list[NormalisedQuotation]) -> Iterator[list[NormalisedQuotation]]:
    """Equal words -> those that are one utterance: few words may be said again on another occasion."""
    if len(quotations) == 1:
        yield quotations
        return
    content = quotations[0][1].content_count
    # a position in the reporter's words may be a standing one
    verbatim = any(all(text.quoted) for _, text in quotations)
    if content >= (PAIR.min_content_any_time if verbatim else EXACT.min_content_any_time_reported):
        yield quotations
        return
    undated = [pair for pair in quotations if day_of(pair[0]) is None]
    yield from [undated] if content >= EXACT.min_content and undated else ([pair] for pair in undated)
    dated = sorted(
        (pair for pair in quotations if day_of(pair[0]) is not None), key=lambda p: (day_of(p[0]), p[0].id)
    )
    window = TIME.paraphrase
    if content < EXACT.min_content:
        window = TIME.occasion
    elif verbatim and content >= EXACT.min_content_fragment:
        window = TIME.fragment
    part: list[NormalisedQuotation] = []
    for pair in dated:
        if part and (day_of(pair[0]) or 0) - (day_of(part[0][0]) or 0) > window:
            yield sorted(part, key=lambda p: p[0].id)
            part = []
        part.append(pair)
    if part:
        yield sorted(part, key=lambda p: p[0].id)


def make_pair(a: ExactGroup, b: ExactGroup, similarity: WordSimilarity = BY_STEM) -> Pair:
    """Two groups side by side, with the embeddings that they have. ``similarity`` of single words."""
    return Pair(
        a.text,
        b.text,
        None if a.vector is None or b.vector is None else float(a.vector @ b.vector),
        days=_days_between(a.days, b.days),
        same_article=len(a.articles) == 1 and a.articles == b.articles,
        flipped=a.denied != b.denied or _is_opposite(a.cue, b.cue),
        similarity=similarity,
    )


def is_far(a: ExactGroup, b: ExactGroup) -> bool:
    """Whether only a long run of the same words could make two groups one, and they have none."""
    days = _days_between(a.days, b.days)
    return days is not None and days > TIME.fragment and a.trigrams.isdisjoint(b.trigrams)


def _days_between(days: tuple[int, ...], others: tuple[int, ...]) -> int | None:
    """How far apart the two days are that are nearest to each other; None when there is none on one side."""
    if not days or not others:
        return None
    if len(days) == 1 == len(others):
        return abs(days[0] - others[0])
    merged = sorted([(day, 0) for day in days] + [(day, 1) for day in others])
    return min(y[0] - x[0] for x, y in pairwise(merged) if x[1] != y[1])


def _is_opposite(cue: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one reports approval and the other disapproval: "praised", "came out against"."""
    good, bad = bool(cue & APPROVAL), bool(cue & DISAPPROVAL)
    return (good and bool(other & DISAPPROVAL)) or (bad and bool(other & APPROVAL))
