"""Named entities: gold newswire and automatic layers of PolNeAR -> spans with OntoNotes-like labels.

    python entities.py CORPORA OUT

reads CORPORA/entities/newswire-{train,dev}.tsv and CORPORA/attribution/polnear-{train,dev}-corenlp.conllu
and writes OUT/newswire-{train,dev}.jsonl ({"text", "entities"}) and OUT/silver-entities-{train,dev}.jsonl
({"name", "entities"}), an entity being [start, end, label]. A label of null says that something is named
there whose kind our labels do not cover, so that it should teach nothing.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from convert.layout import spacing, with_curly_marks
from convert.places import location_label, misc_label
from silver import Layer, read_layers

LABELS = {
    "Person": "PERSON",
    "Organization": "ORG",
    "NORP": "NORP",
    "Date": "DATE",
    "Money": "MONEY",
    "Facility": "FAC",
    "Product": "PRODUCT",
}
AUTOMATIC_LABELS = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "DATE": "DATE", "MONEY": "MONEY"}
NUMERIC = {"NUMBER", "SET", "PERCENT", "ORDINAL", "TIME"}  # not entities by our labels


class Entity(NamedTuple):
    """Offsets of a name in its text and its label, or None for a kind that we have no label for."""

    start: int
    end: int
    label: str | None


class Passage(NamedTuple):
    """Some paragraphs of an article as running text, and the entities in it."""

    text: str
    entities: list[Entity]


Tagged = list[tuple[str, str]]  # tokens with their IOB tags


def read_tagged(lines: Iterable[str]) -> Iterator[list[Tagged]]:
    """The paragraphs of each article: token, tab, IOB tag; blank lines between, ``# newdoc`` before each."""
    article: list[Tagged] = []
    paragraph: Tagged = []
    for line in [*lines, "# newdoc"]:
        columns = line.rstrip("\n").split("\t")
        if len(columns) > 1:
            paragraph.append((columns[0], columns[1]))
            continue
        if paragraph:
            article.append(paragraph)
            paragraph = []
        if line.startswith("# newdoc") and article:
            yield article
            article = []


def runs(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """First token, token after the last, and kind of each run of B-, I-, I-, ... tags."""
    start = 0
    while start < len(tags):
        end = start + 1
        if tags[start] != "O":
            kind = tags[start][2:]
            while end < len(tags) and tags[end] == f"I-{kind}":
                end += 1
            yield start, end, kind
        start = end


def gold_label(kind: str, name: str) -> str | None:
    """Our label for a name of a newswire class: places by gazetteer, Misc by head word."""
    if kind == "Location":
        return location_label(name)
    if kind == "Misc":
        return misc_label(name)
    return LABELS.get(kind)


def join(paragraphs: Iterable[Tagged], rng: random.Random, *, ending: str = "\n") -> Passage:
    """Tokens as running text, blanks where an editor would have them, ``ending`` after each paragraph."""
    text, entities = "", []
    for paragraph in paragraphs:
        tokens = [token for token, _ in paragraph]
        offsets = []
        for token, space in zip(tokens, spacing(tokens, rng), strict=True):
            offsets.append((len(text), len(text) + len(token)))
            text += token + " " * space
        text = text.rstrip(" ") + ending
        for first, after, kind in runs([tag for _, tag in paragraph]):
            start, end = offsets[first][0], offsets[after - 1][1]
            entities.append(Entity(start, end, gold_label(kind, text[start:end])))
    return Passage(text.rstrip(" "), entities)


def newswire(path: Path, *, seed: int, vary: bool) -> Iterator[Passage]:
    """The articles in pieces; ``vary`` draws their length, how paragraphs end, and the style of marks."""
    rng = random.Random(seed)
    with path.open(encoding="utf8") as lines:
        for article in read_tagged(lines):
            start = 0
            while start < len(article):
                size = rng.choice([1, 3, 6, 10]) if vary else 8
                ending = rng.choice(["\n", "\n", "\n\n", " "]) if vary else "\n"
                passage = join(article[start : start + size], rng, ending=ending)
                start += size
                yield passage._replace(text=with_curly_marks(passage.text, rng)) if vary else passage


def nationalities(path: Path) -> set[str]:
    """Every name that the gold newswire calls NORP, its tokens joined by blanks."""
    found = set()
    with path.open(encoding="utf8") as lines:
        for article in read_tagged(lines):
            for paragraph in article:
                for first, after, kind in runs([tag for _, tag in paragraph]):
                    if kind == "NORP":
                        found.add(" ".join(token for token, _ in paragraph[first:after]))
    return found


def automatic_entities(sentences: Iterable[list[Layer]], norps: set[str]) -> list[Entity]:
    """CoreNLP's entities of one article. Numbers are none; MISC is NORP where the gold knows it as such."""
    entities = []
    for sentence in sentences:
        for first, after, kind in runs([layer.entity for layer in sentence]):
            if kind in NUMERIC:
                continue
            name = " ".join(layer.form for layer in sentence[first:after])
            label = AUTOMATIC_LABELS.get(kind)
            if kind == "LOCATION":
                label = location_label(name)
            elif kind == "MISC":
                label = "NORP" if name in norps else None
            elif kind == "PERSON" and after - first == 1 and not name[:1].isupper():
                label = None
            entities.append(Entity(sentence[first].start, sentence[after - 1].end, label))
    return entities


def silver_entities(corpora: Path, split: str) -> dict[str, list[Entity]]:
    """Article name -> CoreNLP's entities, for the PolNeAR articles of ``split``."""
    norps = nationalities(corpora / "entities" / "newswire-train.tsv")
    layers = read_layers(corpora / "attribution" / f"polnear-{split}-corenlp.conllu")
    return {name: automatic_entities(sentences, norps) for name, sentences in layers}


def main() -> None:
    """Command line: the corpora folder, the folder to write to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "dev"):
        path = args.corpora / "entities" / f"newswire-{split}.tsv"
        passages = list(newswire(path, seed=1, vary=split == "train"))
        articles = silver_entities(args.corpora, split)
        rows = [{"name": name, "entities": entities} for name, entities in articles.items()]
        for name, records in (("newswire", [p._asdict() for p in passages]), ("silver-entities", rows)):
            with (args.out / f"{name}-{split}.jsonl").open("w", encoding="utf8") as file:
                file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        gold = sum(len(passage.entities) for passage in passages)
        print(f"{split}: {gold} gold entities, {sum(map(len, articles.values()))} automatic ones")


if __name__ == "__main__":
    main()
