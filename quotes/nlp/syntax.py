"""Logits -> tags, dependencies, entities and sentences on the Doc, in spaCy's English scheme."""

import re
from collections import defaultdict
from itertools import pairwise

import numpy as np
from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LENGTH, TAG
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from quotes.nlp.decoding import bio_spans, log_softmax, spanning_tree, viterbi
from quotes.nlp.encoder import Encoder, Logits, encoder
from quotes.text.quotation_marks import CLOSING, OPENING

# Joseph "Joe" Alvarez, Earl L. “Buddy” Carter
NAME_WITH_NICKNAME = re.compile(
    rf"\b([A-Z][\w’'-]+(?: [A-Z]\.)?) [{OPENING}][A-Z][\w’'-]*(?: [A-Z][\w’'-]*){{0,2}}[{CLOSING}] ([A-Z][\w’'-]+)"
)
ARC_SIZE, LABEL_SIZE = 128, 48  # dimensions of the parser's projections
LONGEST_SENTENCE = 500  # words: all of its arcs, and its pronouns, are compared with each other
WORDS_AT_ONCE = 64  # what is worked on stays within a processor's cache
# Of the best label's score, far above a float32's error; with less it is computed in float64
SURE_LEAD = 0.01


class Syntax:
    """spaCy component: tags, dependencies, sentence starts and ``doc.ents`` from the encoder."""

    def __init__(self, vocab: Vocab, name: str = "quotes_syntax") -> None:
        self.name = name
        self.vocab = vocab

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place and return it."""
        if len(doc):
            model = encoder()
            text = doc.text  # put together anew each time it is asked for
            logits = model(text)
            words = np.flatnonzero(doc.to_array(IS_SPACE) == 0)
            if len(words) and len(logits.pieces.ids):
                self._parse(doc, words, logits, model)
                doc.set_ents(_entities(doc, text, logits, model.labels["entity"]))
            else:
                self._annotate_wordless(doc)
        return doc

    def _annotate_wordless(self, doc: Doc) -> None:
        """Annotate a text that has no word for the encoder: white space, "\\ufeff", an accent without a letter.

        All its tokens are tagged as white space and hang on the first, so that no later component misses anything.
        """
        space, root, loose = (self.vocab.strings.add(name) for name in ("_SP", "ROOT", "dep"))
        columns = np.zeros((len(doc), 3), np.uint64)
        columns[:, 0], columns[:, 1], columns[0, 1] = space, loose, root
        columns[:, 2] = (-np.arange(len(doc))).astype(np.int64).view(np.uint64)
        doc.from_array([TAG, DEP, HEAD], columns)  # type: ignore[arg-type]
        doc.set_ents([])

    def _parse(self, doc: Doc, words: np.ndarray, logits: Logits, model: Encoder) -> None:
        """Set tags, heads and labels of all tokens; ``words`` are the indexes of those that are not white space."""
        first = first_pieces(doc, words, logits)
        starts = _sentence_starts(first, logits)
        tags = logits.tag[first].argmax(-1)
        names = model.labels["dependency"]
        heads, labels = _dependencies(logits.dependency[first], starts, model.biaffine, names.index("ROOT"))
        columns = np.zeros((len(doc), 3), np.uint64)
        head_of = np.arange(len(doc))
        strings = self.vocab.strings
        tag_ids = np.array([strings.add(name) for name in model.labels["tag"]], np.uint64)
        label_ids = np.array([strings.add(name) for name in names], np.uint64)
        columns[words, 0] = tag_ids[tags]
        columns[words, 1] = label_ids[labels]
        head_of[words] = words[heads]
        space, loose = strings.add("_SP"), strings.add("dep")
        # white space hangs on the word before it (at the start of the text, on the next)
        spaces = np.delete(np.arange(len(doc)), words)
        columns[spaces, 0], columns[spaces, 1] = space, loose
        head_of[spaces] = words[np.maximum(np.searchsorted(words, spaces) - 1, 0)]
        columns[:, 2] = (head_of - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        doc.from_array([TAG, DEP, HEAD], columns)  # type: ignore[arg-type]


def first_pieces(doc: Doc, words: np.ndarray, logits: Logits) -> np.ndarray:
    """The first wordpiece of each word (token indexes): int array [words]."""
    places: np.ndarray = doc.to_array([IDX, LENGTH])
    begin, length = places[words].astype(np.int64).T
    end = begin + length
    pieces = logits.pieces
    first = np.searchsorted(pieces.start, begin, "left")
    lost = (first >= len(pieces.ids)) | (pieces.start[np.minimum(first, len(pieces.ids) - 1)] >= end)
    overlapping = np.searchsorted(pieces.end, begin, "right")
    pieces_of_words: np.ndarray = np.minimum(np.where(lost, overlapping, first), len(pieces.ids) - 1)
    return pieces_of_words


def _sentence_starts(first: np.ndarray, logits: Logits) -> np.ndarray:
    """A mask of the words that start a sentence: the model says so, a paragraph begins, or it would be too long."""
    sentence = logits.sentence[first]
    starts: np.ndarray = sentence[:, 1] > sentence[:, 0]
    starts |= np.diff(logits.pieces.paragraph[first], prepend=-1) > 0
    if len(starts) > LONGEST_SENTENCE:
        for a, b in pairwise([*np.flatnonzero(starts).tolist(), len(starts)]):
            starts[a:b:LONGEST_SENTENCE] = True
    return starts


def _dependencies(
    states: np.ndarray, starts: np.ndarray, weights: dict[str, np.ndarray], root: int
) -> tuple[np.ndarray, np.ndarray]:
    """Heads (word index, its own for a root) and label numbers, as Dozat & Manning (2017) score them."""
    states = np.maximum(states, 0).astype(np.float64)
    arcs, labels = states[:, : 2 * ARC_SIZE], states[:, 2 * ARC_SIZE :]
    child, parent = arcs[:, :ARC_SIZE], arcs[:, ARC_SIZE:]
    left = child @ weights["arc"][:-1] + weights["arc"][-1]
    heads = np.zeros(len(states), np.int64)
    bounds = [*np.flatnonzero(starts).tolist(), len(states)]
    for a, b in pairwise(bounds):
        heads[a:b] = a + spanning_tree(left[a:b] @ parent[a:b].T)
    ones = np.ones((len(states), 1))
    children = np.concatenate([labels[:, :LABEL_SIZE], ones], 1)
    parents = np.concatenate([labels[heads, LABEL_SIZE:], ones], 1)
    table = _label_scores(children, parents, weights["relation"], np.float32)
    table[:, root] = -np.inf
    second, first = np.partition(table, -2, axis=1)[:, -2:].T
    unsure = np.flatnonzero(first - second < SURE_LEAD)
    table[unsure] = _label_scores(children[unsure], parents[unsure], weights["relation"], np.float64)
    table[:, root] = -np.inf
    best = table.argmax(1)
    best[heads == np.arange(len(heads))] = root
    return heads, best


def _label_scores(
    children: np.ndarray, parents: np.ndarray, weights: np.ndarray, precision: type[np.floating]
) -> np.ndarray:
    """The score of each label of each arc: float array [words, labels]; ``weights`` are [labels, 49, 49]."""
    count, size, _ = weights.shape
    weights = weights.transpose(1, 0, 2).reshape(size, count * size).astype(precision)
    children, parents = children.astype(precision), parents.astype(precision)
    scores = np.empty((len(children), count))
    for a in range(0, len(children), WORDS_AT_ONCE):
        words = slice(a, a + WORDS_AT_ONCE)
        mixed = (children[words] @ weights).reshape(-1, count, size)
        scores[words] = np.matmul(mixed, parents[words, :, None])[..., 0]
    return scores


def _entities(doc: Doc, text: str, logits: Logits, names: list[str]) -> list[Span]:
    """The named entities of a Doc; where two overlap, the earlier one is kept.

    A name means one kind of thing throughout a text ("one sense per discourse", Gale, Church & Yarowsky 1992): all its
    mentions decide on the label together, and a person's full name has a say about the surname alone.
    """
    breaks = np.flatnonzero(np.diff(logits.pieces.paragraph, prepend=-1))
    logp = log_softmax(logits.entity)
    kinds = [name[2:] for name in names[1::2]]
    mentions: list[Span] = []
    pieces: list[np.ndarray] = []  # of each mention
    for kind, first, last in bio_spans(viterbi(logp, breaks=breaks.tolist())):
        start, end = int(logits.pieces.start[first]), int(logits.pieces.end[last])
        span = doc.char_span(start, end, label=kinds[kind], alignment_mode="expand")
        while span and span[-1].is_quote:  # no name ends with an opening mark
            span = doc[span.start : span.end - 1]
        if not span or (mentions and span.start < mentions[-1].end):
            continue
        mentions.append(span)
        pieces.append(logp[first : last + 1])
    votes: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(kinds)))
    for span, vote in zip(mentions, _votes(pieces), strict=True):
        votes[span.text] += vote
        if len(span) > 1 and kinds[int(vote.argmax())] == "PERSON":
            votes[span[-1].text] += vote
    spans = [
        Span(doc, span.start, span.end, label=kinds[int(votes[span.text].argmax())]) for span in mentions
    ]
    return _with_nicknames(doc, text, spans)


def _votes(mentions: list[np.ndarray]) -> np.ndarray:
    """The log-probabilities of each kind for each mention, by the mean over its pieces: [mentions, kinds]."""
    if not mentions:
        return np.zeros((0, 0))
    sizes = np.array([len(pieces) for pieces in mentions])
    logp = np.concatenate(mentions)
    either = np.logaddexp(logp[:, 1::2], logp[:, 2::2])
    return log_softmax(np.add.reduceat(either, np.cumsum(sizes) - sizes) / sizes[:, None])


def _with_nicknames(doc: Doc, text: str, spans: list[Span]) -> list[Span]:
    """Entities, a name with a nickname in quotation marks being one person: 'Joseph "Joe" Alvarez'."""
    for match in NAME_WITH_NICKNAME.finditer(text):
        start, end = match.span()
        given = doc.char_span(start, match.end(1), alignment_mode="expand")
        surname = doc.char_span(match.start(2), end, alignment_mode="expand")
        if given is None or surname is None:
            continue
        overlapping = [span for span in spans if span.start < surname.end and given.start < span.end]
        people = [span for span in overlapping if span.label_ == "PERSON"]
        if not people or not (people[0].start <= given.start or people[-1].end >= surname.end):
            continue
        first, last = min(given.start, people[0].start), max(surname.end, people[-1].end)
        full_name = Span(doc, first, last, label="PERSON")
        spans = sorted(
            [span for span in spans if span not in overlapping] + [full_name], key=lambda span: span.start
        )
    return spans
