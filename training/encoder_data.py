"""Corpora -> training examples of the encoder: wordpieces with the labels of each head.

An Example is one document. Labels that a corpus does not have are absent; -100 marks pieces that teach nothing.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import numpy as np

from quotes.lexicon import cues
from quotes.nlp.encoder import Pieces, Tokenizer

ATTRIBUTION = ["O", "B-CONTENT", "I-CONTENT", "B-CUE", "I-CUE", "B-SOURCE", "I-SOURCE"]
CONTENT, CUE, SOURCE = 1, 3, 5
ACTS = ["asserts", "denies", "asks", "requests", "promises", "thinks", "declines"]
ENTITIES = [
    "PERSON", "ORG", "GPE", "LOC", "NORP", "DATE", "MONEY", "FAC", "PRODUCT", "EVENT", "LAW", "MISC",
]  # fmt: skip
ENTITY = ["O"] + [f"{prefix}-{name}" for name in ENTITIES for prefix in "BI"]
IGNORE = -100
MARK = re.compile(r"[“”\"]|''")

Offsets = tuple[int, int]


@dataclass
class Words:
    """Syntax of the words: ``first`` piece, Penn tag, head (word index, itself for a root), label, sentence."""

    first: np.ndarray
    tag: np.ndarray
    head: np.ndarray
    label: np.ndarray
    sentence: np.ndarray


@dataclass
class Example:
    """One document: its pieces and what is known about them."""

    name: str
    pieces: Pieces
    attribution: np.ndarray | None = None
    soft: np.ndarray | None = None  # a teacher's probabilities of the labels of attribution
    thought: np.ndarray | None = None  # on the cues: 1 for a belief, an intention..., 0 for words
    act: np.ndarray | None = None  # on the cues: index in ACTS
    fragments: list[tuple[int, int, int]] = field(default_factory=list)  # first, last piece; cue
    cues: list[tuple[int, int, int]] = field(default_factory=list)  # first, last piece; source or -1
    sources: list[tuple[int, int]] = field(default_factory=list)
    entity: np.ndarray | None = None
    words: Words | None = None
    starts: np.ndarray | None = None  # 1 where a sentence starts


def piece_span(pieces: Pieces, start: int, end: int) -> tuple[int, int] | None:
    """First and last piece of a stretch of characters."""
    i = int(np.searchsorted(pieces.end, start, "right"))
    j = int(np.searchsorted(pieces.start, end, "left")) - 1
    return (i, j) if j >= i else None


# --- attribution: brat standoff --------------------------------------------------------------------------


@dataclass
class Gold:
    """One annotated attribution, as offsets."""

    content: list[Offsets]
    cue: list[Offsets]
    source: list[Offsets]
    required: bool | None = None  # a reader would call it a quotation; None where the corpus does not tell


def tidy(spans: Iterable[Offsets], text: str) -> list[Offsets]:
    """Trim white space and join spans that touch (unless a line break lies between)."""
    result: list[Offsets] = []
    for a, b in sorted(spans):
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a >= b:
            continue
        if result and (
            a <= result[-1][1] or (not (gap := text[result[-1][1] : a]).strip() and "\n" not in gap)
        ):
            result[-1] = (result[-1][0], max(b, result[-1][1]))
        else:
            result.append((a, b))
    return result


def read_brat(path: Path, text: str) -> list[Gold]:
    """The attributions of one brat file. Lines that are not annotations (a text field broken in two) are skipped."""
    spans: dict[str, list[Offsets]] = {}
    events: list[list[list[str]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if re.match(r"T\d+\t", line):
            key, kind = line.split("\t")[:2]
            spans[key] = [(int(a), int(b)) for a, b in (x.split() for x in kind.split(" ", 1)[1].split(";"))]
        elif re.match(r"E\d+\t", line):
            events.append([role.split(":") for role in line.split("\t")[1].split()])
    golds = []
    for event in events:
        if not event[0][0].startswith("Attribution"):
            continue
        roles: dict[str, list[Offsets]] = {"Content": [], "Cue": [], "Source": []}
        for role, key in event[1:]:
            role = re.sub(r"\d+$", "", role)
            if role in roles and key in spans:
                roles[role] += spans[key]
        gold = Gold(*(tidy(roles[role], text) for role in ("Content", "Cue", "Source")))
        if gold.content:
            golds.append(gold)
    return sorted(golds, key=lambda gold: (gold.content[0], gold.cue[:1]))


def read_attributions(folder: Path, annotator: int = 0) -> Iterator[tuple[str, str, list[Gold]]]:
    """Name, text and attributions of each article, by the first annotator or, where there are several, another."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        annotators = sorted(p for p in folder.glob("*.ann") if p.stem.rsplit("_", 1)[0] == path.stem)
        if annotators:
            yield path.stem, text, read_brat(annotators[annotator % len(annotators)], text)


def read_world(path: Path) -> Iterator[tuple[str, str, list[Gold]]]:
    """Name, text and attributions of each article of world news: JSON Lines, beside a folder of texts of that name."""
    rows: dict[str, list[Gold]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cue, source = (
            [(row[role]["start"], row[role]["end"])] if row[role] else [] for role in ("cue", "source")
        )
        content = [(start, end) for start, end in row["spans"]]
        rows.setdefault(row["article"], []).append(Gold(content, cue, source, row["required"]))
    for file in sorted(path.with_suffix("").glob("*.txt")):
        text = file.read_bytes().decode("utf-8")
        golds = rows.get(file.name, [])
        yield (
            file.stem,
            text,
            [
                replace(gold, content=tidy(gold.content, text))
                for gold in sorted(golds, key=lambda gold: (gold.content[0], gold.cue[:1]))
            ],
        )


def is_thought(text: str, gold: Gold) -> int:
    """Whether an attribution reports a thought (1) or words (0); IGNORE where nothing tells.

    A thought is here all that a reader would not call a quotation: a belief, a wish, a topic, praise.
    """
    if gold.required is not None:
        return int(not gold.required)
    if any(MARK.search(text, a, b) for a, b in gold.content):
        return 0
    kind = cues.kind(" ".join(text[a:b] for a, b in gold.cue))
    return {"speech": 0, "document": 0, "thought": 1, "perception": 1}.get(kind or "", IGNORE)


def label_attributions(
    example: Example, text: str, golds: list[Gold], acts: Mapping[tuple[str, int], str] | None = None
) -> None:
    """Fill ``attribution``, ``thought``, ``act`` and the links.

    Content, cue and source never overlap, so one layer holds them. ``acts``: by article and start of the cue. What is
    not required (topics, praise, sentences that go on in the reporter's words) teaches nothing, unless its act is one
    that some readers want: a request, a thought, a refusal.
    """
    pieces = example.pieces
    labels = np.zeros(len(pieces.ids), np.int64)
    thought = np.full(len(pieces.ids), IGNORE)
    act = np.full(len(pieces.ids), IGNORE)
    known = acts or {}
    unclear = [
        gold
        for gold in golds
        if gold.required is False
        and (not gold.cue or known.get((example.name, gold.cue[0][0]), "asserts") == "asserts")
    ]
    for gold in unclear:
        for stretch in (*gold.content, *gold.cue, *gold.source):
            if span := piece_span(pieces, *stretch):
                labels[span[0] : span[1] + 1] = IGNORE
        if gold.cue and (span := piece_span(pieces, gold.cue[0][0], gold.cue[-1][1])):
            thought[span[0] : span[1] + 1] = 1
    sources: dict[tuple[int, int], int] = {}
    for gold in golds:  # nothing ties a source to a content but a cue
        for stretch in gold.source if not gold.cue else ():
            if span := piece_span(pieces, *stretch):
                labels[span[0] : span[1] + 1] = IGNORE

    def mark(span: tuple[int, int], base: int) -> None:
        labels[span[0] : span[1] + 1] = base + 1
        labels[span[0]] = base

    for gold in sorted(
        (gold for gold in golds if gold not in unclear), key=lambda gold: gold.required is not False
    ):
        cue = -1
        span = piece_span(pieces, gold.cue[0][0], gold.cue[-1][1]) if gold.cue else None
        if span:
            thought[span[0] : span[1] + 1] = is_thought(text, gold)
            if name := known.get((example.name, gold.cue[0][0])):
                act[span[0] : span[1] + 1] = ACTS.index(name)
            source = -1
            if gold.source:
                end = gold.source[-1][1] if len(gold.source) == 1 else gold.source[0][1]
                if found := piece_span(pieces, gold.source[0][0], end):
                    source = sources.setdefault(found, len(sources))
            cue = len(example.cues)
            example.cues.append((*span, source))
        for fragment in gold.content:
            if found := piece_span(pieces, *fragment):
                example.fragments.append((*found, cue))
                mark(found, CONTENT)
    example.sources = list(sources)
    for found in example.sources:
        mark(found, SOURCE)
    for first, last, _ in example.cues:
        mark((first, last), CUE)
    example.attribution, example.thought, example.act = labels, thought, act


STYLES = {"straight": str.maketrans("“”‘’", "\"\"''"), "single": str.maketrans("“”", "‘’")}


def restyle(text: str, random: Random) -> str:
    """Another typographic house style of the same length: straight or single marks, a headline in capitals."""
    roll = random.random()
    if roll < 0.2:
        text = text.translate(STYLES["straight"])
    elif roll < 0.28:
        text = text.translate(STYLES["single"])
    elif roll < 0.4 and "“" not in text:
        opened = iter("“”" * text.count('"'))
        text = "".join(next(opened) if c == '"' else c for c in text)
    if random.random() < 0.05:
        end = text.find("\n")
        if 0 < end < 150 and len(text[:end].upper()) == end:
            text = text[:end].upper() + text[end:]
    return text


# --- syntax: treebanks and automatic layers ----------------------------------------------------------------


def label_words(
    example: Example,
    spans: list[Offsets],
    sentences: list[int],
    rows: list[tuple[str, int, str]],
    vocab: dict[str, dict],
) -> None:
    """Fill ``words`` and ``starts`` from (tag, head word, label) rows; a word whose pieces are lost is skipped."""
    pieces = example.pieces
    first: list[int] = []
    for start, end in spans:
        i = int(np.searchsorted(pieces.start, start, "left"))
        if i >= len(pieces.ids) or pieces.start[i] >= end:
            i = max(0, int(np.searchsorted(pieces.end, start, "right")))
        first.append(min(i, len(pieces.ids) - 1))
    tag = [vocab["tag"].get(row[0], IGNORE) for row in rows]
    label = [vocab["dependency"].get(row[2], IGNORE) for row in rows]
    head = [row[1] for row in rows]
    example.words = Words(*(np.array(x, np.int64) for x in (first, tag, head, label, sentences)))
    starts = np.zeros(len(pieces.ids), np.int64)
    seen: set[int] = set()
    for piece, sentence in zip(first, sentences, strict=True):
        if sentence not in seen:
            seen.add(sentence)
            starts[piece] = 1
    example.starts = starts


# --- entities ----------------------------------------------------------------------------------------------


def label_entities(example: Example, entities: list[tuple[int, int, str | None]]) -> None:
    """Fill ``entity`` from (start, end, label); a label of None (unknown kind) teaches nothing."""
    labels = np.zeros(len(example.pieces.ids), np.int64)
    for start, end, name in entities:
        if span := piece_span(example.pieces, start, end):
            i, j = span
            if name is None:
                labels[i : j + 1] = IGNORE
            else:
                labels[i : j + 1] = ENTITY.index(f"I-{name}")
                labels[i] = ENTITY.index(f"B-{name}")
    example.entity = labels


def join_words(words: list[str], spaces: list[bool], text: str = "") -> tuple[str, list[Offsets]]:
    """Append words to a text; the offsets of the words in it."""
    spans = []
    parts = [text]
    at = len(text)
    for word, space in zip(words, spaces, strict=True):
        spans.append((at, at + len(word)))
        parts.append(word + " " * space)
        at += len(word) + space
    return "".join(parts), spans


def covering(spans: list[Offsets], start: int) -> int:
    """Index of the span that holds a character (spans in order)."""
    return bisect_right([a for a, _ in spans], start) - 1


def make_example(name: str, text: str, tokenizer: Tokenizer) -> Example:
    """An example without labels."""
    return Example(name, tokenizer(text))
