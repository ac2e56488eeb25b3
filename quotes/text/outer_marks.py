"""What is shown of a content: its fragments without the quotation marks around them."""

import re

CLOSING_OF = {
    "「": "」",
    "“": "”",
    "„": "“”",
    "‘": "’",
    "«": "»",
    "»": "«",
    "‹": "›",
    '"': '"',
    "''": "''",
    "'": "'",
}
ELLIPSIS = " … "  # between the fragments of a content that the cue or a paragraph splits


def without_outer_marks(fragment: str) -> str:
    """A fragment of content without the quotation marks at its edges.

    A mark stays where its partner is inside the fragment: ``the plan was “a farce”`` and ``“a” or “b”`` keep
    theirs, ``“We waited,”`` and the unclosed ``“We waited,`` do not. A full stop or comma after a mark stays.
    """
    text = fragment.strip()
    for opener, closers in CLOSING_OF.items():
        if not text.startswith(opener):
            continue
        rest = text[len(opener) :]
        end = re.search(rf"(?:{'|'.join(re.escape(c) for c in _closers(closers))})([.,;:!?]*)$", rest)
        inner = rest[: end.start()] if end else rest
        single = closers in ("’", "'")  # also an apostrophe, so only at a word's end
        closed = re.search(r"(?<=[\w,.!?])['’](?!\w)", inner) if single and not end else None
        if opener in inner or closed or (not single and any(c in inner for c in _closers(closers))):
            return text
        return (inner + end.group(1) if end else inner).strip()
    for closer in ("」", "”", "“", "''", '"', "»", "›"):  # not a lone apostrophe: "the drivers'" needs it
        if text.endswith(closer):
            openers = [mark for mark, closers in CLOSING_OF.items() if closer in _closers(closers)]
            before = text[: -len(closer)]
            if closer in openers:  # straight marks: an odd one before this is its partner
                partner = before.count(closer) % 2 == 1
            else:
                partner = sum(map(before.count, openers)) > before.count(closer)
            return text if partner else before.rstrip()
    return text


def _closers(closers: str) -> list[str]:
    return [closers] if closers == "''" else list(closers)
