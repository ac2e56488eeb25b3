"""Quotations whose speaker is open, or only a guess: they join a statement when their words leave no doubt.

The words must be many, verbatim, and have one owner. What is in the reporter's words must be longer still. Within
one story, of which there may be copies, equal words are enough.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from logging import DEBUG
from typing import TYPE_CHECKING

from quotes.log import logger
from quotes.statements.blocking import candidate_pairs
from quotes.statements.cluster import MeanLink, agglomerate, memoised
from quotes.statements.compare import SURE, UNDECIDED, Decision
from quotes.statements.exact import ExactGroup, group_exact
from quotes.statements.meaning import CompareGroups
from quotes.statements.records import StatementQuote
from quotes.statements.settings import FINGERPRINTS, PAIR, UNATTRIBUTED

if TYPE_CHECKING:
    import numpy as np

LOG = logger(__name__)
EQUAL_WORDS = Decision(SURE, is_substring=True, verbatim=True)


def is_unattributed(cluster: list[ExactGroup]) -> bool:
    """Whether no quotation in the cluster has a speaker who is sure."""
    return all(row.speaker is None or row.doubtful for group in cluster for row in group.rows)


def group_open(rows: list[StatementQuote]) -> list[ExactGroup]:
    """Exact groups of quotations without a speaker: equal words are one only when they are many."""
    groups = []
    for group in group_exact(rows):
        if len(group.rows) == 1 or _is_long(group):
            groups.append(group)
        else:
            groups += [single for row in group.rows for single in group_exact([row])]
    return groups


def stray_shingles(rows: Iterable[StatementQuote]) -> set[int]:
    """The shingles of the quotations whose speaker is open or a guess: all by which they may find a statement.

    At least those of the clusters that they will be in, whose words are those of one of them.
    """
    strays = (row for row in rows if row.speaker is None or row.doubtful)
    return {key for row in strays for group in group_exact([row]) for key in shingles_of(group)}


class AttributedClusters:
    """Statements whose speakers are sure, and the shingles by which others find them. Nothing else is kept of them."""

    def __init__(self) -> None:
        self.rows: list[list[StatementQuote]] = []
        self._shingles: list[np.ndarray] = []  # numbers for the words of each

    def add(self, cluster: list[ExactGroup], shingles: Iterable[int] | None = None) -> None:
        """Add a statement; ``shingles`` are those of it that matter, where they are known."""
        import numpy as np

        self.rows.append([row for group in cluster for row in group.rows])
        hashes = cluster_shingles(cluster) if shingles is None else set(shingles)
        self._shingles.append(np.fromiter(hashes, np.int64, len(hashes)))

    def candidates(self, unattributed: list[list[ExactGroup]]) -> dict[int, set[int]]:
        """For the place of each unattributed cluster the places of the statements that may have its words."""
        import numpy as np

        index: dict[int, set[int]] = defaultdict(set)
        for at, cluster in enumerate(unattributed):
            for group in cluster:
                for key in shingles_of(group):
                    index[key].add(at)
        candidates: dict[int, set[int]] = defaultdict(set)
        if not index or not self._shingles:
            return candidates
        shingles = np.concatenate(self._shingles)
        owners = np.repeat(np.arange(len(self.rows)), [len(own) for own in self._shingles])
        wanted = np.isin(shingles, np.fromiter(index, np.int64, len(index)))
        for shingle, owner in zip(shingles[wanted].tolist(), owners[wanted].tolist(), strict=True):
            for at in index[shingle]:
                candidates[at].add(owner)
        return candidates

    def groups(self, at: int) -> list[ExactGroup]:
        """The exact groups of a statement."""
        return group_exact(sorted(self.rows[at], key=lambda row: row.id))


def attach(
    attributed: AttributedClusters, unattributed: list[list[ExactGroup]], compare: CompareGroups
) -> list[list[StatementQuote]]:
    """The quotations of every statement, each unattributed cluster given to the one statement that has its words.

    What is left is clustered among itself. A cluster whose words two speakers have stays alone. The order of the
    statements and of the clusters does not matter.
    """
    candidates = attributed.candidates(unattributed)
    groups = {at: attributed.groups(at) for places in candidates.values() for at in places}
    attached: dict[int, list[list[ExactGroup]]] = defaultdict(list)
    left: list[list[ExactGroup]] = []
    for at in sorted(range(len(unattributed)), key=lambda at: unattributed[at][0].key):
        cluster = unattributed[at]
        having = [place for place in candidates.get(at, ()) if _is_verbatim(cluster, groups[place], compare)]
        speakers = {speaker for place in having for speaker in _speakers(groups[place])}
        if len(speakers) == 1:
            best = min(
                having,
                key=lambda place: (-_best_score(cluster, groups[place], compare), groups[place][0].key),
            )
            here = [*groups[best], *(group for joined in attached[best] for group in joined)]
            if _goes_with(here, cluster, compare):
                attached[best].append(cluster)
                if LOG.isEnabledFor(DEBUG):
                    LOG.debug(
                        "%s: the words are those of %s, by %s", cluster[0].key, groups[best][0].key, speakers
                    )
                continue
        left.append(cluster)
    statements = list(attributed.rows)
    for at, clusters in attached.items():
        statements[at] = [
            *statements[at], *(row for cluster in clusters for group in cluster for row in group.rows)
        ]  # fmt: skip
    rest = _cluster_unattributed([group for cluster in left for group in cluster], compare)
    return statements + [[row for group in cluster for row in group.rows] for cluster in rest]


def _is_long(group: ExactGroup) -> bool:
    """Whether the words are so many that they leave no doubt."""
    verbatim = sum(group.text.quoted) >= FINGERPRINTS.guarantee
    least = FINGERPRINTS.guarantee if verbatim else UNATTRIBUTED.min_words_reported
    return len(group.text.words) >= least and group.text.content_count >= UNATTRIBUTED.min_content


def cluster_shingles(cluster: list[ExactGroup]) -> set[int]:
    """The shingles by which quotations without a sure speaker find a statement whose speaker is sure."""
    return {key for group in cluster for key in shingles_of(group, attributed=True)}


def shingles_of(group: ExactGroup, *, attributed: bool = False) -> Iterator[int]:
    """What two groups have in common when their words may leave no doubt: shingles, or all words within a story.

    A shingle has as many words as a run that is verbatim at least. Shorter ones would connect, by formulas, what has
    nothing else in common. As numbers that are the same in every process and on every machine.
    """
    words, shingle = group.text.words, PAIR.min_verbatim_run
    if attributed or _is_long(group):
        yield from (_number(words[at : at + shingle]) for at in range(len(words) - shingle + 1))
    if (
        len(words) >= FINGERPRINTS.min_words
        and len(group.text.content) >= UNATTRIBUTED.min_content_same_story
    ):
        yield from (_number((article, "", *words)) for article in group.articles)


def _number(words: Sequence[str]) -> int:
    text = "\n".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big", signed=True)


def _speakers(groups: list[ExactGroup]) -> set[str | None]:
    return {row.speaker for group in groups for row in group.rows if not row.doubtful}


def _compare_words(a: ExactGroup, b: ExactGroup, compare: CompareGroups) -> Decision:
    """The decision on two groups by whomever: nothing but many of the same words will do."""
    if not a.articles.isdisjoint(b.articles) and a.text.words == b.text.words and _is_alike(a, b):
        return EQUAL_WORDS if len(a.text.content) >= UNATTRIBUTED.min_content_same_story else UNDECIDED
    if not (_is_long(a) or _is_long(b)):
        return UNDECIDED
    decision = compare(a, b)
    return decision if decision.verbatim and decision.is_substring else UNDECIDED


def _is_alike(a: ExactGroup, b: ExactGroup) -> bool:
    return a.denied == b.denied and a.stance == b.stance


def _is_verbatim(cluster: list[ExactGroup], groups: list[ExactGroup], compare: CompareGroups) -> bool:
    return any(_compare_words(group, other, compare).same for group in cluster for other in groups)


def _best_score(cluster: list[ExactGroup], groups: list[ExactGroup], compare: CompareGroups) -> float:
    return max(compare(group, other).probability for group in cluster for other in groups)


def _goes_with(groups: list[ExactGroup], cluster: list[ExactGroup], compare: CompareGroups) -> bool:
    """Whether a cluster goes with all groups of a statement."""
    every = [*groups, *cluster]
    link = MeanLink(memoised(every, compare), every)
    return link.goes_together(range(len(groups)), range(len(groups), len(every)))


def _cluster_unattributed(groups: list[ExactGroup], compare: CompareGroups) -> list[list[ExactGroup]]:
    """Clusters of unattributed groups: of one guessed speaker as usual, of different ones only long and verbatim."""

    def compare_unattributed(a: ExactGroup, b: ExactGroup) -> Decision:
        speaker = a.rows[0].speaker
        if speaker is not None and speaker == b.rows[0].speaker:
            return compare(a, b)
        return _compare_words(a, b, compare)

    pairs: set[tuple[int, int]] = set()
    by_key: dict[int, list[int]] = defaultdict(list)
    by_speaker: dict[str, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        if (speaker := group.rows[0].speaker) is not None:
            by_speaker[speaker].append(at)
        for key in set(shingles_of(group)):
            by_key[key].append(at)
    for places in by_key.values():
        if len(places) <= UNATTRIBUTED.max_sharing:
            pairs.update((a, b) for k, b in enumerate(places) for a in places[:k])
    for places in by_speaker.values():
        pairs.update((places[a], places[b]) for a, b in candidate_pairs([groups[at] for at in places]))
    clusters = agglomerate(groups, sorted(pairs), memoised(groups, compare_unattributed))
    return [[groups[at] for at in places] for places in clusters]
