"""How well texts in English are told from others: shares of words that are among the commonest in English.

    python benchmarks/language.py FOLDER_OF_ENGLISH_TEXTS

English: the texts of the folder, whole and in pieces of 40 words. Others: spaCy's example sentences of each language.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

import spacy.lang

from quotes.articles.language import is_english

PIECE_WORDS = 40


def main(folder: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).rglob("*.txt"))]
    pieces = [
        " ".join(words[at : at + PIECE_WORDS])
        for words in map(str.split, texts)
        for at in range(0, len(words) - PIECE_WORDS, PIECE_WORDS)
    ]
    for name, sample in (("texts", texts), ("pieces of 40 words", pieces)):
        lost = sum(not is_english(text) for text in sample)
        print(f"English {name}: {lost} of {len(sample)} taken for another language")
    others = {}
    for module in pkgutil.iter_modules(spacy.lang.__path__):
        try:
            examples = importlib.import_module(f"spacy.lang.{module.name}.examples")
        except ImportError:
            continue
        if module.name != "en":
            others[module.name] = " ".join(examples.sentences)
    taken = sorted(name for name, text in others.items() if is_english(text))
    print(f"Other languages: {len(taken)} of {len(others)} taken for English {taken}")


if __name__ == "__main__":
    main(sys.argv[1])
