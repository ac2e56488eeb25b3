"""Corpora -> the examples that ``train_encoder.py`` reads.

    python prepare.py CORPORA OUT --weights FOLDER

CORPORA is laid out as README.md says; FOLDER has all-MiniLM-L6-v2. Writes pickles to OUT: ``labels`` (the
names of each head's labels), ``treebank-{train,dev}``, ``newswire-{train,dev}``, ``polnear-dev-0``,
``polnear-train-{0,1,2}`` and ``world-train-{0,1,2}`` (the same articles in three typographic
styles) and ``sentences`` (see sentences.py).
The output is the same on every run.
"""

import argparse
import json
import pickle
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from encoder_data import (
    ATTRIBUTION,
    ENTITY,
    IGNORE,
    Example,
    join_words,
    label_attributions,
    label_entities,
    label_words,
    make_example,
    read_attributions,
    read_world,
    restyle,
)
from entities import Entity, newswire, silver_entities
from sentences import sentence_targets, sentence_texts
from silver import Article, silver
from treebanks import Document, Sentence, treebank

from quotes.nlp.encoder import Tokenizer

STYLES = 3  # of each PolNeAR training article
Vocabulary = dict[str, dict[str, int]]
Acts = dict[tuple[str, int], str]


def label_names(documents: Iterable[Document]) -> dict[str, list[str]]:
    """The labels of each head; tags and dependencies are those of the treebanks."""
    sentences = [s for document in documents for paragraph in document.paragraphs for s in paragraph]
    return {
        "attribution": ATTRIBUTION,
        "entity": ENTITY,
        "tag": sorted({tag for sentence in sentences for tag in sentence.tags}),
        "dependency": sorted({label for sentence in sentences for label in sentence.labels}),
    }


def varied_words(sentence: Sentence, rng: Random) -> list[str]:
    """The words with curly double quotation marks in one case of two, curly apostrophes in two of five."""
    words = sentence.words
    if '"' in words and rng.random() < 0.5:
        opened = iter("“”" * len(words))
        words = [next(opened) if word == '"' else word for word in words]
    return [word.replace("'", "’") for word in words] if rng.random() < 0.4 else words


def treebank_examples(
    documents: Iterable[Document], tokenizer: Tokenizer, vocabulary: Vocabulary, *, vary: bool
) -> Iterator[Example]:
    """Documents as running text. ``vary`` draws the style of marks and how a paragraph ends."""
    rng = Random(1)
    for document in documents:
        text = ""
        spans: list[tuple[int, int]] = []
        numbers: list[int] = []
        rows: list[tuple[str, int, str]] = []
        for paragraph in document.paragraphs:
            for sentence in paragraph:
                words = varied_words(sentence, rng) if vary else sentence.words
                text, offsets = join_words(words, sentence.spaces, text)
                text = text if text.endswith(" ") else text + " "
                base = len(rows)
                numbers += [numbers[-1] + 1 if numbers else 0] * len(words)
                spans += offsets
                for i, (tag, head, label) in enumerate(
                    zip(sentence.tags, sentence.heads, sentence.labels, strict=True)
                ):
                    rows.append((tag, base + (head if head >= 0 else i), label))
            ending = "\n"
            if vary and rng.random() >= 0.5:
                ending = "\n\n" if rng.random() < 0.5 else " "
            text = text.rstrip(" ") + ending
        example = make_example(document.id, text, tokenizer)
        label_words(example, spans, numbers, rows, vocabulary)
        yield example


def newswire_examples(path: Path, tokenizer: Tokenizer, *, vary: bool) -> Iterator[Example]:
    """Gold entities; names of a kind of their own are MISC, so that they are not taken for anything else."""
    for number, passage in enumerate(newswire(path, seed=1, vary=vary)):
        example = make_example(f"newswire-{number}", passage.text, tokenizer)
        known = [entity for entity in passage.entities if entity.label]
        other = [entity._replace(label="MISC") for entity in passage.entities if not entity.label]
        label_entities(example, [*known, *other])
        yield example


def label_silver(example: Example, article: Article, vocabulary: Vocabulary) -> None:
    """Automatic syntax; pieces outside its sentences teach nothing about where sentences start."""
    words = article.words
    if not words:  # the article has no automatic syntax that could be aligned
        return
    spans = [(word.start, word.end) for word in words]
    rows = [(word.tag, word.head, word.label) for word in words]
    label_words(example, spans, [word.sentence for word in words], rows, vocabulary)
    known = np.zeros(len(example.pieces.ids), bool)
    limits: dict[int, tuple[int, int]] = {}
    for word in words:
        limits[word.sentence] = (limits.get(word.sentence, (word.start, 0))[0], word.end)
    for start, end in limits.values():
        known |= (example.pieces.start >= start) & (example.pieces.end <= end)
    if example.starts is not None:
        example.starts[~known] = IGNORE


def polnear_examples(
    corpora: Path, split: str, tokenizer: Tokenizer, vocabulary: Vocabulary, acts: Acts, *, style: int
) -> Iterator[Example]:
    """Gold attributions with automatic syntax and entities.

    ``style`` 0 is the text as it is, by the first annotator; others take the next annotator where there are several.
    """
    rng = Random(style)
    syntax = {article.name: article for article in silver(corpora, split)}
    entities: dict[str, list[Entity]] = silver_entities(corpora, split)
    for name, text, attributions in read_attributions(corpora / "attribution" / f"polnear-{split}", style):
        example = make_example(name, restyle(text, rng) if style else text, tokenizer)
        label_attributions(example, text, attributions, acts)
        if name in entities:
            label_entities(example, [*entities[name]])
        if name in syntax:
            label_silver(example, syntax[name], vocabulary)
        yield example


def read_acts(folder: Path | None, corpus: str) -> dict[tuple[str, int], str]:
    """What ``acts.py`` wrote of a corpus: the act by article and start of the cue."""
    if folder is None:
        return {}
    lines = (folder / f"acts-{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        (row["article"].removesuffix(".txt"), row["cue"][0]): row["act"] for row in map(json.loads, lines)
    }


def world_examples(corpora: Path, tokenizer: Tokenizer, acts: Acts, *, style: int) -> Iterator[Example]:
    """World news with gold attributions; ``style`` as of ``polnear_examples``."""
    rng = Random(style)
    for name, text, attributions in read_world(corpora / "attribution" / "world-train.jsonl"):
        example = make_example(name, restyle(text, rng) if style else text, tokenizer)
        label_attributions(example, text, attributions, acts)
        yield example


def main() -> None:
    """Command line: the corpora folder, the folder to write to, the starting weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--acts", type=Path, help="folder with what acts.py wrote")
    args = parser.parse_args()
    corpora: Path = args.corpora
    args.out.mkdir(parents=True, exist_ok=True)
    began = time.time()

    def write(name: str, content: Any) -> None:
        (args.out / f"{name}.pkl").write_bytes(pickle.dumps(content))
        print(f"{time.time() - began:4.0f} s  {name}: {len(content)}", flush=True)

    tokenizer = Tokenizer()
    documents = {split: treebank(corpora, split) for split in ("train", "dev")}
    names = label_names([*documents["train"], *documents["dev"]])
    vocabulary = {head: {label: i for i, label in enumerate(names[head])} for head in ("tag", "dependency")}
    write("labels", names)
    for split in ("train", "dev"):
        vary = split == "train"
        examples = treebank_examples(documents[split], tokenizer, vocabulary, vary=vary)
        write(f"treebank-{split}", list(examples))
        path = corpora / "entities" / f"newswire-{split}.tsv"
        write(f"newswire-{split}", list(newswire_examples(path, tokenizer, vary=vary)))
        for style in range(STYLES if vary else 1):
            acts = read_acts(args.acts, f"polnear-{split}")
            examples = polnear_examples(corpora, split, tokenizer, vocabulary, acts, style=style)
            write(f"polnear-{split}-{style}", list(examples))
    acts = read_acts(args.acts, "world-train")
    for style in range(STYLES):
        write(f"world-train-{style}", list(world_examples(corpora, tokenizer, acts, style=style)))
    texts = sentence_texts(corpora, documents["train"])
    write("sentences", sentence_targets(texts, tokenizer, args.weights))


if __name__ == "__main__":
    main()
