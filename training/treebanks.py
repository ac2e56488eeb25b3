"""Treebanks in CoNLL-U (UD v2 with Penn tags: EWT, GUM) -> documents in spaCy's English scheme.

    python treebanks.py CORPORA OUT

reads CORPORA/treebanks/{ewt,gum}-{train,dev}.conllu and writes OUT/treebank-{train,dev}.jsonl, one document a
line: {"id", "paragraphs": [[{"words", "spaces", "tags", "heads", "labels"}, ...], ...]}.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from convert.english import convert
from convert.tree import Row

TREEBANKS = ("ewt", "gum")


@dataclass(frozen=True)
class Sentence:
    """One sentence: its words, whether a blank follows each, Penn tags, heads (from 0; -1: root), labels."""

    words: list[str]
    spaces: list[bool]
    tags: list[str]
    heads: list[int]
    labels: list[str]


@dataclass(frozen=True)
class Document:
    """One text: paragraphs of sentences."""

    id: str
    paragraphs: list[list[Sentence]] = field(default_factory=list)


def read_conllu(lines: Iterable[str]) -> Iterator[tuple[list[str], list[Row], list[bool]]]:
    """Comments, tokens and "a blank follows" of each sentence. Empty nodes are skipped."""
    comments: list[str] = []
    rows: list[Row] = []
    spaces: list[bool] = []
    joined = (0, 0, True)  # the multi-word token in progress: first and last word, blank after it
    for line in [*lines, ""]:
        line = line.rstrip("\n")
        columns = line.split("\t")
        if line.startswith("#"):
            comments.append(line)
        elif not line:
            if rows:
                yield comments, rows, spaces
            comments, rows, spaces, joined = [], [], [], (0, 0, True)
        elif "-" in columns[0]:
            first, last = columns[0].split("-")
            joined = (int(first), int(last), "SpaceAfter=No" not in columns[9])
        elif "." not in columns[0]:
            number, space = int(columns[0]), "SpaceAfter=No" not in columns[9]
            if joined[0] <= number <= joined[1]:
                space = joined[2] and number == joined[1]
            # GW marks the parts of a word written apart, which spaCy's scheme does not know.
            tag = "XX" if columns[4] == "GW" else columns[4]
            rows.append(Row(columns[1], columns[2], columns[3], tag, int(columns[6]), columns[7]))
            spaces.append(space)


def convert_sentence(rows: list[Row], spaces: list[bool]) -> Sentence:
    """One sentence in spaCy's scheme. Raises ValueError for input that is not a tree."""
    tree = convert(rows)
    heads = [head - 1 for head in tree.head[1:]]
    return Sentence(tree.form[1:], spaces, tree.tag[1:], heads, tree.label[1:])


def read_documents(path: Path) -> list[Document]:
    """The converted documents of one CoNLL-U file."""
    documents: list[Document] = []
    with path.open(encoding="utf8") as lines:
        for comments, rows, spaces in read_conllu(lines):
            starts = [comment for comment in comments if comment.startswith("# newdoc")]
            if starts or not documents:
                documents.append(Document(starts[0].split("=", 1)[1].strip() if starts else path.stem))
            paragraphs = documents[-1].paragraphs
            if not paragraphs or any(comment.startswith("# newpar") for comment in comments):
                paragraphs.append([])
            paragraphs[-1].append(convert_sentence(rows, spaces))
    return documents


def treebank(corpora: Path, split: str) -> list[Document]:
    """All documents of ``split`` ("train" or "dev"), ids prefixed with the treebank's name."""
    return [
        Document(f"{name}:{document.id}", document.paragraphs)
        for name in TREEBANKS
        for document in read_documents(corpora / "treebanks" / f"{name}-{split}.conllu")
    ]


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
        documents = treebank(args.corpora, split)
        with (args.out / f"treebank-{split}.jsonl").open("w", encoding="utf8") as file:
            file.writelines(json.dumps(asdict(document), ensure_ascii=False) + "\n" for document in documents)
        sentences = [s for document in documents for paragraph in document.paragraphs for s in paragraph]
        words = sum(len(sentence.words) for sentence in sentences)
        print(f"{split}: {len(documents)} documents, {len(sentences)} sentences, {words} words")


if __name__ == "__main__":
    main()
