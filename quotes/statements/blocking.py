"""Candidate pairs: all wordings that could report one utterance, and never all pairs.

What makes a comparison say "the same" leaves a trace that can be looked up: within weeks words that few articles have,
within two months three words in a row, at any time a long run of words. No embedding is needed to
find a pair. So a pair is found, or not, whatever other wordings there are, and a statement is the same whether it is
made among all of a speaker's quotations or only among those near it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from quotes.statements.decision import pair_model
from quotes.statements.exact import ExactGroup
from quotes.statements.fingerprints import winnow
from quotes.statements.pair import content_weight, longest_whole
from quotes.statements.settings import BLOCKING, FINGERPRINTS, PAIR, TIME
from quotes.text import identifiers


def candidate_pairs(
    groups: Sequence[ExactGroup], among: Collection[int] | None = None
) -> list[tuple[int, int]]:
    """Pairs of places in ``groups``, the smaller first, in order; with ``among`` those with one of these places."""
    if len(groups) < 2 or (among is not None and not among):
        return []
    return sorted(pairs_near_in_time(groups, among) | pairs_at_any_time(groups, among, span_of(groups)))


def pairs_near_in_time(
    groups: Sequence[ExactGroup], among: Collection[int] | None = None
) -> set[tuple[int, int]]:
    """The candidate pairs that are not more than ``TIME.fragment`` days apart, or of unknown date; else as above."""
    places = None if among is None else frozenset(among)
    return _ordered(_by_trigrams(groups, places)) | _ordered(_by_rare_words(groups, places))


def pairs_at_any_time(
    groups: Sequence[ExactGroup], among: Collection[int] | None, span: int
) -> set[tuple[int, int]]:
    """The candidate pairs however long ago; ``span``: how many days apart the speaker's first and last words are.

    Two of them share one of their ``marks_at_any_time``.
    """
    places = None if among is None else frozenset(among)
    pairs = _ordered(_by_equal_words(groups, places))
    return pairs | _ordered(_by_fingerprints(groups, places)) if span > TIME.fragment else pairs


def marks_at_any_time(group: ExactGroup, span: int) -> set[int]:
    """Numbers for the words of a group and for its long runs of words, of which ``pairs_at_any_time`` share one."""
    marks = {identifiers.number("\n".join(group.text.words))} if group.text.content else set()
    return marks | _fingerprints(group) if span > TIME.fragment else marks


def span_of(groups: Iterable[ExactGroup]) -> int:
    """The days between the first and the last date of these groups; 0 where there is none."""
    days = [day for group in groups for day in (group.first, group.last) if day is not None]
    return max(days) - min(days) if days else 0


def _ordered(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(a, b) if a < b else (b, a) for a, b in pairs}


def _by_equal_words(groups: Sequence[ExactGroup], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs of the same words at any time: the next of each in the order of days, for there may be many."""
    equal: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        if group.text.content:
            equal[group.text.words].append(at)
    for places in equal.values():
        if len(places) > 1:
            places.sort(key=lambda at: (groups[at].first or 0, groups[at].key))
            for a, b in pairwise(places):
                if among is None or a in among or b in among:
                    yield a, b


def _by_trigrams(groups: Sequence[ExactGroup], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs near in time that share three words in a row, one of them with meaning."""
    keys = [group.trigrams for group in groups]
    yield from _sharing(groups, keys, among, TIME.fragment)


def _by_rare_words(groups: Sequence[ExactGroup], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs within the time in which a paraphrase counts that share words which few articles have."""
    rarity = pair_model().rarity
    rare = [{word: rarity(word) for word in group.text.content} for group in groups]
    sums = [sum(of[word] for word in sorted(of)) for of in rare]
    keys = [[word for word in of if of[word] >= BLOCKING.min_rarity] for of in rare]
    for a, b in _sharing(groups, keys, among, TIME.paraphrase):
        mine = rare[a]
        words = sorted(mine.keys() & rare[b].keys())
        least = BLOCKING.min_shared_shares[min(len(words), len(BLOCKING.min_shared_shares)) - 1]
        shared = sum(mine[word] for word in words)
        if shared >= max(BLOCKING.min_shared_rarity, least * min(sums[a], sums[b])):
            yield a, b


def _sharing(
    groups: Sequence[ExactGroup],
    keys: Sequence[Collection[Hashable]],
    among: frozenset[int] | None,
    days: int,
) -> Iterator[tuple[int, int]]:
    """Pairs that share a key and are not further apart than so many days; with ``among`` one of them is among these."""
    numbers = _Numbers(groups)
    if among is not None:
        for a, b in _sharing_with(keys, numbers, among):
            if _is_near_in_time(groups[a], groups[b], days):
                yield a, b
        return
    shared = {key for key, count in Counter(key for own in keys for key in own).items() if count > 1}
    order = sorted(range(len(groups)), key=lambda at: (groups[at].first or 0, at))  # without a date first
    lasts = [group.last or 0 for group in groups]
    undated: dict[Hashable, _Places] = defaultdict(partial(_Places, numbers))
    dated: dict[Hashable, _Places] = defaultdict(partial(_Places, numbers))
    for b in order:
        first = groups[b].first
        sharing: set[int] = set()
        for key in shared.intersection(keys[b]):
            if key in undated:
                sharing.update(undated[key].find(b))
            if first is None:
                undated[key].add(b)
            else:
                sharing.update(dated[key].find(b, lasts, first - days))
                dated[key].add(b)
        yield from ((a, b) for a in sharing if _is_near_in_time(groups[a], groups[b], days))


def _is_near_in_time(a: ExactGroup, b: ExactGroup, days: int) -> bool:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return b.first - a.last <= days and a.first - b.last <= days


def _by_fingerprints(groups: Sequence[ExactGroup], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs far apart in time that share a long run of words."""
    keys = [_fingerprints(group) for group in groups]
    numbers = _Numbers(groups)
    if among is not None:
        yield from _sharing_with(keys, numbers, among)
        return
    index: dict[int, _Places] = defaultdict(partial(_Places, numbers))
    for b, fingerprints in enumerate(keys):
        sharing: set[int] = set()
        for fingerprint in fingerprints:
            sharing.update(index[fingerprint].find(b))
            index[fingerprint].add(b)
        yield from ((a, b) for a in sharing)


def _fingerprints(group: ExactGroup) -> set[int]:
    words = group.text.words
    if len(words) < FINGERPRINTS.guarantee or content_weight(words) < PAIR.min_content_any_time:
        return set()
    return set(winnow(words))


def _sharing_with(
    keys: Sequence[Collection[Hashable]], numbers: "_Numbers", among: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of places that share a key, one of them among these."""
    index: dict[Hashable, list[int]] = {key: [] for at in among for key in keys[at]}
    for at, own in enumerate(keys):
        for key in own:
            if key in index:
                index[key].append(at)
    for b in among:
        sharing = {a for key in keys[b] for a in index[key]}
        sharing.discard(b)
        yield from ((a, b) for a in numbers.allow(b, sharing))


class _Numbers:
    """What other numbers rule out at once: "rose 3 percent in May" and "rose 7 percent in July".

    ``contradiction.other_numbers`` says so of every such pair, so none is lost; of those who say nearly the same week
    after week there would be too many to compare. Only where one is not so much longer that it may speak of more.
    """

    def __init__(self, groups: Sequence[ExactGroup]) -> None:
        self.own = [frozenset(_own_forms(group.text.numbers)) for group in groups]
        self.like = [frozenset(_like_forms(group.text.numbers)) for group in groups]
        self.lengths = [len(group.text.words) for group in groups]

    def allow(self, place: int, others: Iterable[int]) -> Iterable[int]:
        """Those of the other places that numbers do not rule out."""
        like, length = self.like[place], self.lengths[place]
        if not like:
            return others
        own, lengths = self.own, self.lengths
        return [
            other
            for other in others
            if not own[other] or not like.isdisjoint(own[other]) or _may_say_more(length, lengths[other])
        ]


def _own_forms(numbers: Iterable[str]) -> Iterator[str]:
    """What a text with these numbers is looked up by: "34", "34.5" and, for that, "34." as well."""
    for number in numbers:
        whole, point, _ = number.partition(".")
        yield from (number, whole + point) if point else (number,)


def _like_forms(numbers: Iterable[str]) -> Iterator[str]:
    """The forms of the numbers that can be the same as these: "34" is "34" or begins "34.", "34.5" is that or "34"."""
    for number in numbers:
        whole, point, _ = number.partition(".")
        yield from (number, whole if point else whole + ".")


def _may_say_more(length: int, other: int) -> bool:
    """Whether of two texts of so many words one is so much longer that its numbers may be of something else."""
    return max(length, other) > longest_whole(min(length, other))


class _Places:
    """Places that share a key, of which those are found that numbers do not rule out, without a look at the others."""

    def __init__(self, numbers: _Numbers) -> None:
        self._numbers = numbers
        self._plain: list[int] = []
        self._by_number: dict[str, list[int]] = {}
        self._by_length: dict[int, list[int]] = {}

    def add(self, place: int) -> None:
        """Add a place."""
        own = self._numbers.own[place]
        if not own:
            self._plain.append(place)
            return
        for number in own:
            self._by_number.setdefault(number, []).append(place)
        self._by_length.setdefault(self._numbers.lengths[place], []).append(place)

    def find(self, place: int, days: Sequence[int] = (), since: int = 0) -> Iterator[int]:
        """The places that go with this one; the first of them are forgotten where their days are before ``since``."""
        for places in self._lists(place):
            if days:
                past = 0
                while past < len(places) and days[places[past]] < since:
                    past += 1
                del places[:past]
            yield from places

    def _lists(self, place: int) -> Iterator[list[int]]:
        like, length = self._numbers.like[place], self._numbers.lengths[place]
        yield self._plain
        for number in like:
            yield self._by_number.get(number, [])
        for other, places in self._by_length.items():
            if not like or _may_say_more(length, other):
                yield places
