"""Articles whose speakers are known, read once: Docs, attributions and gold, kept in a folder between runs.

What is read depends on the encoder and on the code that finds quotations: others read anew.
"""

import collections
import hashlib
import json
import pickle
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from passages import passages
from spacy.tokens import Doc

from quotes.evaluation.metrics import characters, pair
from quotes.pipeline import load
from quotes.provenance import PACKAGE
from quotes.quotations.acts import is_clause, report
from quotes.quotations.attribution import Attribution
from quotes.quotations.filter import features, is_kept, said_probability
from quotes.quotations.passes import find_attributions
from quotes.text.quoted import quote_type, quoted_mask
from quotes.types import Keep

WINDOW_SENTENCES = (2, 6)  # of an excerpt, from and to
NAME_FILLERS = re.compile(r"\b(the|a|an|mr|mrs|ms|dr|u\.?s\.?|sen|rep|president|secretary)\b\.?")
NOT_NAMES = ("the", "a", "an", "his", "her", "their", "its", "one", "another")


@dataclass(slots=True)
class Gold:
    """Who said one quotation, as people found it."""

    spans: list[tuple[int, int]]
    speaker: str | None
    also: list[str]
    type: str | None
    unsure: bool
    required: bool
    source: str

    @property
    def names(self) -> list[str]:
        """All names that are right."""
        return [self.speaker, *self.also] if self.speaker else []

    @property
    def is_named_person(self) -> bool:
        """Whether it is a person whom the article names."""
        words = re.findall(r"[\w'’.-]+", self.speaker or "")
        return self.type == "person" and bool(words) and words[0].lower() not in NOT_NAMES and any(
            word[:1].isupper() for word in words
        )  # fmt: skip


@dataclass(slots=True)
class TrainingArticle:
    """An article with what was found in it and what is known of it: ``gold`` has the gold of each attribution."""

    name: str
    corpus: str  # "polnear", "world" or "passages"
    doc: Doc
    attributions: list[Attribution]
    types: list[str]
    gold: list[Gold | None] = field(default_factory=list)
    is_excerpt: bool = False  # the right name may stand outside of it
    is_made: bool = False  # with descriptions in place of some names

    @property
    def group(self) -> str:
        """What must be in one fold: the article, or all passages of one pattern."""
        return self.name if self.corpus != "passages" else self.name.rpartition("-")[0]


def name_parts(name: str | None) -> frozenset[str]:
    """The words of a name, titles aside."""
    return frozenset(re.findall(r"\w+", NAME_FILLERS.sub(" ", (name or "").lower())))


def same_name(name: str | None, names: Sequence[str]) -> bool:
    """Whether a name is one of some: the same words, more of them, or the longest of them."""
    given = name_parts(name)
    for known in map(name_parts, names):
        longest = max(map(len, known), default=0)
        if given and known and (known <= given or (given <= known and any(len(w) == longest for w in given))):
            return True
    return False


class Reader:
    """Texts as Docs with attributions, each read once and then kept in a folder."""

    def __init__(self, cache: Path) -> None:
        self.nlp = load(coreference="none")
        self.nlp.remove_pipe("quotes")
        self.folder = cache / _reading_hash()
        self.folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, text: str) -> tuple[Doc, list[Attribution]]:
        """A text as it is read."""
        file = self.folder / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.pickle"
        if not file.exists():
            doc = self.nlp(text)
            file.write_bytes(pickle.dumps((doc.to_bytes(), find_attributions(doc, doc.text))))
        data, attributions = pickle.loads(file.read_bytes())
        return Doc(self.nlp.vocab).from_bytes(data), attributions


def read_articles(corpora: Path, cache: Path, part: str) -> Iterator[TrainingArticle]:
    """The articles of ``part`` ("train" or "dev") of both corpora."""
    sources = (
        ("polnear", corpora / f"speakers/polnear-{part}.jsonl", corpora / f"attribution/polnear-{part}"),
        ("world", corpora / f"attribution/world-{part}.jsonl", corpora / f"attribution/world-{part}"),
    )
    read = Reader(cache)
    for corpus, labels, texts in sources:
        known = collections.defaultdict(list)
        for line in labels.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known[Path(row["article"]).name.removesuffix(".txt")].append(row)
        for name in sorted(known):
            text = (texts / f"{name}.txt").read_text(encoding="utf-8")
            yield with_gold(name, corpus, *read(text), [_gold(row, text) for row in known[name]])


def read_passages(copies: int, seed: int, cache: Path) -> Iterator[TrainingArticle]:
    """Passages made from patterns (``passages``), as articles."""
    read = Reader(cache)
    for number, (name, text, known) in enumerate(passages(copies, seed)):
        gold = [
            Gold(
                [span], speaker, [], "person" if speaker and speaker.istitle() else "unnamed", False, True, ""
            )
            for span, speaker in known
        ]
        yield with_gold(f"{name}-{number}", "passages", *read(text), gold)


def excerpts(article: TrainingArticle, count: int, seed: int) -> Iterator[TrainingArticle]:
    """Short excerpts of an article, each with a quotation at least, so that short texts are no surprise."""
    chance = random.Random(f"{seed} {article.name}")
    doc = article.doc
    starts = [sentence.start for sentence in doc.sents]
    known = [k for k, gold in enumerate(article.gold) if gold is not None]
    for k in chance.sample(known, min(count, len(known))):
        spans = article.attributions[k].spans
        first, last = (
            sum(doc[start].idx <= at for start in starts) - 1
            for at in (min(a for a, _ in spans), max(b for _, b in spans) - 1)
        )
        length = chance.randint(*WINDOW_SENTENCES)
        first = max(0, first - chance.randint(0, length))
        end = min(len(starts), max(last + 1, first + length))
        excerpt = _excerpt(article, starts[first], starts[end] if end < len(starts) else len(doc))
        if any(gold is not None for gold in excerpt.gold):
            yield excerpt


def _excerpt(article: TrainingArticle, start: int, end: int) -> TrainingArticle:
    """The tokens of an article from ``start`` to ``end`` as an article."""
    span = article.doc[start:end]
    begin, stop = span.start_char, span.end_char

    def moved(offsets: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if offsets is None else (offsets[0] - begin, offsets[1] - begin)

    part = TrainingArticle(article.name, article.corpus, span.as_doc(), [], [], [], is_excerpt=True)
    for k, found in enumerate(article.attributions):
        if all(begin <= a and b <= stop for a, b in found.spans):
            content = tuple((a - begin, b - begin) for a, b in found.content)
            part.attributions.append(
                replace(found, content=content, cue=moved(found.cue), source=moved(found.source), via=None)
            )
            part.types.append(article.types[k])
            part.gold.append(article.gold[k])
    return part


def _reading_hash() -> str:
    """A hash of all that finds quotations: the encoder, and the code above it."""
    files = [PACKAGE / "model" / "encoder.onnx", PACKAGE / "model" / "biaffine.npz"]
    for room in ("nlp", "quotations"):
        files += sorted((PACKAGE / room).glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _gold(row: dict[str, object], text: str) -> Gold:
    source = row.get("source_spans") or (
        [(row["source"]["start"], row["source"]["end"])] if row.get("source") else []
    )  # type: ignore[index]
    return Gold(
        [tuple(span) for span in row["spans"]],  # type: ignore[misc,attr-defined]
        row["speaker"],  # type: ignore[arg-type]
        row["also"],  # type: ignore[arg-type]
        row["type"],  # type: ignore[arg-type]
        bool(row["unsure"]),
        bool(row.get("required", True)),
        " ".join(text[a:b] for a, b in source),  # type: ignore[misc]
    )


def with_gold(
    name: str,
    corpus: str,
    doc: Doc,
    attributions: list[Attribution],
    known: list[Gold],
    *,
    is_made: bool = False,
) -> TrainingArticle:
    """The quotations that are kept by default (world) or with everything (PolNeAR), each with its gold."""
    text = doc.text
    keep: Keep = "all" if corpus == "polnear" else "said"
    mask, kept, types = quoted_mask(text), [], []
    for attribution in attributions:
        kind = "direct" if attribution.verbatim else quote_type(text, list(attribution.content), mask)
        act = report(doc, text, attribution, kind).act
        clause = act != "requests" or is_clause(doc, attribution)
        if not attribution.content:
            continue
        said = said_probability(features(doc, text, attribution, kind, act, is_clause=clause))
        if is_kept(doc, text, attribution, kind, act, is_clause=clause, said=said, keep=keep):
            kept.append(attribution)
            types.append(kind)
    article = TrainingArticle(name, corpus, doc, kept, types, is_made=is_made)
    contents = [characters(text, one.content) for one in kept]
    matched = dict(pair(contents, [characters(text, one.spans) for one in known]))
    article.gold = [known[matched[k]] if k in matched else None for k in range(len(kept))]
    return article
