"""``load()``: a spaCy pipeline that finds quotations."""

import os
from typing import Any

import spacy
from spacy.language import Language

from quotes.component import Coreference  # the module registers the factories and doc._.quotes as well
from quotes.errors import PipelineError
from quotes.names.cast import Cast, read_cast
from quotes.nlp.tokenizer import accept_any_text, split_dashes
from quotes.types import Keep

ARTICLES_PER_BATCH = 16  # that travel to another process together: every process wants some
INSTALL_COMMAND = "python -m spacy download en_core_web_sm"


def load(
    name: str | None = None,
    *,
    keep: Keep = "said",
    thoughts: bool = False,
    coreference: Coreference = "all",
    embeddings: bool = False,
    cast: str | os.PathLike[str] | Cast | None = None,
) -> Language:
    """A spaCy ``Language`` whose docs have ``doc._.quotes``.

    ``name``: an installed English pipeline, or a folder with one, whose syntax and entities are used; by default the
    embedded model. ``keep``: ``"said"``, what was said; ``"thoughts"``, beliefs and intentions too; ``"all"``, refusals
    and requests for a mere thing as well. ``thoughts``: the same as ``keep="thoughts"``. ``coreference``: ``"all"``
    texts get chains; with ``"needed"`` and ``"none"``, which find the same speakers, they get none. ``embeddings``:
    each quotation carries its content's embedding. ``cast``: a CSV file of people whom you know (columns name,
    aliases, pronouns, role, id), or what ``read_cast`` makes of it: they are recognised by these names.
    ``doc._.author``, set before, is who wrote the text. Raises ``PipelineError`` if the pipeline is missing or
    unsuitable, or an option has a value that it cannot have, and ``Unreadable`` for a bad file. Half of a surrogate
    pair in a text is U+FFFD in ``doc.text``; offsets stay.

    >>> doc = load()("“We waited,” Okoro said.")
    >>> doc._.quotes[0].type
    'direct'
    """
    config: dict[str, Any] = {"keep": keep, "thoughts": thoughts, "coreference": coreference}
    config["embeddings"] = embeddings
    if cast is not None:
        config["cast"] = (cast if isinstance(cast, Cast) else read_cast(cast)).rows()
    if name is None:
        nlp = spacy.blank("en")
        split_dashes(nlp)
        nlp.add_pipe("quotes_syntax")
        nlp.add_pipe("quotes_morphology")
    else:
        nlp = _load_installed(name)
        if "quotes" in nlp.pipe_names:
            nlp.remove_pipe("quotes")
        accept_any_text(nlp)
    nlp.add_pipe("quotes", config=config)
    nlp.batch_size = ARTICLES_PER_BATCH
    return nlp


def _load_installed(name: str) -> Language:
    """An installed English pipeline, or one in a folder, if it sets what finding quotations needs."""
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(
            f"There is no spaCy pipeline {name!r} here.",
            f"Use the embedded model, or install one: {INSTALL_COMMAND}",
        ) from error
    if nlp.lang != "en":
        raise PipelineError(
            f"The pipeline {name!r} is for {nlp.lang!r}; quotes reads English.", f"Try: {INSTALL_COMMAND}"
        )
    parts = {"tags": "token.tag", "dependencies": "token.dep"}
    assigned = {value for pipe in nlp.pipe_names for value in nlp.get_pipe_meta(pipe).assigns}
    missing = [part for part, value in parts.items() if value not in assigned]
    if missing:
        raise PipelineError(
            f"The pipeline {name!r} sets no {' and no '.join(missing)}, which finding speakers needs.",
            f"Install a full one: {INSTALL_COMMAND}",
        )
    return nlp
