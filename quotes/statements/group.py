"""Quotations across articles -> statements: every wording of one utterance together.

Quotations of one speaker are first collapsed by equal words (``alike``), then those that share rare words or
are close in meaning (``candidates``) are compared (``sameness``) and joined, the surest first (``grouping``).
What has no sure speaker joins last, by its words alone (``strays``).
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from quotes.statements.blocking import candidates
from quotes.statements.cluster import join
from quotes.statements.compare import BY_STEM, Relation
from quotes.statements.exact import Node, Relate, make_nodes, relate
from quotes.statements.paraphrase import WordSimilarity
from quotes.statements.records import StatementQuote
from quotes.statements.unattributed import Owners, adopt, is_stray, open_nodes
from quotes.types import QuoteType, Statement

__all__ = ["StatementQuote", "link_statements", "make_statement"]

_RANK: dict[QuoteType, int] = {"direct": 0, "mixed": 1, "indirect": 2}


def link_statements(
    quotes: Iterable[StatementQuote], similarity: WordSimilarity = BY_STEM
) -> list[Statement]:
    """Put the wordings of one utterance together; every quotation is in exactly one statement.

    The order of ``quotes`` does not matter. A statement's id is the smallest id of its quotations. Its text
    is the fullest direct wording, else the fullest mixed, else the longest indirect one. A quotation
    without a speaker, or with a doubtful one, joins another speaker's statement only when its words are
    verbatim and long and no second speaker has them. To one without a speaker the statement lends its own.
    ``similarity`` of single words: without the model's embeddings fewer paraphrases are known.
    """
    compare = partial(relate, similarity=similarity)
    speakers: dict[str | None, list[StatementQuote]] = defaultdict(list)
    for row in quotes:
        speakers[row.speaker].append(row)
    owners = Owners()
    strays: list[list[Node]] = []
    for speaker in list(speakers):
        rows = sorted(speakers.pop(speaker), key=lambda row: row.id)
        if speaker is None:
            strays += [[node] for node in open_nodes(rows)]
            continue
        for group in _of_speaker(make_nodes(rows), compare):
            if is_stray(group):
                strays.append(group)
            else:
                owners.add(group)
    return sorted(map(make_statement, adopt(owners, strays, compare)), key=lambda statement: statement.id)


def _of_speaker(nodes: list[Node], compare: Relate) -> list[list[Node]]:
    """Join the nodes of one speaker."""
    known: dict[tuple[int, int], Relation] = {}

    def relation(a: int, b: int) -> Relation:
        pair = (a, b) if a < b else (b, a)
        if pair not in known:
            known[pair] = compare(nodes[pair[0]], nodes[pair[1]])
        return known[pair]

    groups = join(
        len(nodes), candidates(nodes), relation, lambda at: (len(nodes[at].wording.words), nodes[at].key)
    )
    return [[nodes[at] for at in members] for members in groups]


def make_statement(rows: Iterable[StatementQuote]) -> Statement:
    """The statement that has exactly these quotations, in any order; there must be one at least.

    Its speaker is the one who is sure, else the first; when one is sure, ``lent`` are those that had none.
    """
    rows = sorted(rows, key=lambda row: row.id)
    best = min(rows, key=lambda row: (_RANK[row.type], -len(row.text.split()), -len(row.text), row.id))
    sure = next((row.speaker for row in rows if row.speaker is not None and not row.doubtful), None)
    lent = tuple(row.id for row in rows if row.speaker is None) if sure is not None else ()
    speaker = sure or next((row.speaker for row in rows if row.speaker is not None), None)
    return Statement(rows[0].id, speaker, best.text, tuple(row.id for row in rows), lent)
