"""Found quotations against known ones -> figures.

Two contents match when the Jaccard of their characters is at least 0.5 (loose) or 0.9 (strict); spaces, edge
punctuation and a leading "that" do not count. Joint: a loose match whose source overlaps the known one.
SPEECH is what a quotation tool must find: contents with a quotation mark, or with a speech verb as cue; the
rest are mostly beliefs and intentions. A finding nested in a longer known content is neither right nor wrong.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from quotes.evaluation.gold import Annotation, SpanOffsets
from quotes.evaluation.speaker_figures import SpeakerFigures, speaker_table
from quotes.text.spans import any_overlap

LOOSE_JACCARD, STRICT_JACCARD = 0.5, 0.9
SUBSETS = ("SPEECH", "all", "direct", "mixed", "indirect")
EDGE_PUNCTUATION = "“”\"‘’'«».,;:!?-—"
# fixed here, apart from the words that the pipeline knows as cues: a yardstick must not move with it
SPEECH_CUE = re.compile(
    r"\b(said|says|say|saying|told|tells|tell|telling|according to|added|adds|adding|wrote|writes"
    r"|tweeted|asked|asks|noted|announced|argued|explained|replied|responded|insisted|warned|claimed"
    r"|declared|stated|continued|acknowledged)\b|^[:―—–-]+$",
    re.I,
)


@dataclass(slots=True)
class Count:
    """How many are known, were found, match loosely and strictly, and have source and cue right besides."""

    known: int = 0
    found: int = 0
    loose: int = 0
    strict: int = 0
    joint: int = 0
    cue: int = 0

    def scores(self, right: int) -> tuple[float, float, float]:
        """Precision, recall and F of so many right ones."""
        return prf(right, self.found, self.known)


@dataclass(slots=True)
class RequiredFigures:
    """Counts by type ("all", "direct", "mixed", "indirect"), and by act how many are known, found and have that act."""

    counts: dict[str, Count] = field(default_factory=dict)
    acts: dict[str, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Figures:
    """Counts by subset (see SUBSETS), and for the characters of all contents: both, found, known."""

    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in SUBSETS})
    characters: list[int] = field(default_factory=lambda: [0, 0, 0])
    required: "RequiredFigures | None" = None  # where the known quotations say which must be found
    speakers: SpeakerFigures | None = None  # where they say who spoke


def prf(right: int, found: int, known: int) -> tuple[float, float, float]:
    """Precision, recall and F; 0 where there is nothing to divide by."""
    precision, recall = right / found if found else 0.0, right / known if known else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def characters(text: str, spans: SpanOffsets) -> frozenset[int]:
    """The offsets of a content that count when it is compared."""
    offsets = sorted(
        {i for start, end in spans for i in range(start, min(end, len(text))) if not text[i].isspace()}
    )
    while offsets and text[offsets[-1]] in EDGE_PUNCTUATION:
        offsets.pop()
    while offsets and text[offsets[0]] in EDGE_PUNCTUATION:
        offsets.pop(0)
    that = len(offsets) > 4 and "".join(text[i] for i in offsets[:4]).lower() == "that"
    return frozenset(offsets[4:] if that and text[offsets[3] + 1].isspace() else offsets)


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared share of two sets; 0 when both are empty."""
    return len(one & other) / len(one | other) if one or other else 0.0


def count_opening_marks(text: str) -> int:
    """How many opening quotation marks a text has; some papers print two apostrophes for one."""
    return text.count("“") + text.count('"') + text.count("''")


def content_type(text: str, spans: SpanOffsets) -> str:
    """direct, mixed or indirect, as the marks at the edges of a known content tell."""
    content = "".join(text[start:end] for start, end in spans)
    if not count_opening_marks(content):
        return "indirect"
    plain = content.replace("''", '"')
    quoted = plain.strip(" ,.")[:1] in tuple('“"') and plain.strip(" ,.;")[-1:] in tuple('”"')
    return "direct" if quoted else "mixed"


def is_speech(text: str, quote: Annotation) -> bool:
    """Whether a quotation has a mark in its content, or a speech verb, a colon or a dash as its cue."""
    cue = " ".join(text[start:end] for start, end in quote.cue).strip()
    return any(count_opening_marks(text[start:end]) for start, end in quote.content) or bool(
        SPEECH_CUE.search(cue)
    )


def pair(
    found: Sequence[frozenset[int]], known: Sequence[frozenset[int]], *, least: float = LOOSE_JACCARD
) -> list[tuple[int, int]]:
    """The best matches first, each finding and each known content at most once: indices into both."""
    scored = sorted(
        ((jaccard(p, g), i, j) for i, p in enumerate(found) for j, g in enumerate(known) if p & g),
        reverse=True,
    )
    used_found, used_known, out = set(), set(), []
    for score, i, j in scored:
        if score >= least and i not in used_found and j not in used_known:
            used_found.add(i)
            used_known.add(j)
            out.append((i, j))
    return out


def measure(texts: Iterable[tuple[str, Sequence[Annotation], Sequence[Annotation], SpanOffsets]]) -> Figures:
    """Figures for texts, each given as (text, what was found, what is known, what annotators left out)."""
    figures = Figures()
    for text, found, known, discard in texts:
        _measure_text(figures, text, found, known, discard)
    return figures


def _measure_text(
    figures: Figures,
    text: str,
    found: Sequence[Annotation],
    known: Sequence[Annotation],
    discard: SpanOffsets,
) -> None:
    left_out = {i for start, end in discard for i in range(start, end)}
    gold = [(quote, chars) for quote in known if (chars := characters(text, quote.content))]
    mine = [(quote, c) for quote in found if (c := characters(text, quote.content)) and not c <= left_out]
    contents, gold_contents = [c for _, c in mine], [c for _, c in gold]
    all_found, all_known = frozenset[int]().union(*contents), frozenset[int]().union(*gold_contents)
    for n, size in enumerate((len(all_found & all_known), len(all_found), len(all_known))):
        figures.characters[n] += size

    gold_in = [_subsets(text, quote, content_type(text, quote.content)) for quote, _ in gold]
    for names in gold_in:
        for name in names:
            figures.counts[name].known += 1
    matched = dict(pair(contents, gold_contents))
    for i, (quote, content) in enumerate(mine):
        if i not in matched and any(content < other for other in gold_contents):
            continue
        # what matches counts where the known one belongs
        names = gold_in[matched[i]] if i in matched else _subsets(text, quote, "indirect")
        for name in names:
            figures.counts[name].found += 1
    for i, j in matched.items():
        quote, answer = mine[i][0], gold[j][0]
        strict = jaccard(contents[i], gold_contents[j]) >= STRICT_JACCARD
        source, cue = _overlap(quote.source, answer.source), _overlap(quote.cue, answer.cue)
        for name in gold_in[j]:
            count = figures.counts[name]
            count.loose += 1
            count.strict += strict
            count.joint += source
            count.cue += cue


def _subsets(text: str, quote: Annotation, unknown: str) -> list[str]:
    return ["all", quote.type or unknown, *(["SPEECH"] if is_speech(text, quote) else [])]


def _overlap(found: SpanOffsets, known: SpanOffsets) -> bool:
    """Whether two pieces share a character; when none is known, whether none was found."""
    if not known:
        return not found
    return any_overlap(found, known)


def table(figures: Figures) -> Iterator[str]:
    """The figures as lines of text; those of required quotations where the known ones say which are."""
    if figures.required is not None:
        yield from required_table(figures.required)
    else:
        yield from _quotation_table(figures)
    if figures.speakers is not None:
        yield from speaker_table(figures.speakers)


def _quotation_table(figures: Figures) -> Iterator[str]:
    heads = "".join(f"  {name + ' P':>8}{'R':>6}{'F':>6}" for name in ("loose", "strict", "joint"))
    yield f"{'':9}{'known':>6}{'found':>6}{heads}  {'cue':>5}"
    for name, count in figures.counts.items():
        line = f"{name:9}{count.known:6}{count.found:6}"
        for right in (count.loose, count.strict, count.joint):
            precision, recall, f = count.scores(right)
            line += f"  {precision:8.3f}{recall:6.3f}{f:6.3f}"
        yield f"{line}  {count.cue / count.loose if count.loose else 0:5.3f}"
    precision, recall, f = prf(*figures.characters)
    yield ""
    yield f"characters of contents: P {precision:.3f} R {recall:.3f} F {f:.3f}"
    yield "joint: content (loose) and source right; cue: the share of right ones among the loosely matched"


def required_table(figures: RequiredFigures) -> Iterator[str]:
    """The figures of required quotations as lines of text."""
    yield f"{'':9}{'known':>6}{'found':>6}{'P':>8}{'R':>6}{'F':>6}  {'strict F':>8}  {'joint F':>8}"
    for name, count in figures.counts.items():
        precision, recall, f = count.scores(count.loose)
        strict, joint = count.scores(count.strict)[2], count.scores(count.joint)[2]
        line = f"{name:9}{count.known:6}{count.found:6}{precision:8.3f}{recall:6.3f}{f:6.3f}"
        yield f"{line}  {strict:8.3f}  {joint:8.3f}"
    for act, (known, found, right) in sorted(figures.acts.items()):
        yield f"act {act:9} known {known:5}  found {found:5}  right of found {right / found if found else 0:.3f}"
    yield ""
    yield "What need not be found counts neither way. joint: the source overlaps or has the same words;"
    yield "where one side has no source, the speaker is right"
