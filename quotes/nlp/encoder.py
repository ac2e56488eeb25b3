"""The embedded model: text -> logits per wordpiece, and texts -> embeddings.

One six-layer MiniLM with several heads (attribution, entities, Penn tags, dependencies, sentence starts), run by
onnxruntime in whole numbers, so that every processor gives the same result (model card). To each word embedding
a row of a small feature table is added: what an uncased tokenizer loses (the word's shape), the white space before
it, and whether it stands inside quotation marks. The all-zero row turns the encoder into a plain sentence encoder
(embedding mode).
"""

import json
import os
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from quotes.integrity import verified
from quotes.text.paragraphs import paragraphs
from quotes.text.quotation_marks import CLOSING, OPENING
from quotes.text.quoted import quoted_mask

MODEL = Path(__file__).parent.parent / "model"
WINDOW = 160  # wordpieces in one forward pass: longer costs more per word, shorter sees less context
EMBEDDING_FEATURE = 36  # the all-zero row of the feature table
PADDING = 37  # the feature of what fills a shorter window up: nothing attends to it
BATCH = 2 * (WINDOW + 2)  # wordpieces in one forward pass at most: two windows, or short texts to be embedded
LEAST_FILLED = 0.9  # of the longest one's pieces, those of the shortest of a batch
EMBEDDING_GRID = 2048  # steps of an embedding's component to 1
CLS, SEP, COLON = 101, 102, 1024
SENTENCE_POINTS = frozenset([999, 1012, 1024, 1025, 1029, 1529])  # ! . : ; ? …
HEADLINE_PIECES = 40  # the most of a first paragraph that is no sentence

WORD = re.compile(r"\w+|[^\w\s]")
# What the tokenizer cuts a text at, whatever stands beside it: spaces, and these marks, which are pieces themselves
MARKS_APART = r"!-/:-@\[-^`{-~“”‘’–—…"
PIECES_APART = re.compile(rf"[{MARKS_APART}]|[^{MARKS_APART} \t\r\n\xa0]+")
WORDS_KEPT = 50_000  # whose pieces are kept
SENTENCE_END = re.compile(rf"[.!?…][{CLOSING})\]]*\s+(?=[{OPENING}(\[]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into wordpieces. All arrays have one entry per piece; offsets are characters of the text."""

    ids: np.ndarray
    features: np.ndarray
    start: np.ndarray
    end: np.ndarray
    paragraph: np.ndarray  # index of the paragraph
    cuts: np.ndarray  # pieces at which a window may start: paragraph starts, and likely sentence starts


@dataclass(frozen=True, slots=True)
class Logits:
    """The logits of every head, one row per wordpiece of a text."""

    pieces: Pieces
    window: np.ndarray  # index of the forward pass that each piece was in
    attribution: np.ndarray  # [pieces, 7]: O, then B- and I- of content, cue, source
    thought: np.ndarray  # [pieces, 2]: a cue here reports words, or a thought
    act: np.ndarray  # [pieces, 7]: what a cue here reports, ``ACTS``
    entity: np.ndarray
    tag: np.ndarray
    sentence: np.ndarray  # [pieces, 2]: no sentence starts here, or one does
    link: np.ndarray  # [pieces, 8 * 64]: first and last piece of a span, in four roles (``span_linking``)
    dependency: np.ndarray  # [pieces, 2 * 128 + 2 * 48]: child and head, for arcs and for labels


def shape(word: str) -> int:
    """The class of a word's shape: lower 0, Capitalised 1, ALL CAPS 2, miXed 3, with a digit 4, punctuation 5.

    The tokenizer is uncased; this is what tells "Apple" from "apple".
    """
    if not any(c.isalnum() for c in word):
        return 5
    if any(c.isdigit() for c in word):
        return 4
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 1
    return 3


class _Word(NamedTuple):
    """The wordpieces of a word: for each its start and end in the word, and its shape."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    shapes: list[int]


class Tokenizer:
    """Text -> wordpieces with their features; the same at training and at run time."""

    def __init__(self, folder: Path = MODEL) -> None:
        from tokenizers import Tokenizer as Wordpieces

        self.wordpieces = Wordpieces.from_buffer(verified(folder / "tokenizer.json"))
        self.wordpieces.no_truncation()
        self.wordpieces.no_padding()
        self._word = lru_cache(maxsize=WORDS_KEPT)(self._new_word)

    def __call__(self, text: str) -> Pieces:
        """The wordpieces of a text."""
        matches = list(PIECES_APART.finditer(text))
        words = [self._word(match.group()) for match in matches]
        ids, starts, ends, shapes = (
            np.array(list(chain.from_iterable(column)), np.int64)
            for column in (zip(*words, strict=True) if words else [()] * len(_Word._fields))
        )
        places = np.array([match.start() for match in matches], np.int64)
        place = np.repeat(places, [len(word.ids) for word in words])
        starts, ends = starts + place, ends + place
        bounds = paragraphs(text)
        begins = np.array([begin for begin, _ in bounds], np.int64)
        paragraph = np.searchsorted(begins, starts, "right") - 1
        behind_space = np.array([text[i - 1].isspace() for i in starts.tolist()], np.int64)
        space = np.where(starts == begins[paragraph], 2, behind_space)
        quoted = np.frombuffer(quoted_mask(text), np.uint8)[starts]
        sentences = [match.end() for a, b in bounds for match in SENTENCE_END.finditer(text, a, b)]
        cuts = np.searchsorted(starts, np.union1d(begins, sentences))
        return Pieces(ids, (shapes * 3 + space) * 2 + quoted, starts, ends, paragraph, np.unique(cuts))

    def _new_word(self, word: str) -> _Word:
        found = self.wordpieces.encode(word, add_special_tokens=False)
        shapes = [0] * (len(word) + 1)
        for match in WORD.finditer(word):
            shapes[match.start() : match.end()] = [shape(match.group())] * len(match.group())
        pieces = [
            (piece, start, end, shapes[start])
            for piece, (start, end) in zip(found.ids, found.offsets, strict=True)
            if start < end
        ]
        return _Word(*map(list, zip(*pieces, strict=True))) if pieces else _Word([], [], [], [])


def windows(pieces: Pieces, limit: int = WINDOW) -> list[tuple[int, int]]:
    """Windows of at most ``limit`` pieces, cut at paragraphs if these fit, else at sentences, else anywhere.

    A paragraph that ends in a colon stays with the next, whose words it introduces, where both fit. A headline is
    alone: what is found in an article is the same with it and without it.
    """
    total = len(pieces.ids)
    bounds = [*np.flatnonzero(np.diff(pieces.paragraph, prepend=-1)).tolist(), total]
    result: list[tuple[int, int]] = []
    begin = previous = 0
    if len(bounds) > 2 and _is_headline(pieces, bounds[1], bounds[2]):
        result.append((0, bounds[1]))
        begin = previous = bounds[1]
        bounds = bounds[1:]
    for a, b in pairwise(bounds):
        if b - begin > limit and a > begin:
            introduced = pieces.ids[a - 1] == COLON and previous > begin and b - previous <= limit
            cut = previous if introduced else a
            result.append((begin, cut))
            begin = cut
        previous = a
        while b - begin > limit:
            inner = pieces.cuts[(pieces.cuts > begin) & (pieces.cuts <= begin + limit)]
            cut = int(inner[-1]) if len(inner) else begin + limit
            result.append((begin, cut))
            begin = cut
    if begin < total:
        result.append((begin, total))
    return result


def _is_headline(pieces: Pieces, end: int, following: int) -> bool:
    """Whether a text's first paragraph is a headline: short, not a sentence's at its end, and apart from the next one.

    Apart is what has an empty line behind it, or a paragraph twice as long: no line of a text that is wrapped.
    """
    is_short = end <= HEADLINE_PIECES and not SENTENCE_POINTS & set(
        pieces.ids[max(0, end - 2) : end].tolist()
    )
    empty_line = int(pieces.start[end]) - int(pieces.end[end - 1]) >= len("\n\n")
    return is_short and (empty_line or following - end >= 2 * end)


class Encoder:
    """The model's weights, loaded once per process and shared by all components (see ``encoder()``)."""

    def __init__(self, folder: Path = MODEL) -> None:
        self.folder = folder
        self.labels: dict[str, list[str]] = json.loads(verified(folder / "labels.json"))
        with np.load(BytesIO(verified(folder / "biaffine.npz"))) as arrays:
            self.biaffine = {name: arrays[name].astype(np.float64) for name in arrays.files}
        self.tokenizer = Tokenizer(folder)
        self.session = _session(verified(folder / "encoder.onnx"))
        sizes = json.loads(self.session.get_modelmeta().custom_metadata_map["heads"])
        self.heads: dict[str, tuple[str, slice]] = {}  # head -> the output that has it, and its columns there
        for output, heads in sizes.items():
            ends = np.cumsum(list(heads.values())).tolist()
            for head, end in zip(heads, ends, strict=True):
                self.heads[head] = (output, slice(end - heads[head], end))
        self._last = threading.local()

    def __call__(self, text: str) -> Logits:
        """The logits of a text.

        Those of the last text are kept (one per thread), so that several components share one forward pass.
        """
        if getattr(self._last, "text", None) != text:
            self._last.logits = self._logits(text)
            self._last.text = text
        logits: Logits = self._last.logits
        return logits

    def _logits(self, text: str) -> Logits:
        pieces = self.tokenizer(text)
        bounds = windows(pieces) or [(0, 0)]
        window = np.repeat(np.arange(len(bounds)), [last - first for first, last in bounds])
        rows: dict[str, dict[int, np.ndarray]] = {"small": {}, "large": {}}  # of each window
        for batch in _batches([last - first for first, last in bounds]):
            inputs = [(pieces.ids[slice(*bounds[i])], pieces.features[slice(*bounds[i])]) for i in batch]
            for of_window, output in zip(rows.values(), self._run(inputs, list(rows)), strict=True):
                for column, i in enumerate(batch):
                    of_window[i] = output[1 : len(inputs[column][0]) + 1, column]
        columns = {
            name: np.concatenate([of_window[i] for i in range(len(bounds))])
            for name, of_window in rows.items()
        }
        heads = ["attribution", "thought", "act", "entity", "tag", "sentence", "link", "dependency"]
        found = (self.heads[head] for head in heads)
        return Logits(pieces, window, *(columns[output][:, part] for output, part in found))

    def _run(self, batch: list[tuple[np.ndarray, np.ndarray]], outputs: list[str]) -> list[np.ndarray]:
        """Outputs for windows of ids and features: [pieces of the longest and 2, windows, size of the output]."""
        shape = (max(len(ids) for ids, _ in batch) + 2, len(batch))
        inputs = {"ids": np.full(shape, SEP), "features": np.full(shape, PADDING)}
        for column, (ids, features) in enumerate(batch):
            inputs["ids"][0, column], inputs["ids"][1 : len(ids) + 1, column] = CLS, ids
            inputs["features"][: len(ids) + 2, column] = EMBEDDING_FEATURE
            inputs["features"][1 : len(ids) + 1, column] = features
        found: list[np.ndarray] = self.session.run(outputs, inputs)
        return found

    def embed(self, texts: list[str]) -> np.ndarray:
        """The sentence embeddings of texts: float32 unit rows [len(texts), 384], close to all-MiniLM-L6-v2's own.

        Reimers & Gurevych, "Sentence-BERT" (2019); the mean over the wordpieces, of a text's first 254. Components are
        multiples of 1/2048, so that a float16 holds them and the product of two rows is exact in a float32: a
        similarity does not depend on the processor.
        """
        encode = self.tokenizer.wordpieces.encode
        pieces = [np.array(encode(text, add_special_tokens=False).ids[:254], np.int64) for text in texts]
        rows = np.zeros((len(texts), 384), np.float32)
        for batch in _batches([len(ids) for ids in pieces]):
            inputs = [(pieces[i], np.full(len(pieces[i]), EMBEDDING_FEATURE)) for i in batch]
            (hidden,) = self._run(inputs, ["hidden"])
            for column, i in enumerate(batch):
                total = hidden[: len(pieces[i]) + 2, column].sum(0, dtype=np.float64)
                length = np.sqrt((total * total).sum())
                rows[i] = np.rint(total / max(length, 1e-9) * EMBEDDING_GRID) / EMBEDDING_GRID
        return rows

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by folder: a session must not travel between processes."""
        return (encoder, (self.folder,))


def _session(graph: bytes):  # type: ignore[no-untyped-def]
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # processes are the unit of parallelism
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _batches(lengths: list[int]) -> list[list[int]]:
    """Windows or texts of about the same length together, by their numbers; the longest first."""
    batches: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        longest = lengths[batches[-1][0]] + 2 if batches else 0
        if batches and longest * (len(batches[-1]) + 1) <= BATCH and lengths[i] + 2 >= longest * LEAST_FILLED:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


def encoder(folder: Path = MODEL) -> Encoder:
    """The encoder whose weights lie in ``folder``, loaded once per process (a session does not survive fork)."""
    return _loaded(folder, os.getpid())


@lru_cache(maxsize=2)
def _loaded(folder: Path, process: int) -> Encoder:
    return Encoder(folder)
