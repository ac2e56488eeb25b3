"""Measure tags, dependencies, sentences and named entities of a pipeline on dev data, from raw text.

    python evaluate.py CORPORA [--pipeline NAME] [--out FILE.json]

CORPORA holds treebanks/{ewt,gum}-dev.conllu and entities/newswire-dev.tsv. Without --pipeline the embedded
model is measured. Everything is predicted, tokens and sentences too; punctuation does not count in UAS and
LAS. Prints JSON, figures between 0 and 1. Quotations are measured by ``quotes evaluate``.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from entities import Passage, newswire
from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans
from treebanks import TREEBANKS, Document, read_documents

import quotes


def reference(document: Document, nlp: Language) -> tuple[str, Doc]:
    """A document of a treebank: its text, with a line break after each paragraph, and the gold.

    The gold has no token for the line break, since a predicted one is not counted either.
    """
    text = ""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    heads: list[int] = []
    labels: list[str] = []
    for paragraph in document.paragraphs:
        for sentence in paragraph:
            start = len(words)
            words += sentence.words
            spaces += [*sentence.spaces[:-1], True]
            tags += sentence.tags
            heads += [start + (head if head >= 0 else i) for i, head in enumerate(sentence.heads)]
            labels += sentence.labels
            text += "".join(
                word + " " * space for word, space in zip(words[start:], spaces[start:], strict=True)
            )
        text = text.rstrip(" ") + "\n"
    return text, Doc(nlp.vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=labels)


def named(passage: Passage, nlp: Language) -> Doc:
    """A passage with its entities. Names of unknown kind, or not on token boundaries, are left unjudged."""
    doc = nlp.make_doc(passage.text)
    known, unjudged = [], []
    for start, end, label in passage.entities:
        exact = doc.char_span(start, end, label=label or "MISC")
        if exact is not None and label:
            known.append(exact)
        elif (wider := doc.char_span(start, end, label="MISC", alignment_mode="expand")) is not None:
            unjudged.append(wider)
    known = filter_spans(known)
    taken = {token.i for span in known for token in span}
    missing = [span for span in filter_spans(unjudged) if taken.isdisjoint(range(span.start, span.end))]
    doc.set_ents(known, missing=missing, default="outside")
    return doc


def syntax_figures(examples: list[Example]) -> dict[str, float]:
    """Accuracy of tags; UAS, LAS; F of sentences."""
    scores = parser_score(examples) | Scorer.score_token_attr(examples, "tag")
    names = {"tag": "tag_acc", "uas": "dep_uas", "las": "dep_las", "sentences": "sents_f"}
    return {ours: round(scores[theirs], 4) for ours, theirs in names.items()}


def entity_figures(examples: list[Example]) -> dict[str, float]:
    """F of all entities, then of each label."""
    scores: dict[str, Any] = get_ner_prf(examples)
    by_label = {label: round(score["f"], 4) for label, score in sorted(scores["ents_per_type"].items())}
    return {"entities": round(scores["ents_f"], 4), **by_label}


def main() -> None:
    """Command line: the corpora folder, the pipeline, where to write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pipeline", help="a spaCy pipeline by name or folder (default: the embedded model)")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    nlp = quotes.load(args.pipeline)
    nlp.select_pipes(disable=["quotes"])
    figures: dict[str, dict[str, float]] = {}
    for name in TREEBANKS:
        documents = read_documents(args.corpora / "treebanks" / f"{name}-dev.conllu")
        readings = (reference(document, nlp) for document in documents)
        figures[f"{name}-dev"] = syntax_figures([Example(nlp(text), gold) for text, gold in readings])
    passages = newswire(args.corpora / "entities" / "newswire-dev.tsv", seed=1, vary=False)
    examples = [Example(nlp(passage.text), named(passage, nlp)) for passage in passages]
    figures["newswire-dev"] = entity_figures(examples)
    text = json.dumps(figures, indent=2)
    print(text)
    if args.out:
        args.out.write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
