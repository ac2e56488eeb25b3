"""Logits -> attributions: contents, their cue and their source, tied together.

Every attribution has one cue, which is its anchor: a content's fragments choose a cue, the cue chooses a source or
none. Fragments join only around their cue or source, or over a gap of a word or two; one whose cue was not found
looks for it once more among the less likely words near by.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from quotes.nlp.decoding import bio_spans, log_softmax, viterbi
from quotes.nlp.encoder import Logits
from quotes.quotations.attribution import Attribution, Offsets
from quotes.quotations.settings import SETTINGS
from quotes.quotations.span_linking import Piece, link_log_probabilities

CONTENT, CUE, SOURCE = range(3)  # kinds of spans; the labels are O, B- and I- of each
OUTSIDE, B_CUE, I_CUE, B_SOURCE, I_SOURCE = 0, 3, 4, 5, 6


def decode_attributions(
    logits: Logits, weights: dict[str, np.ndarray], *, outside_penalty: float = 0.0
) -> list[Attribution]:
    """The attributions of a text, in text order. ``weights`` are the encoder's ``biaffine`` matrices.

    ``outside_penalty``: in nats, how much less likely a wordpiece is outside of all spans than the encoder says.
    """
    if outside_penalty:
        lowered = logits.attribution.astype(np.float64)
        lowered[:, OUTSIDE] -= outside_penalty
        logits = replace(logits, attribution=lowered)
    total = len(logits.pieces.ids)
    bounds = [*np.flatnonzero(np.diff(logits.window, prepend=-1)).tolist(), total]
    probabilities = _Probabilities(
        log_softmax(logits.attribution), log_softmax(logits.thought), log_softmax(logits.act)
    )
    labels = viterbi(probabilities.attribution, breaks=bounds[1:])
    result: list[Attribution] = []
    for first, end in pairwise(bounds):
        result += _Window(logits, probabilities, first, end, labels, weights).attributions()
    return sorted(result, key=lambda attribution: attribution.content[0])


class _Probabilities(NamedTuple):
    """The log-probabilities of the labels, of thoughts and of acts: [pieces of the text, labels] each."""

    attribution: np.ndarray
    thought: np.ndarray
    act: np.ndarray


@dataclass
class _Links:
    """The spans of one window (wordpieces, counted from its first) and which is tied to which."""

    fragments: list[Piece]
    cues: list[Piece]
    sources: list[Piece]
    cue_of: list[int] = field(default_factory=list)  # per fragment; -1: none
    source_of: dict[int, int] = field(default_factory=dict)  # per cue; -1: none
    shared_cue_of: dict[int, int] = field(default_factory=dict)  # per fragment without one: another content's
    cue_probability: dict[int, float] = field(default_factory=dict)  # per fragment
    source_probability: dict[int, float] = field(default_factory=dict)  # per cue

    def without_cue(self) -> list[int]:
        """The fragments that no cue is chosen for."""
        return [fragment for fragment, cue in enumerate(self.cue_of) if cue < 0]


class _Window:
    """Decodes one window of the encoder. Spans of two windows are never tied: linking is learned within a window."""

    def __init__(
        self,
        logits: Logits,
        probabilities: _Probabilities,
        first: int,
        end: int,
        labels: np.ndarray,
        weights: dict[str, np.ndarray],
    ) -> None:
        self.first, self.pieces = first, logits.pieces
        self.log_probabilities, self.thought_log_probabilities, self.act_log_probabilities = (
            values[first:end] for values in probabilities
        )
        self.states = logits.link[first:end]
        self.paragraph = logits.pieces.paragraph[first:end]
        self.quoted = logits.pieces.features[first:end] % 2 == 1  # inside quotation marks
        self.weights = weights
        self.labels = labels[first:end]
        spans = bio_spans(self.labels)
        self.taken = np.zeros(end - first, bool)  # pieces of a span
        for _, i, j in spans:
            self.taken[i : j + 1] = True
        contents, cues, sources = ([(i, j) for k, i, j in spans if k == kind] for kind in range(3))
        self.links = _Links([], cues, sources)
        for content in contents:
            self.links.fragments += self._split_at_closed_quote(content, logits.pieces.cuts - first)

    def attributions(self) -> list[Attribution]:
        """The window's attributions, as offsets into the text."""
        links = self.links
        self._link()
        by_cue: dict[int, list[int]] = {}
        for fragment, cue in enumerate(links.cue_of):
            by_cue.setdefault(cue if cue >= 0 else -1 - fragment, []).append(fragment)
        return [
            self._attribution(members, cue if cue >= 0 else links.shared_cue_of.get(members[0], -1))
            for cue, members in by_cue.items()
        ]

    def _attribution(self, members: list[int], cue: int) -> Attribution:
        """The attribution of fragments to a cue (-1: none) and its source, with a confidence that is their product."""
        links = self.links
        fragments = self._merge_adjacent([links.fragments[i] for i in members])
        content = tuple(map(self._offsets, fragments))
        confidence = self._mean_probability(fragments)
        if cue < 0:
            return Attribution(content, confidence=confidence * SETTINGS.no_cue_factor)
        source = links.source_of.get(cue, -1)
        cue_probability = min(links.cue_probability[i] for i in members)
        source_probability = links.source_probability.get(cue, 1.0)
        if source >= 0 and source_probability >= SETTINGS.sure_source:
            # With a sure source the uncertainty is mostly about the cue's boundaries: halve it (in log space).
            cue_probability **= SETTINGS.sure_source_exponent
        confidence *= cue_probability * source_probability * self._mean_probability([links.cues[cue]])
        attribution = Attribution(
            content,
            self._offsets(links.cues[cue]),
            confidence=confidence,
            thought=self._thought_probability(links.cues[cue]),
            acts=self._act_probabilities(links.cues[cue]),
        )
        if source < 0:
            return attribution
        return replace(
            attribution,
            source=self._offsets(links.sources[source]),
            confidence=confidence * self._mean_probability([links.sources[source]]),
        )

    def _link(self) -> None:
        """Choose a source for each cue and a cue for each fragment, in a second round with cues recovered."""
        links = self.links
        if not links.fragments:
            return
        links.cue_of = [-1] * len(links.fragments)
        self._choose_sources()
        self._choose_cues(range(len(links.fragments)))
        orphans = links.without_cue()
        if orphans and self._recover_cues(orphans):
            self._choose_sources()
            self._choose_cues(orphans)
        self._share_cues()

    def _choose_sources(self) -> None:
        """The likeliest source for each cue, or none."""
        links = self.links
        if links.cues:
            table = link_log_probabilities(
                self.states, self.paragraph, links.cues, links.sources, "source", self.weights
            )
            table[:, 0] -= SETTINGS.no_source_penalty
            best = table.argmax(1)
            links.source_of = {cue: int(column) - 1 for cue, column in enumerate(best)}
            links.source_probability = {
                cue: float(np.exp(table[cue, column])) for cue, column in enumerate(best)
            }

    def _cue_table(self, fragments: Sequence[int]) -> np.ndarray:
        """Log-probabilities [fragments, cues]."""
        choosing = [self.links.fragments[i] for i in fragments]
        return link_log_probabilities(
            self.states, self.paragraph, choosing, self.links.cues, "cue", self.weights
        )[:, 1:]

    def _choose_cues(self, fragments: Sequence[int]) -> None:
        """The likeliest cue for each fragment, the surest first; one cue for several if they are one content."""
        links = self.links
        if not links.cues:
            return
        table = self._cue_table(fragments)
        best = table.argmax(1)
        for row in np.argsort(-table.max(1)):
            fragment, cue = fragments[row], int(best[row])
            rivals = [other for other, chosen in enumerate(links.cue_of) if chosen == cue]
            adjacent = [other for other in rivals if self._are_adjacent(fragment, other)]
            probability = max(
                [float(np.exp(table[row, cue])), *(links.cue_probability[other] for other in adjacent)]
            )
            joins = probability >= SETTINGS.join_probability and any(
                self._are_one_content(fragment, other, cue) for other in rivals
            )
            if rivals and not (adjacent or joins):
                continue
            if probability >= SETTINGS.cue_probability:
                links.cue_of[fragment] = cue
                links.cue_probability[fragment] = probability

    def _share_cues(self) -> None:
        """A fragment that has no cue still shares the likeliest one of its paragraph, as a content of its own."""
        links = self.links
        orphans = links.without_cue()
        if not orphans or not links.cues:
            return
        table = self._cue_table(orphans)
        for row, fragment in enumerate(orphans):
            cue = int(table[row].argmax())
            probability = float(np.exp(table[row, cue]))
            paragraph = self.paragraph[links.fragments[fragment][0]]
            if probability >= SETTINGS.share_probability and self.paragraph[links.cues[cue][0]] == paragraph:
                links.shared_cue_of[fragment] = cue
                links.cue_probability[fragment] = probability

    def _recover_cues(self, orphans: list[int]) -> bool:
        """Whether a cue was added: the likeliest free word near an orphan, and a likely source beside it."""
        links = self.links
        before = len(links.cues)
        for fragment in orphans:
            first, last = links.fragments[fragment]
            ends = self.paragraph[first], self.paragraph[last]
            near = self._free_pieces(first, last, SETTINGS.cue_search_radius, ends)
            if not len(near):
                continue
            distance = np.minimum(np.abs(near - first), np.abs(near - last))
            scores = self.log_probabilities[near, B_CUE] - SETTINGS.cue_distance_penalty * distance
            cue = int(near[scores.argmax()])
            if self.log_probabilities[cue, B_CUE] < np.log(SETTINGS.missed_cue_probability):
                continue
            links.cues.append(self._take(cue, I_CUE))
            near = self._free_pieces(cue, cue, SETTINGS.source_search_radius, (self.paragraph[cue],))
            if len(near):
                source = int(near[self.log_probabilities[near, B_SOURCE].argmax()])
                if self.log_probabilities[source, B_SOURCE] > np.log(SETTINGS.missed_source_probability):
                    links.sources.append(self._take(source, I_SOURCE))
        return len(links.cues) > before

    def _free_pieces(self, first: int, last: int, radius: int, paragraphs: Sequence[int]) -> np.ndarray:
        """The pieces around a span that no span has, in these paragraphs."""
        near = np.arange(max(0, first - radius), min(len(self.labels), last + radius + 1))
        return near[~self.taken[near] & np.isin(self.paragraph[near], paragraphs)]

    def _take(self, first: int, inside: int) -> Piece:
        """The span that begins at a piece and goes on while the label ``inside`` is likely; it is taken then."""
        last = first
        while (
            last + 1 < len(self.labels)
            and not self.taken[last + 1]
            and self.log_probabilities[last + 1, inside]
            > max(
                self.log_probabilities[last + 1, OUTSIDE] - SETTINGS.extension_odds,
                np.log(SETTINGS.extension_probability),
            )
        ):
            last += 1
        self.taken[first : last + 1] = True
        return first, last

    def _split_at_closed_quote(self, content: Piece, starts: np.ndarray) -> list[Piece]:
        """The fragment, in two where marks close with a sentence and both ends have a cue of their own.

        She wrote: "A." The company "B," she added. ``starts`` are the pieces that start a sentence.
        """
        first, last = content
        gap, links = SETTINGS.adjacent_gap, self.links
        cue_before = any(0 < first - cue[1] <= gap for cue in links.cues)
        cue_after = any(0 < span[0] - last <= gap for span in (*links.cues, *links.sources))
        if cue_before and cue_after:
            for start in starts[(starts > first) & (starts <= last)].tolist():
                if self.quoted[start - 1] and not self.quoted[start]:
                    return [(first, start - 1), (start, last)]
        return [content]

    def _are_adjacent(self, a: int, b: int) -> bool:
        """Whether two fragments of one paragraph have nothing in between."""
        left, right = sorted((self.links.fragments[a], self.links.fragments[b]))
        return right[0] == left[1] + 1 and self.paragraph[left[1]] == self.paragraph[right[0]]

    def _is_quoted(self, fragment: int) -> bool:
        """Whether a fragment stands in quotation marks."""
        first, last = self.links.fragments[fragment]
        return bool(self.quoted[first : last + 1].mean() >= 0.5)  # the marks themselves are outside

    def _are_one_content(self, a: int, b: int, cue: int) -> bool:
        """Whether two fragments of a cue are one content: around the cue or its source, or over a small gap."""
        links = self.links
        left, right = sorted((links.fragments[a], links.fragments[b]))
        end, start = left[1], right[0]
        between = [i for i, span in enumerate(links.fragments) if end < span[0] and span[1] < start]
        same_paragraph = self.paragraph[end] == self.paragraph[start]
        around_cue = end < links.cues[cue][0] < start
        # "X," she said, adding that Z. "Y": what else the reporting clause reports splits no quotation in two.
        both_quoted = self._is_quoted(a) and self._is_quoted(b) and not any(map(self._is_quoted, between))
        if not (both_quoted and same_paragraph and around_cue) and any(
            links.cue_of[i] != cue for i in between
        ):
            return False
        source = links.source_of.get(cue, -1)
        return bool(
            (start - end - 1 <= SETTINGS.join_gap and same_paragraph)
            or around_cue
            or (source >= 0 and end < links.sources[source][0] < start)
            or between
        )

    def _merge_adjacent(self, fragments: list[Piece]) -> list[Piece]:
        """Fragments in text order, adjacent ones of a paragraph as one."""
        result: list[Piece] = []
        for first, last in sorted(fragments):
            if (
                result
                and first == result[-1][1] + 1
                and self.paragraph[first] == self.paragraph[result[-1][1]]
            ):
                result[-1] = (result[-1][0], last)
            else:
                result.append((first, last))
        return result

    def _offsets(self, span: Piece) -> Offsets:
        """The characters of a span."""
        return int(self.pieces.start[self.first + span[0]]), int(self.pieces.end[self.first + span[1]])

    def _thought_probability(self, cue: Piece) -> float:
        """The probability that a cue reports a thought rather than words."""
        words, thought = self.thought_log_probabilities[cue[0] : cue[1] + 1].mean(0)
        return float(1 / (1 + np.exp(words - thought)))

    def _mean_probability(self, spans: list[Piece]) -> float:
        """The mean probability of the labels of spans."""
        index = np.concatenate([np.arange(first, last + 1) for first, last in spans])
        return float(np.exp(self.log_probabilities[index, self.labels[index]]).mean())

    def _act_probabilities(self, cue: Piece) -> tuple[float, ...]:
        """The probability of each act that a cue can report."""
        scores = self.act_log_probabilities[cue[0] : cue[1] + 1].mean(0)
        powers = np.exp(scores - scores.max())
        return tuple((powers / powers.sum()).tolist())
