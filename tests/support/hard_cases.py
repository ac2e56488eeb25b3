"""The passages of data/sentences.jsonl, and what is right and wrong about the quotations found in them.

A line: {"id", "pattern", "text", "quotes": [{"content": [fragment, ...], "source", "cue", "type",
"speaker", "via"}]}. Fragments, source and cue are substrings of the text: fragments in order, source and cue
as whole words outside the content, the nearest to it. "source": null: none in the text. A key that is left
out is not checked; "speaker": null must stay open, "via": null must be none. "optional": neither asked for
nor wrong.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from quotes.types import Quote, Span
from support.paths import DATA

PASSAGES = DATA / "sentences.jsonl"
EDGE = set("“”\"‘’'«»„.,;:!?-—")
TITLES = {"mr", "mrs", "ms", "dr", "sir", "president", "senator", "minister", "judge"}


def passages() -> list[dict[str, Any]]:
    """The passages, in order."""
    return [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]


def fragments(text: str, parts: Iterable[str]) -> list[tuple[int, int]]:
    """Offsets of the fragments of a content, each the first after the one before."""
    at, out = 0, []
    for part in parts:
        start = text.index(part, at)
        at = start + len(part)
        out.append((start, at))
    return out


def locate(text: str, part: str, content: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Offsets of a source or cue: as whole words outside the content, the nearest to it."""
    left, right = r"(?<!\w)" if part[0].isalnum() else "", r"(?!\w)" if part[-1].isalnum() else ""
    found = [match.span() for match in re.finditer(left + re.escape(part) + right, text)]
    apart = [(a, b) for a, b in found if all(b <= start or a >= end for start, end in content)]
    return min(apart, key=lambda span: min(max(a - span[1], span[0] - b) for a, b in content))


def characters(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Offsets of the characters that count: no space, no punctuation at the edges, no leading "that"."""
    at = sorted({i for start, end in spans for i in range(start, end) if not text[i].isspace()})
    while at and text[at[-1]] in EDGE:
        at.pop()
    while at and text[at[0]] in EDGE:
        at.pop(0)
    if "".join(text[i] for i in at[:4]).lower() == "that" and text[at[3] + 1 : at[3] + 2].isspace():
        at = at[4:]
    return frozenset(at)


def same_name(found: str | None, expected: str) -> bool:
    """Whether two names are one: the words of one, titles aside, are all among the other's."""
    sets = [set(re.findall(r"\w+", (name or "").lower())) - {"the", "a", "an"} for name in (found, expected)]
    one, other = (words - TITLES or words for words in sets)
    return bool(one and other) and (one <= other or other <= one)


@dataclass
class Result:
    """What was right of one passage's expected quotations, and what was found beyond them."""

    asked: int = 0
    content: int = 0
    source: int = 0
    cue: int = 0
    type: int = 0
    speaker: list[bool] = field(default_factory=list)
    via: list[bool] = field(default_factory=list)
    extra: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def attributed(self) -> bool:
        """Every content found with its source, and nothing else."""
        return self.content == self.source == self.asked and not self.extra

    @property
    def right(self) -> bool:
        """Attributed, and named right as far as the passage says who speaks and who relays."""
        return self.attributed and all(self.speaker) and all(self.via)


def overlaps(span: Span | None, expected: tuple[int, int] | None) -> bool:
    if span is None or expected is None:
        return span is None and expected is None
    return span.start < expected[1] and expected[0] < span.end


def judge(passage: dict[str, Any], found: Sequence[Quote]) -> Result:
    """Compare the quotations found in a passage with what it expects. Thoughts are left out."""
    text = passage["text"]
    result = Result()
    found = [quote for quote in found if not quote.thought]
    of_found = [characters(text, [(span.start, span.end) for span in quote.spans]) for quote in found]
    of_expected = [characters(text, fragments(text, quote["content"])) for quote in passage["quotes"]]
    scores = sorted(
        (
            (len(one & other) / len(one | other), i, j)
            for i, one in enumerate(of_found)
            for j, other in enumerate(of_expected)
            if one & other
        ),
        reverse=True,
    )
    match: dict[int, int] = {}
    for score, i, j in scores:
        if score >= 0.5 and i not in match and j not in match.values():
            match[i] = j
    for i, quote in enumerate(found):
        if i not in match:
            result.extra += 1
            result.notes.append(f"extra {quote.text!r} ({quote.source and quote.source.text})")
    by_expected = {j: found[i] for i, j in match.items()}
    for j, expected in enumerate(passage["quotes"]):
        if expected.get("optional"):
            continue
        result.asked += 1
        if j not in by_expected:
            result.notes.append(f"missed {expected['content']}")
            continue
        compare(text, by_expected[j], expected, result)
    return result


def compare(text: str, quote: Quote, expected: dict[str, Any], result: Result) -> None:
    """Count what is right of one quotation whose content was found."""
    content = fragments(text, expected["content"])
    result.content += 1
    for role, span in (("source", quote.source), ("cue", quote.cue)):
        if role in expected:
            wanted = locate(text, expected[role], content) if expected[role] else None
            right = overlaps(span, wanted)
            if not right:
                result.notes.append(f"{role} {span and span.text!r}, not {expected[role]!r}")
        else:
            right = True
        setattr(result, role, getattr(result, role) + right)
    result.type += quote.type == expected["type"]
    if quote.type != expected["type"]:
        result.notes.append(f"type {quote.type}, not {expected['type']}")
    name = quote.speaker.name if quote.speaker else None
    if "speaker" in expected:
        result.speaker.append(
            same_name(name, expected["speaker"]) if expected["speaker"] else quote.speaker is None
        )
        if not result.speaker[-1]:
            result.notes.append(f"speaker {name!r}, not {expected['speaker']!r}")
    if "via" in expected:
        via = expected["via"]
        result.via.append(via.lower() in (quote.via or "").lower() if via else quote.via is None)
        if not result.via[-1]:
            result.notes.append(f"via {quote.via!r}, not {via!r}")
