"""From a parsed Doc to its attributions: what the tagger has, then passes in a fixed order, each with its contract.

Each pass takes all attributions of a text and gives them back, some changed, some gone, some new. To see what each one
changes: ``logging.basicConfig()`` and ``logging.getLogger("quotes.quotations.passes").setLevel(logging.DEBUG)``.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc

from quotes.log import logger
from quotes.nlp.encoder import encoder
from quotes.quotations.attribution import Attribution
from quotes.quotations.boundaries import align_with_marks
from quotes.quotations.clauses import complete_from_parse
from quotes.quotations.continued import join_continued
from quotes.quotations.decoder import decode_attributions
from quotes.quotations.edges import trim_edges
from quotes.quotations.label_probabilities import with_label_probabilities
from quotes.quotations.layout import attribute_by_layout
from quotes.quotations.relays import attach_relays
from quotes.quotations.settings import SETTINGS
from quotes.text.spans import SpanIndex

LOG = logger(__name__)


@dataclass(frozen=True, slots=True)
class Pass:
    """A step of the way. ``relies_on``: what the passes before it must have done. ``ensures``: what holds after it."""

    name: str
    run: Callable[[Doc, str, Sequence[Attribution]], list[Attribution]]
    relies_on: str
    ensures: str


# What holds before the first pass and after each (``violations``): every content has a fragment; fragments are in text
# order, do not overlap and are not empty; all spans lie in the text; who has a source has a cue, unless the layout or
# another attribution gives it.
PASSES = (
    Pass(
        "align with marks",
        lambda doc, text, attributions: align_with_marks(text, attributions),
        relies_on="the tagger's spans, at the boundaries of wordpieces",
        ensures="In text order. A fragment ends with its paragraph, has no white space at its edges, and begins and "
        "ends with the quotation marks that it nearly fills. One quotation in marks is one content. Every content "
        "has a cue or marks, and every long stretch in marks is some attribution's.",
    ),
    Pass(
        "attribute by layout",
        attribute_by_layout,
        relies_on="contents that end where their marks end: a signature stands right behind",
        ensures="In text order. Turns of a transcript, answers of an interview, announced blocks and signed "
        "quotations have the cue and the source that the layout gives, and no rival in the same words.",
    ),
    Pass(
        "complete from parse",
        complete_from_parse,
        relies_on="final boundaries of what is in marks, which stay; tags, dependencies and entities on the Doc",
        ensures="A content without marks is the whole reported clause, a source the cue's logical subject, never its "
        "addressee. What somebody else says between two fragments has split them. The order is as before.",
    ),
    Pass(
        "join continued",
        join_continued,
        relies_on="final fragments of what is in marks; sentences on the Doc",
        ensures="A paragraph in marks without a cue is a fragment of the quotation whose reporting clause ends the "
        "paragraph before; else it has the source of what that paragraph reports at last. The order is as before.",
    ),
    Pass(
        "attach relays",
        lambda doc, text, attributions: attach_relays(doc, attributions),
        relies_on="final cues and sources: a source that is an outlet may be a relay; entities on the Doc",
        ensures="``via`` is the outlet that passed the words on, the source whoever the outlet has them from. The "
        "order is as before.",
    ),
    Pass(
        "trim edges",
        trim_edges,
        relies_on="final fragments, in text order; tags and dependencies on the Doc",
        ensures="No content begins with the conjunction “that” or an addressee, or ends with another speaker's clause.",
    ),
)


def find_attributions(doc: Doc, text: str) -> list[Attribution]:
    """The attributions of a parsed Doc, thoughts and doubtful ones too. ``text`` is the Doc's.

    Some are wanted by nobody (``filter``), but all of them help to resolve speakers.
    """
    model = encoder()
    logits = model(text)
    attributions = decode_attributions(logits, model.biaffine)
    for step in PASSES:
        changed = step.run(doc, text, attributions)
        if LOG.isEnabledFor(logging.DEBUG):
            for line in changes(text, attributions, changed):
                LOG.debug("%s: %s", step.name, line)
        attributions = changed
    return with_label_probabilities(logits, attributions)


def find_doubtful(doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """What a lower bar for the tagger's labels adds to the attributions of a Doc: thoughts and requests mostly.

    None has words or a cue in common with ``attributions``, so that what is sure is the same with and without them.
    """
    taken = SpanIndex((known, span) for known in attributions for span in (*known.content, known.cue) if span)

    def is_new(attribution: Attribution) -> bool:
        spans = [*attribution.content, attribution.cue]
        return all(span is not None and not taken.overlapping(span) for span in spans)

    model = encoder()
    decoded = decode_attributions(
        model(text), model.biaffine, outside_penalty=SETTINGS.doubtful_outside_penalty
    )
    found = [attribution for attribution in decoded if is_new(attribution)]
    for step in PASSES:
        found = step.run(doc, text, found)
    return [replace(attribution, doubtful=True) for attribution in found if is_new(attribution)]


def changes(text: str, before: Sequence[Attribution], after: Sequence[Attribution]) -> Iterator[str]:
    """The lines of a diff between the attributions before and after a pass, in text order."""
    lines = [(gone.content[0], "-", gone) for gone in before if gone not in after]
    lines += [(new.content[0], "+", new) for new in after if new not in before]
    for _, sign, attribution in sorted(lines, key=lambda line: (line[0], line[1] == "+")):
        yield f"{sign} {describe(text, attribution)}"


def describe(text: str, attribution: Attribution) -> str:
    """An attribution in one line, for people who look for a mistake.

    >>> describe("“We waited,” Okoro said.", Attribution(((0, 12),), (19, 23), (13, 18), 0.9))
    "'“We waited,”' cue 'said' source 'Okoro' confidence 0.90"
    """
    parts = [" … ".join(repr(text[start:end]) for start, end in attribution.content)]
    roles = {"cue": attribution.cue, "source": attribution.source, "via": attribution.via}
    parts += [f"{role} {text[slice(*span)]!r}" for role, span in roles.items() if span]
    return " ".join([*parts, f"confidence {attribution.confidence:.2f}"])


def violations(text: str, attributions: Sequence[Attribution]) -> list[str]:
    """What does not hold of attributions although it should before and after every pass; nothing, if all is well."""
    result = []
    cued = {attribution.source for attribution in attributions if attribution.cue}
    for attribution in attributions:
        spans = [*attribution.spans, *([attribution.via] if attribution.via else [])]
        content = attribution.content
        if not content:
            result.append(f"no content: {attribution}")
        if any(not 0 <= start < end <= len(text) for start, end in spans):
            result.append(f"a span that is empty or not in the text: {attribution}")
        if any(left[1] > right[0] for left, right in pairwise(content)):
            result.append(f"fragments out of order: {describe(text, attribution)}")
        has_tie = attribution.cue or attribution.by_layout or attribution.source in cued
        if attribution.source and not has_tie:
            result.append(f"a source without a cue: {describe(text, attribution)}")
    return result
