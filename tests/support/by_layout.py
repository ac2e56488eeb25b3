"""What the layout alone tells, of texts that no model has read."""

from collections.abc import Mapping, Sequence

import spacy

from quotes.quotations.attribution import Attribution
from quotes.quotations.layout import attribute_by_layout

TOKENIZER = spacy.blank("en")


def by_layout(
    text: str, attributions: Sequence[Attribution] = (), tags: Mapping[str, str] | None = None
) -> list[Attribution]:
    """The attributions of a text with those that its layout shows; its words have no tags but these."""
    doc = TOKENIZER(text)
    for token in doc:
        token.tag_ = (tags or {}).get(token.text, "")
    return attribute_by_layout(doc, text, attributions)
