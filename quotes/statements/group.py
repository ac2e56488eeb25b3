"""Quotations across articles -> statements: every wording of one utterance together.

Quotations of one speaker are first grouped by equal words (``exact``), then those that share rare words or are close
in meaning (``blocking``) are compared (``compare``) and clustered, the surest first (``cluster``). What has no sure
speaker joins last, by its words alone (``unattributed``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from quotes.statements.blocking import candidate_pairs
from quotes.statements.cluster import agglomerate, memoised
from quotes.statements.exact import CompareGroups, ExactGroup, compare_groups, group_exact
from quotes.statements.paraphrase import BY_STEM, WordSimilarity
from quotes.statements.records import StatementQuote
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
    "cluster_quotations",
    "link_statements",
    "make_statement",
    "statements_by_speaker",
    "stray_shingles",
]

_TYPE_RANK: dict[QuoteType, int] = {"direct": 0, "mixed": 1, "indirect": 2}


def link_statements(
    quotes: Iterable[StatementQuote], similarity: WordSimilarity = BY_STEM
) -> list[Statement]:
    """The statements of the quotations, every one of which is in exactly one statement.

    The order of ``quotes`` does not matter. A statement's id is the smallest id of its quotations. Its text
    is the fullest direct wording, else the fullest mixed, else the longest indirect one. A quotation
    without a speaker, or with a doubtful one, joins another speaker's statement only when its words are
    verbatim and long and no second speaker has them. One without a speaker has its statement's inferred.
    ``similarity`` of single words: without the model's embeddings fewer paraphrases are known.
    """
    by_speaker: dict[str | None, list[StatementQuote]] = defaultdict(list)
    for row in quotes:
        by_speaker[row.speaker].append(row)
    strays = stray_shingles(row for rows in by_speaker.values() for row in rows)
    one_by_one = (by_speaker.pop(speaker) for speaker in list(by_speaker))
    return sorted(statements_by_speaker(one_by_one, strays, similarity), key=lambda statement: statement.id)


def statements_by_speaker(
    quotes: Iterable[list[StatementQuote]], strays: Collection[int], similarity: WordSimilarity = BY_STEM
) -> Iterator[Statement]:
    """The statements that ``link_statements`` makes, in no order, from the quotations of one speaker after the other.

    Of a speaker nothing is kept but what has no sure speaker, and statements that share words with that: so the
    memory that this takes grows with the quotations of one speaker. Those whose speaker is open come together, too.
    ``strays``: the ``stray_shingles`` of all.
    """
    compare = partial(compare_groups, similarity=similarity)
    attributed = AttributedClusters()
    unattributed: list[list[ExactGroup]] = []
    for rows in quotes:
        sure, unsure = cluster_quotations(rows, compare)
        unattributed += unsure
        for cluster in sure:
            if shared := cluster_shingles(cluster).intersection(strays):
                attributed.add(cluster, shared)
            else:
                yield make_statement(row for group in cluster for row in group.rows)
    yield from map(make_statement, attach(attributed, unattributed, compare))


def cluster_quotations(
    rows: Iterable[StatementQuote], compare: CompareGroups
) -> tuple[list[list[ExactGroup]], list[list[ExactGroup]]]:
    """The clusters of one speaker's quotations, or of those whose speaker is open: with a sure speaker, and without."""
    rows = sorted(rows, key=lambda row: row.id)
    if rows and rows[0].speaker is None:
        return [], [[group] for group in group_open(rows)]
    clusters = _of_speaker(group_exact(rows), compare)
    return (
        [cluster for cluster in clusters if not is_unattributed(cluster)],
        [cluster for cluster in clusters if is_unattributed(cluster)],
    )


def _of_speaker(groups: list[ExactGroup], compare: CompareGroups) -> list[list[ExactGroup]]:
    """The clusters of one speaker's groups."""
    return agglomerate(groups, candidate_pairs(groups), memoised(groups, compare))


def make_statement(rows: Iterable[StatementQuote]) -> Statement:
    """The statement that has exactly these quotations, in any order; there must be one at least.

    Its speaker is the one who is sure, else the first; when one is sure, ``inferred`` are those that had none.
    """
    rows = sorted(rows, key=lambda row: row.id)
    best = min(rows, key=lambda row: (_TYPE_RANK[row.type], -len(row.text.split()), -len(row.text), row.id))
    sure = next((row.speaker for row in rows if row.speaker is not None and not row.doubtful), None)
    inferred = tuple(row.id for row in rows if row.speaker is None) if sure is not None else ()
    speaker = sure or next((row.speaker for row in rows if row.speaker is not None), None)
    return Statement(rows[0].id, speaker, best.text, tuple(row.id for row in rows), inferred)
