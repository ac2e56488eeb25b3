"""Automatic syntax of PolNeAR's articles (CoreNLP, UD v1) -> spaCy's tokens and English scheme.

    python silver.py CORPORA OUT

reads CORPORA/attribution/polnear-{train,dev}-corenlp.conllu with the articles' texts and writes
OUT/silver-{train,dev}.jsonl, one article a line: {"name", "words"}, each word a list of start, end, tag,
head, label, sentence. Offsets count characters of the article's text; a head is the index of a word, its own
for a root.
"""

import argparse
import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import spacy
from convert.english import convert
from convert.tree import Row, Tree
from spacy.tokenizer import Tokenizer

RELATIONS = {  # UD v1 -> v2
    "auxpass": "aux:pass", "csubjpass": "csubj:pass", "dobj": "obj", "foreign": "flat", "mwe": "fixed",
    "name": "flat", "neg": "advmod", "nmod:npmod": "obl:unmarked", "nmod:tmod": "obl:unmarked",
    "nsubjpass": "nsubj:pass", "remnant": "orphan",
}  # fmt: skip
PARTS_OF_SPEECH = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "WP": "PRON",
    "EX": "PRON", "PRP$": "PRON", "WP$": "PRON", "MD": "AUX", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ",
    "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "WRB": "ADV", "CD": "NUM", "DT": "DET", "PDT": "DET",
    "WDT": "DET", "IN": "ADP", "RP": "ADP", "TO": "ADP", "CC": "CCONJ", "$": "SYM", "SYM": "SYM",
    "#": "SYM", "UH": "INTJ", "POS": "PART", "FW": "X", "LS": "X",
}  # fmt: skip
# Tags that the last piece of a token keeps when spaCy splits it ("2016-17", "pro-Trump").
KEPT_IN_PIECES = {"NNP", "NNS", "NN", "NNPS", "JJ", "VBN", "VBG", "CD"}


class Layer(NamedTuple):
    """One CoreNLP token; ``entity`` is its IOB tag, ``start`` and ``end`` offsets into the article's text."""

    form: str
    lemma: str
    tag: str
    head: int
    relation: str
    start: int
    end: int
    entity: str


class Word(NamedTuple):
    """One spaCy token: offsets, Penn tag ("": unknown), head (index of a word), label, sentence number."""

    start: int
    end: int
    tag: str
    head: int
    label: str
    sentence: int


@dataclass(frozen=True)
class Article:
    """The words of an article whose sentences could be aligned, in text order."""

    name: str
    text: str
    words: list[Word]


def read_layers(path: Path) -> Iterator[tuple[str, list[list[Layer]]]]:
    """Name and sentences of each article of a ``*-corenlp.conllu`` file."""
    name = ""
    sentences: list[list[Layer]] = []
    with path.open(encoding="utf8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                if name:
                    yield name, sentences
                name, sentences = line.split("=", 1)[1].strip(), []
            elif line.startswith("# sent_id"):
                sentences.append([])
            elif line[:1].isdigit():
                sentences[-1].append(_layer(line.rstrip("\n").split("\t")))
    if name:
        yield name, sentences


def _layer(columns: list[str]) -> Layer:
    fields = dict(pair.split("=", 1) for pair in columns[9].split("|") if "=" in pair)
    start, end = (int(offset) for offset in fields["Off"].split("-"))
    head, relation = int(columns[6]), columns[7]
    return Layer(columns[1], columns[2], columns[4], head, relation, start, end, fields["NER"])


def universal_rows(sentence: list[Layer]) -> list[Row]:
    """UD v1 -> v2: rename relations, tell obl and obl:agent from nmod, and add parts of speech."""
    relations = [RELATIONS.get(layer.relation, layer.relation) for layer in sentence]
    kinds = [_part_of_speech(layer, relation) for layer, relation in zip(sentence, relations, strict=True)]
    children: dict[int, list[int]] = {}
    for i, layer in enumerate(sentence):
        children.setdefault(layer.head - 1, []).append(i)

    def has(head: int, relation: str) -> bool:
        return any(relations[i] == relation for i in children.get(head, ()))

    for i, layer in enumerate(sentence):
        head = layer.head - 1
        if relations[i] != "nmod" or head < 0:
            continue
        if kinds[head] in ("VERB", "AUX", "ADJ", "ADV") or has(head, "cop"):
            passive = has(head, "aux:pass") or (sentence[head].tag == "VBN" and relations[head] == "acl")
            by = any(relations[k] == "case" and sentence[k].form.lower() == "by" for k in children.get(i, ()))
            relations[i] = "obl:agent" if passive and by else "obl"
    return [
        Row(layer.form, layer.lemma, kind, layer.tag, layer.head, relation)
        for layer, kind, relation in zip(sentence, kinds, relations, strict=True)
    ]


def _part_of_speech(layer: Layer, relation: str) -> str:
    if layer.tag.startswith("VB"):
        return "AUX" if relation in ("aux", "aux:pass", "cop") or layer.lemma == "be" else "VERB"
    if layer.tag == "TO" and relation == "mark":
        return "PART"
    return PARTS_OF_SPEECH.get(layer.tag, "PUNCT")


class Tokens:
    """spaCy's tokens of a text, white space left out: start and end of each."""

    def __init__(self, text: str, tokenizer: Tokenizer) -> None:
        tokens = [token for token in tokenizer(text) if not token.is_space]
        self.text = text
        self.start = [token.idx for token in tokens]
        self.end = [token.idx + len(token) for token in tokens]

    def overlapping(self, start: int, end: int) -> range:
        """Indices of the tokens that share characters with ``start``:``end``."""
        return range(bisect_right(self.end, start), bisect_left(self.start, end))


def align(sentence: list[Layer], tree: Tree, tokens: Tokens, number: int, base: int) -> list[Word]:
    """The converted sentence on spaCy's tokens; [] when the two tokenisations cross or a token is missing.

    A CoreNLP token that spaCy splits is represented by its last piece; the pieces before hang on it. ``base``
    is the index that the first word gets.
    """
    pieces = [tokens.overlapping(layer.start, layer.end) for layer in sentence]
    if not all(pieces):
        return []
    owners = Counter(i for piece in pieces for i in piece)
    first, last = min(owners), max(owners)
    own = [[i for i in piece if owners[i] == 1] or list(piece) for piece in pieces]
    place = [piece[-1] for piece in own]
    crossing = len(set(place)) < len(place) or len(owners) < last - first + 1
    if crossing or tokens.start[first] < sentence[0].start or tokens.end[last] > sentence[-1].end:
        return []
    words: dict[int, Word] = {}

    def add(token: int, tag: str, head: int, label: str) -> None:
        offsets = tokens.start[token], tokens.end[token]
        words[token] = Word(*offsets, tag, base + head - first, label, number)

    for i, layer in enumerate(sentence):
        head = tree.head[i + 1]
        whole = len(pieces[i]) == 1
        add(
            place[i],
            _tag(layer, tree.label[i + 1], whole),
            place[head - 1] if head else place[i],
            tree.label[i + 1],
        )
        for piece in own[i][:-1]:
            text = tokens.text[tokens.start[piece] : tokens.end[piece]]
            add(piece, "HYPH" if text in "-–" else "", place[i], "compound" if text[0].isalnum() else "punct")
    if len(words) < len(owners):
        return []
    return [words[i] for i in range(first, last + 1)]


def _tag(layer: Layer, label: str, whole: bool) -> str:
    """The Penn tag as in the treebanks: the preposition *to* is IN, quotation marks are their own tags."""
    if layer.form in ("``", "''"):
        return layer.form
    if layer.tag == "TO" and label in ("prep", "dative", "pcomp"):
        return "IN"
    return layer.tag if whole or layer.tag in KEPT_IN_PIECES else ""


def silver(corpora: Path, split: str) -> Iterator[Article]:
    """The articles of ``split`` ("train" or "dev"). Sentences that cannot be aligned are left out."""
    tokenizer = spacy.blank("en").tokenizer
    folder = corpora / "attribution" / f"polnear-{split}"
    for name, sentences in read_layers(folder.with_name(f"polnear-{split}-corenlp.conllu")):
        text = (folder / f"{name}.txt").read_bytes().decode("utf8")
        tokens = Tokens(text, tokenizer)
        words: list[Word] = []
        for number, sentence in enumerate(sentences):
            if sentence:
                words += align(sentence, convert(universal_rows(sentence)), tokens, number, len(words))
        yield Article(name, text, words)


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
        articles = words = 0
        with (args.out / f"silver-{split}.jsonl").open("w", encoding="utf8") as file:
            for article in silver(args.corpora, split):
                file.write(
                    json.dumps({"name": article.name, "words": article.words}, ensure_ascii=False) + "\n"
                )
                articles, words = articles + 1, words + len(article.words)
        print(f"{split}: {articles} articles, {words} words")


if __name__ == "__main__":
    main()
