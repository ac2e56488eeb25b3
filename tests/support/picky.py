"""Pipelines that cannot read some texts, for tests of what reads articles; functions that other processes import."""

import os
import signal
import time

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import quotes.component  # noqa: F401  (doc._.quotes)
from quotes.errors import PipelineError


@Language.component("picky")
def picky(doc: Doc) -> Doc:
    if "broken" in doc.text:
        raise RuntimeError("cannot read this")
    if "deadly" in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "slow" in doc.text:
        time.sleep(600)
    return doc


def load() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("picky")
    return nlp


def load_nothing() -> Language:
    raise PipelineError("there is no such pipeline")


def die() -> Language:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
