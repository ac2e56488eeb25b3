"""A Doc of text without markup, made apart from the pipeline that has the text with it."""

from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from quotes.nlp.morphology import Morphology
from quotes.nlp.syntax import Syntax
from quotes.nlp.tokenizer import split_dashes


def plain_doc(text: str) -> Doc:
    """The Doc of a text, with the embedded model's tags, dependencies and entities."""
    tokenize, syntax, morphology = _components()
    return morphology(syntax(tokenize.make_doc(text)))


@lru_cache(maxsize=1)
def _components() -> tuple[Language, Syntax, Morphology]:
    nlp = spacy.blank("en")
    split_dashes(nlp)
    return nlp, Syntax(nlp.vocab), Morphology(nlp.vocab)
