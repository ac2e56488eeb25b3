"""A content as it reads where no sentence leads up to it: for display only; offsets stay those of the article."""

import re

_LEADING_DASH = re.compile(r"\A[–—-]+\s+")
# What a sentence of its own would not begin with: "accused them [of looting]"
_TIED = re.compile(r"(?:against|as|of)\s")
_LEAD_IN_THAT = re.compile(r"that,?\s+(?!of\b|which\b|who\b|is\b|was\b|would\b|will\b|has\b)(?=\S+\s+\S)")


def standing_alone(content: str, type: str) -> str:
    """``content`` without the dash or "that" which tied reported words to their cue, where it stands without the cue.

    >>> standing_alone("that the boat had left", "indirect"), standing_alone("That boat has left.", "direct")
    ('the boat had left', 'That boat has left.')
    """
    if type == "direct":
        return content
    return _LEAD_IN_THAT.sub("", _LEADING_DASH.sub("", content))


def begin_like_a_sentence(text: str) -> str:
    """Reported words as an entry of a list, where no sentence leads up to them.

    What would be no sentence begins with an ellipsis.

    >>> begin_like_a_sentence("the boat had left"), begin_like_a_sentence("iPhones are late")
    ('The boat had left', 'iPhones are late')
    >>> begin_like_a_sentence("of hiding the boat")
    '… of hiding the boat'
    """
    if _TIED.match(text):
        return f"… {text}"
    return text[:1].upper() + text[1:] if text.split(" ", 1)[0].islower() else text
