"""Scores -> attributions: contents, their cue and their source, tied together.

Every attribution has one cue, which is its anchor: a content's fragments choose a cue, the cue chooses a source or
none. Fragments join only around their cue or source, or over a gap of a word or two; one whose cue was not found
looks for it once more among the less likely words near by.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from quotes.nlp.decoding import bio_spans, log_softmax, viterbi
from quotes.nlp.encoder import Logits
from quotes.quotations import span_linking as links
from quotes.quotations.attribution import Attribution, Offsets

CONTENT, CUE, SOURCE = range(3)  # kinds of spans; the labels are O, B- and I- of each
B_CUE, I_CUE, B_SOURCE, I_SOURCE = 3, 4, 5, 6
GAP = 2  # pieces over which two fragments join without anything in between
NEXT = 2  # pieces within which a cue stands right before a fragment or right after it
REACH = 25  # pieces around a fragment in which its cue is looked for again
LEAST_JOIN = 0.15  # probability of its cue from which a fragment joins another one
LEAST_SHARED = 0.02  # probability of a cue from which a fragment that is left over shares it
LEAST_ALONE = 0.02  # probability of its cue from which a fragment takes it
LEAST_CUE = 0.01  # probability of such a cue
TOLD = 0.95  # probability of a cue's source from which it hardly lacks a content
SOMEBODY = 1.0  # nats by which "no source" must beat the likeliest source
LEAST_SOURCE = 0.05  # probability of the source of such a cue

Piece = tuple[int, int]


@dataclass
class _Found:
    """The spans of one window (piece indexes within it) and how they are tied."""

    fragments: list[Piece]
    cues: list[Piece]
    sources: list[Piece]
    cue_of: list[int] = field(default_factory=list)  # per fragment, -1: none
    source_of: dict[int, int] = field(default_factory=dict)  # per cue, -1: none
    shared: dict[int, int] = field(default_factory=dict)  # per fragment left over: the cue of another content
    certainty: dict[int, float] = field(default_factory=dict)  # per fragment: probability of its cue
    source_certainty: dict[int, float] = field(default_factory=dict)


class _Window:
    """Decodes one window: the linker's scores reach no further."""

    def __init__(self, logits: Logits, a: int, b: int, labels: np.ndarray, weights: dict) -> None:
        self.logp = log_softmax(logits.attribution[a:b])
        self.thoughts = log_softmax(logits.thought[a:b])
        self.link = logits.link[a:b]
        self.paragraph = logits.pieces.paragraph[a:b]
        self.marked = logits.pieces.features[a:b] % 2 == 1  # inside quotation marks
        self.weights = weights
        self.labels = labels[a:b]
        spans = bio_spans(self.labels)
        self.taken = np.zeros(b - a, bool)
        for _, i, j in spans:
            self.taken[i : j + 1] = True
        contents, cues, sources = ([(i, j) for k, i, j in spans if k == kind] for kind in range(3))
        starts = logits.pieces.cuts - a
        self.found = _Found(
            [part for fragment in contents for part in self._parts(fragment, cues, sources, starts)],
            cues,
            sources,
        )

    def _parts(
        self, fragment: Piece, cues: list[Piece], sources: list[Piece], starts: np.ndarray
    ) -> list[Piece]:
        """A fragment, in two where marks end with a sentence and its end has a cue of its own.

        She wrote: "A." The company "B," she added.
        """
        first, last = fragment
        before = any(0 < first - cue[1] <= NEXT for cue in cues)
        after = any(0 < span[0] - last <= NEXT for span in (*cues, *sources))
        if before and after:
            for at in starts[(starts > first) & (starts <= last)].tolist():
                if self.marked[at - 1] and not self.marked[at]:
                    return [(first, at - 1), (at, last)]
        return [fragment]

    def decode(self) -> _Found:
        found = self.found
        if not found.fragments:
            return found
        found.cue_of = [-1] * len(found.fragments)
        self._choose_sources()
        self._choose_cues(range(len(found.fragments)))
        orphans = [i for i, cue in enumerate(found.cue_of) if cue < 0]
        if orphans and self._look_again(orphans):
            self._choose_sources()
            self._choose_cues(orphans)
        self._inherit()
        return found

    def _inherit(self) -> None:
        """A fragment that is left over shares the likeliest cue of its paragraph with another content."""
        found = self.found
        orphans = [i for i, cue in enumerate(found.cue_of) if cue < 0]
        if not orphans or not found.cues:
            return
        chosen = [found.fragments[i] for i in orphans]
        table = links.scores(self.link, self.paragraph, chosen, found.cues, "cue", self.weights)[:, 1:]
        for row, i in enumerate(orphans):
            cue = int(table[row].argmax())
            certainty = float(np.exp(table[row, cue]))
            if (
                certainty >= LEAST_SHARED
                and self.paragraph[found.cues[cue][0]] == self.paragraph[chosen[row][0]]
            ):
                found.shared[i] = cue
                found.certainty[i] = certainty

    def _choose_sources(self) -> None:
        found = self.found
        if found.cues:
            table = links.scores(self.link, self.paragraph, found.cues, found.sources, "source", self.weights)
            table[:, 0] -= SOMEBODY
            best = table.argmax(1)
            found.source_of = {k: int(s) - 1 for k, s in enumerate(best)}
            found.source_certainty = {k: float(np.exp(table[k, s])) for k, s in enumerate(best)}

    def _choose_cues(self, todo: Sequence[int]) -> None:
        found = self.found
        if not found.cues:
            return
        chosen = [found.fragments[i] for i in todo]
        table = links.scores(self.link, self.paragraph, chosen, found.cues, "cue", self.weights)[:, 1:]
        best = table.argmax(1)
        for row in np.argsort(-table.max(1)):
            fragment, cue = todo[row], int(best[row])
            certainty = float(np.exp(table[row, cue]))
            others = [i for i, c in enumerate(found.cue_of) if c == cue]
            touching = [other for other in others if self._touches(fragment, other)]
            certainty = max([certainty, *(found.certainty[other] for other in touching)])
            joins = certainty >= LEAST_JOIN and any(self._joins(fragment, other, cue) for other in others)
            if others and not (touching or joins):
                continue
            if certainty >= LEAST_ALONE:
                found.cue_of[fragment] = cue
                found.certainty[fragment] = certainty

    def _touches(self, one: int, other: int) -> bool:
        """Whether two fragments of one paragraph stand side by side."""
        left, right = sorted((self.found.fragments[one], self.found.fragments[other]))
        return right[0] == left[1] + 1 and self.paragraph[left[1]] == self.paragraph[right[0]]

    def _within(self, fragment: int) -> bool:
        """Whether a fragment stands in quotation marks."""
        first, last = self.found.fragments[fragment]
        return bool(self.marked[first : last + 1].mean() >= 0.5)  # the marks themselves are outside

    def _joins(self, one: int, other: int, cue: int) -> bool:
        """Whether two fragments of a cue are one content: around the cue or its source, or all but touching."""
        found = self.found
        left, right = sorted((found.fragments[one], found.fragments[other]))
        low, high = left[1], right[0]
        between = [i for i, f in enumerate(found.fragments) if low < f[0] and f[1] < high]
        # "X," she said, adding that Z. "Y": what else the reporting clause reports parts no quotation in two.
        over = self._within(one) and self._within(other) and not any(map(self._within, between))
        split = over and self.paragraph[low] == self.paragraph[high] and low < found.cues[cue][0] < high
        if not split and any(found.cue_of[i] != cue for i in between):
            return False
        source = found.source_of.get(cue, -1)
        return (
            (high - low - 1 <= GAP and self.paragraph[low] == self.paragraph[high])
            or low < found.cues[cue][0] < high
            or (source >= 0 and low < found.sources[source][0] < high)
            or bool(between)
        )

    def _look_again(self, orphans: list[int]) -> bool:
        """Take the likeliest free word near each orphan as its cue, and a likely source beside it."""
        found, logp = self.found, self.logp
        before = len(found.cues)
        for i in orphans:
            a, b = found.fragments[i]
            near = np.arange(max(0, a - REACH), min(len(logp), b + REACH + 1))
            near = near[
                ~self.taken[near] & np.isin(self.paragraph[near], (self.paragraph[a], self.paragraph[b]))
            ]
            if not len(near):
                continue
            away = np.minimum(np.abs(near - a), np.abs(near - b))
            at = int(near[(logp[near, B_CUE] - 0.02 * away).argmax()])
            if logp[at, B_CUE] < np.log(LEAST_CUE):
                continue
            end = self._extend(at, I_CUE)
            found.cues.append((at, end))
            self.taken[at : end + 1] = True
            near = np.arange(max(0, at - 12), min(len(logp), end + 13))
            near = near[~self.taken[near] & (self.paragraph[near] == self.paragraph[at])]
            if len(near):
                source = int(near[logp[near, B_SOURCE].argmax()])
                if logp[source, B_SOURCE] > np.log(LEAST_SOURCE):
                    end = self._extend(source, I_SOURCE)
                    found.sources.append((source, end))
                    self.taken[source : end + 1] = True
        return len(found.cues) > before

    def _extend(self, at: int, inside: int) -> int:
        end = at
        while (
            end + 1 < len(self.logp)
            and not self.taken[end + 1]
            and self.logp[end + 1, inside] > max(self.logp[end + 1, 0] - 1, np.log(0.2))
        ):
            end += 1
        return end

    def thought(self, cue: Piece) -> float:
        """Probability that a cue reports a thought."""
        words, thought = self.thoughts[cue[0] : cue[1] + 1].mean(0)
        return float(1 / (1 + np.exp(words - thought)))

    def mean(self, spans: list[Piece]) -> float:
        """Mean probability of the labels of spans."""
        index = np.concatenate([np.arange(i, j + 1) for i, j in spans])
        return float(np.exp(self.logp[index, self.labels[index]]).mean())


def attributions(logits: Logits, weights: dict[str, np.ndarray]) -> list[Attribution]:
    """Decode a text's logits; in text order. ``weights`` are the encoder's ``biaffine`` matrices."""
    total = len(logits.pieces.ids)
    bounds = [*np.flatnonzero(np.diff(logits.window, prepend=-1)).tolist(), total]
    logp = log_softmax(logits.attribution)
    labels = viterbi(logp, breaks=bounds[1:])
    result: list[Attribution] = []
    for a, b in pairwise(bounds):
        window = _Window(logits, a, b, labels, weights)
        result += _tie(window, window.decode(), a, logits)
    return sorted(result, key=lambda attribution: attribution.content[0])


def _tie(window: _Window, found: _Found, base: int, logits: Logits) -> list[Attribution]:
    """The attributions of one window, as offsets into the text."""

    def offsets(span: Piece) -> Offsets:
        return int(logits.pieces.start[base + span[0]]), int(logits.pieces.end[base + span[1]])

    groups: dict[int, list[int]] = {}
    for i, cue in enumerate(found.cue_of):
        groups.setdefault(cue if cue >= 0 else -1 - i, []).append(i)
    result = []
    for cue, members in groups.items():
        fragments = _merged([found.fragments[i] for i in members], window.paragraph)
        confidence = window.mean(fragments)
        if cue < 0:
            cue = found.shared.get(members[0], -1)
        if cue < 0:
            result.append(Attribution(tuple(map(offsets, fragments)), confidence=confidence * 0.5))
            continue
        source = found.source_of.get(cue, -1)
        certainty, sure = min(found.certainty[i] for i in members), found.source_certainty.get(cue, 1.0)
        if source >= 0 and sure >= TOLD:
            certainty **= 0.5  # somebody says something there: much of the doubt is how the cue is cut
        confidence *= certainty * sure * window.mean([found.cues[cue]])
        attribution = Attribution(
            tuple(map(offsets, fragments)), offsets(found.cues[cue]), confidence=confidence,
            thought=window.thought(found.cues[cue]),
        )  # fmt: skip
        if source >= 0:
            attribution = replace(
                attribution,
                source=offsets(found.sources[source]),
                confidence=confidence * window.mean([found.sources[source]]),
            )
        result.append(attribution)
    return result


def _merged(fragments: list[Piece], paragraph: np.ndarray) -> list[Piece]:
    """Fragments in text order, those that stand side by side as one."""
    result: list[Piece] = []
    for first, last in sorted(fragments):
        if result and first == result[-1][1] + 1 and paragraph[first] == paragraph[result[-1][1]]:
            result[-1] = (result[-1][0], last)
        else:
            result.append((first, last))
    return result
