"""Quotations across articles -> statements: every wording of one utterance together.

Quotations of one speaker are first grouped by equal words (``exact``), then those that share words (``blocking``) are
compared (``compare``) and clustered, the surest first (``cluster``). What has no sure
speaker joins last, by its words alone (``unattributed``).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from quotes.statements.blocking import candidate_pairs
from quotes.statements.cluster import agglomerate
from quotes.statements.compare import SURE, Decision
from quotes.statements.exact import ExactGroup, group_exact
from quotes.statements.meaning import Comparison, Meaning, compare_groups
from quotes.statements.normalise import stem
from quotes.statements.records import QuotationLink, StatementQuote
from quotes.statements.unattributed import (
    AttributedClusters,
    attach,
    cluster_shingles,
    group_open,
    is_unattributed,
    stray_shingles,
)
from quotes.types import QuoteType, Statement

__all__ = [
    "StatementQuote",
    "cluster_groups",
    "cluster_quotations",
    "likely_links",
    "link_statements",
    "make_statement",
    "settle_clusters",
    "settle_speaker",
    "settle_strays",
    "statements_by_speaker",
    "stray_shingles",
]

LIKELY = 0.5  # probability from which a denial, or a claim made again, is told
_TYPE_RANK: dict[QuoteType, int] = {"direct": 0, "mixed": 1, "indirect": 2}
# With a sure speaker, without, and how sure it is of each quotation in a cluster of several that it belongs there
Clusters = tuple[list[list[ExactGroup]], list[list[ExactGroup]], dict[str, float]]
MIN_SENTENCE = 4  # words of a direct wording that can stand for all
NAMING = frozenset(map(stem, "call brand deem describe dub label term".split()))
# The first words of what is no sentence
_NO_CLAUSE = frozenset("to for of about against as if whether how why what when where who".split())


def link_statements(quotes: Iterable[StatementQuote], meaning: Meaning | None = None) -> list[Statement]:
    """The statements of the quotations, every one of which is in exactly one statement.

    The order of ``quotes`` does not matter. A statement's id is the smallest id of its quotations. Its text
    is the fullest direct wording that can be read as a sentence, else the fullest mixed, else indirect one. A quotation
    without a speaker, or with a doubtful one, joins another speaker's statement only when its words are
    verbatim and long and no second speaker has them. One without a speaker has its statement's inferred.
    ``meaning``: without the model's embeddings fewer paraphrases are known.
    """
    by_speaker: dict[str | None, list[StatementQuote]] = defaultdict(list)
    for row in quotes:
        by_speaker[row.speaker].append(row)
    strays = stray_shingles(row for rows in by_speaker.values() for row in rows)
    one_by_one = (by_speaker.pop(speaker) for speaker in list(by_speaker))
    statements = statements_by_speaker(one_by_one, strays, meaning or Meaning())
    return sorted(statements, key=lambda statement: statement.id)


def statements_by_speaker(
    quotes: Iterable[list[StatementQuote]],
    strays: Container[int],
    meaning: Meaning,
    links: Callable[[QuotationLink], object] = lambda link: None,
) -> Iterator[Statement]:
    """The statements that ``link_statements`` makes, in no order, from the quotations of one speaker after the other.

    Of a speaker nothing is kept but what has no sure speaker, and statements that share words with that: so the
    memory that this takes grows with the quotations of one speaker. Those whose speaker is open come together, too.
    ``strays``: the ``stray_shingles`` of all. ``links`` is told what is likely between those of one speaker, also
    between those of one statement.
    """
    attributed = AttributedClusters()
    unattributed: list[list[ExactGroup]] = []
    confidences: dict[str, float] = {}  # of quotations whose statement may get strays
    for rows in quotes:
        settled = settle_speaker(rows, strays, meaning, links)
        yield from settled.statements
        unattributed += settled.unattributed
        confidences |= settled.confidences
        for cluster, shared in settled.attributed:
            attributed.add(cluster, shared)
    yield from settle_strays(attributed, unattributed, confidences, meaning)


@dataclass(slots=True)
class SettledSpeaker:
    """What the quotations of one speaker make up: statements, and clusters of which strays may have a say."""

    statements: list[Statement]
    attributed: list[tuple[list[ExactGroup], set[int]]]  # with the shingles that they share with strays
    unattributed: list[list[ExactGroup]]
    confidences: dict[str, float]  # of the quotations in ``attributed``


def settle_speaker(
    rows: Iterable[StatementQuote],
    strays: Container[int],
    meaning: Meaning,
    links: Callable[[QuotationLink], object] = lambda link: None,
) -> SettledSpeaker:
    """The statements of one speaker, or of nobody, as far as they do not depend on others. Else as above."""
    return settle_clusters(cluster_quotations(rows, meaning, links), strays)


def settle_clusters(clusters: Clusters, strays: Container[int]) -> SettledSpeaker:
    """The statements of clusters of one speaker, as far as they do not depend on others. Else as above."""
    sure, unsure, own = clusters
    settled = SettledSpeaker([], [], unsure, {})
    for cluster in sure:
        quotations = [row for group in cluster for row in group.rows]
        if shared := {key for key in cluster_shingles(cluster) if key in strays}:
            settled.attributed.append((cluster, shared))
            settled.confidences |= {row.id: own[row.id] for row in quotations if row.id in own}
        else:
            settled.statements.append(make_statement(quotations, own))
    return settled


def settle_strays(
    attributed: AttributedClusters,
    unattributed: list[list[ExactGroup]],
    confidences: Mapping[str, float],
    meaning: Meaning,
) -> Iterator[Statement]:
    """The statements of clusters that ``settle_speaker`` left: all that are connected by shingles or by a speaker."""
    compare = partial(compare_groups, meaning=meaning)
    for quotations in attach(attributed, unattributed, compare):
        yield make_statement(quotations, confidences, unknown=SURE)


def cluster_quotations(
    rows: Iterable[StatementQuote],
    meaning: Meaning,
    links: Callable[[QuotationLink], object] = lambda link: None,
) -> Clusters:
    """The clusters of one speaker's quotations, or of those whose speaker is open: with a sure speaker, and without.

    And the probability of each quotation in a cluster of several that it belongs there: that of its surest pair.
    """
    rows = sorted(rows, key=lambda row: row.id)
    if rows and rows[0].speaker is None:
        return [], [[group] for group in group_open(rows)], {}
    groups = group_exact(rows)
    compare, pairs = Comparison(groups, meaning), candidate_pairs(groups)
    # within a cluster too, which a person may split: who stores them leaves the others out
    for link in likely_links(groups, pairs, compare):
        links(link)
    return cluster_groups(groups, pairs, compare)


def cluster_groups(
    groups: list[ExactGroup], pairs: Iterable[tuple[int, int]], compare: Comparison
) -> Clusters:
    """The clusters of exact groups of one speaker, as above; ``pairs`` are those worth a comparison."""
    clusters = agglomerate(groups, pairs, compare)
    confidences: dict[str, float] = {}
    for places in clusters:
        for at in places:
            surest = max((compare(at, other).probability for other in places if other != at), default=0.0)
            if len(groups[at].rows) > 1:
                surest = SURE
            confidences |= dict.fromkeys((row.id for row in groups[at].rows if surest), surest)
    found = [[groups[at] for at in places] for places in clusters]
    return (
        [cluster for cluster in found if not is_unattributed(cluster)],
        [cluster for cluster in found if is_unattributed(cluster)],
        confidences,
    )


def likely_links(
    groups: Sequence[ExactGroup], pairs: Collection[tuple[int, int]], compare: Comparison
) -> Iterator[QuotationLink]:
    """What is likely between the pairs of groups of one speaker, which are decided on here, all at once."""
    compare.prepare(pairs)
    for a, b in pairs:
        if link := likely_link(groups[a], groups[b], compare(a, b)):
            yield link


def likely_link(a: ExactGroup, b: ExactGroup, decision: Decision) -> QuotationLink | None:
    """What is likely between two groups of one speaker that are not in one statement, None when nothing is."""
    one, other = sorted((a.key, b.key))
    if decision.denied >= LIKELY:
        return QuotationLink(one, other, "contradicts", decision.denied)
    if decision.again >= LIKELY:
        return QuotationLink(one, other, "again", decision.again)
    if decision.perhaps:
        return QuotationLink(one, other, "perhaps", max(decision.likely, decision.probability))
    return None


def make_statement(
    rows: Iterable[StatementQuote],
    confidences: Mapping[str, float] | None = None,
    *,
    unknown: float | None = None,
) -> Statement:
    """The statement that has exactly these quotations, in any order; there must be one at least.

    Its speaker is the one who is sure, else the first; when one is sure, ``inferred`` are those that had none.
    ``confidences``: how sure it is of each, else ``unknown``; a quotation that is alone has none.
    """
    rows = sorted(rows, key=lambda row: row.id)
    best = min(
        rows,
        key=lambda row: (
            not _stands_alone(row),
            _TYPE_RANK[row.type],
            -len(row.text.split()),
            -len(row.text),
            row.id,
        ),
    )
    sure = next((row.speaker for row in rows if row.speaker is not None and not row.doubtful), None)
    inferred = tuple(row.id for row in rows if row.speaker is None) if sure is not None else ()
    speaker = sure or next((row.speaker for row in rows if row.speaker is not None), None)
    known = confidences or {}
    own = tuple(known.get(row.id, unknown) if len(rows) > 1 else None for row in rows)
    return Statement(rows[0].id, speaker, best.text, tuple(row.id for row in rows), inferred, own)


def _names_only(row: StatementQuote) -> bool:
    """Whether the cue calls something something: "the plan “a slap in the face”" of "called"."""
    return row.type != "direct" and not NAMING.isdisjoint(map(stem, (row.cue or "").casefold().split()))


def _stands_alone(row: StatementQuote) -> bool:
    """Whether a wording can be read as a sentence: not a fragment in marks, "to build a bridge"."""
    words = row.text.strip(" \"'“”‘’").split()
    if not words or _names_only(row):
        return False
    if row.type == "direct":
        return len(words) >= MIN_SENTENCE and (words[0][0].isupper() or not words[0][0].isalpha())
    return len(words) >= MIN_SENTENCE and words[0].lower() not in _NO_CLAUSE
