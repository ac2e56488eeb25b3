"""Pipelines that cannot read some texts, for tests of what reads articles; functions that other processes import."""

import multiprocessing
import os
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import quotes.component  # noqa: F401  (doc._.quotes)
from quotes.errors import PipelineError
from quotes.types import Quote, Span


@Language.component("picky")
def picky(doc: Doc) -> Doc:
    if "broken" in doc.text:
        raise RuntimeError("cannot read this")
    if "deadly" in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "slow" in doc.text:
        time.sleep(600)
    if "many quotations" in doc.text:
        doc.user_data["answer"] = [
            Quote((Span(n, n + 15, "many quotations"),), "direct") for n in range(3000)
        ]
    if "half an answer" in doc.text:
        doc.user_data["answer"] = [Deadly()]
    return doc


class Deadly:
    """An answer of which only the first half arrives."""

    def __reduce__(self) -> tuple:
        whole = Connection._send

        def half(connection: Connection, data: bytes) -> None:
            if len(data) > 1000:
                whole(connection, bytes(data)[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            whole(connection, data)

        Connection._send = half  # type: ignore[method-assign]
        return str, ("x" * 100_000,)


def load() -> Language:
    if multiprocessing.parent_process():  # in the process of the tests it is the package's
        Doc.set_extension("quotes", getter=lambda doc: doc.user_data.get("answer", ()), force=True)
    nlp = spacy.blank("en")
    nlp.add_pipe("picky")
    return nlp


def load_few(folder: str, most: int) -> Language:
    """As ``load``, but there is memory for so many processes only, those that have ended included."""
    for number in range(most):
        with suppress(FileExistsError):  # taken by another process
            Path(folder, str(number)).touch(exist_ok=False)
            return load()
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def load_nothing() -> Language:
    raise PipelineError("there is no such pipeline")


def die() -> Language:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
