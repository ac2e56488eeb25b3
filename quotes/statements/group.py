"""Quotations across articles -> statements: every wording of one utterance together.

Quotations of one speaker are first grouped by equal words (``exact``), then those that share rare words or are close
in meaning (``blocking``) are compared (``compare``) and clustered, the surest first (``cluster``). What has no sure
speaker joins last, by its words alone (``unattributed``).
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from quotes.statements.blocking import candidate_pairs
from quotes.statements.cluster import agglomerate, memoised
from quotes.statements.exact import CompareGroups, ExactGroup, compare_groups, group_exact
from quotes.statements.paraphrase import BY_STEM, WordSimilarity
from quotes.statements.records import StatementQuote
from quotes.statements.unattributed import AttributedClusters, attach, group_open, is_unattributed
from quotes.types import QuoteType, Statement

__all__ = ["StatementQuote", "link_statements", "make_statement"]

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
    compare = partial(compare_groups, similarity=similarity)
    by_speaker: dict[str | None, list[StatementQuote]] = defaultdict(list)
    for row in quotes:
        by_speaker[row.speaker].append(row)
    attributed = AttributedClusters()
    unattributed: list[list[ExactGroup]] = []
    for speaker in list(by_speaker):
        rows = sorted(by_speaker.pop(speaker), key=lambda row: row.id)
        if speaker is None:
            unattributed += [[group] for group in group_open(rows)]
            continue
        for cluster in _of_speaker(group_exact(rows), compare):
            if is_unattributed(cluster):
                unattributed.append(cluster)
            else:
                attributed.add(cluster)
    clusters = attach(attributed, unattributed, compare)
    return sorted(map(make_statement, clusters), key=lambda statement: statement.id)


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
