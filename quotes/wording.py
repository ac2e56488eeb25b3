"""Word-level differences between two wordings of one statement, for pages and the command line."""

from typing import Literal

Op = Literal["equal", "left_out", "changed", "added", "bracket"]


def difference(entry: str, variant: str) -> list[tuple[Op, str]]:
    """How ``variant`` differs from ``entry``.

    Pieces come in reading order. ``text`` is the variant's, but for "left_out", where it is what the
    entry has and the variant has not. "bracket": words that the reporter put in brackets.
    """
    raise NotImplementedError
