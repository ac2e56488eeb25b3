"""Stories that speak of one thing: average-link clusters of the means of their statements' embeddings.

A single statement seldom says what it is about ("he would not resign"), all that is said in an article does, with its
headline; so stories are clustered, and a statement belongs to the topic of its story when it is near it. Average
linkage (Sokal and Michener, 1958) by SciPy. Distances are made of whole numbers, so that every processor finds the
same clusters.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quotes.errors import MissingExtra
from quotes.topics.records import Headline, TopicStatement
from quotes.topics.settings import (
    DISTANCE_STEP,
    HEADLINE_WEIGHT,
    MAX_DISTANCE,
    MAX_STORIES,
    MIN_DISTANCE,
    MIN_NEARNESS,
    SCALE,
    STATEMENTS_WEIGHT,
    WINDOW,
)

if TYPE_CHECKING:
    import numpy as np


def can_cluster() -> bool:
    """Whether SciPy is installed."""
    try:
        import scipy.cluster.hierarchy  # noqa: F401
    except ImportError:
        return False
    return True


def clusters(
    statements: Iterable[TopicStatement], headlines: Iterable[Headline] = ()
) -> list[list[TopicStatement]]:
    """Statements by topic, one story or several in each, whatever the order in which they come.

    Raises MissingExtra without SciPy.
    """
    import numpy as np

    given = list(statements)
    size = max((len(one.embedding) for one in given), default=0)  # those of another model are left out
    whole = [one for one in given if len(one.embedding) == size]
    stories: dict[str, list[TopicStatement]] = {}
    for statement in sorted(whole, key=lambda one: (one.published or "~", one.story, one.id)):
        stories.setdefault(statement.story, []).append(statement)
    if not stories:
        return []
    members = list(stories.values())
    vectors = {one.id: _whole(one.embedding) for group in members for one in group}
    called = {one.story: _whole(one.embedding) for one in headlines if len(one.embedding) == size}
    means = _unit(np.array([sum(vectors[one.id] for one in group) for group in members]))
    nothing = np.zeros_like(means[0])
    own = np.array([called.get(group[0].story, nothing) for group in members])
    sums = _unit(STATEMENTS_WEIGHT * means + HEADLINE_WEIGHT * own)
    found = []
    for places in _divided(_joined(sums), sums):
        mean = _unit(sum(sums[place] for place in places)[None, :])[0]
        all_of_them = [one for place in places for one in members[place]]
        near = [one for one in all_of_them if _cosine(vectors[one.id], mean) >= MIN_NEARNESS]
        if near:
            found.append(near)
    return found


def _joined(sums: "np.ndarray") -> list[list[int]]:
    """Places of stories by cluster: first within each window of time, then the windows' clusters among each other."""
    groups: list[list[int]] = []
    for first in range(0, len(sums), WINDOW):
        places = list(range(first, min(first + WINDOW, len(sums))))
        groups += [[places[n] for n in some] for some in _linked(_unit(sums[places]))]
    while len(sums) > WINDOW:
        before = len(groups)
        groups = _merged(groups, sums)
        if len(groups) == before:
            break
    return groups


def _divided(groups: list[list[int]], sums: "np.ndarray") -> list[list[int]]:
    """Clusters of many stories in nearer parts: where everything is about one election, its parts are the topics."""
    found: list[list[int]] = []
    waiting = [(group, MAX_DISTANCE) for group in groups]
    while waiting:
        group, distance = waiting.pop()
        if not MAX_STORIES < len(group) <= WINDOW or distance - DISTANCE_STEP < MIN_DISTANCE:
            found.append(group)
            continue
        distance -= DISTANCE_STEP
        parts = _linked(_unit(sums[group]), distance)
        waiting += [([group[n] for n in part], distance) for part in parts]
    return found


def _merged(groups: list[list[int]], sums: "np.ndarray") -> list[list[int]]:
    """Clusters of clusters by their means, a window at a time, those that share most with others first."""
    import numpy as np

    groups = sorted(groups, key=lambda group: (-len(group), group[0]))
    made: list[list[int]] = []
    for first in range(0, len(groups), WINDOW):
        some = groups[first : first + WINDOW]
        means = np.array([sums[group].sum(axis=0) for group in some])
        made += [sorted(place for n in linked for place in some[n]) for linked in _linked(_unit(means))]
    return made


def _linked(units: "np.ndarray", distance: float | None = None) -> list[list[int]]:
    """Places of rows by cluster of average linkage."""
    import numpy as np

    if not can_cluster():
        raise MissingExtra("Finding topics", "topics")
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(units) < 2:
        return [[n] for n in range(len(units))]
    whole = units.astype(np.float64)  # sums of whole numbers below 2 ** 53 are exact in any order
    cosines = whole @ whole.T / (SCALE * SCALE)
    distances = np.maximum(0.0, 1.0 - cosines[np.triu_indices(len(units), 1)])
    labels = fcluster(linkage(distances, "average"), distance or MAX_DISTANCE, "distance")
    found: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        found.setdefault(int(label), []).append(place)
    return list(found.values())


def _whole(embedding: bytes) -> "np.ndarray":
    """A stored embedding as whole numbers."""
    import numpy as np

    stored = np.frombuffer(embedding, np.float16).astype(np.float64)
    whole: np.ndarray = _unit(np.rint(stored * 2**14).astype(np.int64)[None, :])[0]
    return whole


def _unit(rows: "np.ndarray") -> "np.ndarray":
    """Rows of whole numbers as unit vectors in whole numbers."""
    import numpy as np

    norms = np.sqrt((rows * rows).sum(axis=1, keepdims=True).astype(np.float64))
    unit: np.ndarray = np.rint(rows * SCALE / np.maximum(norms, 1.0)).astype(np.int64)
    return unit


def _cosine(one: "np.ndarray", other: "np.ndarray") -> float:
    return int(one @ other) / (SCALE * SCALE)


def stories_of(statements: Sequence[TopicStatement]) -> int:
    """How many stories have these statements."""
    return len({one.story for one in statements})
